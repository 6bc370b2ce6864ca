// One hand-over and every word on it; the hamlet head may answer for the household, recorded as its proxy.
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { AnchorButton, Button } from '../../ui/Button.tsx'
import { When } from '../../ui/Figure.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { keyPart } from '../desk/key-part.ts'
import { Amount, type SupportKind } from '../desk/support.tsx'
import { isolated } from '../../ui/names.ts'
import { AnswerBadge } from './DeliveryRow.tsx'
import { PhotosPart, photoFields } from './PhotosPart.tsx'
import { ProxyForm } from './ProxyForm.tsx'
import { TakeBackDialog } from './TakeBackDialog.tsx'

export const deliveryFields = graphql(`
  fragment DeskDelivery on Delivery @_unmask {
    id
    quantity
    received
    takenBack
    answer
    isDirect
    dispatchedAt
    handedOverOn
    place
    confirmBy
    isUnconfirmed
    note
    witnessName
    dispatcherName
    viewerCan { confirm { allowed } takeBack { allowed } addPhoto { allowed } }
    receipts { id answer received channel at note proxyName witnessName }
    photos { ...DeskDeliveryPhoto }
  }
`, [photoFields])

interface DeliveryCardProps {
  delivery: ResultOf<typeof deliveryFields>
  kind: SupportKind
  onChanged: () => void
}

export function DeliveryCard({ delivery, kind, onChanged }: DeliveryCardProps) {
  const t = useTranslations('desk')
  const language = useLocale()
  const { isHead } = useDesk()
  const [isAnswering, setAnswering] = useState(false)
  const [isTakingBack, setTakingBack] = useState(false)
  const missing = delivery.answer === null ? 0n : BigInt(delivery.quantity) - BigInt(delivery.received) - BigInt(delivery.takenBack)
  return (
    <article className="delivery" aria-labelledby={`delivery-${keyPart(delivery.id)}`}>
      <div className="desk-part-head">
        <h3 id={`delivery-${keyPart(delivery.id)}`}>
          <Amount of={delivery.quantity} kind={kind} /> · {delivery.isDirect ? <When at={delivery.handedOverOn} /> : <When at={delivery.dispatchedAt} withTime />}
        </h3>
        <span className="row">
          {delivery.isDirect && <Badge tone="info" icon="hands">{t('deliver.direct')}</Badge>}
          <AnswerBadge answer={delivery.answer} isUnconfirmed={delivery.isUnconfirmed} />
        </span>
      </div>
      <p>
        {t('deliver.by', { name: isolated(delivery.dispatcherName ?? '–') })} · {t('deliver.before', { name: isolated(delivery.witnessName ?? '–') })}
        {delivery.place && <> · {t('deliver.at', { place: delivery.place })}</>}
        {delivery.note && <> · {delivery.note}</>}
      </p>
      {delivery.isDirect && <p className="muted">{t('deliver.directNote')} <When at={delivery.dispatchedAt} withTime />.</p>}
      {missing > 0n && (
        <Notice tone="danger" live={false} title={<>{t('deliver.shortfall')} <Amount of={missing.toString()} kind={kind} /></>}>
          {t('deliver.shortfallNote')}
        </Notice>
      )}
      {delivery.takenBack !== '0' && (
        <p className="row">
          <Badge icon="undo">{t('deliver.takenBack')}</Badge> <Amount of={delivery.takenBack} kind={kind} />
        </p>
      )}
      {delivery.answer === null && (
        <p className="muted">
          {t('deliver.answerBy')} <When at={delivery.confirmBy} />. {t('deliver.answerHow')}
        </p>
      )}
      {delivery.receipts.length > 0 && (
        <ul role="list" className="receipts" aria-label={t('deliver.receipts')}>
          {delivery.receipts.map((receipt) => (
            <li key={receipt.id}>
              <span className="row">
                <b>{t(`answer.${receipt.answer}`)}</b> <Amount of={receipt.received} kind={kind} /> · <When at={receipt.at} withTime />
                <Badge tone={receipt.channel === 'PROXY' ? 'warn' : 'neutral'}>{t(`channel.${receipt.channel}`)}</Badge>
              </span>
              {receipt.proxyName && <p className="muted">{t('deliver.proxyBy', { name: isolated(receipt.proxyName), witness: isolated(receipt.witnessName ?? '–') })}</p>}
              {receipt.note && <p>“{receipt.note}”</p>}
            </li>
          ))}
        </ul>
      )}
      <PhotosPart delivery={delivery} onChanged={onChanged} />
      <div className="row">
        <AnchorButton href={`/tai-ve/bien-ban/${keyPart(delivery.id)}.pdf?ngon-ngu=${language}`} icon="print" target="_blank" rel="noopener">
          {t('deliver.record')}
        </AnchorButton>
        {isHead && delivery.viewerCan.confirm.allowed && !isAnswering && (
          <Button icon="hands" onClick={() => setAnswering(true)}>
            {t('deliver.proxy')}
          </Button>
        )}
        {delivery.viewerCan.takeBack.allowed && (
          <Button icon="undo" onClick={() => setTakingBack(true)}>
            {t('deliver.takeBack')}
          </Button>
        )}
      </div>
      <TakeBackDialog delivery={delivery} missing={missing.toString()} kind={kind} isOpen={isTakingBack} onClose={() => setTakingBack(false)} onChanged={onChanged} />
      {isAnswering && (
        <ProxyForm
          delivery={delivery}
          kind={kind}
          onDone={() => {
            setAnswering(false)
            onChanged()
          }}
          onCancel={() => setAnswering(false)}
        />
      )}
    </article>
  )
}
