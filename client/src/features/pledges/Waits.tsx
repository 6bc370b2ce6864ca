// What a line waits for: whose step it is, for how long already, and how late that is.
import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/Badge.tsx'
import { When } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type SupportKind, useSupportWords } from '../areas/support-kind.ts'
import { dayInVietNam, daysBetween, type LineWait } from './pledge-life.ts'

export function Waits({ waits, kind, area }: { waits: readonly LineWait[]; kind: SupportKind; area: string }) {
  const t = useTranslations('waits')
  const words = useSupportWords()
  if (waits.length === 0) return null
  return (
    <ul role="list" className="waits" aria-label={t('title')}>
      {waits.map(({ step, quantity, since, days, by, isLate }) => (
        <li key={step} className={isLate ? 'wait wait-late' : 'wait'}>
          <Icon name={isLate ? 'alert' : 'clock'} />
          <p>
            {t(`step.${step}`, { amount: words.amount(kind, quantity), area })}
            {' · '}
            <span className="wait-since">
              {t('days', { days })} {days > 0 && <When at={since} />}
            </span>{' '}
            {isLate && by !== null && <Badge tone="warn" icon="clock">{t('late', { days: daysBetween(by, dayInVietNam()) })}</Badge>}
          </p>
        </li>
      ))}
    </ul>
  )
}
