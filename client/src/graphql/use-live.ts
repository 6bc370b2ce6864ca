// The one live hook: follows events from the moment of what is shown, and says whether it is live.
import type { TypedDocumentNode } from '@urql/core'
import { useEffect, useRef } from 'react'
import { useClient } from 'urql'
import type { Connection } from '../ui/LiveDot.tsx'
import { useConnection } from './use-connection.ts'

const POLL_MS = 30_000

/** Events of a kind that names its cursor. */
interface WithEvents<Event> {
  events: Event
}

interface Following<Event> {
  /** Called for each event, in order, each once. */
  onEvent?: (event: Event) => void
  /** Called after a burst of events, and every half minute while the connection is lost: ask again for what is shown. */
  refresh?: () => void
  /** Null until what is shown has come: its cursor is where the feed begins. */
  after: string | null | undefined
  isPaused?: boolean
}

/**
 * Subscribes to `document` (one field, `events`) once `after` is known. The entities inside events land in the cache by
 * themselves; `refresh` is for lists that an event makes longer or shorter.
 */
export function useLive<Event, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<WithEvents<Event>, Variables>, variables: Omit<Variables, 'after'>, { onEvent, refresh, after, isPaused = false }: Following<Event>,
): Connection {
  const client = useClient()
  const { connection } = useConnection()
  const isCut = connection !== 'live'
  const latest = useRef({ onEvent, refresh })
  useEffect(() => {
    latest.current = { onEvent, refresh }
  })
  const asked = JSON.stringify(variables)
  // Where the feed begins: the first cursor known, and from then on that of the last event.
  const last = useRef<string | null>(null)
  const isReady = Boolean(after) && !isPaused
  const first = useRef(after)
  useEffect(() => {
    first.current ??= after
  })

  useEffect(() => {
    if (!isReady) return
    let burst: ReturnType<typeof setTimeout> | null = null
    const subscription = client.subscription(document, { ...JSON.parse(asked), after: last.current ?? first.current } as Variables).subscribe(({ data }) => {
      if (!data) return
      const event = data.events
      last.current = (event as { cursor?: string }).cursor ?? last.current
      latest.current.onEvent?.(event)
      burst ??= setTimeout(() => {
        burst = null
        latest.current.refresh?.()
      }, 150)
    })
    return () => {
      subscription.unsubscribe()
      if (burst) clearTimeout(burst)
    }
  }, [client, document, asked, isReady])

  useEffect(() => {
    if (!isCut) return
    // Half a minute, more or less: those who lost the server together do not all ask at the same moment.
    const timer = setInterval(() => latest.current.refresh?.(), POLL_MS * (0.75 + Math.random() / 2))
    return () => clearInterval(timer)
  }, [isCut])

  return isPaused ? 'paused' : connection
}
