// Totals of the nation, of a province, and a drill-down from a commune to its hamlets, one request at a time: in the data of the nation
// beside those of a single commune, each asked of a hub of its own.
import { type Ask, type Variant, measure as measureVariants } from '../measure.ts'
import { startHub } from '../processes.ts'
import { type Measure, row } from '../row.ts'

/** In every size. */
const [PROVINCE, COMMUNE] = ['Area:p22', 'Area:c06733']
const TOTALS = `query Totals($area: ID) { totals(area: $area) { kind { code name unit } pledges quantities { promised allocated dispatched received settled } } }`
const DRILL_DOWN = `query DrillDown($area: ID!) { area(id: $area) { id children(first: 15) { nodes { id fullName needs { kind { code } quantity allocated open urgency } } } } }`

const READS: [what: string, ask: Ask][] = [
  ['total of everything', { query: TOTALS, operationName: 'Totals', variables: {} }],
  ['total of a province', { query: TOTALS, operationName: 'Totals', variables: { area: PROVINCE } }],
  ['drill-down into a commune', { query: DRILL_DOWN, operationName: 'DrillDown', variables: { area: COMMUNE } }],
]

export const measure: Measure = async (bench) => {
  const hubs = await Promise.all((['S', 'L'] as const).map(async (size) => ({ size, peer: await startHub(await bench.databaseOf(size), 'fresh') })))
  const rows = []
  for (const [what, ask] of READS) {
    const variants: Variant[] = hubs.map(({ size, peer }) => ({ name: size, peer, asks: [ask] }))
    const measured = await measureVariants(bench, variants, { connections: 1, seconds: bench.seconds / 2, rounds: 3 })
    rows.push(row(`${what}, nation : commune`, measured.ratio('L', 'S', 'p50'), { atMost: 1.5 }, `latency: ${measured.of('L', 'S')}`))
  }
  return rows
}
