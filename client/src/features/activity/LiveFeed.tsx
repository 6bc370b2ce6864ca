// What just happened, moving by itself: the newest few events of a scope, with a way to hold them still.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { useLive } from '../../graphql/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Ago } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { EventLine, iconOf, isTold, useEventWords } from './event-line.ts'
import './LiveFeed.css'

const FeedQuery = graphql(
  `
    query Feed($scope: EventScope, $first: Int) {
      hub {
        feedCursor
      }
      events(scope: $scope, first: $first) {
        nodes {
          ...EventLine
        }
      }
    }
  `,
  [EventLine],
)

const FeedSubscription = graphql(
  `
    subscription FeedGoesOn($scope: EventScope, $after: Cursor) {
      events(scope: $scope, after: $after) {
        ...EventLine
      }
    }
  `,
  [EventLine],
)

interface LiveFeedProps {
  title: ReactNode
  /** The whole country when left out. */
  scope?: { area?: string; pledgeCode?: string; party?: string }
  /** Called when what stands beside the feed should be asked for again. */
  onMoved?: () => void
  empty: string
  count?: number
}

export function LiveFeed({ title, scope, onMoved, empty, count = 8 }: LiveFeedProps) {
  const t = useTranslations('feed')
  const [isPaused, setPaused] = useState(false)
  const [news, setNews] = useState<readonly EventLine[]>([])
  const [{ data, error }, ask] = useQuery({ query: FeedQuery, variables: { scope: scope ?? null, first: count + 4 }, requestPolicy: 'cache-and-network' })
  const connection = useLive(
    FeedSubscription,
    { scope: scope ?? null },
    {
      after: data?.hub.feedCursor,
      isPaused,
      onEvent: (event) => setNews((before) => [event, ...before].slice(0, count)),
      refresh: () => {
        onMoved?.()
        if (connection === 'polling') ask({ requestPolicy: 'network-only' })
      },
    },
  )
  const shown = newest([...news, ...(data?.events.nodes ?? [])], count)
  return (
    <section className="feed">
      <div className="feed-head">
        <h2>{title}</h2>
        <LiveDot connection={connection} />
        <Button variant="quiet" size="compact" icon={isPaused ? 'play' : 'pause'} onClick={() => setPaused(!isPaused)}>
          {t(isPaused ? 'resume' : 'pause')}
        </Button>
      </div>
      {!data && error && <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Waiting shape="row" count={4} />}
      {data && shown.length === 0 && <p className="muted">{empty}</p>}
      <ol role="list" className="feed-list">
        {shown.map((event) => (
          <FeedItem key={event.id} event={event} isNew={news.some(({ id }) => id === event.id)} />
        ))}
      </ol>
      <Announcer event={isPaused ? undefined : news[0]} />
    </section>
  )
}

/** A poll may bring again what came live. */
function newest(events: readonly EventLine[], count: number): EventLine[] {
  const seen = new Set<string>()
  return events.filter(({ id, __typename }) => isTold(__typename) && !seen.has(id) && seen.add(id)).slice(0, count)
}

function FeedItem({ event, isNew }: { event: EventLine; isNew: boolean }) {
  const t = useTranslations('event')
  const sentence = useEventWords()(event)
  if (!sentence) return null
  return (
    <li className={isNew ? 'feed-item feed-item-new' : 'feed-item'}>
      <span className={`feed-icon feed-icon-${event.__typename}`}>
        <Icon name={iconOf(event.__typename)} />
      </span>
      <span>
        {t.rich(sentence.key, { ...sentence.values, b: (chunks) => <b>{chunks}</b> })} <span className="muted feed-time">· <Ago at={event.at} /></span>
      </span>
    </li>
  )
}

const ANNOUNCE_EVERY_MS = 5_000

/** Reads the newest event out, at most one in five seconds: a campaign night must not drown a screen reader. */
function Announcer({ event }: { event: EventLine | undefined }) {
  const t = useTranslations('event')
  const words = useEventWords()
  const [said, setSaid] = useState('')
  const lastAt = useRef(-ANNOUNCE_EVERY_MS)
  const sentence = event && words(event)
  const text = sentence ? t.markup(sentence.key, { ...sentence.values, b: (chunks) => chunks }) : ''
  useEffect(() => {
    if (!text) return
    const wait = Math.max(0, lastAt.current + ANNOUNCE_EVERY_MS - performance.now())
    const timer = setTimeout(() => {
      lastAt.current = performance.now()
      setSaid(text)
    }, wait)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  )
}
