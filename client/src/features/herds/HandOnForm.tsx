// Hands a grown calf on to the next household, before a witness; that household is then asked.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { today } from '../desk/today.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { HouseholdPicker } from '../households/HouseholdPicker.tsx'

const handOnAnimal = graphql(
  `
    mutation DeskHandOnAnimal($input: HandOnAnimalInput!) {
      handOnAnimal(input: $input) {
        handover { id handedOn }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

export function HandOnForm({ animalId, onDone, onCancel }: { animalId: string; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk.herd')
  const toast = useToast()
  const name = `hand-on-${keyPart(animalId)}`
  const [toHouseholdId, setToHouseholdId] = useState<string | null>(null)
  const [handedOn, setHandedOn] = useState(today())
  const [witnessName, setWitnessName] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(handOnAnimal)
  async function send() {
    if (!(await command.send({ animalId, toHouseholdId: toHouseholdId ?? '', handedOn, witnessName, reason: reason || null }))) return
    toast({ message: t('handedOn') })
    onDone()
  }
  return (
    <DeskForm name={name} label={t('handOn')} {...command} onSubmit={send} submit={t('handOn')} onCancel={onCancel} onReload={onDone}>
      <HouseholdPicker name="toHouseholdId" label={t('toHousehold')} value={toHouseholdId} onValue={setToHouseholdId} />
      <div className="desk-pair">
        <FormField name="handedOn" label={t('handedOnDay')}>
          <TextInput type="date" value={handedOn} max={today()} onChange={(event) => setHandedOn(event.target.value)} />
        </FormField>
        <FormField name="witnessName" label={t('witness')}>
          <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
        </FormField>
      </div>
      <FormField name="reason" label={t('reason')} hint={t('reasonHint')} optional>
        <TextArea value={reason} maxLength={500} required={false} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
