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
import { EventLine, iconOf, type Sentence, useEventWords } from './event-line.ts'
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
  scope?: { area?: string; followCode?: string; party?: string }
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
  const words = useEventWords()
  const shown = once([...news, ...(data?.events.nodes ?? [])]).flatMap((event) => {
    const sentence = words(event)
    return sentence ? [{ event, sentence }] : []
  }).slice(0, count)
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
        {shown.map((item) => (
          <FeedItem key={item.event.id} {...item} isNew={news.includes(item.event)} />
        ))}
      </ol>
      <Announcer sentence={isPaused ? null : newsIn(shown, news)} />
    </section>
  )
}

/** A poll may bring again what came live. */
function once(events: readonly EventLine[]): EventLine[] {
  const seen = new Set<string>()
  return events.filter(({ id }) => !seen.has(id) && seen.add(id))
}

interface Item {
  event: EventLine
  sentence: Sentence
}

const newsIn = (shown: readonly Item[], news: readonly EventLine[]): Sentence | null => shown.find(({ event }) => news.includes(event))?.sentence ?? null

function FeedItem({ event, sentence, isNew }: Item & { isNew: boolean }) {
  const t = useTranslations('event')
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
function Announcer({ sentence }: { sentence: Sentence | null }) {
  const t = useTranslations('event')
  const [said, setSaid] = useState('')
  const lastAt = useRef(-ANNOUNCE_EVERY_MS)
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
