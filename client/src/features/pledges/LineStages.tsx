// Promised beside delivered: the five quantities under each other, as long as they are large, each with its days.
import { useTranslations } from 'use-intl'
import { When } from '../../ui/Figure.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { type SupportKind, useSupportWords } from '../areas/support-kind.ts'
import type { LineStage } from './pledge-life.ts'
import '../../ui/ProgressThreePart.css' // the bars' colours and hatching

const icons: Record<LineStage['stage'], IconName> = { promised: 'hands', allocated: 'route', dispatched: 'truck', received: 'household', settled: 'check' }
/** A promise is hatched, what is under way is blue, what the household has is green. */
const looks: Record<LineStage['stage'], string> = { promised: 'pledged', allocated: 'at-hand', dispatched: 'at-hand', received: 'delivered', settled: 'delivered' }

export function LineStages({ kind, stages }: { kind: SupportKind; stages: readonly LineStage[] }) {
  const t = useTranslations('life')
  const words = useSupportWords()
  return (
    <ol className="line-stages" role="list" aria-label={t('stages', { kind: words.name(kind) })}>
      {stages.map(({ stage, amount, share, from, to }) => (
        <li key={stage} className={amount === '0' ? 'line-stage-none' : undefined}>
          <Icon name={icons[stage]} />
          <span className="line-stage-name">{t(`quantity.${stage}`)}</span>
          <span className="line-stage-bar" aria-hidden="true">
            {share > 0 && <span className={`progress-${looks[stage]}`} style={{ inlineSize: `${Math.min(1, share) * 100}%` }} />}
          </span>
          <b className="line-stage-amount figures unbroken">{words.amount(kind, amount)}</b>
          <span className="line-stage-at">
            {from && <When at={from} />}
            {from && to && to !== from && <> – <When at={to} /></>}
          </span>
        </li>
      ))}
    </ol>
  )
}
