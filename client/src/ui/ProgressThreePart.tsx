// How far help has come, never counting a promise as money: delivered, then at hand, then only promised (hatched).
import { useTranslations } from 'use-intl'
import type { Whole } from './format.ts'
import './ProgressThreePart.css'

interface ProgressThreePartProps {
  /** Each part counts what the part before it does not: their sum is all that was pledged. */
  delivered: Whole
  atHand: Whole
  pledgedOnly: Whole
  /** What is needed in all; pledges may pass it. */
  needed: Whole
  /** What "at hand" is here: money in the fund, or a pledge matched to a need; then "delivered" is what households confirmed. */
  atHandIs?: 'paid' | 'allocated'
  format: (amount: Whole) => string
}

export function ProgressThreePart({ delivered, atHand, pledgedOnly, needed, atHandIs = 'paid', format }: ProgressThreePartProps) {
  const t = useTranslations('progress')
  const pledged = BigInt(delivered) + BigInt(atHand) + BigInt(pledgedOnly)
  const missing = BigInt(needed) > pledged ? BigInt(needed) - pledged : 0n
  const whole = Number(pledged + missing)
  const share = (amount: Whole) => `${whole === 0 ? 0 : (Number(amount) / whole) * 100}%`
  const parts = [
    { name: 'delivered', amount: delivered, word: t(atHandIs === 'allocated' ? 'received' : 'delivered') },
    { name: 'at-hand', amount: atHand, word: t(atHandIs) },
    { name: 'pledged', amount: pledgedOnly, word: t('pledged') },
    { name: 'missing', amount: missing, word: t('missing') },
  ]
  const inWords = `${parts.map(({ amount, word }) => `${format(amount)} ${word}`).join(', ')}, ${t('of', { total: format(needed) })}`
  return (
    <div className="progress">
      <div className="progress-bar" role="img" aria-label={inWords}>
        {parts.map(({ name, amount }) =>
          name !== 'missing' && BigInt(amount) > 0n ? <span key={name} className={`progress-part progress-${name}`} style={{ inlineSize: share(amount) }} /> : null,
        )}
      </div>
      <ul className="progress-legend figures" role="list">
        {parts.map(({ name, amount, word }) => (
          <li key={name}>
            <span className={`progress-swatch progress-${name}`} />
            {word} <b className="unbroken">{format(amount)}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}
