// What is to be done today, for the office's area: tasks by their day, pledges to verify, hand-overs due, answers awaited.
import { Link, Navigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { AllocationRow, allocationRowFields, isToDispatch } from '../deliveries/AllocationRow.tsx'
import { DeliveryRow, deliveryRowFields } from '../deliveries/DeliveryRow.tsx'
import { RightsChanges } from '../accounts/RightsChanges.tsx'
import { Asked } from './Asked.tsx'
import { useDesk, type Desk } from './desk-context.ts'
import { useDeskLive } from './live.ts'
import { MoreButton } from './MoreButton.tsx'
import { PledgeRow, pledgeRowFields } from './PledgeRow.tsx'
import { TaskCard, taskFields } from './TaskCard.tsx'

const todayQuery = graphql(
  `
    query DeskToday($area: ID, $isOfficer: Boolean!, $after: String) {
      hub { feedCursor }
      tasks(area: $area, openOnly: true, first: 20, after: $after) {
        totalCount
        nodes { ...DeskTask }
        pageInfo { hasNextPage endCursor }
      }
      pledges(area: $area, state: REGISTERED, first: 20) @include(if: $isOfficer) {
        totalCount
        nodes { ...DeskPledgeRow }
      }
      allocations(area: $area, toDispatch: true, first: 20) {
        totalCount
        nodes { ...DeskAllocationRow }
      }
      deliveries(area: $area, awaiting: true, first: 20) {
        totalCount
        nodes { ...DeskDeliveryRow }
      }
    }
  `,
  [taskFields, pledgeRowFields, allocationRowFields, deliveryRowFields],
)

// A day's list shows the first few; the page behind it has them all.
const SHOWN = 5

export function TodayPage() {
  const desk = useDesk()
  return desk.isOffice ? <Today desk={desk} /> : <Navigate to="/cb/tai-khoan" replace />
}

function Today({ desk }: { desk: Desk }) {
  const t = useTranslations('desk')
  const [after, setAfter] = useState<string | null>(null)
  const query = useQuery({ query: todayQuery, variables: { area: desk.area?.id, isOfficer: desk.isOfficer, after }, requestPolicy: 'cache-and-network' })
  const [{ data, fetching }, again] = query
  const connection = useDeskLive(data?.hub.feedCursor, () => again({ requestPolicy: 'network-only' }))
  return (
    <div className="desk-page">
      <PageHeading lede={<LiveDot connection={connection} />}>{t('today.title')}</PageHeading>
      <Asked query={query}>
        {({ tasks, pledges, allocations, deliveries }) => {
          const open = tasks.nodes.filter(({ closedAt }) => closedAt === null)
          const toVerify = pledges?.nodes.filter(({ state }) => state === 'REGISTERED') ?? []
          const toDispatch = allocations.nodes.filter(isToDispatch)
          const awaiting = deliveries.nodes.filter(({ answer }) => answer === null)
          return (
            <div className="desk-columns">
              <Part id="tasks" title={t('today.tasks')} count={tasks.totalCount} empty={t('today.noTasks')}>
                {open.map((task) => (
                  <li key={task.id}>
                    <TaskCard task={task} onDone={() => again({ requestPolicy: 'network-only' })} />
                  </li>
                ))}
                {open.length > 0 && tasks.pageInfo.hasNextPage && (
                  <li>
                    <MoreButton pageInfo={tasks.pageInfo} isBusy={fetching} onMore={setAfter} />
                  </li>
                )}
              </Part>
              <div className="stack">
                {desk.isOfficer && pledges && (
                  <Part id="to-verify" title={t('today.toVerify')} count={pledges.totalCount} empty={t('today.noPledges')} all={<All to="/cb/cam-ket" />}>
                    {toVerify.slice(0, SHOWN).map((pledge) => (
                      <li key={pledge.id}>
                        <Link to="/cb/cam-ket" search={{ chon: pledge.id }} className="desk-item">
                          <PledgeRow pledge={pledge} />
                        </Link>
                      </li>
                    ))}
                  </Part>
                )}
                <Part id="to-dispatch" title={t('today.toDispatch')} count={allocations.totalCount} empty={t('today.noAllocations')} all={<All to="/cb/giao-nhan" />}>
                  {toDispatch.slice(0, SHOWN).map((allocation) => (
                    <li key={allocation.id}>
                      <AllocationRow allocation={allocation} />
                    </li>
                  ))}
                </Part>
                <Part id="awaiting" title={t('today.awaiting')} count={deliveries.totalCount} empty={t('today.noDeliveries')} all={<All to="/cb/giao-nhan" search={{ loc: 'cho-tra-loi' }} />}>
                  {awaiting.slice(0, SHOWN).map((delivery) => (
                    <li key={delivery.id}>
                      <DeliveryRow delivery={delivery} />
                    </li>
                  ))}
                </Part>
                {desk.isOfficer && <RightsChanges />}
              </div>
            </div>
          )
        }}
      </Asked>
    </div>
  )
}

function All({ to, search }: { to: string; search?: { loc: string } }) {
  const t = useTranslations('desk')
  return (
    <LinkButton to={to} search={search ?? {}} variant="quiet" size="compact" iconEnd="chevron-right">
      {t('all')}
    </LinkButton>
  )
}

function Part({ id, title, count, empty, all, children }: { id: string; title: string; count: number; empty: string; all?: ReactNode; children: ReactNode }) {
  return (
    <Card as="section" aria-labelledby={id} className="desk-part">
      <div className="desk-part-head">
        <h2 id={id}>
          {title} <span className="desk-count figures">{count}</span>
        </h2>
        {count > 0 && all}
      </div>
      {count === 0 ? (
        <Empty icon="check" title={empty} />
      ) : (
        <ul role="list" className="desk-list">
          {children}
        </ul>
      )}
    </Card>
  )
}
