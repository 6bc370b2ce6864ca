// The hot read, uncached, as a visitor: our hub beside the floor, PostGraphile, mercurius with jit, and Apollo and yoga as documented.
// Each request asks for one of all communes of the province at random; first all are seen to give the same answers.
import { deepStrictEqual } from 'node:assert/strict'
import { hotReads } from '../hot-read.ts'
import { type Ask, type Variant, answerOf, measure as measureVariants } from '../measure.ts'
import { startHub, startPeer } from '../processes.ts'
import { type Measure, row } from '../row.ts'

/** So many communes are compared answer by answer. */
const COMPARED = 8
const SAME_SCHEMA = ['floor', 'mercurius', 'apollo-documented', 'yoga']

export const measure: Measure = async (bench) => {
  const asks = await hotReads(bench.ownerUrl)
  const start = (name: string) => startPeer(`peers/${name}.ts`, { OWNER_URL: bench.ownerUrl })
  const alike: Variant[] = await Promise.all([
    { name: 'hub', peer: await startHub(bench.ownerUrl, 'fresh'), asks },
    ...SAME_SCHEMA.map(async (name) => ({ name, peer: await start(name), asks })),
  ])
  const postgraphile: Variant = { name: 'postgraphile', peer: await start('postgraphile'), asks: asks.map(inItsWords) }

  const bytes = await compare(alike, postgraphile)
  bench.say(`All give the same answers: ${(bytes / 1024).toFixed(1)} KB in the mean`)
  const measured = await measureVariants(bench, [...alike, postgraphile])
  if (measured.figures('hub').postgresMs < measured.figures('floor').postgresMs / 3) throw new Error('the hub hardly asks its database: it answers from a cache')
  const beside = (name: string) => measured.ratio('hub', name)
  return [
    row('hot read : floor', beside('floor'), { atLeast: 0.9 }, `requests/s, ${(bytes / 1024).toFixed(0)} KB each: ${measured.of('hub', 'floor')}`),
    row('hot read : floor, p99', measured.ratio('hub', 'floor', 'p99'), { atMost: 1.4 }, `latency: ${measured.of('hub', 'floor')}`),
    row('hot read : PostGraphile 5', beside('postgraphile'), { atLeast: 3 }, measured.of('hub', 'postgraphile')),
    row('hot read : mercurius with jit', beside('mercurius'), { atLeast: 2.8 }, measured.of('hub', 'mercurius')),
    row('hot read : Apollo as documented', beside('apollo-documented'), { atLeast: 7 }, measured.of('hub', 'apollo-documented')),
    row('hot read : graphql-yoga as documented', beside('yoga'), null, measured.of('hub', 'yoga')),
  ]
}

/** @returns the mean size of an answer */
async function compare([reference, ...others]: Variant[], postgraphile: Variant): Promise<number> {
  const every = Math.ceil(reference!.asks.length / COMPARED)
  const sample = reference!.asks.map((_, i) => i).filter((i) => i % every === 0)
  let bytes = 0
  for (const i of sample) {
    const expected = await answerOf(reference!, reference!.asks[i]!)
    bytes += Buffer.byteLength(JSON.stringify({ data: expected })) / sample.length
    for (const other of others) deepStrictEqual(await answerOf(other, other.asks[i]!), expected, `${other.name} answers otherwise than ${reference!.name}`)
    deepStrictEqual(leavesOf(await answerOf(postgraphile, postgraphile.asks[i]!)), leavesOf(expected), 'postgraphile has other leaves')
  }
  return bytes
}

/** All scalars of an answer, whatever their fields are called; ids without the type that ours begin with. */
function leavesOf(value: unknown): string[] {
  const leaves: string[] = []
  const walk = (part: unknown): void => {
    if (part !== null && typeof part === 'object') Object.values(part).forEach(walk)
    else leaves.push(String(part).replace(/^[A-Z]\w+:/, ''))
  }
  walk(value)
  return leaves.sort()
}

const inItsWords = ({ variables }: Ask): Ask => ({
  operationName: 'Hamlets',
  query: /* GraphQL */ `
    query Hamlets($id: String!) {
      areaByKey(key: $id) {
        key
        fullName
        children(first: 20) {
          nodes {
            key
            name
            fullName
            kind
            needs { nodes { supportKindByKindCode { code name unit unitName } quantity allocated received open urgency } }
            pledges(first: 3) {
              nodes {
                key
                anonymous
                expectedOn
                partyByPartyKey { name kind }
                lines(orderBy: ORDINAL_ASC) { nodes { supportKindByKindCode { code name unit unitName } detail promised allocated dispatched received settled } }
              }
            }
          }
        }
      }
    }`,
  variables: { id: String(variables!.id).slice('Area:'.length) },
})
