// The book of one animal: what happened to it, in order, and what happens next.
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Money, When } from '../../ui/Figure.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { today } from '../desk/today.ts'
import { AnimalEventForm } from './AnimalEventForm.tsx'
import { type Recordable, recordableOf } from './animal-events.ts'

const animalQuery = graphql(`
  query DeskAnimal($id: ID!) {
    animal(id: $id) {
      id
      tag
      sex
      bornOn
      owner
      status
      awaiting { id }
      duty { state calf ownedFrom }
      dam { id tag duty { state calf ownedFrom } }
      standsFor { id tag }
      events { id kind happenedOn price cause witnessName note }
    }
  }
`)

type Animal = NonNullable<ResultOf<typeof animalQuery>['animal']>

export interface Opened {
  id: string
  tag: string
  /** What is to be recorded, if that is known. */
  preset?: Recordable
}

interface AnimalDialogProps {
  opened: Opened | null
  onClose: () => void
  onChanged: () => void
}

export function AnimalDialog({ opened, onClose, onChanged }: AnimalDialogProps) {
  const t = useTranslations('desk.herd')
  return (
    <Dialog isOpen={opened !== null} onClose={onClose} title={t('see', { tag: opened?.tag ?? '' })}>
      {opened && <Book key={opened.id} {...opened} onDone={() => { onClose(); onChanged() }} />}
    </Dialog>
  )
}

function Book({ id, preset, onDone }: Opened & { onDone: () => void }) {
  const t = useTranslations('desk.herd')
  const tDesk = useTranslations('desk')
  const { isOffice } = useDesk()
  const query = useQuery({ query: animalQuery, variables: { id }, requestPolicy: 'cache-and-network' })
  return (
    <Asked query={query} shape="text">
      {({ animal }) => {
        if (!animal) return <p>{tDesk('notYours')}</p>
        const kinds = isOffice ? recordableOf(animal, today()) : []
        return (
          <>
            <History animal={animal} />
            {kinds.length > 0 ? (
              <section className="stack herd-record" aria-labelledby="record">
                <h3 id="record">{t('recordTitle')}</h3>
                <AnimalEventForm animalId={animal.id} kinds={kinds} preset={preset} onDone={onDone} onReload={() => query[1]({ requestPolicy: 'network-only' })} />
              </section>
            ) : (
              animal.awaiting && <p className="muted">{t('waitForAnswer')}</p>
            )}
          </>
        )
      }}
    </Asked>
  )
}

function History({ animal }: { animal: Animal }) {
  const t = useTranslations('desk.herd')
  const { sex, bornOn, dam, standsFor, events } = animal
  return (
    <>
      <p className="muted">
        {t(`sex.${sex}`)} · {t('born')} <When at={bornOn} />
        {dam && <> · {t('damIs', { tag: dam.tag })}</>}
        {standsFor && <> · {t('standsForIs', { tag: standsFor.tag })}</>}
      </p>
      <ol role="list" className="herd-history">
        {events.map(({ id, kind, happenedOn, price, cause, witnessName, note }) => (
          <li key={id}>
            <When at={happenedOn} />
            <span>
              <b>{t(`event.${kind}`)}</b>
              {price && <> · <Money amount={price} /></>}
              {cause && <> · {cause}</>}
              {note && <> · {note}</>}
              {witnessName && <span className="muted"> · {t('witnessIs', { name: witnessName })}</span>}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
