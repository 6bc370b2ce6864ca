// Says what a household lacks: a kind, how much, how soon.
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { LARGEST, neededOf } from '../../../../common/bounds.ts'
import { graphql } from '../../graphql/graphql.ts'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { useKindOptions, unitOf } from '../areas/support-kind.ts'
import { kindFields, useUnitName } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { levelOf, urgencies, type Urgency } from './urgency.ts'

const kindsQuery = graphql(
  `
    query DeskSupportKinds {
      supportKinds { ...DeskKind typicalCost }
    }
  `,
  [kindFields],
)

const raiseNeed = graphql(
  `
    mutation DeskRaiseNeed($input: RaiseNeedInput!) {
      raiseNeed(input: $input) {
        need { id }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

/** Before a kind is chosen. */
const ANY = { least: 1n, most: LARGEST.needed }

export function NeedForm({ householdId, members, onDone, onCancel }: { householdId: string; members: number; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const optionsOf = useKindOptions()
  const unitName = useUnitName()
  const [{ data }] = useQuery({ query: kindsQuery })
  const [code, setCode] = useState('')
  const [quantity, setQuantity] = useState('')
  const [urgency, setUrgency] = useState<Urgency>('season')
  const [detail, setDetail] = useState('')
  const command = useCommand(raiseNeed)
  const kind = data?.supportKinds.find((known) => known.code === code)
  async function send() {
    if (!(await command.send({ householdId, kind: code, quantity: quantity || '0', urgency: levelOf(urgency), detail: detail || null }))) return
    toast({ message: t('need.done') })
    onDone()
  }
  return (
    <DeskForm name="need" label={t('need.raise')} {...command} onSubmit={send} submit={t('need.send')} onCancel={onCancel} onReload={onDone}>
      <FormField name="kind" label={t('need.kind')}>
        <Select value={code} onChange={(event) => setCode(event.target.value)} placeholder={t('choose')} options={optionsOf(data?.supportKinds ?? [])} />
      </FormField>
      <div className="desk-pair">
        <FormField name="quantity" label={t('need.quantity')}>
          <NumberInput bound={kind ? neededOf({ unit: kind.unit, typicalCost: BigInt(kind.typicalCost) }, members) : ANY} value={quantity} onValue={setQuantity} {...(kind && { unit: unitName(kind), counts: unitOf(kind) })} />
        </FormField>
        <FormField name="urgency" label={t('need.howSoon')}>
          <Select value={urgency} onChange={(event) => setUrgency(event.target.value as Urgency)} options={urgencies.map((value) => ({ value, label: t(`need.urgency.${value}`) }))} />
        </FormField>
      </div>
      <FormField name="detail" label={t('need.detail')} hint={t('need.detailHint')} optional>
        <TextInput value={detail} maxLength={200} required={false} onChange={(event) => setDetail(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
