// Accounts for what the household has confirmed and closes it; never by whoever handed it over.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { upTo, useUnitName } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import type { AllocationInFull } from './AllocationPage.tsx'

const settle = graphql(
  `
    mutation DeskSettle($input: SettleInput!) {
      settle(input: $input) {
        allocation { id quantities { allocated dispatched received settled } viewerCan { settle { allowed } } }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

export function SettleForm({ allocation, open, onChanged }: { allocation: AllocationInFull; open: string; onChanged: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const unitName = useUnitName()
  const [quantity, setQuantity] = useState(open)
  const [note, setNote] = useState('')
  const command = useCommand(settle)
  async function send() {
    if (!(await command.send({ allocationId: allocation.id, quantity: quantity || '0', note: note || null }))) return
    toast({ message: t('deliver.settled') })
    onChanged()
  }
  return (
    <DeskForm name="settle" label={t('deliver.settleTitle')} {...command} onSubmit={send} submit={t('deliver.settle')} onReload={onChanged}>
      <p className="muted">{t('deliver.settleHint')}</p>
      <FormField name="quantity" label={t('deliver.settleQuantity')}>
        <NumberInput counts={unitOf(allocation.kind)} bound={upTo(open)} value={quantity} onValue={setQuantity} unit={unitName(allocation.kind)} />
      </FormField>
      <FormField name="note" label={t('note')} hint={t('deliver.settleNoteHint')} optional>
        <TextArea value={note} maxLength={500} required={false} onChange={(event) => setNote(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
