// Two people may bear one name: then the number of the witness's identity card tells them apart, and is asked for only then.
import { useTranslations } from 'use-intl'
import { TextInput } from '../../ui/TextInput.tsx'
import { FormField } from './DeskForm.tsx'
import type { Failing } from './use-command.ts'

interface WitnessDocumentProps {
  failing: Failing | null
  value: string
  onValue: (value: string) => void
}

export function WitnessDocument({ failing, value, onValue }: WitnessDocumentProps) {
  const t = useTranslations('desk.deliver')
  const isAsked = value !== '' || failing?.problem?.code.startsWith('WITNESS_IS_') || failing?.problem?.field === 'witnessDocument'
  return (
    isAsked && (
      <FormField name="witnessDocument" label={t('witnessDocument')} hint={t('witnessDocumentHint')} optional>
        <TextInput value={value} maxLength={30} required={false} autoComplete="off" onChange={(event) => onValue(event.target.value)} />
      </FormField>
    )
  )
}
