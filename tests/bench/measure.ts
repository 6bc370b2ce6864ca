// Measures variants side by side: alternating rounds, their order reversed every other time, after a warm-up; medians of the rounds.
import { cpuOf, cpuOfPostgres, postmasterOf } from './cpu.ts'
import type { Order, Result } from './load/http.ts'
import { type Peer, startProcess } from './processes.ts'
import type { Bench } from './row.ts'

export interface Ask {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
}

/** One server with what it is asked; each request picks one of the asks at random. */
export interface Variant {
  name: string
  peer: Peer
  path?: string
  asks: Ask[]
  cookie?: string
  /** Each request is to be refused, with a status that says so. */
  isRefused?: true
}

export interface Figures {
  perSecond: number
  p50: number
  p99: number
  bytes: number
  /** Milliseconds of processor time a request: of the server's process, and of PostgreSQL. */
  nodeMs: number
  postgresMs: number
}

export interface Measured {
  /** Medians of the variant's rounds. */
  figures(name: string): Figures
  /** Median of the rounds' ratios. */
  ratio(name: string, reference: string, figure?: keyof Figures): number
  /** The figures of both in one line, for a row's `of`. */
  of(name: string, reference: string): string
}

const CONNECTIONS = 8
const PATH = '/graphql'

export const median = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export async function measure(bench: Bench, variants: Variant[], { seconds = bench.seconds, rounds = bench.rounds, connections = CONNECTIONS } = {}): Promise<Measured> {
  const postmaster = await postmasterOf(bench.serverUrl)
  const client = startProcess('load/http.ts')
  const ended = new Promise<never>((_, reject) => client.child.once('exit', () => reject(new Error('the load client ended'))))
  ended.catch(() => {}) // it is ended here, when all is measured
  const tell = <T>(order: Order) => Promise.race([ended, new Promise<T>((resolve) => {
    client.child.once('message', (answer) => resolve(answer as T))
    client.child.send(order)
  })])
  const one = async (variant: Variant, milliseconds: number): Promise<Figures> => {
    const before = [cpuOf(variant.peer.pid), cpuOfPostgres(postmaster)] as const
    const result = await tell<Result>({ run: variant.name, connections, milliseconds })
    if (result.failed !== (variant.isRefused ? result.requests : 0)) throw new Error(`${variant.name}: ${result.failed} of ${result.requests} requests failed`)
    return {
      perSecond: result.requests / result.seconds, p50: result.p50, p99: result.p99, bytes: result.bytes / result.requests,
      nodeMs: (cpuOf(variant.peer.pid) - before[0]) / result.requests, postgresMs: (cpuOfPostgres(postmaster) - before[1]) / result.requests,
    }
  }
  const found = new Map<string, Figures[]>(variants.map(({ name }) => [name, []]))
  try {
    for (const variant of variants) {
      await tell({ prepare: variant.name, port: variant.peer.port, requests: variant.asks.map((ask) => requestOf(variant, ask)) })
      await one(variant, Math.min(2_000, seconds * 1_000))
    }
    for (let round = 0; round < rounds; round++) {
      for (const variant of round % 2 ? variants.toReversed() : variants) found.get(variant.name)!.push(await one(variant, seconds * 1_000))
    }
  } finally {
    await client.stop()
  }

  const roundsOf = (name: string) => {
    const figures = found.get(name)
    if (!figures) throw new Error(`nothing called ${name} was measured`)
    return figures
  }
  const figures = (name: string) => Object.fromEntries(
    (['perSecond', 'p50', 'p99', 'bytes', 'nodeMs', 'postgresMs'] as const).map((key) => [key, median(roundsOf(name).map((round) => round[key]))])) as unknown as Figures
  return {
    figures,
    ratio: (name, reference, figure = 'perSecond') => median(roundsOf(name).map((round, i) => round[figure] / roundsOf(reference)[i]![figure])),
    of: (name, reference) => `${described(name, figures(name))} : ${described(reference, figures(reference))}`,
  }
}

const described = (name: string, { perSecond, p50, p99, nodeMs, postgresMs }: Figures) =>
  `${name} ${perSecond.toFixed(0)}/s p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms, CPU ${nodeMs.toFixed(2)} + PG ${postgresMs.toFixed(2)} ms`

function requestOf({ path = PATH, cookie, isRefused }: Variant, ask: Ask): string {
  const body = JSON.stringify(ask)
  return [
    `POST ${path} HTTP/1.1`, 'host: 127.0.0.1', 'content-type: application/json', ...(cookie ? [`cookie: ${cookie}`] : []),
    ...(isRefused ? ['accept: application/graphql-response+json'] : []), // says it by the status, too
    `content-length: ${Buffer.byteLength(body)}`, '', body,
  ].join('\r\n')
}

/** One answer, whole. @throws Error when it is not a clean one. */
export async function answerOf({ peer, path = PATH, cookie }: Omit<Variant, 'asks'>, ask: Ask): Promise<any> {
  const response = await fetch(`${peer.url}${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) }, body: JSON.stringify(ask),
  })
  const text = await response.text()
  const answer = JSON.parse(text) as { data?: unknown; errors?: unknown }
  if (!response.ok || answer.errors || !answer.data) throw new Error(`${peer.name} answers ${ask.operationName ?? ask.query}: ${response.status} ${text.slice(0, 1_000)}`)
  return answer.data
}
