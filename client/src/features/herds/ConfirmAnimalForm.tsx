// The hamlet head says for the next household whether an animal came, before a witness.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { RadioCards } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { WitnessDocument } from '../desk/WitnessDocument.tsx'

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

const answers = ['RECEIVED', 'ILL', 'WRONG', 'NOT_RECEIVED'] as const
type Answer = (typeof answers)[number]

interface ConfirmAnimalProps {
  /** The hand-over that is answered; null for none. */
  handoverId: string | null
  onClose: () => void
  onChanged: () => void
}

export function ConfirmAnimalDialog({ handoverId, onClose, onChanged }: ConfirmAnimalProps) {
  const t = useTranslations('desk.herd')
  return (
    <Dialog isOpen={handoverId !== null} onClose={onClose} title={t('confirm')}>
      {handoverId && <ConfirmAnimalForm handoverId={handoverId} onDone={() => { onClose(); onChanged() }} onCancel={onClose} />}
    </Dialog>
  )
}

function ConfirmAnimalForm({ handoverId, onDone, onCancel }: { handoverId: string; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk.herd')
  const toast = useToast()
  const name = `confirm-${keyPart(handoverId)}`
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [witnessName, setWitnessName] = useState('')
  const [witnessDocument, setWitnessDocument] = useState('')
  const command = useCommand(confirmAnimal)
  async function send() {
    setMissing(answer === null)
    if (answer === null || !(await command.send({ handoverId, answer, witnessName, witnessDocument: witnessDocument || null }))) return
    toast({ message: t('confirmed') })
    onDone()
  }
  return (
    <DeskForm name={name} label={t('confirm')} {...command} onSubmit={send} submit={t('confirmSend')} onCancel={onCancel} onReload={onDone}>
      <RadioCards
        name={`${name}-answer`}
        legend={t('cameQuestion')}
        error={isMissing && answer === null ? t('cameChoose') : undefined}
        options={answers.map((value) => ({ value, label: t(`came.${value}`) }))}
        value={answer}
        onValue={setAnswer}
      />
      <FormField name="witnessName" label={t('witness')}>
        <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
      </FormField>
      <WitnessDocument failing={command.failing} value={witnessDocument} onValue={setWitnessDocument} />
    </DeskForm>
  )
}
