// The live feed: 10,000 subscribers of one area. The hub, which reads its events from PostgreSQL, against a raw `ws` broadcast of the
// same text and against graphql-ws as documented; and from commit to a page in a real browser. SUBSCRIBERS=500 asks for fewer.
import { readFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import { watchInBrowser } from '../load/live-browser.ts'
import { type Delivery, type Session, type Subject, runSession } from '../load/live-session.ts'
import { type Writer, openWriter } from '../load/live-writes.ts'
import { median } from '../measure.ts'
import type { LiveOrder } from '../peers/live-server.ts'
import { type Peer, startPeer } from '../processes.ts'
import { type Bench, type Row, row } from '../row.ts'

const SUBSCRIBERS = Number(process.env.SUBSCRIBERS ?? 10_000)
const [CALM, FLOOD] = [10, 100]
const PROTOCOL = 'graphql-transport-ws'
/** A rate this near to what was offered is that of a server which keeps up. */
const KEEPS_UP = 0.99

export async function measure(bench: Bench): Promise<Row[]> {
  // A server that falls behind needs some seconds to show it; opening so many connections takes longer than measuring them.
  const [seconds, rounds] = [bench.seconds * 3, Math.min(bench.rounds, 3)]
  requireDescriptors(SUBSCRIBERS + 200)
  const writer = await openWriter(bench.ownerUrl)
  try {
    const messages = [
      JSON.stringify({ type: 'connection_init' }),
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query: watchArea, variables: { area: `Area:${writer.areaId}` } } }),
    ]
    const startHub = () => startPeer('peers/live-hub.ts', { OWNER_URL: bench.ownerUrl })
    const { frame, delays } = await watch(startHub, messages, writer, seconds)
    bench.say(`live: a frame has ${Buffer.byteLength(frame)} bytes`)

    const publish = (peer: Peer) => new Promise((sent) => peer.child.send({ publish: frame } satisfies LiveOrder, sent))
    const subjects = {
      ws: { name: 'ws', start: () => startPeer('peers/live-floor.ts', {}), path: '/', protocol: null, messages: [], publish },
      hub: { name: 'hub', start: startHub, path: '/graphql', protocol: PROTOCOL, messages, publish: () => writer.write() },
      documented: { name: 'graphql-ws', start: () => startPeer('peers/live-graphql-ws.ts', {}), path: '/graphql', protocol: PROTOCOL, messages, publish },
    } satisfies Record<string, Subject>
    const sessions: Record<keyof typeof subjects, Session[]> = { ws: [], hub: [], documented: [] }
    const order = Object.keys(subjects) as (keyof typeof subjects)[]
    for (let round = 0; round < rounds; round++) {
      for (const key of round % 2 ? order.toReversed() : order) {
        const session = await runSession(subjects[key], SUBSCRIBERS, key === 'documented' ? [CALM] : [CALM, FLOOD], seconds)
        bench.say(`live: ${subjects[key].name}: ${(session.memory / 1024).toFixed(1)} KB/connection; ${session.at.map(described).join('; ')}`)
        sessions[key].push(session)
      }
    }
    return [...rowsOf(sessions), browserRow(delays)]
  } finally {
    await writer.end()
  }
}

/** As clients send it, without the comment. */
const watchArea = readFileSync(new URL('../../../schema/operations/watch-area.graphql', import.meta.url), 'utf8').replace(/^#.*\n/, '')

function rowsOf({ ws, hub, documented }: Record<'ws' | 'hub' | 'documented', Session[]>): Row[] {
  const ratio = (other: Session[], of: (session: Session) => number) => median(hub.map((session, i) => of(session) / of(other[i]!)))
  const messages = (nth: number, rate: number) => ({ at }: Session) => Math.min(1, at[nth]!.perSecond / (rate * SUBSCRIBERS * KEEPS_UP))
  const cpu = ({ at }: Session) => at[0]!.cpu
  const memory = (session: Session) => session.memory
  const both = (other: Session[], name: string, nth: number) => `hub ${summary(hub, nth)} : ${name} ${summary(other, nth)}; ${(([CALM, FLOOD][nth]! * SUBSCRIBERS) / 1_000).toFixed(0)}k/s offered`
  const many = SUBSCRIBERS.toLocaleString('en')
  return [
    row(`live: ${many} subscribers, ${CALM} events/s: messages/s`, ratio(ws, messages(0, CALM)), { atLeast: 1 }, both(ws, 'raw ws', 0)),
    row(`live: ${many} subscribers, ${CALM} events/s: CPU per message`, ratio(ws, cpu), { atMost: 1.1 },
      `hub ${middle(hub, cpu).toFixed(1)} : raw ws ${middle(ws, cpu).toFixed(1)} µs`),
    row(`live: ${many} subscribers: memory per connection`, ratio(ws, memory), { atMost: 1.4 },
      `hub ${(middle(hub, memory) / 1024).toFixed(1)} : raw ws ${(middle(ws, memory) / 1024).toFixed(1)} KB`),
    row(`live: ${many} subscribers, ${CALM} events/s: messages/s against graphql-ws`, ratio(documented, messages(0, CALM)), { atLeast: 4 },
      both(documented, 'graphql-ws as documented', 0)),
    row(`live: ${many} subscribers, ${FLOOD} events/s: messages/s`, ratio(ws, messages(1, FLOOD)), { atLeast: 6 }, both(ws, 'raw ws', 1)),
  ]
}

const middle = (sessions: Session[], of: (session: Session) => number) => median(sessions.map(of))
const thousands = (perSecond: number) => `${(perSecond / 1_000).toFixed(1)}k/s`
const last = (ms: number | null) => (ms === null ? 'falls behind' : `last subscriber ${ms.toFixed(0)} ms`)
const described = ({ perSecond, cpu, last: ms, client }: Delivery) => `${thousands(perSecond)}, CPU ${cpu.toFixed(1)} µs a message, ${last(ms)}, client ${(client * 100).toFixed(0)} %`

function summary(sessions: Session[], nth: number): string {
  const delays = sessions.map(({ at }) => at[nth]!.last)
  return `${thousands(middle(sessions, ({ at }) => at[nth]!.perSecond))}, ${last(delays.includes(null) ? null : median(delays as number[]))}`
}

const BROWSER_GOAL_MS = 250

function browserRow(delays: number[]): Row {
  const sorted = delays.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return row(`live: commit to event in a browser, ${FLOOD} writes/s`, at(0.95) / BROWSER_GOAL_MS, { atMost: 1 },
    `p95 ${at(0.95).toFixed(0)} ms (p50 ${at(0.5).toFixed(0)}, p99 ${at(0.99).toFixed(0)}, ${delays.length} events) : ${BROWSER_GOAL_MS} ms`)
}

/** What the hub's frame of one such event looks like, and how long events take to a browser. */
async function watch(startHub: () => Promise<Peer>, messages: string[], writer: Writer, seconds: number) {
  const hub = await startHub()
  try {
    const frame = await firstFrame(hub, messages, writer)
    return { frame, delays: await watchInBrowser(hub, messages, writer, FLOOD, seconds) }
  } finally {
    await hub.stop()
  }
}

async function firstFrame(hub: Peer, [greeting, subscription]: string[], writer: Writer): Promise<string> {
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, PROTOCOL)
  let writing: NodeJS.Timeout | undefined
  try {
    return await new Promise<string>((found, failed) => {
      socket.once('error', failed)
      socket.once('open', () => socket.send(greeting!))
      socket.once('message', () => {
        socket.send(subscription!)
        writing = setInterval(() => void writer.write().catch(failed), 100)
        socket.once('message', (bytes) => found(String(bytes)))
      })
    })
  } finally {
    clearInterval(writing)
    socket.terminate()
  }
}

/** Node raises its own limit as far as the system lets it, and each connection needs one descriptor at either end. */
function requireDescriptors(needed: number): void {
  const [, limit] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? []
  if (limit === undefined || Number(limit) >= needed) return
  throw new Error(
    `Cần mở được ${needed} tệp cùng lúc, giới hạn đang là ${limit}; hãy chạy \`ulimit -n ${needed}\` trước, hay đặt SUBSCRIBERS nhỏ hơn / ` +
      `${needed} open files are needed and the limit is ${limit}; run \`ulimit -n ${needed}\` first, or set SUBSCRIBERS to fewer`)
}
