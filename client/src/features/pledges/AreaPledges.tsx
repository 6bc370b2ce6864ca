// Who has pledged to an area and what, newest first; page after page.
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { When } from '../../ui/Figure.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { LineTerms, LineTermsWords } from './LineTerms.tsx'

const AreaPledgesQuery = graphql(
  `
    query AreaPledges($id: ID!, $after: String) {
      area(id: $id) {
        id
        pledges(first: 10, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            state
            isLate
            anonymous
            registeredAt
            party {
              id
              name
            }
            area {
              id
              fullName
            }
            lines {
              ...LineTermsWords
              id
              kind {
                ...SupportKindWords
              }
              quantities {
                promised
                received
              }
            }
          }
        }
      }
    }
  `,
  [SupportKindWords, LineTermsWords],
)

export function AreaPledges({ id, version }: { id: string; version: number }) {
  return <Page id={id} version={version} after={null} />
}

/** `version` grows when something moved here: the pages are then asked for again. */
function Page({ id, version, after }: { id: string; version: number; after: string | null }) {
  const t = useTranslations('areaPage')
  const words = useSupportWords()
  const [isMore, setMore] = useState(false)
  const [{ data, error }, ask] = useQuery({ query: AreaPledgesQuery, variables: { id, after }, requestPolicy: 'cache-and-network' })
  useAgain(version, () => ask({ requestPolicy: 'network-only' }))
  if (error && !data) return <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  const pledges = data?.area?.pledges
  if (!pledges) return <Waiting shape="row" count={3} />
  if (pledges.nodes.length === 0) return <p className="muted">{t('noPledges')}</p>
  const { hasNextPage, endCursor } = pledges.pageInfo
  return (
    <>
      <ul role="list" className="pledge-rows">
        {pledges.nodes.map((pledge) => (
          <li key={pledge.id} className="pledge-row">
            <div>
              <b><bdi>{pledge.party?.name ?? t(pledge.anonymous ? 'anonymous' : 'someone')}</bdi></b>: {pledge.lines.map(({ kind, quantities }) => words.what(kind, quantities.promised)).join(', ')}
              <p className="muted">
                {t('pledgedFor', { area: pledge.area.fullName })} · <When at={pledge.registeredAt} />
              </p>
              {pledge.lines.map(({ id: line, post, agreement, quantities }) => (
                <LineTerms key={line} post={post} agreement={agreement} promised={quantities.promised} />
              ))}
            </div>
            <PledgeStage lines={pledge.lines} isLate={pledge.isLate} isVerified={pledge.state === 'VERIFIED'} />
          </li>
        ))}
      </ul>
      {hasNextPage && !isMore && (
        <div>
          <Button onClick={() => setMore(true)}>{t('more')}</Button>
        </div>
      )}
      {hasNextPage && isMore && <Page id={id} version={version} after={endCursor} />}
    </>
  )
}

function PledgeStage({ lines, isLate, isVerified }: { lines: readonly { quantities: { promised: string; received: string } }[]; isLate: boolean; isVerified: boolean }) {
  const t = useTranslations('areaPage')
  if (lines.every(({ quantities: { promised, received } }) => promised === received)) return <Badge tone="ok" icon="check">{t('allReceived')}</Badge>
  if (isLate) return <Badge tone="warn" icon="clock">{t('late')}</Badge>
  return <Badge tone={isVerified ? 'info' : 'neutral'}>{t(isVerified ? 'underWay' : 'waitsForFront')}</Badge>
}

/** Asks again when the version grows, not when the list is first drawn. */
function useAgain(version: number, again: () => void) {
  const [asked, setAsked] = useState(version)
  if (version !== asked) {
    setAsked(version)
    queueMicrotask(again)
  }
}
