// Where the frame and the front page lead to.
export const sections: Record<'home' | 'hamlets' | 'follow' | 'signIn', string> = {
  home: '/',
  hamlets: '/thon',
  follow: '/theo-doi',
  signIn: '/dang-nhap',
}
