// One household of the register: who, what was recognised, what it lacks and wishes, what came to it.
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Timeline } from '../../ui/Steps.tsx'
import { AllocationRow } from '../deliveries/AllocationRow.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskLive } from '../desk/live.ts'
import { Fact } from '../desk/PledgePanel.tsx'
import { ConsentPart } from './ConsentPart.tsx'
import { householdFields, type Household } from './household-fields.ts'
import { StatusBadge } from './household-status.tsx'
import { IssueSlip } from './IssueSlip.tsx'
import { NeedsPart } from './NeedsPart.tsx'
import { StatusForm } from './StatusForm.tsx'
import './Households.css'

const householdQuery = graphql(
  `
    query DeskHouseholdById($id: ID!) {
      hub { feedCursor }
      household(id: $id) { ...DeskHousehold }
    }
  `,
  [householdFields],
)

export function HouseholdPage() {
  const t = useTranslations('desk')
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ query: householdQuery, variables: { id: `Household:${id}` }, requestPolicy: 'cache-and-network' })
  const [{ data }, again] = query
  const reload = () => again({ requestPolicy: 'network-only' })
  const connection = useDeskLive(data?.hub.feedCursor, reload)
  return (
    <div className="desk-page">
      <Asked query={query} shape="text">
        {({ household }) =>
          household ? (
            <>
              <PageHeading
                title={household.headName}
                above={<Link to="/cb/ho">{t('register.title')}</Link>}
                lede={
                  <span className="row">
                    <StatusBadge status={household.status} /> {household.isDemonstration && <Badge>{t('demonstration')}</Badge>} <LiveDot connection={connection} />
                  </span>
                }
              >
                <bdi>{household.headName}</bdi>
              </PageHeading>
              <About household={household} />
              <NeedsPart household={household} onChanged={reload} />
              <ConsentPart household={household} />
              <StatusPart household={household} onChanged={reload} />
              <Card as="section" aria-labelledby="allotted" className="desk-part">
                <h2 id="allotted">{t('household.allotted')}</h2>
                {household.allocations.nodes.length === 0 && <p className="muted">{t('household.nothingAllotted')}</p>}
                <ul role="list" className="desk-list">
                  {household.allocations.nodes.map((allocation) => (
                    <li key={allocation.id}>
                      <AllocationRow allocation={allocation} />
                    </li>
                  ))}
                </ul>
              </Card>
              <IssueSlip household={household} />
            </>
          ) : (
            <>
              <PageHeading>{t('register.title')}</PageHeading>
              <Empty title={t('notYours')} />
            </>
          )
        }
      </Asked>
    </div>
  )
}

function About({ household }: { household: Household }) {
  const t = useTranslations('desk')
  const language = useLocale()
  const named = ({ name, nameEn }: { name: string; nameEn: string }) => (language === 'vi' ? name : nameEn)
  return (
    <Card as="section" aria-labelledby="about" className="desk-part">
      <h2 id="about">{t('household.about')}</h2>
      <dl className="desk-facts">
        <Fact term={t('register.code')}>
          <span className="figures">{household.code}</span>
        </Fact>
        <Fact term={t('where')}>{[household.area, ...[...household.area.ancestors].reverse()].map(({ fullName }) => fullName).join(', ')}</Fact>
        <Fact term={t('register.members')}>{household.members}</Fact>
        <Fact term={t('register.phone')}>{household.phone ? <a href={`tel:${household.phone}`}>{household.phone}</a> : '–'}</Fact>
        <Fact term={t('household.causes')}>{household.causes.map(named).join(' · ') || '–'}</Fact>
        <Fact term={t('household.deprivations')}>{household.deprivations.map(({ indicator }) => named(indicator)).join(' · ') || '–'}</Fact>
        <Fact isLong term={t('household.wish')}>{household.wish ? <q>{household.wish}</q> : '–'}</Fact>
      </dl>
    </Card>
  )
}

function StatusPart({ household, onChanged }: { household: Household; onChanged: () => void }) {
  const t = useTranslations('desk')
  const language = useLocale()
  const [isRecording, setRecording] = useState(false)
  return (
    <Card as="section" aria-labelledby="status" className="desk-part">
      <h2 id="status">{t('household.status')}</h2>
      {household.statusHistory.length === 0 ? (
        <p className="muted">{t('household.noStatus')}</p>
      ) : (
        <Timeline
          label={t('household.status')}
          moments={household.statusHistory.toReversed().map((fact) => ({
            key: `${fact.effectiveOn} ${fact.status} ${fact.decisionNo}`,
            label: <StatusBadge status={fact.status} />,
            state: 'done',
            at: <When at={fact.effectiveOn} />,
            detail: t('household.decision', { number: fact.decisionNo, year: String(fact.listYear), standard: language === 'vi' ? fact.standard.name : fact.standard.nameEn }),
          }))}
        />
      )}
      {household.viewerCan.recordStatus.allowed &&
        (isRecording ? (
          <StatusForm
            household={household}
            onDone={() => {
              setRecording(false)
              onChanged()
            }}
            onReload={onChanged}
            onCancel={() => setRecording(false)}
          />
        ) : (
          <div>
            <Button onClick={() => setRecording(true)}>{t('household.recordStatus')}</Button>
          </div>
        ))}
    </Card>
  )
}
