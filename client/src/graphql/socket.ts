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

const FIRST_WAIT_MS = 3_000
const LONGEST_WAIT_MS = 30_000
/** The hub's word for too much at once. */
const TOO_MANY = 4429

/** Somewhere in a span that doubles each time, so that a server that comes back is not met by everyone at once. */
export const waitBefore = (retry: number, chance = Math.random()): number => chance * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry)

/** After `end`, how a connection closed: who was told to slow down comes back after half a minute at the earliest. */
export const waitAfter = (end: unknown, retry: number, chance = Math.random()): number =>
  waitBefore(retry, chance) + ((end as { code?: unknown } | null)?.code === TOO_MANY ? LONGEST_WAIT_MS : 0)

let socket: Client | null = null
let ids = 0
/** This page itself let the connection go, to have another at once: nothing is lost. */
let isRenewing = false

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
    retryWait(retries) {
      const ms = isRenewing ? 0 : waitBefore(retries)
      isRenewing = false
      return new Promise((resolve) => setTimeout(resolve, ms))
    },
    // Small ids: subscribers of one feed are then served the same bytes.
    generateID: () => String(++ids),
    on: {
      connected() {
        isRenewing = false
        become('live')
      },
      closed: (event) => {
        if (!isRenewing && (event as CloseEvent).code !== 1000) become('lost')
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
  let retry = 0
  let wait: ReturnType<typeof setTimeout>
  let stopped = false
  let stop = () => {}
  const again = (end: unknown = null) => {
    if (!stopped) wait = setTimeout(open, waitAfter(end, retry++))
  }
  const open = () => {
    stop = socket!.subscribe<Record<string, unknown>>(payload, {
      next(result) {
        retry = 0
        const cursor = (result.data?.events as { cursor?: string } | undefined)?.cursor
        if (cursor) payload.variables = { ...payload.variables, after: cursor }
        sink.next(result as ExecutionResult)
      },
      // Errors in the question come as a list and would come again; any other failure is the connection's.
      error: (error) => (Array.isArray(error) ? sink.error(error) : again(error)),
      // A feed never ends by itself: the server let go of it, so it is asked for again from the last cursor.
      complete: () => again(),
    })
  }
  open()
  return () => {
    stopped = true
    clearTimeout(wait)
    stop()
  }
}

/** Closes the connection, so that the next one is made with the rights of whoever has just signed in or out. */
export function reconnect(): void {
  isRenewing = true
  socket?.terminate()
}
