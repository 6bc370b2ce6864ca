// Records one thing that happened to an animal: asks what that thing calls for, and nothing else.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { BOUNDS } from '../../../../common/bounds.ts'
import { graphql } from '../../graphql/graphql.ts'
import { RadioCards } from '../../ui/Choice.tsx'
import { NumberInput, VND } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { today } from '../desk/today.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import type { Recordable } from './animal-events.ts'

const recordAnimalEvent = graphql(
  `
    mutation DeskRecordAnimalEvent($input: RecordAnimalEventInput!) {
      recordAnimalEvent(input: $input) {
        animal { id status owner }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

const sexes = ['FEMALE', 'MALE'] as const
const asksFor: Record<'cause' | 'witness' | 'price' | 'tag', readonly Recordable[]> = {
  cause: ['DIED', 'ILL'], witness: ['DIED', 'STOLEN'], price: ['SOLD', 'BOUGHT'], tag: ['BORN', 'BOUGHT'],
}

interface AnimalEventFormProps {
  animalId: string
  kinds: readonly Recordable[]
  /** What is to be recorded, if that is known. */
  preset?: Recordable | undefined
  onDone: () => void
  onReload: () => void
}

export function AnimalEventForm({ animalId, kinds, preset, onDone, onReload }: AnimalEventFormProps) {
  const t = useTranslations('desk.herd')
  const tDesk = useTranslations('desk')
  const toast = useToast()
  const name = `event-${keyPart(animalId)}`
  const [chosen, setKind] = useState(preset)
  const [happenedOn, setHappenedOn] = useState(today())
  const [said, setSaid] = useState({ cause: '', witnessName: '', price: '', note: '', tag: '', bornOn: '' })
  const [sex, setSex] = useState<(typeof sexes)[number]>('FEMALE')
  const command = useCommand(recordAnimalEvent)
  const kind = kinds.find((each) => each === chosen) ?? kinds[0]!
  const asks = (what: keyof typeof asksFor) => asksFor[what].includes(kind)
  const says = (field: keyof typeof said) => (text: string) => setSaid((before) => ({ ...before, [field]: text }))
  const text = (field: keyof typeof said, maxLength: number) => ({ value: said[field], maxLength, onChange: ({ target }: { target: { value: string } }) => says(field)(target.value) })

  async function send() {
    const newcomer = kind === 'BORN' ? { tag: said.tag, sex } : kind === 'BOUGHT' ? { tag: said.tag, bornOn: said.bornOn || null } : null
    const done = await command.send({
      animalId, kind, happenedOn, note: said.note || null, cause: asks('cause') ? said.cause || null : null,
      witnessName: asks('witness') ? said.witnessName : null, price: asks('price') ? said.price || '0' : null, newcomer,
    })
    if (!done) return
    toast({ message: t('recorded') })
    onDone()
  }

  return (
    <DeskForm name={name} label={t('recordTitle')} {...command} onSubmit={send} submit={t('send')} onReload={onReload}>
      <div className="desk-pair">
        <FormField name="kind" label={t('what')}>
          <Select value={kind} onChange={(event) => setKind(event.target.value as Recordable)} options={kinds.map((value) => ({ value, label: t(`happening.${value}`) }))} />
        </FormField>
        <FormField name="happenedOn" label={t('happenedOn')}>
          <TextInput type="date" value={happenedOn} max={today()} onChange={(event) => setHappenedOn(event.target.value)} />
        </FormField>
      </div>
      {asks('tag') && (
        <FormField name="newcomer.tag" label={t('newTag')} hint={t('tagHint')}>
          <TextInput autoComplete="off" {...text('tag', 20)} />
        </FormField>
      )}
      {kind === 'BORN' && <RadioCards name={`${name}-sex`} legend={t('sexQuestion')} options={sexes.map((value) => ({ value, label: t(`sex.${value}`) }))} value={sex} onValue={setSex} />}
      {kind === 'BOUGHT' && (
        <FormField name="newcomer.bornOn" label={t('bornOn')} hint={t('bornHint')} optional>
          <TextInput type="date" required={false} value={said.bornOn} max={happenedOn} onChange={(event) => says('bornOn')(event.target.value)} />
        </FormField>
      )}
      {asks('price') && (
        <FormField name="price" label={t('price')}>
          <NumberInput counts={VND} bound={BOUNDS.animalPrice} value={said.price} onValue={says('price')} unit="₫" />
        </FormField>
      )}
      {asks('cause') && (
        <FormField name="cause" label={t(kind === 'ILL' ? 'illness' : 'cause')} optional={kind === 'ILL'}>
          <TextInput required={kind !== 'ILL'} {...text('cause', 500)} />
        </FormField>
      )}
      {asks('witness') && (
        <FormField name="witnessName" label={t('witness')}>
          <TextInput {...text('witnessName', 80)} />
        </FormField>
      )}
      <FormField name="note" label={kind === 'VACCINATED' ? t('vaccine') : tDesk('note')} optional>
        <TextArea required={false} rows={2} {...text('note', 500)} />
      </FormField>
    </DeskForm>
  )
}
