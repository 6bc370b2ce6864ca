// "Bấm hộ": the hamlet head says for the household what arrived, before a witness; it is recorded as a proxy's word.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { RadioCards } from '../../ui/Choice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { upTo, useUnitName, type SupportKind } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { WitnessDocument } from '../desk/WitnessDocument.tsx'
import type { Answer } from './DeliveryRow.tsx'

const confirmReceipt = graphql(
  `
    mutation DeskConfirmReceipt($input: ConfirmReceiptInput!) {
      confirmReceipt(input: $input) {
        delivery { id answer received isUnconfirmed }
        allocation { id quantities { allocated dispatched received settled } }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

const answers: readonly Answer[] = ['FULL', 'SHORT', 'WRONG', 'NOT_RECEIVED']

interface ProxyFormProps {
  delivery: { id: string; quantity: string }
  kind: SupportKind
  onDone: () => void
  onCancel: () => void
}

export function ProxyForm({ delivery, kind, onDone, onCancel }: ProxyFormProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const unitName = useUnitName()
  const name = `proxy-${keyPart(delivery.id)}`
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [received, setReceived] = useState('')
  const [witnessName, setWitnessName] = useState('')
  const [witnessDocument, setWitnessDocument] = useState('')
  const [note, setNote] = useState('')
  const command = useCommand(confirmReceipt)
  async function send() {
    setMissing(answer === null)
    if (answer === null) return
    const said = answer === 'SHORT' ? { received: received || '0' } : {}
    if (!(await command.send({ deliveryId: delivery.id, answer, ...said, witnessName, witnessDocument: witnessDocument || null, note: note || null }))) return
    toast({ message: t('deliver.proxyDone') })
    onDone()
  }
  return (
    <DeskForm name={name} label={t('deliver.proxy')} {...command} onSubmit={send} submit={t('deliver.proxySend')} onCancel={onCancel} onReload={onDone}>
      <Notice live={false}>{t('deliver.proxyNote')}</Notice>
      <RadioCards
        name={`${name}-answer`}
        legend={t('deliver.proxyQuestion')}
        error={isMissing && answer === null ? t('deliver.proxyChoose') : undefined}
        options={answers
          .filter((value) => value !== 'SHORT' || delivery.quantity !== '1')
          .map((value) => ({ value, label: t(`answer.${value}`) }))}
        value={answer}
        onValue={setAnswer}
      />
      {answer === 'SHORT' && (
        <FormField name="received" label={t('deliver.proxyReceived')}>
          <NumberInput counts={unitOf(kind)} bound={upTo(String(BigInt(delivery.quantity) - 1n))} value={received} onValue={setReceived} unit={unitName(kind)} />
        </FormField>
      )}
      <FormField name="witnessName" label={t('deliver.witnessName')} hint={t('deliver.proxyWitnessHint')}>
        <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
      </FormField>
      <WitnessDocument failing={command.failing} value={witnessDocument} onValue={setWitnessDocument} />
      <FormField name="note" label={t('note')} optional>
        <TextArea value={note} maxLength={500} required={false} onChange={(event) => setNote(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
