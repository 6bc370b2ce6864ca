// The hamlet head says for the next household whether an animal came, before a witness.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { RadioCards } from '../../ui/Choice.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'

const confirmAnimal = graphql(
  `
    mutation DeskConfirmAnimal($input: ConfirmAnimalInput!) {
      confirmAnimal(input: $input) {
        handover { id answer }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

const answers = ['RECEIVED', 'NOT_RECEIVED'] as const

export function ConfirmAnimalForm({ handoverId, onDone }: { handoverId: string; onDone: () => void }) {
  const t = useTranslations('desk.herd')
  const toast = useToast()
  const name = `confirm-${keyPart(handoverId)}`
  const [answer, setAnswer] = useState<(typeof answers)[number]>('RECEIVED')
  const [witnessName, setWitnessName] = useState('')
  const command = useCommand(confirmAnimal)
  async function send() {
    if (!(await command.send({ handoverId, answer, witnessName }))) return
    toast({ message: t('confirmed') })
    onDone()
  }
  return (
    <DeskForm name={name} label={t('confirm')} {...command} onSubmit={send} submit={t('confirm')} onReload={onDone}>
      <RadioCards name={`${name}-answer`} legend={t('cameQuestion')} options={answers.map((value) => ({ value, label: t(`came.${value}`) }))} value={answer} onValue={setAnswer} />
      <FormField name="witnessName" label={t('witness')}>
        <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
