// Roll-ups: what reading them costs in the data of the nation beside those of a commune and of a province, each asked of a hub of its own,
// one request at a time, nothing kept; and what keeping them costs whoever writes.
import pg from 'pg'
import type { Size } from '../databases.ts'
import { type Ask, type Variant, answerOf, measure as measureVariants } from '../measure.ts'
import { type Peer, startHub } from '../processes.ts'
import { type Bench, type Measure, type Row, row } from '../row.ts'
import { writingRows } from './writing.ts'

/** In every size. */
const [PROVINCE, COMMUNE] = ['p22', 'c06733']
const TOTALS = `query Totals($area: ID) { totals(area: $area) { kind { code name unit } pledges quantities { promised allocated dispatched received settled } } }`
const DRILL_DOWN = /* GraphQL */ `
query DrillDown($area: ID!, $first: Int!) {
  area(id: $area) {
    id
    children(first: $first) {
      nodes {
        id
        fullName
        totals { kind { code } pledges quantities { promised received } }
        needs { kind { code } quantity allocated open urgency }
      }
    }
  }
}`
const CHILDREN = 20
/** How far two answers may be apart in length and still be alike. */
const ALIKE = 0.02

export const measure: Measure = async (bench) => [...await readingRows(bench), ...await writingRows(bench)]

interface Side {
  size: Size
  ask: Ask
}

async function readingRows(bench: Bench): Promise<Row[]> {
  const start = async (size: Size) => startHub(await bench.databaseOf(size), 'fresh')
  const hubs: Record<Size, Peer> = { S: await start('S'), M: await start('M'), L: await start('L') }
  const smaller = { commune: drillDown('S', COMMUNE), province: drillDown('M', PROVINCE) }
  const national = await bench.databaseOf('L')
  const alike = { commune: await likeIn(national, hubs, smaller.commune, 'COMMUNE'), province: await likeIn(national, hubs, smaller.province, 'PROVINCE') }
  await Promise.all(Object.values(hubs).map((hub) => hub.stop()))

  const pairs: [what: string, Side, Side][] = [
    ['total of everything, nation : commune', totals('L'), totals('S')],
    ['total of a province, nation : commune', totals('L', PROVINCE), totals('S', PROVINCE)],
    [`drill-down from a commune to ${CHILDREN} hamlets, nation : commune`, alike.commune, smaller.commune],
    [`drill-down from a province to ${CHILDREN} communes, nation : province`, alike.province, smaller.province],
  ]
  const rows = []
  for (const [what, large, small] of pairs) {
    // New ones, or that which has answered more would be the warmer.
    const variants = await Promise.all([large, small].map(async ({ size, ask }): Promise<Variant> => ({ name: size, peer: await start(size), asks: [ask] })))
    const measured = await measureVariants(bench, variants, { connections: 1, seconds: bench.seconds / 2 })
    await Promise.all(variants.map(({ peer }) => peer.stop()))
    const { bytes } = measured.figures(small.size)
    rows.push(row(what, measured.ratio(large.size, small.size, 'p50'), { atMost: 1.5 },
      `latency of answers of ${Math.round(measured.figures(large.size).bytes)} and ${Math.round(bytes)} bytes: ${measured.of(large.size, small.size)}`))
  }
  return rows
}

const totals = (size: Size, area?: string): Side => ({ size, ask: { query: TOTALS, operationName: 'Totals', variables: area ? { area: `Area:${area}` } : {} } })
const drillDown = (size: Size, area: string): Side => ({ size, ask: { query: DRILL_DOWN, operationName: 'DrillDown', variables: { area: `Area:${area}`, first: CHILDREN } } })

/** A parent in the nation whose answer is as long. @throws Error when there is none */
async function likeIn(national: string, hubs: Record<Size, Peer>, side: Side, kind: string): Promise<Side> {
  const bytesOf = async ({ size, ask }: Side) => JSON.stringify(await answerOf({ name: size, peer: hubs[size] }, ask)).length
  const wanted = await bytesOf(side)
  let nearest = { side, apart: Infinity }
  for (const id of await fullest(national, kind)) {
    const candidate = drillDown('L', id)
    const apart = Math.abs((await bytesOf(candidate)) / wanted - 1)
    if (apart < nearest.apart) nearest = { side: candidate, apart }
  }
  if (nearest.apart > ALIKE) throw new Error(`no ${kind} of the nation is filled like ${String(side.ask.variables!.area)}: ${nearest.apart}`)
  return nearest.side
}

/** Areas with children enough, in which most kinds are promised to most of these. */
async function fullest(ownerUrl: string, kind: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      `select place.parent_id as id from area_place place
       join area parent on parent.id = place.parent_id and parent.kind = $1::"AreaKind" and parent.valid_to is null
       left join roll_up on area_path = ltree2text(place.path) and period = '-infinity'
       where place.valid_to is null
       group by 1 having count(distinct place.area_id) >= ${CHILDREN}
       order by count(kind_code)::float / count(distinct place.area_id) desc, 1 limit 200`, [kind])
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}
