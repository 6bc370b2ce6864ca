// A telephone's browser without scripts: keeps cookies, follows redirects, and says that its own pages sent it.

export interface Shown {
  status: number
  path: string
  text: string
  headers: Headers
}

let telephones = 0

export function telephone(url: string, network = `192.0.2.${++telephones % 256}`) {
  const jar = new Map<string, string>()
  async function open(path: string, init: RequestInit = {}, headers: Record<string, string> = {}): Promise<Shown> {
    const response = await fetch(url + path, {
      ...init, redirect: 'manual',
      headers: {
        accept: 'text/html', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': network,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...headers,
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value) jar.set(name!, value)
      else jar.delete(name!)
    }
    const to = response.headers.get('location')
    if (response.status === 303 && to) return open(to)
    return { status: response.status, path, text: await response.text(), headers: response.headers }
  }
  return {
    jar,
    get: (path: string, headers?: Record<string, string>) => open(path, {}, headers),
    post: (path: string, fields: Record<string, string>, headers?: Record<string, string>) =>
      open(path, { method: 'POST', body: new URLSearchParams(fields) }, headers),
    /** Opens a slip for the first time. */
    async openNew(code: string) {
      await open(`/h/${code}`)
      return open('/h', { method: 'POST', body: new URLSearchParams({ so: '280719', lai: '280719' }) })
    },
  }
}

export type Telephone = ReturnType<typeof telephone>

/** What a form on the page holds under this name. */
export const fieldIn = ({ text }: Shown, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)![1]!
