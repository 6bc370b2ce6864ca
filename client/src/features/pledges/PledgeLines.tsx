// What each line of a pledge has come to: what was promised beside what was done, what it waits for, and where every part of it went.
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Card } from '../../ui/Card.tsx'
import { When } from '../../ui/Figure.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { KindTile } from '../../ui/KindMark.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { pictureOf, useSupportWords } from '../areas/support-kind.ts'
import { HerdLifePart } from '../herds/HerdLifePart.tsx'
import { isSetback } from '../outcomes/outcome-rules.ts'
import { LineStages } from './LineStages.tsx'
import { LineTerms } from './LineTerms.tsx'
import { type PledgeAllocation, type PledgeLife, stagesOf } from './pledge-life.ts'
import { Waits } from './Waits.tsx'

type Line = PledgeLife['lines'][number]
type Outcome = PledgeLife['outcomes']['nodes'][number]

export function PledgeLines({ pledge }: { pledge: PledgeLife }) {
  return (
    <ul role="list" className="stack">
      {pledge.lines.map((line) => (
        <Card key={line.id} as="li">
          <LineLife line={line} area={pledge.area.fullName} allocations={pledge.allocations.nodes.filter((allocation) => allocation.line?.id === line.id)} outcomes={pledge.outcomes.nodes} />
        </Card>
      ))}
    </ul>
  )
}

function LineLife({ line, area, allocations, outcomes }: { line: Line; area: string; allocations: readonly PledgeAllocation[]; outcomes: readonly Outcome[] }) {
  const t = useTranslations('life')
  const words = useSupportWords()
  const { kind, detail, quantities, post, agreement, waitsFor } = line
  const { dispatched, shortfall } = quantities
  return (
    <div className="line-life">
      <div className="row">
        <KindTile kind={pictureOf(kind)} />
        <div>
          <h3>{words.name(kind)}</h3>
          {detail && <p className="muted">{detail}</p>}
          <LineTerms post={post} agreement={agreement} promised={quantities.promised} />
        </div>
      </div>
      <LineStages kind={kind} stages={stagesOf(line)} />
      <Waits waits={waitsFor} kind={kind} area={area} />
      {shortfall !== '0' && dispatched !== '0' && <p className="muted">{t('notConfirmedYet', { amount: words.amount(kind, shortfall) })}</p>}
      {allocations.length > 0 && (
        <ul role="list" aria-label={t('whereItWent')}>
          {allocations.map((allocation) => (
            <AllocationLife key={allocation.id} allocation={allocation} outcomes={outcomes.filter((outcome) => outcome.allocation?.id === allocation.id)} />
          ))}
        </ul>
      )}
    </div>
  )
}

function AllocationLife({ allocation, outcomes }: { allocation: PledgeAllocation; outcomes: readonly Outcome[] }) {
  const t = useTranslations('life')
  const words = useSupportWords()
  const { kind, recipientCode, area, quantities, deliveries, completion, herd } = allocation
  return (
    <li className="allocation">
      <div className="allocation-head">
        <b>{t('household', { code: recipientCode.replace(/^Hộ /, ''), area: area.fullName })}</b>
        <span className="figures">{words.amount(kind, quantities.allocated)}</span>
      </div>
      {deliveries.nodes.length === 0 && <p className="muted">{t('notHandedOver')}</p>}
      <ul role="list" className="handovers">
        {deliveries.nodes.map((delivery) => (
          <Handover key={delivery.id} delivery={delivery} kind={kind} />
        ))}
        {outcomes.map((outcome) => (
          <OutcomeLine key={outcome.id} outcome={outcome} />
        ))}
      </ul>
      {herd && <HerdLifePart herd={herd} kind={kind.code} />}
      <p className="muted">
        {completion.isComplete && <Badge tone="ok" icon="check">{t('done')}</Badge>} {completion.says}
      </p>
    </li>
  )
}

const answerLooks: Record<'FULL' | 'SHORT' | 'WRONG' | 'NOT_RECEIVED', { tone: Tone; icon: IconName }> = {
  FULL: { tone: 'ok', icon: 'check' },
  SHORT: { tone: 'warn', icon: 'alert' },
  WRONG: { tone: 'danger', icon: 'alert' },
  NOT_RECEIVED: { tone: 'danger', icon: 'alert' },
}

/** One hand-over, and what the household says of it. */
export function Handover({ delivery, kind }: { delivery: PledgeAllocation['deliveries']['nodes'][number]; kind: PledgeAllocation['kind'] }) {
  const t = useTranslations('life')
  const words = useSupportWords()
  const { answer } = delivery
  return (
    <li>
      <Icon name="truck" />
      <div>
        {t(delivery.isDirect ? 'handedOverDirectly' : 'handedOver', { amount: words.amount(kind, delivery.quantity) })} · <When at={delivery.handedOverOn} />{' '}
        {answer ? (
          <Badge tone={answerLooks[answer].tone} icon={answerLooks[answer].icon}>
            {t(`answer.${answer}`, { amount: words.amount(kind, delivery.received) })}
          </Badge>
        ) : (
          <Badge tone={delivery.isUnconfirmed ? 'warn' : 'neutral'} icon="clock">
            {t(delivery.isUnconfirmed ? 'unconfirmed' : 'waitsForAnswer')}
          </Badge>
        )}{' '}
        {delivery.takenBack !== '0' && <Badge icon="undo">{t('takenBack', { amount: words.amount(kind, delivery.takenBack) })}</Badge>}
      </div>
    </li>
  )
}

/** By its month: the day could point to a household. */
function OutcomeLine({ outcome }: { outcome: Outcome }) {
  const t = useTranslations()
  const format = useFormat()
  return (
    <li>
      <Icon name={isSetback(outcome.kind) ? 'alert' : 'sprout'} />
      <div>
        <b>{t(`outcome.${outcome.kind}`, { n: Number(outcome.quantity) })}</b> · {t('life.month', { month: format.month(outcome.observedOn) })}{' '}
        {outcome.isOwnWord && <Badge icon="household">{t('life.ownWord')}</Badge>}
        {outcome.isFurtherOn && <Badge icon="route">{t('life.furtherOn')}</Badge>}
      </div>
    </li>
  )
}
