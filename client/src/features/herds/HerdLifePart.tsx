// "1 cow → k households" for the giver: the figure, the households by their codes from the first to the latest, and what comes next.
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { type Generation, type HerdLife, generationsIn, nextDueOf } from './herd-life.ts'
import './herd-life.css'

/** Codes in a row; of more only how many. */
const SHOWN = 12

export function HerdLifePart({ herd, kind }: { herd: HerdLife; kind: string }) {
  const t = useTranslations('life.herd')
  const format = useFormat()
  const { founders, households, living, animals } = herd
  const generations = generationsIn(animals)
  const next = nextDueOf(animals)
  return (
    <div className="herd-life">
      <p>
        <Icon name="livestock" size={26} />
        <span>
          <b className="figures">{t('spread', { founders, households, kind })}</b> <span className="muted">· {t('living', { n: living })}</span>
        </span>
      </p>
      <ol role="list" className="herd-generations" aria-label={t('generations')}>
        {generations.map((generation, i) => (
          <li key={i}>
            <span className="herd-generation">{t('generation', { n: i + 1 })}</span>
            <Homes generation={generation} />
          </li>
        ))}
      </ol>
      {next && (
        <p className={next.key === 'overdue' ? 'herd-life-late' : 'muted'}>
          <Icon name={next.key === 'overdue' ? 'alert' : 'clock'} />
          <span>{t(`next.${next.key}`, { month: next.on ? format.month(next.on) : '' })}</span>
        </p>
      )}
    </div>
  )
}

function Homes({ generation: { codes, awaited } }: { generation: Generation }) {
  const t = useTranslations('life.herd')
  return (
    <ul role="list">
      {codes.slice(0, SHOWN).map((code) => (
        <li key={code} className="herd-home">
          <Icon name="household" size={18} />
          {t('household', { code: code.replace(/^Hộ /, '') })}
        </li>
      ))}
      {codes.length > SHOWN && <li className="herd-home">{t('more', { n: codes.length - SHOWN })}</li>}
      {awaited > 0 && (
        <li className="herd-home herd-home-awaited">
          <Icon name="clock" size={18} />
          {t('awaited', { n: awaited })}
        </li>
      )}
    </ul>
  )
}
