// The WebSocket side of the server: who may open a socket, how much it may send, and when it is let go.
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { addressOf, isOwnOrigin } from './origin.ts'
import { networkOf } from './rate-limit.ts'

/** An open socket, as a protocol on top of it needs it. */
export interface Peer {
  readonly protocol: string
  readonly request: IncomingMessage
  /** Resolves when the message has left for the network, so that a slow reader slows its writer. */
  send(text: string): Promise<void>
  close(code?: number, reason?: string): void
  /** At once, without a closing handshake that a stuck reader would never answer. */
  terminate(): void
  onMessage(heard: (text: string) => Promise<void>): void
}

export interface SocketOptions {
  http: Http
  path: RegExp
  publicUrl: string | null
  behindProxy: boolean
  log: Log
  chooseProtocol(offered: Set<string>): string | false
  /** Returns what to do when the socket has closed. */
  opened(peer: Peer): (code: number, reason: string) => void | Promise<void>
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
/** Mobile networks put hundreds of subscribers behind one address. */
const PER_NETWORK = 500
const CLOSING_MS = 2_000

export function acceptSockets({
  http, path, publicUrl, behindProxy, log, chooseProtocol, opened, perNetwork = PER_NETWORK, keepAliveMs = 12_000,
}: SocketOptions): Sockets {
  const sockets = new WebSocketServer({
    noServer: true, maxPayload: MESSAGE_LIMIT, maxFragments: FRAGMENT_LIMIT, perMessageDeflate: false, handleProtocols: chooseProtocol,
  })
  const perNetworkOpen = new Map<string, number>()
  const alive = new WeakSet<WebSocket>()

  http.server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy())
    const network = networkOf(addressOf(request, { behindProxy }))
    const open = perNetworkOpen.get(network) ?? 0
    const status = !path.test(request.url?.split('?')[0] ?? '') ? 404
      : http.isDraining() ? 503
        : request.headers.origin !== undefined && !isOwnOrigin(request, publicUrl) ? 403 // programs send none, and hold no cookie of a visitor's
          : open >= perNetwork ? 429 : null
    if (status !== null) {
      log.warn({ event: 'socket_refused', status })
      return connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    perNetworkOpen.set(network, open + 1)
    connection.once('close', () => {
      const left = perNetworkOpen.get(network)! - 1
      if (left > 0) perNetworkOpen.set(network, left)
      else perNetworkOpen.delete(network)
    })
    sockets.handleUpgrade(request, connection, head, (socket) => welcome(socket, request))
  })

  function welcome(socket: WebSocket, request: IncomingMessage) {
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('error', (error) => log.info({ event: 'socket_error', reason: error.message }))
    const broken = (error: unknown) => {
      log.error({ event: 'socket_failed', reason: String(error), ...(error instanceof Error && error.stack ? { stack: error.stack } : {}) })
      // Not 4500, at which clients give up: after a lost database they shall come back.
      socket.close(1013, 'Try again later')
    }
    const closed = opened({
      protocol: socket.protocol,
      request,
      send: (text) => send(socket, text, log),
      close: (code, reason) => socket.close(code, reason),
      terminate: () => socket.terminate(),
      onMessage: (heard) =>
        socket.on('message', (message, isBinary) => {
          if (isBinary) return socket.close(4400, 'Text only')
          heard(message.toString()).catch(broken)
        }),
    })
    socket.once('close', (code, reason) => void Promise.resolve(closed(code, reason.toString())).catch(broken))
  }

  const keepAlive = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
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

function send(socket: WebSocket, text: string, log: Log): Promise<void> {
  if (socket.readyState !== WebSocket.OPEN) return Promise.resolve()
  if (socket.bufferedAmount > BUFFER_LIMIT) {
    log.warn({ event: 'socket_stuck', count: socket.bufferedAmount })
    socket.terminate()
    return Promise.resolve()
  }
  return new Promise((sent, failed) => socket.send(text, (error) => (error && socket.readyState === WebSocket.OPEN ? failed(error) : sent())))
}
