// The pledges of the office's area: a list by state, and beside it everything about the one that is chosen.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import type { DeskSearch } from '../desk-routes.ts'
import { Asked } from './Asked.tsx'
import { useDeskArea } from './desk-context.ts'
import { useDeskLive } from './live.ts'
import { MoreButton } from './MoreButton.tsx'
import { PledgePanel } from './PledgePanel.tsx'
import { PledgeRow, pledgeRowFields, pledgeStates } from './PledgeRow.tsx'

const pledgesQuery = graphql(
  `
    query DeskPledges($area: ID, $state: PledgeState, $after: String) {
      hub { feedCursor }
      pledges(area: $area, state: $state, first: 20, after: $after) {
        totalCount
        nodes { ...DeskPledgeRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [pledgeRowFields],
)

export function PledgesPage() {
  const t = useTranslations('desk')
  const area = useDeskArea()
  const { loc, chon } = useSearch({ strict: false }) as DeskSearch
  const navigate = useNavigate()
  const state = loc === 'tat-ca' ? null : (pledgeStates.find((known) => known === loc) ?? (chon ? null : 'REGISTERED'))
  const [after, setAfter] = useState<string | null>(null)
  const query = useQuery({ query: pledgesQuery, variables: { area: area.id, state, after }, requestPolicy: 'cache-and-network' })
  const [{ data, fetching }, again] = query
  const [seen, setSeen] = useState(0)
  const connection = useDeskLive(data?.hub.feedCursor, () => {
    again({ requestPolicy: 'network-only' })
    setSeen((times) => times + 1)
  })
  const go = (search: DeskSearch) => void navigate({ to: '/cb/cam-ket', search })

  return (
    <div className="desk-page">
      <PageHeading lede={<LiveDot connection={connection} />}>{t('pledges.title')}</PageHeading>
      <div className="desk-split">
        <section aria-label={t('pledges.list')} className={chon ? 'desk-split-list desk-split-behind' : 'desk-split-list'}>
          <Field name="pledge-state" label={t('pledges.filter')}>
            <Select
              value={state ?? 'tat-ca'}
              onChange={(event) => {
                setAfter(null)
                go({ loc: event.target.value })
              }}
              options={[...pledgeStates.map((value) => ({ value, label: t(`pledges.state.${value}`) })), { value: 'tat-ca', label: t('pledges.state.ALL') }]}
            />
          </Field>
          <Asked query={query}>
            {({ pledges }) => {
              // What someone else has just decided leaves the list at once, wherever its page was cut.
              const shown = pledges.nodes.filter((pledge) => state === null || pledge.state === state)
              if (shown.length === 0) return <Empty icon="check" title={t(state === 'REGISTERED' ? 'today.noPledges' : 'pledges.none')} />
              return (
                <>
                  <p className="muted">{t('pledges.count', { count: pledges.totalCount })}</p>
                  <ul role="list" className="desk-list">
                    {shown.map((pledge) => (
                      <li key={pledge.id}>
                        <Link to="/cb/cam-ket" search={{ loc: state ?? 'tat-ca', chon: pledge.id }} className="desk-item" aria-current={pledge.id === chon ? 'true' : undefined}>
                          <PledgeRow pledge={pledge} />
                        </Link>
                      </li>
                    ))}
                  </ul>
                  <MoreButton pageInfo={pledges.pageInfo} isBusy={fetching} onMore={setAfter} />
                </>
              )
            }}
          </Asked>
        </section>
        {chon ? (
          <PledgePanel key={chon} id={chon} seen={seen} back={<Link to="/cb/cam-ket" search={{ loc: state ?? 'tat-ca' }}>{t('pledges.back')}</Link>} onChanged={() => again({ requestPolicy: 'network-only' })} />
        ) : (
          <div className="desk-split-none">
            <Empty icon="hands" title={t('pledges.choose')} />
          </div>
        )}
      </div>
    </div>
  )
}

