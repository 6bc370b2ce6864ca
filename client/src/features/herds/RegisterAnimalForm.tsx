// Takes one animal that came into the herd's book.
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Card } from '../../ui/Card.tsx'
import { RadioCards } from '../../ui/Choice.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { today } from '../desk/today.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'

const registerAnimals = graphql(
  `
    mutation DeskRegisterAnimals($input: RegisterAnimalsInput!) {
      registerAnimals(input: $input) {
        herd { id founders }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

type Sex = 'FEMALE' | 'MALE'

interface RegisterAnimalFormProps {
  allocationId: string
  rules: readonly { code: string; name: string; nameEn: string }[]
  onDone: () => void
}

export function RegisterAnimalForm({ allocationId, rules, onDone }: RegisterAnimalFormProps) {
  const t = useTranslations('desk.herd')
  const language = useLocale()
  const toast = useToast()
  const [rule, setRule] = useState(rules[0]?.code ?? '')
  const [tag, setTag] = useState('')
  const [sex, setSex] = useState<Sex>('FEMALE')
  const [bornOn, setBornOn] = useState('')
  const command = useCommand(registerAnimals)
  if (rules.length === 0) return <p className="muted">{t('noRules')}</p>

  async function send() {
    if (!(await command.send({ allocationId, rule, animals: [{ tag, sex, bornOn: bornOn || today() }] }))) return
    toast({ message: t('registered', { tag }) })
    setTag('')
    onDone()
  }
  return (
    <Card as="section" aria-labelledby="register-animal" className="desk-part">
      <h2 id="register-animal">{t('register')}</h2>
      <DeskForm name="animal" label={t('register')} {...command} onSubmit={send} submit={t('send')} onReload={onDone}>
        <FormField name="rule" label={t('rule')}>
          <Select value={rule} onChange={(event) => setRule(event.target.value)} options={rules.map(({ code, name, nameEn }) => ({ value: code, label: language === 'vi' ? name : nameEn }))} />
        </FormField>
        <div className="desk-pair">
          <FormField name="animals.0.tag" label={t('tag')} hint={t('tagHint')}>
            <TextInput value={tag} maxLength={20} onChange={(event) => setTag(event.target.value)} />
          </FormField>
          <FormField name="animals.0.bornOn" label={t('bornOn')} hint={t('bornHint')}>
            <TextInput type="date" value={bornOn} max={today()} onChange={(event) => setBornOn(event.target.value)} />
          </FormField>
        </div>
        <RadioCards name="animal-sex" legend={t('sexQuestion')} options={(['FEMALE', 'MALE'] as const).map((value) => ({ value, label: t(`sex.${value}`) }))} value={sex} onValue={setSex} />
      </DeskForm>
    </Card>
  )
}
