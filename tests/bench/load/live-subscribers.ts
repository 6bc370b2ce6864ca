// Thousands of subscribers in one process: each greets and subscribes by hand, and from then on only the headers of its frames are read.
import { randomBytes } from 'node:crypto'
import { type Socket, connect } from 'node:net'

/** What the bench tells this process; it answers each with a Count once it is done. */
export type SubscribersOrder =
  /** So many sockets in all, each sending these messages: the next one whenever the server has sent a frame. */
  | { open: number; port: number; path: string; protocol: string | null; messages: string[] }
  /** From here on events are counted anew. */
  | { mark: true }
  /** Answered once every socket has had so many events since the mark, or when time is up. */
  | { await: number; milliseconds: number }
  | { count: true }

export interface Count {
  /** Milliseconds since 1970. */
  at: number
  events: number
  bytes: number
  lost: number
  /** When the last socket got the first, second … event since the mark; events that some have not got are left out. */
  completedAt: number[]
}

/** Whole text frames from here on are events; the protocol's own words are shorter. */
const SHORTEST_EVENT = 100
const OPENING_AT_ONCE = 100
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])

// All sockets read into the same buffer: what is in it has been counted before the next one reads.
const shared = Buffer.allocUnsafe(256 * 1024)
const sockets = new Set<Socket>()
let lost = 0
let bytes = 0
let events = 0
let generation = 0
let reached = new Uint32Array(4096)
let completedAt: number[] = []
let onCompleted = () => {}

process.on('message', (order: SubscribersOrder) => {
  obey(order).then(
    () => process.send!({ at: Date.now(), events, bytes, lost, completedAt } satisfies Count),
    (error: Error) => {
      console.error(error.message)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit(0))

async function obey(order: SubscribersOrder): Promise<void> {
  if ('open' in order) {
    const missing = order.open - sockets.size
    let begun = 0
    await Promise.all(Array.from({ length: Math.min(OPENING_AT_ONCE, missing) }, async () => {
      while (begun++ < missing) await subscribe(order)
    }))
  } else if ('mark' in order) {
    generation++
    events = bytes = 0
    reached = new Uint32Array(4096)
    completedAt = []
  } else if ('await' in order) {
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, order.milliseconds)
      onCompleted = () => {
        if (completedAt.length < order.await) return
        clearTimeout(late)
        resolve()
      }
      onCompleted()
    })
    onCompleted = () => {}
  }
}

function got(nth: number): void {
  if (nth === reached.length) {
    const longer = new Uint32Array(nth * 2)
    longer.set(reached)
    reached = longer
  }
  if (++reached[nth]! === sockets.size) {
    completedAt.push(Date.now())
    onCompleted()
  }
}

type Opening = Extract<SubscribersOrder, { open: number }>

/** Resolves when the last message has been sent. */
function subscribe({ port, path, protocol, messages }: Opening): Promise<void> {
  return new Promise((resolve, reject) => {
    /** Messages sent; -1 until the connection has become a WebSocket. */
    let sent = -1
    let head = ''
    /** Bytes of the frame under way that are still to come, and whether it is an event. */
    let left = 0
    let isEvent = false
    /** The beginning of a frame's header that has not come whole. */
    let part: Buffer | null = null
    let mine = 0
    let since = generation

    const say = () => {
      if (sent < messages.length) socket.write(textFrame(messages[sent++]!))
      if (sent === messages.length) resolve()
    }
    const arrived = () => {
      events++
      if (since !== generation) {
        since = generation
        mine = 0
      }
      got(mine++)
    }
    const read = (chunk: Buffer) => {
      let at = 0
      while (at < chunk.length) {
        if (left === 0) {
          const opcode = chunk[at]! & 0x0f
          const short = at + 1 < chunk.length ? chunk[at + 1]! & 0x7f : 0
          const size = short < 126 ? 2 : short === 126 ? 4 : 10
          if (at + size > chunk.length) return void (part = Buffer.from(chunk.subarray(at)))
          left = short < 126 ? short : short === 126 ? chunk.readUInt16BE(at + 2) : Number(chunk.readBigUInt64BE(at + 2))
          at += size
          isEvent = opcode === 1 && left >= SHORTEST_EVENT
          if (opcode === 9) socket.write(PONG)
          else if (opcode === 8) socket.destroy()
          else if (opcode === 1 && sent < messages.length) say()
        }
        const step = Math.min(left, chunk.length - at)
        at += step
        left -= step
        if (left === 0 && isEvent) arrived()
      }
    }
    const onChunk = (length: number): boolean => {
      bytes += length
      let chunk = shared.subarray(0, length)
      if (sent < 0) {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return true
        if (!head.startsWith('HTTP/1.1 101')) {
          reject(new Error(`a socket was refused: ${head.slice(0, 200)}`))
          return false
        }
        chunk = Buffer.from(head.slice(end + 4), 'latin1')
        sent = 0
        say()
      }
      if (part) {
        chunk = Buffer.concat([part, chunk])
        part = null
      }
      read(chunk)
      return true
    }

    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: shared, callback: onChunk } })
    socket.once('connect', () => {
      sockets.add(socket)
      socket.write(upgrade(port, path, protocol))
    })
    socket.once('error', reject)
    socket.once('close', () => {
      lost++
      reject(new Error('a socket was closed while it opened'))
    })
  })
}

const upgrade = (port: number, path: string, protocol: string | null) => [
  `GET ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, 'connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13',
  `sec-websocket-key: ${randomBytes(16).toString('base64')}`, ...(protocol ? [`sec-websocket-protocol: ${protocol}`] : []), '', '',
].join('\r\n')

/** Masked, as a client must, with zeros, which change nothing. */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text)
  const header = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 0xff])
  return Buffer.concat([header, Buffer.alloc(4), body])
}
