// Asks one server over raw keep-alive sockets and counts: whole requests are prepared, answers are only measured by their length.
import { connect } from 'node:net'

/** What the bench tells this process, and what it is told. */
export type Order =
  | { prepare: string; port: number; requests: string[] }
  | { run: string; connections: number; milliseconds: number }
export interface Result {
  requests: number
  failed: number
  seconds: number
  bytes: number
  p50: number
  p99: number
}

const targets = new Map<string, { port: number; requests: Buffer[] }>()

process.on('message', (order: Order) => {
  if ('prepare' in order) {
    targets.set(order.prepare, { port: order.port, requests: order.requests.map((text) => Buffer.from(text)) })
    process.send!(null)
  } else {
    run(targets.get(order.run)!, order).then((result) => process.send!(result))
  }
})
process.once('disconnect', () => process.exit(0))

async function run(target: { port: number; requests: Buffer[] }, { connections, milliseconds }: { connections: number; milliseconds: number }): Promise<Result> {
  const latencies = new Float64Array(2_000_000)
  const tally = { requests: 0, failed: 0, bytes: 0 }
  const begin = performance.now()
  await Promise.all(Array.from({ length: connections }, () => askOn(target, begin + milliseconds, latencies, tally)))
  const seconds = (performance.now() - begin) / 1_000
  const sorted = latencies.subarray(0, tally.requests).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { ...tally, seconds, p50: at(0.5), p99: at(0.99) }
}

const HEAD_END = Buffer.from('\r\n\r\n')

function askOn({ port, requests }: { port: number; requests: Buffer[] }, until: number, latencies: Float64Array, tally: { requests: number; failed: number; bytes: number }) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let sentAt = 0
    /** The beginning of a head that has not come whole. */
    let part: Buffer | null = null
    /** Bytes that are still to come; -1 between answers; Infinity while chunks come. */
    let left = -1
    let tail = ''
    const ask = () => {
      sentAt = performance.now()
      socket.write(requests[Math.floor(Math.random() * requests.length)]!)
    }
    const answered = () => {
      left = -1
      const now = performance.now()
      latencies[tally.requests++] = now - sentAt
      if (now < until) ask()
      else socket.end(resolve)
    }
    socket.once('connect', ask)
    socket.once('error', reject)
    socket.once('close', () => resolve())
    socket.on('data', (chunk) => {
      tally.bytes += chunk.length
      let body: Buffer = chunk
      if (left === -1) {
        const head: Buffer = part ? Buffer.concat([part, chunk]) : chunk
        const end = head.indexOf(HEAD_END)
        if (end === -1) return void (part = head)
        part = null
        const text = head.toString('latin1', 0, end)
        if (!text.startsWith('HTTP/1.1 2')) tally.failed++
        const length = /content-length: *(\d+)/i.exec(text)
        left = length ? Number(length[1]) : Infinity
        body = head.subarray(end + 4)
      }
      if (left === Infinity) {
        tail = (tail + body.toString('latin1', Math.max(0, body.length - 5))).slice(-5)
        if (tail === '0\r\n\r\n') answered()
      } else if ((left -= body.length) <= 0) answered()
    })
  })
}
