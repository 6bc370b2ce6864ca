// Hands over before a witness: someone who holds an office near by, or a name that is typed.
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { isolated } from '../../ui/names.ts'
import { useToast } from '../../ui/Toasts.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { upTo, useUnitName } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { WitnessDocument } from '../desk/WitnessDocument.tsx'
import type { AllocationInFull } from './AllocationPage.tsx'

const holdersQuery = graphql(`
  query DeskOfficeHolders($area: ID!) {
    officeHolders(area: $area) { personId accountId displayName role area { id name } }
  }
`)

const dispatch = graphql(
  `
    mutation DeskDispatch($input: DispatchInput!) {
      dispatch(input: $input) {
        allocation { id quantities { allocated dispatched received settled } viewerCan { dispatch { allowed } } }
        delivery { id answer }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

export function DispatchForm({ allocation, onChanged }: { allocation: AllocationInFull; onChanged: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const { accountId } = useDesk()
  const unitName = useUnitName()
  const open = (BigInt(allocation.quantities.allocated) - BigInt(allocation.quantities.dispatched)).toString()
  const [{ data }] = useQuery({ query: holdersQuery, variables: { area: allocation.area.id } })
  const [quantity, setQuantity] = useState(open)
  const [witnessId, setWitnessId] = useState('')
  const [witnessName, setWitnessName] = useState('')
  const [witnessDocument, setWitnessDocument] = useState('')
  const [decisionNo, setDecisionNo] = useState('')
  const [note, setNote] = useState('')
  const command = useCommand(dispatch)
  // Nobody witnesses what they hand over themselves.
  const holders = data?.officeHolders.filter((holder) => holder.accountId !== accountId) ?? []

  async function send() {
    const witness = witnessId ? { witnessId } : { witnessName, witnessDocument: witnessDocument || null }
    if (!(await command.send({ allocationId: allocation.id, quantity: quantity || '0', ...witness, decisionNo: decisionNo || null, note: note || null }))) return
    toast({ message: t('deliver.dispatched') })
    onChanged()
  }

  return (
    <DeskForm name="dispatch" label={t('deliver.dispatchTitle')} {...command} onSubmit={send} submit={t('deliver.dispatch')} onReload={onChanged}>
      <FormField name="quantity" label={t('deliver.quantity')}>
        <NumberInput counts={unitOf(allocation.kind)} bound={upTo(open)} value={quantity} onValue={setQuantity} unit={unitName(allocation.kind)} />
      </FormField>
      {holders.length > 0 && (
        <FormField name="witnessId" label={t('deliver.witness')} hint={t('deliver.witnessHint')} optional>
          <Select
            value={witnessId}
            onChange={(event) => setWitnessId(event.target.value)}
            placeholder={t('deliver.witnessOther')}
            required={false}
            options={holders.map(({ personId, displayName, role, area }) => ({ value: personId, label: `${isolated(displayName)} – ${t(`role.${role}`)} ${area.name}` }))}
          />
        </FormField>
      )}
      {witnessId === '' && (
        <>
          <FormField name="witnessName" label={t('deliver.witnessName')}>
            <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
          </FormField>
          <WitnessDocument failing={command.failing} value={witnessDocument} onValue={setWitnessDocument} />
        </>
      )}
      <FormField name="decisionNo" label={t('deliver.decisionNo')} hint={t('deliver.decisionNoHint')} optional>
        <TextInput value={decisionNo} maxLength={60} required={false} onChange={(event) => setDecisionNo(event.target.value)} />
      </FormField>
      <FormField name="note" label={t('note')} optional>
        <TextArea value={note} maxLength={500} required={false} onChange={(event) => setNote(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
