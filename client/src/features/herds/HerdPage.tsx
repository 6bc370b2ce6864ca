// What became of the livestock of an allocation: its family as a picture that can be walked as a list, "1 cow → k households".
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { Fact } from '../desk/PledgePanel.tsx'
import { kindFields, useKindName } from '../desk/support.tsx'
import { ConfirmAnimalForm } from './ConfirmAnimalForm.tsx'
import { HandOnForm } from './HandOnForm.tsx'
import { type Branch, treeOf } from './herd-tree.ts'
import { RegisterAnimalForm } from './RegisterAnimalForm.tsx'
import './Herd.css'

const herdQuery = graphql(
  `
    query DeskHerd($id: ID!) {
      allocation(id: $id) {
        id
        recipientCode
        kind { ...DeskKind }
        quantities { received }
        herd {
          id
          founders
          households
          living
          startedOn
          rule { code name nameEn source sourceEn note noteEn }
          animals {
            id
            tag
            sex
            bornOn
            owner
            status
            recipientCode
            area { id fullName }
            dam { id }
            standsFor { id }
            awaiting { id handedOn viewerCan { confirm { allowed } } }
            duty { state calf says }
          }
        }
      }
      rotationRules { code name nameEn kind { code } }
    }
  `,
  [kindFields],
)

type Seen = ResultOf<typeof herdQuery>
type Allocation = NonNullable<Seen['allocation']>
type Herd = NonNullable<Allocation['herd']>
type Animal = Herd['animals'][number]

export function HerdPage() {
  const t = useTranslations('desk.herd')
  const tDesk = useTranslations('desk')
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ query: herdQuery, variables: { id: `Allocation:${id}` }, requestPolicy: 'cache-and-network' })
  const again = () => query[1]({ requestPolicy: 'network-only' })
  return (
    <div className="desk-page">
      <Asked query={query} shape="text">
        {({ allocation, rotationRules }) =>
          allocation ? (
            <>
              <Heading allocation={allocation} id={id} />
              {allocation.herd && <Tree herd={allocation.herd} onChanged={again} />}
              {(allocation.herd?.founders ?? 0) < Number(allocation.quantities.received) && (
                <RegisterAnimalForm
                  allocationId={allocation.id}
                  rules={rotationRules.filter((rule) => (allocation.herd ? rule.code === allocation.herd.rule.code : rule.kind.code === allocation.kind.code))}
                  onDone={again}
                />
              )}
            </>
          ) : (
            <>
              <PageHeading>{t('title')}</PageHeading>
              <Empty title={tDesk('notYours')} />
            </>
          )
        }
      </Asked>
    </div>
  )
}

function Heading({ allocation, id }: { allocation: Allocation; id: string }) {
  const t = useTranslations('desk.herd')
  const kindName = useKindName()
  const language = useLocale()
  const { herd } = allocation
  const what = `${allocation.recipientCode} · ${kindName(allocation.kind)}`
  return (
    <>
      <PageHeading
        title={`${t('title')} · ${what}`}
        above={
          <Link to="/cb/giao-nhan/$id" params={{ id }}>
            {what}
          </Link>
        }
        lede={herd ? t('living', { n: herd.living }) : t('none')}
      >
        {herd ? t('spread', { founders: herd.founders, households: herd.households, kind: allocation.kind.code }) : t('title')}
      </PageHeading>
      {herd && (
        <dl className="desk-facts">
          <Fact term={t('rule')}>{language === 'vi' ? herd.rule.name : herd.rule.nameEn}</Fact>
          <Fact term={t('startedOn')}>
            <When at={herd.startedOn} />
          </Fact>
          <Fact isLong term={t('source')}>
            {language === 'vi' ? herd.rule.source : herd.rule.sourceEn}. {language === 'vi' ? herd.rule.note : herd.rule.noteEn}
          </Fact>
        </dl>
      )}
    </>
  )
}

function Tree({ herd, onChanged }: { herd: Herd; onChanged: () => void }) {
  const t = useTranslations('desk.herd')
  return (
    <Card as="section" aria-labelledby="family" className="desk-part">
      <h2 id="family">{t('family')}</h2>
      <Branches branches={treeOf(herd.animals)} onChanged={onChanged} />
    </Card>
  )
}

function Branches({ branches, onChanged }: { branches: Branch<Animal>[]; onChanged: () => void }) {
  return (
    <ul role="list" className="herd-branches">
      {branches.map(({ animal, below }) => (
        <li key={animal.id}>
          <AnimalCard animal={animal} onChanged={onChanged} />
          {below.length > 0 && <Branches branches={below} onChanged={onChanged} />}
        </li>
      ))}
    </ul>
  )
}

const urgent = ['OVERDUE', 'DUE', 'SELL_MALE', 'BUY_FEMALE']

function AnimalCard({ animal, onChanged }: { animal: Animal; onChanged: () => void }) {
  const t = useTranslations('desk.herd')
  const { isOfficer, isHead } = useDesk()
  const [isHandingOn, setHandingOn] = useState(false)
  const { duty } = animal
  return (
    <article className={`herd-animal herd-${animal.status.toLowerCase()}`} aria-label={animal.tag}>
      <p className="row">
        <b>{animal.tag}</b> {t(`sex.${animal.sex}`)} · {t('at', { code: animal.recipientCode, area: animal.area.fullName })}
      </p>
      <p className="row">
        {animal.status === 'ALIVE' ? (
          <Badge tone={animal.owner === 'HOUSEHOLD' ? 'ok' : 'neutral'}>{t(`owner.${animal.owner}`)}</Badge>
        ) : (
          <Badge tone={animal.status === 'SOLD' ? 'neutral' : 'danger'}>{t(`status.${animal.status}`)}</Badge>
        )}
        {animal.standsFor && <Badge>{t('bought')}</Badge>}
        {animal.awaiting && (
          <Badge tone="warn" icon="clock">
            {t('awaiting')} <When at={animal.awaiting.handedOn} />
          </Badge>
        )}
        <span className="muted">
          {t('born')} <When at={animal.bornOn} />
        </span>
      </p>
      {duty && <p className={urgent.includes(duty.state) ? 'herd-urgent' : 'muted'}>{duty.says}</p>}
      {isOfficer && duty?.calf && (duty.state === 'DUE' || duty.state === 'OVERDUE') &&
        (isHandingOn ? (
          <HandOnForm animalId={duty.calf} onDone={() => { setHandingOn(false); onChanged() }} onCancel={() => setHandingOn(false)} />
        ) : (
          <div>
            <Button icon="hands" size="compact" onClick={() => setHandingOn(true)}>
              {t('handOn')}
            </Button>
          </div>
        ))}
      {isHead && animal.awaiting?.viewerCan.confirm.allowed && <ConfirmAnimalForm handoverId={animal.awaiting.id} onDone={onChanged} />}
    </article>
  )
}
