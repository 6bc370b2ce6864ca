// What goes to households: to hand over, waiting for the household's word, answered, all of it, and what was matched past a guard.
import { Link, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Empty } from '../../ui/Empty.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { useDeskLive } from '../desk/live.ts'
import { MoreButton } from '../desk/MoreButton.tsx'
import type { DeskSearch } from '../desk-routes.ts'
import { AllocationRow, allocationRowFields, isToDispatch } from './AllocationRow.tsx'
import { DeliveryRow, deliveryRowFields } from './DeliveryRow.tsx'
import './Deliveries.css'

const allocationsQuery = graphql(
  `
    query DeskAllocations($area: ID, $toDispatch: Boolean, $overridden: Boolean, $after: String) {
      hub { feedCursor }
      allocations(area: $area, toDispatch: $toDispatch, overridden: $overridden, first: 20, after: $after) {
        totalCount
        nodes { ...DeskAllocationRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [allocationRowFields],
)

const deliveriesQuery = graphql(
  `
    query DeskDeliveries($area: ID, $awaiting: Boolean, $after: String) {
      hub { feedCursor }
      deliveries(area: $area, awaiting: $awaiting, first: 20, after: $after) {
        totalCount
        nodes { ...DeskDeliveryRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [deliveryRowFields],
)

const tabs = ['cho-giao', 'cho-tra-loi', 'da-tra-loi', 'tat-ca', 'vuot-quy-dinh'] as const
type Tab = (typeof tabs)[number]

export function DeliveriesPage() {
  const t = useTranslations('desk')
  const { loc } = useSearch({ strict: false }) as DeskSearch
  const tab: Tab = tabs.find((known) => known === loc) ?? 'cho-giao'
  return (
    <div className="desk-page">
      <PageHeading>{t('deliver.title')}</PageHeading>
      <nav className="desk-tabs" aria-label={t('deliver.tabs')}>
        {tabs.map((known) => (
          <Link key={known} to="/cb/giao-nhan" search={{ loc: known }} className="desk-tab" aria-current={known === tab ? 'true' : undefined}>
            {t(`deliver.tab.${known}`)}
          </Link>
        ))}
      </nav>
      {tab === 'cho-tra-loi' || tab === 'da-tra-loi' ? <Deliveries key={tab} awaiting={tab === 'cho-tra-loi'} /> : <Allocations key={tab} tab={tab} />}
    </div>
  )
}

const nothing = { 'cho-giao': 'today.noAllocations', 'tat-ca': 'deliver.none', 'vuot-quy-dinh': 'deliver.noneOverridden' } as const

function Allocations({ tab }: { tab: keyof typeof nothing }) {
  const t = useTranslations('desk')
  const area = useDeskArea()
  const [after, setAfter] = useState<string | null>(null)
  const toDispatch = tab === 'cho-giao'
  const query = useQuery({ query: allocationsQuery, variables: { area: area.id, toDispatch, overridden: tab === 'vuot-quy-dinh', after }, requestPolicy: 'cache-and-network' })
  const [{ data, fetching }, again] = query
  const connection = useDeskLive(data?.hub.feedCursor, () => again({ requestPolicy: 'network-only' }))
  return (
    <Asked query={query}>
      {({ allocations }) => (
        <List connection={<LiveDot connection={connection} />} empty={t(nothing[tab])} count={allocations.totalCount}>
          {allocations.nodes
            .filter((allocation) => !toDispatch || isToDispatch(allocation))
            .map((allocation) => (
              <li key={allocation.id}>
                <AllocationRow allocation={allocation} />
              </li>
            ))}
          <li>
            <MoreButton pageInfo={allocations.pageInfo} isBusy={fetching} onMore={setAfter} />
          </li>
        </List>
      )}
    </Asked>
  )
}

function Deliveries({ awaiting }: { awaiting: boolean }) {
  const t = useTranslations('desk')
  const area = useDeskArea()
  const [after, setAfter] = useState<string | null>(null)
  const query = useQuery({ query: deliveriesQuery, variables: { area: area.id, awaiting, after }, requestPolicy: 'cache-and-network' })
  const [{ data, fetching }, again] = query
  const connection = useDeskLive(data?.hub.feedCursor, () => again({ requestPolicy: 'network-only' }))
  return (
    <Asked query={query}>
      {({ deliveries }) => {
        const shown = deliveries.nodes.filter(({ answer }) => (answer === null) === awaiting)
        return (
          <List connection={<LiveDot connection={connection} />} empty={t(awaiting ? 'today.noDeliveries' : 'deliver.noAnswers')} count={shown.length}>
            {shown.map((delivery) => (
              <li key={delivery.id}>
                <DeliveryRow delivery={delivery} />
              </li>
            ))}
            <li>
              <MoreButton pageInfo={deliveries.pageInfo} isBusy={fetching} onMore={setAfter} />
            </li>
          </List>
        )
      }}
    </Asked>
  )
}

function List({ connection, empty, count, children }: { connection: ReactNode; empty: string; count: number; children: ReactNode }) {
  return (
    <div className="stack">
      <p>{connection}</p>
      {count === 0 ? (
        <Empty icon="check" title={empty} />
      ) : (
        <ul role="list" className="desk-list">
          {children}
        </ul>
      )}
    </div>
  )
}
