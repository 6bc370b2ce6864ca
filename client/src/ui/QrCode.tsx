// A QR code as one SVG path: sharp on screen, on paper and in dark rooms (its own white border).
import { useTranslations } from 'use-intl'
import { encode } from 'uqr'

interface QrCodeProps {
  content: string
  size?: number
  /** What it opens or pays, in words; the content itself when left out. */
  label?: string
}

export function QrCode({ content, size = 192, label }: QrCodeProps) {
  const t = useTranslations('ui')
  const { data, size: modules } = encode(content, { ecc: 'M', border: 4 })
  const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
  return (
    <svg role="img" aria-label={label ?? t('qr', { content })} width={size} height={size} viewBox={`0 0 ${modules} ${modules}`} shapeRendering="crispEdges">
      <path d={`M0 0h${modules}v${modules}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
