// The herd as a picture: each household with the animals it keeps, and lines to the households that came next. From left to right
// where there is room, one below the other where there is not; lists within lists for whoever hears it.
import { type CSSProperties, useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { When } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { today } from '../desk/today.ts'
import { AnimalDialog, type Opened } from './AnimalDialog.tsx'
import { ConfirmAnimalDialog } from './ConfirmAnimalForm.tsx'
import { HandOnDialog } from './HandOnForm.tsx'
import { type Keeping, generationsOf, keepingsOf } from './keepings.ts'

export const animalFields = graphql(`
  fragment HerdAnimal on Animal @_unmask {
    id
    tag
    sex
    bornOn
    owner
    status
    since
    isPlaced
    generation
    recipientCode
    area { id fullName }
    dam { id }
    standsFor { id }
    awaiting { id handedOn area { id fullName } viewerCan { confirm { allowed } } }
    duty { state calf ownedFrom says }
  }
`)

type Animal = ResultOf<typeof animalFields>

/** What is done about an animal. */
interface Doing {
  see: (opened: Opened) => void
  handOn: (animal: Animal) => void
  confirm: (handoverId: string) => void
}

export function HerdPicture({ animals, rule, onChanged }: { animals: readonly Animal[]; rule: string; onChanged: () => void }) {
  const [opened, see] = useState<Opened | null>(null)
  const [handing, handOn] = useState<Animal | null>(null)
  const [confirming, confirm] = useState<string | null>(null)
  const keepings = keepingsOf(animals)
  const columns = generationsOf(keepings, ({ awaiting }) => awaiting !== null)
  return (
    <div className="herd-picture" style={{ '--columns': columns } as CSSProperties}>
      <Households keepings={keepings} awaited={[]} does={{ see, handOn, confirm }} isFirst />
      <AnimalDialog opened={opened} onClose={() => see(null)} onChanged={onChanged} />
      <HandOnDialog animal={handing} rule={rule} onClose={() => handOn(null)} onChanged={onChanged} />
      <ConfirmAnimalDialog handoverId={confirming} onClose={() => confirm(null)} onChanged={onChanged} />
    </div>
  )
}

interface HouseholdsProps {
  keepings: readonly Keeping<Animal>[]
  /** Animals on their way to a household that has not answered yet. */
  awaited: readonly Animal[]
  does: Doing
  isFirst?: boolean
}

function Households({ keepings, awaited, does, isFirst = false }: HouseholdsProps) {
  return (
    <ul role="list" className={isFirst ? 'herd-households' : 'herd-households herd-next'}>
      {keepings.map((keeping) => {
        const onTheirWay = [keeping.animal, ...keeping.young].filter(({ awaiting }) => awaiting)
        return (
          <li key={keeping.animal.id} className="herd-branch">
            <Household keeping={keeping} does={does} />
            {keeping.next.length + onTheirWay.length > 0 && <Households keepings={keeping.next} awaited={onTheirWay} does={does} />}
          </li>
        )
      })}
      {awaited.map((animal) => (
        <li key={animal.id} className="herd-branch">
          <Awaited animal={animal} does={does} />
        </li>
      ))}
    </ul>
  )
}

const urgent = ['OVERDUE', 'DUE', 'SELL_MALE', 'BUY_FEMALE']

function Household({ keeping: { animal, young }, does }: { keeping: Keeping<Animal>; does: Doing }) {
  const t = useTranslations('desk.herd')
  const { recipientCode, area, since, tag, duty, generation } = animal
  return (
    <article className="herd-household" aria-label={t('keeps', { code: recipientCode, tag })}>
      <div className="herd-household-head">
        <Icon name="household" size={30} />
        <div>
          <h3>{recipientCode}</h3>
          <p className="muted">{area.fullName}</p>
        </div>
      </div>
      <p className="muted herd-came">
        {t(generation === 1 ? 'cameAsGift' : 'cameOn', { tag })} <When at={since} />
      </p>
      <ul role="list" className="herd-animals">
        {[animal, ...young].map((each) => (
          <li key={each.id}>
            <AnimalRow animal={each} does={does} />
          </li>
        ))}
      </ul>
      {duty && <p className={urgent.includes(duty.state) ? 'herd-urgent' : 'muted'}>{duty.says}</p>}
      <NextAct animal={animal} young={young} does={does} />
    </article>
  )
}

function AnimalRow({ animal, does }: { animal: Animal; does: Doing }) {
  const t = useTranslations('desk.herd')
  const { id, tag, sex, bornOn, owner, status, awaiting, standsFor } = animal
  return (
    <button type="button" className={`herd-animal herd-${status.toLowerCase()}`} onClick={() => does.see({ id, tag })}>
      <Icon name="livestock" size={24} />
      <span className="herd-animal-text">
        <span>
          <b>{tag}</b> · {t(`sex.${sex}`)}
        </span>
        <span className="muted">
          {t('born')} <When at={bornOn} />
        </span>
        <span className="row">
          {status === 'ALIVE' ? (
            <Badge tone={owner === 'HOUSEHOLD' ? 'ok' : 'neutral'}>{t(`owner.${owner}`)}</Badge>
          ) : (
            <Badge tone={status === 'SOLD' ? 'neutral' : 'danger'}>{t(`status.${status}`)}</Badge>
          )}
          {standsFor && <Badge>{t('bought')}</Badge>}
          {awaiting && <Badge tone="warn" icon="clock">{t('onItsWay')}</Badge>}
        </span>
      </span>
      <Icon name="chevron-right" />
    </button>
  )
}

type Act = 'BORN' | 'SOLD' | 'BOUGHT' | 'OWNED'

/** What the rules say comes next, as one button. */
function NextAct({ animal, young, does }: { animal: Animal; young: readonly Animal[]; does: Doing }) {
  const t = useTranslations('desk.herd')
  const { isOffice, isOfficer } = useDesk()
  const { duty } = animal
  if (!duty || !isOffice) return null
  const calf = young.find(({ id }) => id === duty.calf)
  const record = (of: Animal | undefined, preset: Act) =>
    of && (
      <div>
        <Button size="compact" onClick={() => does.see({ id: of.id, tag: of.tag, preset })}>
          {t(`act.${preset}`)}
        </Button>
      </div>
    )
  if (duty.state === 'AWAITS_BIRTH' && animal.status === 'ALIVE') return record(animal, 'BORN')
  if (duty.state === 'SELL_MALE') return record(calf, 'SOLD')
  if (duty.state === 'BUY_FEMALE') return record(calf, 'BOUGHT')
  if (duty.state === 'DONE') return animal.owner === 'PROGRAMME' && animal.status === 'ALIVE' && duty.ownedFrom && duty.ownedFrom <= today() ? record(animal, 'OWNED') : null
  if (!isOfficer || !calf || (duty.state !== 'DUE' && duty.state !== 'OVERDUE')) return null
  return (
    <div>
      <Button icon="hands" size="compact" variant="primary" onClick={() => does.handOn(calf)}>
        {t('handOn')}
      </Button>
    </div>
  )
}

function Awaited({ animal: { tag, awaiting }, does }: { animal: Animal; does: Doing }) {
  const t = useTranslations('desk.herd')
  if (!awaiting) return null
  return (
    <article className="herd-household herd-awaited" aria-label={t('awaited', { tag })}>
      <p>
        <Icon name="clock" />
        <span>
          {t.rich('awaitedAt', { tag, area: awaiting.area.fullName, b: (words) => <b>{words}</b> })} <When at={awaiting.handedOn} />
        </span>
      </p>
      {awaiting.viewerCan.confirm.allowed && (
        <div>
          <Button size="compact" onClick={() => does.confirm(awaiting.id)}>
            {t('confirm')}
          </Button>
        </div>
      )}
    </article>
  )
}
