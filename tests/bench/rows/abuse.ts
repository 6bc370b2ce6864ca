// What hostile requests cost: a document that is refused beside one that is answered; and what others notice while one address replays the feed.
import { setTimeout as delay } from 'node:timers/promises'
import { hotReads } from '../hot-read.ts'
import { type Ask, type Variant, measure as measureVariants } from '../measure.ts'
import { startHub, startProcess } from '../processes.ts'
import { type Measure, row } from '../row.ts'

const REPLAYS = 400

/** Each near the limits of length, so that it is read whole: one field over and over, many names of it, many fragments, one inside the other. */
const HOSTILE: Record<string, string> = {
  'one field': `{ ${'areas(first: 1) { nodes { id } } '.repeat(120)} }`,
  names: `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: areas(first: 100) { nodes { id } }`).join(' ')} }`,
  depth: `{ area(id: "Area:p22") { ${'parent { '.repeat(300)}id${' }'.repeat(300)} } }`,
  fragments: `{ ...f0 } ${Array.from({ length: 80 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f80 on Query { __typename }`,
}

export const measure: Measure = async (bench) => {
  const hub = await startHub(bench.ownerUrl, 'fresh')
  for (const [kind, query] of Object.entries(HOSTILE)) bench.say(`abuse: ${kind}: ${await refusalOf(hub.url, query)}`)
  const asks: Ask[] = Object.values(HOSTILE).map((query) => ({ query }))
  const read: Variant = { name: 'hot read', peer: hub, asks: await hotReads(bench.ownerUrl) }
  const calm = await measureVariants(bench, [{ name: 'refusal', peer: hub, asks, isRefused: true }, read])

  const flood = startProcess('load/replays.ts', { URL: hub.url, REPLAYS: String(REPLAYS) })
  let begun = 0
  flood.child.on('message', (count) => (begun = Number(count)))
  await delay(2_000) // they connect
  const flooded = await measureVariants(bench, [read])
  await flood.stop()
  if (begun < REPLAYS) throw new Error(`only ${begun} replays began to come: this is no flood`)
  const [before, during] = [calm.figures('hot read').p99, flooded.figures('hot read').p99]
  return [
    row('refusing a hostile document : the hot read, CPU of a request', calm.ratio('refusal', 'hot read', 'nodeMs'), { atMost: 1 }, calm.of('refusal', 'hot read')),
    row(`hot read while one address asks for ${REPLAYS} replays at once : without, p99`, during / before, { atMost: 3 }, `${during.toFixed(1)} : ${before.toFixed(1)} ms, ${begun} replays`),
  ]
}

/** @returns what the hub has against it @throws Error when it has nothing */
async function refusalOf(url: string, query: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })
  const { errors } = (await response.json()) as { errors?: { message: string }[] }
  if (!errors) throw new Error(`answered: ${query.slice(0, 100)}`)
  return errors[0]!.message
}
