// A hand-over in a list: to whom, how much, and what the household says of it.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { When } from '../../ui/Figure.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { keyPart } from '../desk/key-part.ts'
import { Amount, KindName, kindFields } from '../desk/support.tsx'
import './Deliveries.css'

export const deliveryRowFields = graphql(
  `
    fragment DeskDeliveryRow on Delivery @_unmask {
      id
      quantity
      received
      takenBack
      answer
      confirmBy
      isUnconfirmed
      isDirect
      handedOverOn
      allocation { id recipientCode area { id fullName } kind { ...DeskKind } }
    }
  `,
  [kindFields],
)

export type Answer = NonNullable<ResultOf<typeof deliveryRowFields>['answer']>

const toneOf: Record<Answer, Tone> = { FULL: 'ok', SHORT: 'warn', WRONG: 'danger', NOT_RECEIVED: 'danger' }

/** What the household says, always with what is missing of it. */
export function AnswerBadge({ answer, isUnconfirmed }: { answer: Answer | null; isUnconfirmed: boolean }) {
  const t = useTranslations('desk')
  if (answer) return <Badge tone={toneOf[answer]} icon={answer === 'FULL' ? 'check' : 'alert'}>{t(`answer.${answer}`)}</Badge>
  if (isUnconfirmed) return <Badge tone="warn" icon="clock">{t('answer.unconfirmed')}</Badge>
  return <Badge icon="clock">{t('answer.awaited')}</Badge>
}

export function DeliveryRow({ delivery }: { delivery: ResultOf<typeof deliveryRowFields> }) {
  const t = useTranslations('desk')
  const { allocation } = delivery
  if (!allocation) return null
  const { kind } = allocation
  const missing = delivery.answer === null ? 0n : BigInt(delivery.quantity) - BigInt(delivery.received) - BigInt(delivery.takenBack)
  return (
    <Link to="/cb/giao-nhan/$id" params={{ id: keyPart(allocation.id) }} className="desk-item">
      <span className="desk-row">
        <span className="desk-row-main">
          <b>{allocation.recipientCode}</b>
          <span className="row">
            <KindName kind={kind} /> <Amount of={delivery.quantity} kind={kind} />
          </span>
          <span className="muted">{allocation.area.fullName}</span>
          {delivery.isDirect && (
            <span>
              <Badge tone="info" icon="hands">{t('deliver.direct')}</Badge>
            </span>
          )}
        </span>
        <span className="desk-row-end">
          <AnswerBadge answer={delivery.answer} isUnconfirmed={delivery.isUnconfirmed} />
          {missing > 0n && (
            <b className="desk-missing">
              {t('deliver.missing')} <Amount of={missing.toString()} kind={kind} />
            </b>
          )}
          <span className="muted">
            {delivery.answer === null ? t('deliver.answerBy') : t('deliver.handedOver')} <When at={delivery.answer === null ? delivery.confirmBy : delivery.handedOverOn} />
          </span>
        </span>
      </span>
    </Link>
  )
}
