// The live connection: it comes back by itself, and each subscription goes on from the last event it saw.
import { type Client, createClient } from 'graphql-ws'
import type { ExecutionResult } from 'graphql'

export type SocketState = 'live' | 'lost'

const listeners = new Set<(state: SocketState) => void>()
let state: SocketState = 'live'

export const socketState = () => state
export function onSocketState(listener: (state: SocketState) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
function become(next: SocketState) {
  if (next === state) return
  state = next
  for (const listener of listeners) listener(next)
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 20_000

let socket: Client | null = null
let ids = 0

function connect(): Client {
  const url = new URL('/graphql', window.location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  return createClient({
    url: url.href,
    lazy: true,
    // A page that was left for another soon asks again; the connection waits a moment for it.
    lazyCloseTimeout: 3_000,
    keepAlive: 20_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // Spread over time, so that a restarted server is not met by everyone at once.
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries) + 100)),
    // Small ids: subscribers of one feed are then served the same bytes.
    generateID: () => String(++ids),
    on: {
      connected: () => become('live'),
      closed: (event) => {
        if (!(event as CloseEvent).wasClean || (event as CloseEvent).code !== 1000) become('lost')
      },
    },
  })
}

interface Request {
  query: string
  variables: Record<string, unknown>
}

interface Sink {
  next(result: ExecutionResult): void
  error(error: unknown): void
  complete(): void
}

/** Subscribes; every event's `cursor` becomes the `after` from which a lost connection goes on. Returns how to stop. */
export function follow(request: Request, sink: Sink): () => void {
  socket ??= connect()
  const payload = { query: request.query, variables: { ...request.variables } }
  let stopped = false
  let stop = () => {}
  const open = () => {
    stop = socket!.subscribe<Record<string, unknown>>(payload, {
      next(result) {
        const cursor = (result.data?.events as { cursor?: string } | undefined)?.cursor
        if (cursor) payload.variables = { ...payload.variables, after: cursor }
        sink.next(result as ExecutionResult)
      },
      error: (error) => sink.error(error),
      // A feed never ends by itself: the server let go of it, so it is asked for again from the last cursor.
      complete() {
        if (!stopped) setTimeout(() => !stopped && open(), FIRST_WAIT_MS)
      },
    })
  }
  open()
  return () => {
    stopped = true
    stop()
  }
}

/** Closes the connection, so that the next one is made with the rights of whoever has just signed in or out. */
export function reconnect(): void {
  socket?.terminate()
}
