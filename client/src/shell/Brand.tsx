// The mark: two hands that make a roof and a leaf, under one sun.
export function BrandMark({ size = 36 }: { size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 40 40" aria-hidden>
      <rect width="40" height="40" rx="11" fill="#A61B1B" />
      <circle cx="20" cy="10.5" r="3.8" fill="#F2B705" />
      <path d="M18.6 32.5C11.5 31.5 7.6 26.7 7.3 18.2c5.9.5 10.3 3.6 11.3 8.6z" fill="#fff" />
      <path d="M21.4 32.5c7.1-1 11-5.8 11.3-14.3-5.9.5-10.3 3.6-11.3 8.6z" fill="#FBE3D9" />
    </svg>
  )
}
