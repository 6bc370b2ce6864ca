// What hostile requests cost: a document that is refused beside one that is answered; and what others notice while one address replays the feed.
import { setTimeout as delay } from 'node:timers/promises'
import { hotReads } from '../hot-read.ts'
import { type Ask, type Variant, measure as measureVariants } from '../measure.ts'
import { startHub, startProcess } from '../processes.ts'
import { type Measure, row } from '../row.ts'

const REPLAYS = 400

/** Of 5 KB and more each: one field over and over, names of it, fragments that hold one another. */
const HOSTILE: Ask[] = [
  `{ ${'areas(first: 1) { nodes { id } } '.repeat(170)} }`,
  `{ ${Array.from({ length: 170 }, (_, i) => `a${i}: areas(first: 1) { nodes { id } }`).join(' ')} }`,
  `{ ...f0 } ${Array.from({ length: 100 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} areas { nodes { id } } }`).join(' ')} fragment f100 on Query { __typename }`,
].map((query) => ({ query }))

export const measure: Measure = async (bench) => {
  const hub = await startHub(bench.ownerUrl, 'fresh')
  const read: Variant = { name: 'hot read', peer: hub, asks: await hotReads(bench.ownerUrl) }
  const calm = await measureVariants(bench, [{ name: 'refusal', peer: hub, asks: HOSTILE, isRefused: true }, read])
  const flood = startProcess('load/replays.ts', { URL: hub.url, REPLAYS: String(REPLAYS) })
  await delay(2_000) // they connect
  const flooded = await measureVariants(bench, [read])
  await flood.stop()
  const [before, during] = [calm.figures('hot read').p99, flooded.figures('hot read').p99]
  return [
    row('refusing a hostile document : the hot read, CPU of a request', calm.ratio('refusal', 'hot read', 'nodeMs'), { atMost: 1 }, calm.of('refusal', 'hot read')),
    row(`hot read while one address replays the feed ${REPLAYS} times at once : without, p99`, during / before, { atMost: 3 }, `${during.toFixed(1)} : ${before.toFixed(1)} ms`),
  ]
}
