// Records what a decision recognised of a household, by which standard and for which year's list.
import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { BOUNDS } from '../../../../common/bounds.ts'
import { YEAR } from '../../../../common/number-says.ts'
import { graphql } from '../../graphql/graphql.ts'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { today } from '../desk/today.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { statuses, type HouseholdStatus } from './household-status.tsx'

const standardsQuery = graphql(`
  query DeskStandards {
    povertyStandards { code name nameEn appliesFrom appliesTo }
  }
`)

const recordStatus = graphql(
  `
    mutation DeskRecordStatus($input: RecordStatusInput!) {
      recordStatus(input: $input) {
        household { id status version statusHistory { status decisionNo decidedOn effectiveOn listYear } }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface StatusFormProps {
  household: { id: string; version: number }
  onDone: () => void
  onReload: () => void
  onCancel: () => void
}

export function StatusForm({ household, onDone, onReload, onCancel }: StatusFormProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const language = useLocale()
  const [{ data }] = useQuery({ query: standardsQuery })
  const [status, setStatus] = useState('')
  const [decisionNo, setDecisionNo] = useState('')
  const [decidedOn, setDecidedOn] = useState(today())
  const [effectiveOn, setEffectiveOn] = useState(today())
  const [listYear, setListYear] = useState(today().slice(0, 4))
  const [chosen, setChosen] = useState<string | null>(null)
  const command = useCommand(recordStatus)
  const standards = data?.povertyStandards ?? []
  // The one that applies on the day; the officer may choose another where a decision names it.
  const applying = standards.find(({ appliesFrom, appliesTo }) => appliesFrom <= effectiveOn && (appliesTo === null || effectiveOn <= appliesTo))
  const standardId = chosen ?? applying?.code ?? ''
  async function send() {
    const { id: householdId, version } = household
    const sent = { householdId, version, status: status as HouseholdStatus, standardId, decisionNo, decidedOn, effectiveOn, listYear: Number(listYear) }
    if (!(await command.send(sent))) return
    toast({ message: t('household.statusRecorded') })
    onDone()
  }
  return (
    <DeskForm name="status-form" label={t('household.recordStatus')} {...command} onSubmit={send} submit={t('household.statusSend')} onCancel={onCancel} onReload={onReload}>
      <FormField name="status" label={t('household.newStatus')}>
        <Select value={status} onChange={(event) => setStatus(event.target.value)} placeholder={t('choose')} options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))} />
      </FormField>
      <FormField name="decisionNo" label={t('household.decisionNo')} hint={t('household.decisionHint')}>
        <TextInput value={decisionNo} onChange={(event) => setDecisionNo(event.target.value)} />
      </FormField>
      <div className="desk-pair">
        <FormField name="decidedOn" label={t('household.decidedOn')}>
          <TextInput type="date" value={decidedOn} onChange={(event) => setDecidedOn(event.target.value)} />
        </FormField>
        <FormField name="effectiveOn" label={t('household.effectiveOn')}>
          <TextInput type="date" value={effectiveOn} onChange={(event) => setEffectiveOn(event.target.value)} />
        </FormField>
      </div>
      <div className="desk-pair">
        <FormField name="standardId" label={t('household.standard')}>
          <Select
            value={standardId}
            onChange={(event) => setChosen(event.target.value)}
            placeholder={t('choose')}
            options={standards.map(({ code, name, nameEn }) => ({ value: code, label: language === 'vi' ? name : nameEn }))}
          />
        </FormField>
        <FormField name="listYear" label={t('household.listYear')}>
          <NumberInput counts={YEAR} bound={BOUNDS.year} value={listYear} onValue={setListYear} />
        </FormField>
      </div>
    </DeskForm>
  )
}
