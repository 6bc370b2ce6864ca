// A hamlet at which 2,000 pledges aim beside an ordinary one, the same page of pledges of each, one request at a time: latency.
import pg from 'pg'
import { type Ask, type Variant, answerOf, measure as measureVariants } from '../measure.ts'
import { startHub } from '../processes.ts'
import { type Measure, row } from '../row.ts'

const QUERY = /* GraphQL */ `
query Pledges($id: ID!, $first: Int!) {
  area(id: $id) {
    id
    fullName
    needs { kind { code } quantity open }
    pledges(first: $first) {
      nodes { id anonymous expectedOn party { name kind } lines { kind { code name } quantities { promised allocated dispatched received settled } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`
const SKEWED = 2_000
const PAGE = 20

export const measure: Measure = async (bench) => {
  const [crowded, ordinary] = await hamlets(bench.ownerUrl)
  // As many of each, or the longer answer would be measured.
  const first = Math.min(PAGE, ordinary.pledges)
  const peer = await startHub(bench.ownerUrl, 'fresh')
  const variantOf = (name: string, id: string): Variant => ({ name, peer, asks: [{ query: QUERY, operationName: 'Pledges', variables: { id: `Area:${id}`, first } } satisfies Ask] })
  const variants = [variantOf('crowded', crowded.id), variantOf('ordinary', ordinary.id)]
  for (const variant of variants) {
    const { area } = await answerOf(variant, variant.asks[0]!)
    if (area.pledges.nodes.length !== first) throw new Error(`${variant.name}: ${area.pledges.nodes.length} pledges instead of ${first}`)
  }
  const measured = await measureVariants(bench, variants, { connections: 1 })
  return [row(
    `a hamlet with ${crowded.pledges} pledges : an ordinary one`, measured.ratio('crowded', 'ordinary', 'p50'), { atMost: 1.3 },
    `latency of a page of ${first}, ordinary: ${ordinary.pledges} pledges: ${measured.of('crowded', 'ordinary')}`)]
}

interface Hamlet {
  id: string
  pledges: number
}

/** The one with the most pledges; and of all others the one with the most, so that its page is as full as can be. */
async function hamlets(ownerUrl: string): Promise<[Hamlet, Hamlet]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<Hamlet>(
      `select area_id as id, count(*)::int as pledges from pledge where nlevel(area_path) > 2 and state = 'VERIFIED' group by 1 order by 2 desc, 1 limit 2`)
    const [crowded, ordinary] = rows
    if (!crowded || !ordinary || crowded.pledges < SKEWED * 0.5 || ordinary.pledges > SKEWED * 0.1) throw new Error('the data has no hamlet that stands out')
    return [crowded, ordinary]
  } finally {
    await client.end()
  }
}
