// Hands an animal on to the household whose turn it is, or to another with a reason, before a witness; that household is then asked.
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { RadioCards } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { When } from '../../ui/Figure.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { isolated } from '../../ui/names.ts'
import { useToast } from '../../ui/Toasts.tsx'
import { Asked } from '../desk/Asked.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { today } from '../desk/today.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { WitnessDocument } from '../desk/WitnessDocument.tsx'
import { HouseholdPicker } from '../households/HouseholdPicker.tsx'
import { type Waiting, communeOf, turnOf, useHerdQueue } from './herd-queue.ts'

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

const fromQuery = graphql(`
  query DeskHandOnFrom($id: ID!) {
    animal(id: $id) {
      id
      household { id }
      area { id kind parent { id } }
    }
  }
`)

type From = NonNullable<ResultOf<typeof fromQuery>['animal']>

interface HandOnDialogProps {
  animal: { id: string; tag: string } | null
  rule: string
  onClose: () => void
  onChanged: () => void
}

export function HandOnDialog({ animal, rule, onClose, onChanged }: HandOnDialogProps) {
  const t = useTranslations('desk.herd')
  return (
    <Dialog isOpen={animal !== null} onClose={onClose} title={t('handOnTitle', { tag: animal?.tag ?? '' })}>
      {animal && <Turn key={animal.id} animalId={animal.id} rule={rule} onDone={() => { onClose(); onChanged() }} onCancel={onClose} />}
    </Dialog>
  )
}

interface TurnProps {
  animalId: string
  rule: string
  onDone: () => void
  onCancel: () => void
}

/** Asks whose turn it is before the form begins. */
function Turn({ animalId, rule, ...rest }: TurnProps) {
  const from = useQuery({ query: fromQuery, variables: { id: animalId } })
  const animal = from[0].data?.animal ?? null
  const queue = useHerdQueue(rule, animal && communeOf(animal.area))
  if (!animal) return <Asked query={from} shape="text">{() => null}</Asked>
  return <Asked query={queue} shape="text">{({ herdQueue }) => <HandOnForm animal={animal} queue={herdQueue.nodes} {...rest} />}</Asked>
}

/** So many of those who wait are offered beside the one whose turn it is. */
const OFFERED = 4
const OTHER = 'OTHER'

function HandOnForm({ animal, queue, onDone, onCancel }: { animal: From; queue: readonly Waiting[]; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk.herd')
  const toast = useToast()
  const name = `hand-on-${keyPart(animal.id)}`
  const next = turnOf(queue, animal.household?.id)?.household?.id
  const offered = queue.flatMap(({ household, isProvided, joinedAt }) => (household && !isProvided && household.id !== animal.household?.id ? [{ ...household, joinedAt }] : [])).slice(0, OFFERED)
  const [chosen, setChosen] = useState(next ?? OTHER)
  const [other, setOther] = useState<string | null>(null)
  const [handedOn, setHandedOn] = useState(today())
  const [witnessName, setWitnessName] = useState('')
  const [witnessDocument, setWitnessDocument] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(handOnAnimal)
  const toHouseholdId = chosen === OTHER ? other : chosen
  // Meanwhile it may have become another's turn.
  const asksReason = toHouseholdId !== next || command.failing?.problem?.field === 'reason'
  async function send() {
    if (!(await command.send({ animalId: animal.id, toHouseholdId: toHouseholdId ?? '', handedOn, witnessName, witnessDocument: witnessDocument || null, reason: reason || null }))) return
    toast({ message: t('handedOn') })
    onDone()
  }
  return (
    <DeskForm name={name} label={t('handOn')} {...command} onSubmit={send} submit={t('handOnSend')} onCancel={onCancel} onReload={onDone}>
      {offered.length > 0 ? (
        <RadioCards
          name={`${name}-to`}
          legend={t('toHousehold')}
          options={[
            ...offered.map(({ id, headName, code, joinedAt }) => ({
              value: id, label: isolated(headName), note: <>{id === next && <b>{t('queue.next')} · </b>}{code} · {t('queue.since')} <When at={joinedAt} /></>,
            })),
            { value: OTHER, label: t('otherHousehold') },
          ]}
          value={chosen}
          onValue={setChosen}
        />
      ) : (
        <p className="muted">{t('nobodyWaits')}</p>
      )}
      {chosen === OTHER && <HouseholdPicker name="toHouseholdId" label={t('otherHousehold')} value={other} onValue={setOther} />}
      {asksReason && (
        <FormField name="reason" label={t('reason')} hint={t('reasonHint')}>
          <TextArea rows={2} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </FormField>
      )}
      <div className="desk-pair">
        <FormField name="handedOn" label={t('handedOnDay')}>
          <TextInput type="date" value={handedOn} max={today()} onChange={(event) => setHandedOn(event.target.value)} />
        </FormField>
        <FormField name="witnessName" label={t('witness')}>
          <TextInput value={witnessName} maxLength={80} onChange={(event) => setWitnessName(event.target.value)} />
        </FormField>
      </div>
      <WitnessDocument failing={command.failing} value={witnessDocument} onValue={setWitnessDocument} />
    </DeskForm>
  )
}
