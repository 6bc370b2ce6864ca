// What became of an allocation: its history, and the form for what was seen today.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { When } from '../../ui/Figure.tsx'
import { Timeline } from '../../ui/Steps.tsx'
import type { AllocationInFull } from '../deliveries/AllocationPage.tsx'
import { keyPart } from '../desk/key-part.ts'
import { Amount } from '../desk/support.tsx'
import { isolated } from '../../ui/names.ts'
import { OutcomeForm } from './OutcomeForm.tsx'
import { isSetback } from './outcome-rules.ts'

export function OutcomesPart({ allocation, onChanged }: { allocation: AllocationInFull; onChanged: () => void }) {
  const t = useTranslations('desk')
  const format = useFormat()
  const [isRecording, setRecording] = useState(false)
  const isReceived = allocation.quantities.received !== '0'
  return (
    <Card as="section" aria-labelledby="outcomes" className="desk-part">
      <h2 id="outcomes">{t('outcome.title')}</h2>
      {allocation.outcomes.nodes.length === 0 ? (
        <p className="muted">{t(isReceived ? 'outcome.none' : 'outcome.notYet')}</p>
      ) : (
        <Timeline
          label={t('outcome.title')}
          moments={allocation.outcomes.nodes.toReversed().map((outcome) => ({
            key: outcome.id,
            label: t(`outcome.kind.${outcome.kind}`),
            state: isSetback(outcome.kind) ? 'stopped' : 'done',
            at: <When at={outcome.observedOn} />,
            detail: (
              <>
                <Amount of={outcome.quantity} kind={allocation.kind} />
                {outcome.isOwnWord && <> · {t('outcome.ownWord')}</>}
                {outcome.isFurtherOn && <> · {t('outcome.furtherOn')}</>}
                {outcome.unitPrice && <> · {t('outcome.atPrice', { price: format.vnd(outcome.unitPrice) })}</>}
                {outcome.cause && <> · {outcome.cause}</>}
                {outcome.detail && <> · {outcome.detail}</>}
                {outcome.toHousehold && <> · <bdi>{outcome.toHousehold.headName}</bdi> ({outcome.toHousehold.code})</>}
                {outcome.witnessName && <> · {t('outcome.witnessed', { name: isolated(outcome.witnessName) })}</>}
              </>
            ),
          }))}
        />
      )}
      {allocation.herd && (
        <p className="muted">
          {t('outcome.inBook')}{' '}
          <Link to="/cb/giao-nhan/$id/dan" params={{ id: keyPart(allocation.id) }}>
            {t('herd.open')}
          </Link>
        </p>
      )}
      {isReceived &&
        (isRecording ? (
          <OutcomeForm
            allocation={allocation}
            onDone={() => {
              setRecording(false)
              onChanged()
            }}
            onCancel={() => setRecording(false)}
          />
        ) : (
          <div>
            <Button icon="plus" onClick={() => setRecording(true)}>
              {t('outcome.record')}
            </Button>
          </div>
        ))}
    </Card>
  )
}
