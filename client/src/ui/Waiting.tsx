// The shape of what is coming, in its size; nothing is drawn for the first 300 ms, so quick answers do not flicker.
import { useTranslations } from 'use-intl'
import './Waiting.css'

interface WaitingProps {
  /** text: lines of words; card: a grid of cards; row: rows of a table or list. */
  shape?: 'text' | 'card' | 'row'
  count?: number
}

export function Waiting({ shape = 'text', count = 3 }: WaitingProps) {
  const t = useTranslations('ui')
  return (
    <div className={`waiting waiting-${shape}`} role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className="waiting-piece" />
      ))}
    </div>
  )
}
