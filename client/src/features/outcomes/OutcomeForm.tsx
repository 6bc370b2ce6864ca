// Records what was seen of an allocation: the questions follow from its kind of support.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { BOUNDS, promisedIn } from '../../../../common/bounds.ts'
import { graphql } from '../../graphql/graphql.ts'
import { RadioCards } from '../../ui/Choice.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { NumberInput, VND } from '../../ui/NumberInput.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { useUnitName, type SupportKind } from '../desk/support.tsx'
import { today } from '../desk/today.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { HouseholdPicker } from '../households/HouseholdPicker.tsx'
import { asks, recordableOf, type RecordedKind } from './outcome-rules.ts'

const recordOutcome = graphql(
  `
    mutation DeskRecordOutcome($input: RecordOutcomeInput!) {
      recordOutcome(input: $input) {
        outcome { id kind quantity observedOn }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface OutcomeFormProps {
  allocation: { id: string; kind: SupportKind; quantities: { received: string }; line?: { agreement: { floorPrice: string } | null } | null; herd?: { id: string } | null }
  onDone: () => void
  onCancel: () => void
}

export function OutcomeForm({ allocation, onDone, onCancel }: OutcomeFormProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const unitName = useUnitName()
  const [kind, setKind] = useState<RecordedKind | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [quantity, setQuantity] = useState(allocation.quantities.received)
  const [observedOn, setObservedOn] = useState(today())
  const [detail, setDetail] = useState('')
  const [cause, setCause] = useState('')
  const [witnessName, setWitnessName] = useState('')
  const [toHouseholdId, setToHouseholdId] = useState<string | null>(null)
  const [unitPrice, setUnitPrice] = useState('')
  const format = useFormat()
  const command = useCommand(recordOutcome)
  const floorPrice = allocation.line?.agreement?.floorPrice
  const asked = kind && asks(kind)

  async function send() {
    setMissing(kind === null)
    if (!kind || !asked) return
    const done = await command.send({
      allocationId: allocation.id,
      kind,
      quantity: quantity || '0',
      observedOn,
      detail: detail || null,
      ...(asked.cause && { cause }),
      ...(asked.witness && { witnessName }),
      ...(asked.toHousehold && { toHouseholdId }),
      ...(asked.price && { unitPrice: unitPrice || '0' }),
    })
    if (!done) return
    toast({ message: t('outcome.recorded') })
    onDone()
  }

  return (
    <DeskForm name="outcome" label={t('outcome.record')} {...command} onSubmit={send} submit={t('outcome.send')} onCancel={onCancel} onReload={onDone}>
      <RadioCards
        name="outcome-kind"
        legend={t('outcome.what')}
        error={isMissing && !kind ? t('outcome.choose') : undefined}
        options={recordableOf(allocation.kind.family, allocation.herd != null).map((value) => ({ value, label: t(`outcome.kind.${value}`) }))}
        value={kind}
        onValue={setKind}
      />
      <div className="desk-pair">
        <FormField name="quantity" label={t('outcome.quantity')}>
          <NumberInput counts={unitOf(allocation.kind)} bound={promisedIn(allocation.kind.unit)} value={quantity} onValue={setQuantity} unit={unitName(allocation.kind)} />
        </FormField>
        <FormField name="observedOn" label={t('outcome.observedOn')}>
          <TextInput type="date" value={observedOn} max={today()} onChange={(event) => setObservedOn(event.target.value)} />
        </FormField>
      </div>
      {asked?.price && (
        <FormField name="unitPrice" label={t('outcome.unitPrice')} hint={floorPrice && t('outcome.floorPrice', { price: format.vnd(floorPrice) })}>
          <NumberInput counts={VND} bound={BOUNDS.unitPrice} value={unitPrice} onValue={setUnitPrice} unit="₫" />
        </FormField>
      )}
      {asked?.cause && (
        <FormField name="cause" label={t('outcome.cause')} hint={t('outcome.causeHint')}>
          <TextInput value={cause} onChange={(event) => setCause(event.target.value)} />
        </FormField>
      )}
      {asked?.toHousehold && <HouseholdPicker name="toHouseholdId" label={t('outcome.toHousehold')} value={toHouseholdId} onValue={setToHouseholdId} />}
      {asked?.witness && (
        <FormField name="witnessName" label={t('deliver.witnessName')}>
          <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
        </FormField>
      )}
      <FormField name="detail" label={t('note')} hint={t('outcome.detailHint')} optional>
        <TextArea value={detail} maxLength={500} required={false} onChange={(event) => setDetail(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
