// The WebSocket side of the server: who may open a socket, how much it may send, and when it is let go.
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Sentence } from './failure.ts'
import type { Hosts } from './hosts.ts'
import { type Http, unknownHost } from './http.ts'
import type { Log } from './log.ts'
import { addressOf } from './origin.ts'
import { createPaces, spend } from './pace.ts'
import { networksOf } from './rate-limit.ts'

/** An open socket, as a protocol on top of it needs it. */
export interface Peer {
  send(text: string): void
  /** Writes whole frames, made once for many sockets. */
  write(frames: Buffer): void
  /** Bytes that wait for the reader. */
  buffered(): number
  /** False when they still wait after this many milliseconds. */
  drained(milliseconds: number): Promise<boolean>
  /** Counts so much work. False when there was too much of it: the socket is being closed, and nothing more is to be done for it. */
  spend(cost: number): boolean
  close(code?: number, reason?: string): void
  /** At once, without a closing handshake that a stuck reader would never answer. */
  terminate(): void
}

/** What listens to a socket. */
export interface Ear {
  heard(text: string): Promise<void>
  closed(code: number): void
}

export interface SocketOptions {
  http: Http
  path: RegExp
  hosts: Hosts
  proxies: number
  log: Log
  chooseProtocol(offered: Set<string>): string | false
  /** Returns who listens to the socket from now on. The request is not kept. */
  opened(peer: Peer, request: IncomingMessage): Ear
  perNetwork?: number
  keepAliveMs?: number
}

export interface Sockets {
  /** Tells every client to come back elsewhere. */
  close(): Promise<void>
}

const MESSAGE_LIMIT = 64 * 1024
const FRAGMENT_LIMIT = 64
/** What may wait in a socket's buffer before its reader counts as stuck. */
const BUFFER_LIMIT = 1024 * 1024
/** Mobile networks put hundreds of subscribers behind one IPv4 address. */
const PER_NETWORK = 500
/** Of IPv6 a /64, a /56 and a /48, as `networksOf` gives them: whoever holds the widest may fill it, as whoever shares an IPv4 address may. */
const WIDTHS = [1, 4, 16]
const CLOSING_MS = 2_000

// A message costs one, a subscription three more, a new connection five. A page that opens 20 subscriptions and leaves them again
// has spent a hundred; after that it may follow five new things a second for as long as it likes.
const PER_SOCKET = { burst: 300, perSecond: 20 }
/** Of a network: all its sockets may open, greet and follow three things at the same moment, as after a restart. */
const paceOfNetwork = (sockets: number) => ({ burst: sockets * 20, perSecond: sockets * 0.6 })
const COST_OF_OPENING = 5
const TOO_MANY = { code: 4429, reason: 'Too many requests: try again in 30 s', afterSeconds: 30 }

/** How an upgrade is refused: HTTP's own words, and a sentence where the operator has something to set. */
function refusal(status: number, sentence: Sentence | null): string {
  const body = sentence ? `${sentence.vi}\n${sentence.en}\n` : ''
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...(status === 429 ? [`Retry-After: ${TOO_MANY.afterSeconds}`] : []),
    'Connection: close', 'Content-Type: text/plain; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return `${headers.join('\r\n')}\r\n\r\n${body}`
}

export function acceptSockets({
  http, path, hosts, proxies, log, chooseProtocol, opened, perNetwork = PER_NETWORK, keepAliveMs = 12_000,
}: SocketOptions): Sockets {
  const sockets = new WebSocketServer({
    noServer: true, maxPayload: MESSAGE_LIMIT, maxFragments: FRAGMENT_LIMIT, perMessageDeflate: false, handleProtocols: chooseProtocol,
  })
  const openIn = new Map<string, number>()
  const isCrowded = (networks: string[]) => networks.some((network, i) => (openIn.get(network) ?? 0) >= perNetwork * WIDTHS[i]!)
  const paces = WIDTHS.map((width) => createPaces(paceOfNetwork(perNetwork * width)))
  const spendOf = (networks: string[], cost: number) => networks.every((network, i) => paces[i]!.spend(network, cost))

  http.server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', destroy)
    const networks = networksOf(addressOf(request, { proxies }))
    const { host, origin } = request.headers
    const status = !hosts.has(host) ? 421
      : !path.test(request.url?.split('?')[0] ?? '') ? 404
        : http.isDraining() ? 503
          : origin !== undefined && !hosts.hasOrigin(origin, host) ? 403 // programs send none, and hold no cookie of a visitor's
            : isCrowded(networks) || !spendOf(networks, COST_OF_OPENING) ? 429 : null
    if (status !== null) {
      log.warn({ event: 'socket_refused', status })
      return connection.end(refusal(status, status === 421 ? unknownHost(host).sentence : null))
    }
    for (const network of networks) openIn.set(network, (openIn.get(network) ?? 0) + 1)
    connection.on('close', released(networks)) // it closes once, and `once` would keep two objects more for each
    sockets.handleUpgrade(request, connection, head, (socket) => welcome(socket, connection, request, networks))
  })

  // By itself, so that it keeps no request alive for as long as the socket is open.
  const released = (networks: string[]) => () => {
    for (const network of networks) {
      const left = openIn.get(network)! - 1
      if (left > 0) openIn.set(network, left)
      else openIn.delete(network)
    }
  }

  function welcome(socket: WebSocket, connection: Duplex, request: IncomingMessage, networks: string[]) {
    const peer = new OpenSocket(socket, connection, log, networks, spendOf)
    socket[PEER] = peer
    peer.ear = opened(peer, request)
    socket.on('pong', onPong).on('ping', onPing).on('error', onError).on('message', onMessage).on('close', onClose)
  }

  // One of each for all sockets: ten thousand of them are kept open for hours.
  function onPong(this: WebSocket) {
    this[PEER]!.isAlive = true
  }
  function onPing(this: WebSocket) {
    this[PEER]!.spend(1)
  }
  function onError(error: Error) {
    log.info({ event: 'socket_error', reason: error.message })
  }
  function onMessage(this: WebSocket, message: RawData, isBinary: boolean) {
    if (isBinary) return this.close(4400, 'Text only')
    if (!this[PEER]!.spend(1)) return
    this[PEER]!.ear!.heard(message.toString()).catch((error: unknown) => {
      log.error({ event: 'socket_failed', reason: String(error), ...(error instanceof Error && error.stack ? { stack: error.stack } : {}) })
      // Not 4500, at which clients give up: after a lost database they shall come back.
      this.close(1013, 'Try again later')
    })
  }
  function onClose(this: WebSocket, code: number) {
    this[PEER]!.ear!.closed(code)
  }

  const keepAlive = setInterval(() => {
    for (const pace of paces) pace.sweep()
    for (const socket of sockets.clients) {
      const peer = socket[PEER]
      if (!peer) continue
      if (!peer.isAlive) socket.terminate()
      peer.isAlive = false
      socket.ping()
    }
  }, keepAliveMs).unref()

  return {
    async close() {
      clearInterval(keepAlive)
      const closing = [...sockets.clients].map((socket) => {
        socket.close(1001, 'Going away')
        return new Promise((gone) => socket.once('close', gone))
      })
      const deadline = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), CLOSING_MS)
      await Promise.all(closing)
      clearTimeout(deadline)
    },
  }
}

const PEER = Symbol('peer')
declare module 'ws' {
  interface WebSocket {
    [PEER]?: OpenSocket
  }
}

function destroy(this: Duplex) {
  this.destroy()
}

class OpenSocket implements Peer {
  /** Since the last ping. */
  isAlive = true
  ear: Ear | null = null
  readonly #socket: WebSocket
  readonly #connection: Duplex
  readonly #log: Log
  /** In which it is, the narrowest first. */
  readonly #networks: string[]
  readonly #spendOf: (networks: string[], cost: number) => boolean
  /** Whole milliseconds, and with this pace they stay so: V8 keeps them in place. */
  #wholeAt = 0

  constructor(socket: WebSocket, connection: Duplex, log: Log, networks: string[], spendOf: (networks: string[], cost: number) => boolean) {
    this.#networks = networks
    this.#spendOf = spendOf
    this.#socket = socket
    this.#connection = connection
    this.#log = log
  }

  send(text: string) {
    if (this.#socket.readyState === WebSocket.OPEN && !this.#isStuck()) this.#socket.send(text)
  }

  write(frames: Buffer) {
    // Between frames only: the socket itself sends each of its messages as one write, too.
    if (this.#socket.readyState === WebSocket.OPEN && !this.#isStuck()) this.#connection.write(frames)
  }

  buffered() {
    return this.#connection.writableLength
  }

  drained(milliseconds: number) {
    const connection = this.#connection
    if (connection.destroyed || connection.writableLength === 0) return Promise.resolve(!connection.destroyed)
    return new Promise<boolean>((settled) => {
      const end = (isDrained: boolean) => {
        clearTimeout(late)
        connection.off('drain', drained).off('close', gone)
        settled(isDrained)
      }
      const drained = () => end(true)
      const gone = () => end(false)
      const late = setTimeout(gone, milliseconds)
      connection.once('drain', drained).once('close', gone)
    })
  }

  spend(cost: number) {
    if (this.#socket.readyState !== WebSocket.OPEN) return false // what was sent before the end is not done after it
    const wholeAt = spend(this.#wholeAt, PER_SOCKET, cost, Math.floor(performance.now()))
    if (wholeAt !== null && this.#spendOf(this.#networks, cost)) {
      this.#wholeAt = wholeAt
      return true
    }
    this.#log.warn({ event: 'socket_too_fast' })
    this.close(TOO_MANY.code, TOO_MANY.reason)
    return false
  }

  close(code?: number, reason?: string) {
    this.#socket.close(code, reason)
  }

  terminate() {
    this.#socket.terminate()
  }

  /** Nobody's buffer grows without end. */
  #isStuck(): boolean {
    if (this.#connection.writableLength <= BUFFER_LIMIT) return false
    this.#log.warn({ event: 'socket_stuck', count: this.#connection.writableLength })
    this.#socket.terminate()
    return true
  }
}
