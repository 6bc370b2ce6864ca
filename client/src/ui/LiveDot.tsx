// Says whether what is shown moves by itself: live, polled, cut off, or paused by the reader.
import { useTranslations } from 'use-intl'
import type { Tone } from './Notice.tsx'
import './tone.css'
import './Badge.css'

export type Connection = 'live' | 'polling' | 'lost' | 'paused'

const tone: Record<Connection, Tone> = { live: 'ok', polling: 'warn', lost: 'danger', paused: 'neutral' }

export function LiveDot({ connection }: { connection: Connection }) {
  const t = useTranslations('connection')
  return <span className={`live-dot live-dot-${connection} tone-${tone[connection]}`}>{t(connection)}</span>
}
