// One server with its thousands of subscribers: memory for each connection, then messages, processor time and delay at each rate.
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { cpuOf } from '../cpu.ts'
import { median } from '../measure.ts'
import { type Peer, startProcess } from '../processes.ts'
import type { LiveOrder } from '../peers/live-server.ts'
import type { Count, SubscribersOrder } from './live-subscribers.ts'
import { pace } from './live-writes.ts'

export interface Subject {
  name: string
  start(): Promise<Peer>
  path: string
  protocol: string | null
  /** What a subscriber says, each after a frame of the server's. */
  messages: string[]
  /** Makes one event reach the server. */
  publish(peer: Peer): Promise<unknown>
}

export interface Delivery {
  /** Messages a second that arrived. */
  perSecond: number
  /** Microseconds of the server's process for each of them. */
  cpu: number
  /** Median ms from an event to its arrival at the last subscriber; null for a server that falls behind. */
  last: number | null
  /** Share of one core that the subscribers' own process took. */
  client: number
}

export interface Session {
  /** Bytes that the server grew by for each connection. */
  memory: number
  /** In the order of the rates asked for. */
  at: Delivery[]
}

const WARM_MS = 1_500
const SETTLE_MS = 400
const REACH_MS = 5_000
const CATCH_UP_MS = 5_000
/** The server is warm, and its heap has grown to its working size, after this share of the connections. */
const FIRST_SHARE = 0.2

export async function runSession(subject: Subject, subscribers: number, rates: number[], seconds: number): Promise<Session> {
  const peer = await subject.start()
  const clients = startProcess('load/live-subscribers.ts')
  const ask = (order: SubscribersOrder) => new Promise<Count>((resolve, reject) => {
    const gone = () => reject(new Error(`${subject.name}: the subscribers' process ended`))
    clients.child.once('exit', gone).once('message', (count: Count) => {
      clients.child.off('exit', gone)
      if (count.lost > 0) return reject(new Error(`${subject.name}: ${count.lost} of ${subscribers} subscribers were cut off`))
      resolve(count)
    }).send(order)
  })
  const open = async (sockets: number) => {
    const { path, protocol, messages } = subject
    await ask({ open: sockets, port: peer.port, path, protocol, messages })
    await ask({ mark: true })
    // Nothing says when the last subscription has begun, but an event that reaches everyone.
    for (let tries = 0; ; tries++) {
      await subject.publish(peer)
      if ((await ask({ await: 1, milliseconds: REACH_MS })).completedAt.length > 0) break
      if (tries === 3) throw new Error(`${subject.name}: an event does not reach all of ${sockets} subscribers`)
    }
    peer.child.send({ collect: true } satisfies LiveOrder)
    await delay(SETTLE_MS)
    return memoryOf(peer.pid)
  }
  try {
    const first = Math.round(subscribers * FIRST_SHARE)
    const before = await open(first)
    const memory = ((await open(subscribers)) - before) / (subscribers - first)
    const at: Delivery[] = []
    for (const rate of rates) at.push(await deliver(rate, at.every(({ last }) => last !== null)))
    return { memory, at }
  } finally {
    await Promise.all([peer.stop(), clients.stop()])
  }

  /** A server with a backlog delivers the events of the rate before for a while: its delay would be that of other events. */
  async function deliver(rate: number, hasKeptUp: boolean): Promise<Delivery> {
    const look = async () => ({ ...(await ask({ count: true })), cpu: cpuOf(peer.pid), own: cpuOf(clients.pid) })
    await ask({ mark: true })
    const sentAt: number[] = []
    const stop = new AbortController()
    const pacing = pace(rate, stop.signal, () => {
      sentAt.push(Date.now())
      return subject.publish(peer)
    })
    const watching = async () => {
      await delay(WARM_MS)
      const [from, measured] = [sentAt.length, await look()]
      await delay(seconds * 1_000)
      return { from, measured, to: sentAt.length, now: await look() }
    }
    const [{ from, measured, to, now }] = await Promise.all([watching().finally(() => stop.abort()), pacing])
    const events = now.events - measured.events
    const perMs = events / (now.at - measured.at)
    const offered = (to - from) * subscribers
    const backlog = sentAt.length * subscribers - now.events
    const { completedAt } = await ask({ await: sentAt.length, milliseconds: backlog / perMs < CATCH_UP_MS ? CATCH_UP_MS : 0 })
    const delays = sentAt.slice(from, to).map((sent, i) => completedAt[from + i]! - sent)
    return {
      perSecond: Math.min(perMs, offered / (now.at - measured.at)) * 1_000,
      cpu: ((now.cpu - measured.cpu) * 1_000) / events,
      last: hasKeptUp && completedAt.length === sentAt.length ? median(delays) : null,
      client: (now.own - measured.own) / (now.at - measured.at),
    }
  }
}

function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))!
  return Number(kilobytes) * 1024
}
