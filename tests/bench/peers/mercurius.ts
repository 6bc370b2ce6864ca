// mercurius with jit, a batch loader for each relation, and SQL by hand: the strongest hand-made GraphQL server on npm.
import fastify from 'fastify'
import mercurius, { type MercuriusLoaders } from 'mercurius'
import { announce, newPool } from './serve.ts'

const pool = newPool()
const rows = async (name: string, text: string, values: unknown[]) => (await pool.query({ name, text, values })).rows

const schema = /* GraphQL */ `
  type Query { area(id: ID!): Area }
  type Area { id: ID! kind: String! name: String! fullName: String! children(first: Int): AreaConnection! needs: [AreaNeed!]! pledges(first: Int): PledgeConnection! }
  type AreaConnection { nodes: [Area!]! }
  type AreaNeed { kind: SupportKind! quantity: String! allocated: String! received: String! open: String! urgency: Int! }
  type SupportKind { code: String! name: String! unit: String! unitName: String! }
  type PledgeConnection { nodes: [Pledge!]! }
  type Pledge { id: ID! anonymous: Boolean! expectedOn: String! party: Party lines: [PledgeLine!]! }
  type Party { name: String! kind: String! }
  type PledgeLine { kind: SupportKind! detail: String! quantities: Quantities! }
  type Quantities { promised: String! allocated: String! dispatched: String! received: String! settled: String! }
`

const AREA = `area.id as key, 'Area:' || area.id as id, area.kind, area.name, area.full_name as "fullName", area.path::text as path`

const resolvers = {
  Query: {
    area: async (_root: unknown, { id }: { id: string }) => (await rows('area', `select ${AREA} from area where id = $1`, [id.slice('Area:'.length)]))[0],
  },
  PledgeLine: { quantities: (line: unknown) => line },
}

type Queries = { obj: any; params: any }[]
const grouped = (found: any[], keys: string[]): any[][] => {
  const lists = new Map<string, any[]>(keys.map((key) => [key, []]))
  for (const row of found) lists.get(row.of)!.push(row)
  return keys.map((key) => lists.get(key)!)
}
/** Its cache would write each parent out as JSON, for nothing. */
const loader = (load: (queries: Queries) => Promise<any[]>) => ({ loader: load, opts: { cache: false } })

const kindOf = loader(async (queries) => {
  const found = await rows('kind', 'select code, name, unit, unit_name as "unitName" from support_kind where code = any ($1)', [[...new Set(queries.map(({ obj }) => obj.kind_code))]])
  const byCode = new Map(found.map((kind) => [kind.code, kind]))
  return queries.map(({ obj }) => byCode.get(obj.kind_code))
})

const loaders = {
  Area: {
    children: loader(async (queries) => {
      const keys = queries.map(({ obj }) => obj.key)
      const found = await rows('children', `
        select parent.id as of, area.* from unnest($1::text[]) parent(id) cross join lateral (
          select ${AREA} from area_place place join area on area.id = place.area_id
          where place.parent_id = parent.id and today_in_viet_nam() between place.valid_from and coalesce(place.valid_to, 'infinity')
          order by area.name collate "vi-x-icu", area.id limit $2) area`, [keys, queries[0]!.params.first])
      return grouped(found, keys).map((nodes) => ({ nodes }))
    }),
    needs: loader(async (queries) => {
      const keys = queries.map(({ obj }) => obj.key)
      return grouped(await rows('needs', `
        select area.key as of, lacking.* from unnest($1::text[], $2::text[]) area(key, path) cross join lateral (
          select kind_code, sum(quantity)::text as quantity, sum(allocated)::text as allocated, sum(received)::text as received,
                 (sum(quantity) - sum(allocated))::text as open, max(urgency) as urgency
          from need where area_path <@ area.path::ltree and verified_at is not null and withdrawn_at is null group by kind_code) lacking
        join support_kind kind on kind.code = lacking.kind_code order by kind.ordinal`, [keys, queries.map(({ obj }) => obj.path)]), keys)
    }),
    pledges: loader(async (queries) => {
      const keys = queries.map(({ obj }) => obj.key)
      return grouped(await rows('pledges', `
        select area.key as of, pledge.* from unnest($1::text[], $2::text[]) area(key, path) cross join lateral (
          select id as key, 'Pledge:' || id as id, anonymous, expected_on::text as "expectedOn", party_id
          from pledge where area_path <@ area.path::ltree and state = 'VERIFIED' order by registered_at desc, pledge.id desc limit $3) pledge`,
      [keys, queries.map(({ obj }) => obj.path), queries[0]!.params.first]), keys).map((nodes) => ({ nodes }))
    }),
  },
  Pledge: {
    party: loader(async (queries) => {
      const found = await rows('party', 'select id, name, kind from party where id = any ($1)', [queries.flatMap(({ obj }) => (obj.anonymous ? [] : [obj.party_id]))])
      const byId = new Map(found.map((party) => [party.id, party]))
      return queries.map(({ obj }) => (obj.anonymous ? null : byId.get(obj.party_id)))
    }),
    lines: loader(async (queries) => {
      const keys = queries.map(({ obj }) => obj.key)
      return grouped(await rows('lines', `
        select pledge_id as of, kind_code, detail, promised::text, allocated::text, dispatched::text, received::text, settled::text
        from pledge_line where pledge_id = any ($1) order by ordinal`, [keys]), keys)
    }),
  },
  PledgeLine: { kind: kindOf },
  AreaNeed: { kind: kindOf },
}

const app = fastify()
app.register(mercurius, { schema, resolvers, loaders: loaders as unknown as MercuriusLoaders, jit: 1 })
announce(Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port))
