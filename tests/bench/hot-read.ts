// The public read that a campaign night asks most: a commune's hamlets, what each lacks, its latest pledges with what became of them.
import pg from 'pg'
import type { Ask } from './measure.ts'

const QUERY = /* GraphQL */ `
query Hamlets($id: ID!) {
  area(id: $id) {
    id
    fullName
    children(first: 20) {
      nodes {
        id
        name
        fullName
        kind
        needs { kind { code name unit unitName } quantity allocated received open urgency }
        pledges(first: 3) {
          nodes {
            id
            anonymous
            expectedOn
            party { name kind }
            lines { kind { code name unit unitName } detail quantities { promised allocated dispatched received settled } }
          }
        }
      }
    }
  }
}`

/** One ask for each commune that has anything to show. */
export async function hotReads(ownerUrl: string): Promise<Ask[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      `select distinct ltree2text(subpath(area_path, 1, 1)) as id from pledge where nlevel(area_path) > 2 and state = 'VERIFIED' order by 1`)
    if (rows.length === 0) throw new Error('the data has no commune with pledges')
    return rows.map(({ id }) => ({ query: QUERY, operationName: 'Hamlets', variables: { id: `Area:${id}` } }))
  } finally {
    await client.end()
  }
}
