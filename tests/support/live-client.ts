// A client of the live socket whose frames wait in a queue until a test asks for them: no test has to sleep.
import { type Client, GRAPHQL_TRANSPORT_WS_PROTOCOL, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { App } from '../../server/src/app.ts'

const PATIENCE_MS = 5_000

/** Items in the order in which they came; a test takes the next one that fits, and waits for it if need be. */
export class Queue<T> {
  #items: T[] = []
  #waiting = new Set<() => void>()

  put(item: T): void {
    this.#items.push(item)
    for (const look of this.#waiting) look()
  }

  /** Takes the first item that fits, now or within `timeout` milliseconds. */
  next(fits: (item: T) => boolean = () => true, timeout = PATIENCE_MS): Promise<T> {
    return new Promise((found, failed) => {
      const look = () => {
        const at = this.#items.findIndex(fits)
        if (at < 0) return false
        finish()
        found(this.#items.splice(at, 1)[0]!)
        return true
      }
      const finish = () => {
        clearTimeout(timer)
        this.#waiting.delete(look)
      }
      const timer = setTimeout(() => {
        finish()
        failed(new Error(`nothing that fits within ${timeout} ms; waiting: ${JSON.stringify(this.#items).slice(0, 500)}`))
      }, timeout)
      if (!look()) this.#waiting.add(look)
    })
  }

  /** @throws when an item that fits has come; ask it after something that must have come later. */
  none(fits: (item: T) => boolean = () => true): void {
    const found = this.#items.find(fits)
    if (found !== undefined) throw new Error(`came, but should not have: ${JSON.stringify(found)}`)
  }

  /** All that came and was not taken yet. */
  get items(): readonly T[] {
    return this.#items
  }
}

export interface Credentials {
  cookie?: string | null
  origin?: string
  language?: 'vi' | 'en'
  /** Where it comes from, for a hub behind a proxy. */
  network?: string
}

const headersOf = ({ cookie, origin, language, network }: Credentials) => ({
  ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}), ...(language ? { 'accept-language': language } : {}),
  ...(network ? { 'x-forwarded-for': network } : {}),
})
const addressOf = (app: Pick<App, 'url'>) => `${app.url.replace(/^http/, 'ws')}/graphql`

export interface Closed {
  code: number
  reason: string
}

/** What arrives for one subscription. */
export interface Feed extends Queue<{ data?: any; errors?: readonly any[] }> {
  /** Settles when the server completes it; rejects with its errors. */
  ended: Promise<void>
  stop(): void
}

export interface LiveClient {
  subscribe(query: string, variables?: Record<string, unknown>): Feed
  /** Every time a socket of this client closed. */
  closed: Queue<Closed>
  /** Every time a socket of this client was greeted. */
  greeted: Queue<null>
  /** Cuts the connection as a lost network would. */
  cut(): void
  dispose(): Promise<void>
}

/** The client that browsers use, over Node's sockets; it does not reconnect unless asked to. */
export function connectLive(app: Pick<App, 'url'>, { reconnect = false, ...credentials }: Credentials & { reconnect?: boolean } = {}): LiveClient {
  const closed = new Queue<Closed>()
  const greeted = new Queue<null>()
  let socket: WebSocket | undefined
  const client: Client = createClient({
    url: addressOf(app),
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers: headersOf(credentials) })
      }
    },
    retryAttempts: reconnect ? Infinity : 0,
    retryWait: () => Promise.resolve(),
    shouldRetry: () => reconnect,
    on: {
      opened: (opened) => (socket = opened as WebSocket),
      connected: () => greeted.put(null),
      closed: (event) => closed.put({ code: (event as Closed).code, reason: (event as Closed).reason }),
    },
  })
  return {
    closed,
    greeted,
    subscribe(query, variables = {}) {
      const queue = new Queue<{ data?: any; errors?: readonly any[] }>()
      let stop = () => {}
      const ended = new Promise<void>((complete, error) => {
        stop = client.subscribe({ query, variables }, { next: (frame) => queue.put(frame as { data?: any }), error, complete })
      })
      ended.catch(() => {}) // whoever awaits it sees it
      return Object.assign(queue, { ended, stop })
    },
    cut: () => socket?.terminate(),
    dispose: async () => client.dispose(),
  }
}

/** A bare socket, for saying what a well-behaved client would not. */
export interface BareSocket {
  frames: Queue<any>
  closed: Promise<Closed>
  say(message: unknown): void
  socket: WebSocket
}

/** @throws Error naming the status when the server refuses the upgrade */
export function openSocket(
  app: Pick<App, 'url'>, { protocol = GRAPHQL_TRANSPORT_WS_PROTOCOL, autoPong = true, ...credentials }: Credentials & { protocol?: string; autoPong?: boolean } = {},
): Promise<BareSocket> {
  const socket = new WebSocket(addressOf(app), protocol, { headers: headersOf(credentials), autoPong })
  const frames = new Queue<any>()
  socket.on('message', (text) => frames.put(JSON.parse(String(text))))
  const closed = new Promise<Closed>((gone) => socket.once('close', (code, reason) => gone({ code, reason: reason.toString() })))
  return new Promise((open, failed) => {
    socket.once('error', failed)
    socket.once('open', () => open({ frames, closed, socket, say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)) }))
  })
}

/** A bare socket that has been greeted. */
export async function openGreeted(app: Pick<App, 'url'>, credentials: Credentials = {}): Promise<BareSocket> {
  const bare = await openSocket(app, credentials)
  bare.say({ type: 'connection_init' })
  await bare.frames.next((frame) => frame.type === 'connection_ack')
  return bare
}
