// What is published of how many households are poor: nobody can work out a number of 1 to 4 from it.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'

const K = 5
/** More than any tree here holds. */
const CAP = 400

/** An area: the households that hang on it itself, and the areas right below it. */
interface Tree {
  own: number
  children: Tree[]
}

/** An area as everyone sees it; `own` is a row of its own that is shown to nobody. */
interface Seen {
  truth: number
  label: string
  children: Seen[]
}

let database: FreshDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

const leaf = (own: number): Tree => ({ own, children: [] })
const node = (own: number, ...children: Tree[]): Tree => ({ own, children })
const totalOf = (tree: Tree): number => tree.own + tree.children.reduce((sum, child) => sum + totalOf(child), 0)

/** Publishes the counts of provinces that are built so, and rolls back. */
async function publish(trees: Tree[]): Promise<Seen[]> {
  const areas: { id: string; path: string; households: number }[] = []
  const build = (tree: Tree, id: string, path: string) => {
    areas.push({ id, path, households: tree.own })
    tree.children.forEach((child, i) => build(child, `${id}_${i + 10}`, `${path}.${id}_${i + 10}`))
  }
  trees.forEach((tree, i) => build(tree, `x${i}`, `x${i}`))
  await owner.query('begin')
  try {
    await owner.query(`
      insert into area (id, kind, code, subtype, name, full_name, valid_from, path, search)
      select id, 'COMMUNE', id, '', id, id, '2025-07-01', path::ltree, '' from json_to_recordset($1) as r(id text, path text)`, [JSON.stringify(areas)])
    await owner.query(`
      insert into household (code, area_id, head_name, members, status)
      select id || '-' || n, id, '', 1, 'NEAR_POOR' from json_to_recordset($1) as r(id text, households int), generate_series(1, households) n`, [JSON.stringify(areas)])
    await owner.query('set constraints all immediate')
    const { rows } = await owner.query<{ id: string; label: string }>('select id, public_household_count(id) as label from area')
    const labels = new Map(rows.map(({ id, label }) => [id, label]))
    const see = (tree: Tree, id: string): Seen => {
      const children = tree.children.map((child, i) => see(child, `${id}_${i + 10}`))
      const own = tree.children.length && tree.own ? [{ truth: tree.own, label: tree.own < K ? '< 5' : '?', children: [] }] : []
      return { truth: totalOf(tree), label: labels.get(id)!, children: [...children, ...own] }
    }
    return trees.map((tree, i) => see(tree, `x${i}`))
  } finally {
    await owner.query('rollback')
  }
}

const range = (from: number, to: number) => new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i))
const allowed = (label: string) =>
  label === '< 5' ? range(0, K - 1) : label === '≥ 5' ? range(K, CAP) : label === '?' ? range(0, CAP) : new Set([Number(label)])
const sums = (a: Set<number>, b: Set<number>) => new Set([...a].flatMap((x) => [...b].map((y) => x + y)).filter((sum) => sum <= CAP))
const sumsOf = (sets: Set<number>[]) => sets.reduce(sums, new Set([0]))
const both = (a: Set<number>, b: Set<number>) => new Set([...a].filter((x) => b.has(x)))

/** Every number that each area could have, given all that is published; exact, because sums run along a tree. */
function* deduce(root: Seen): Generator<{ seen: Seen; possible: Set<number> }> {
  const below = new Map<Seen, Set<number>>()
  const climb = (seen: Seen): Set<number> => {
    const reach = seen.children.length ? both(allowed(seen.label), sumsOf(seen.children.map(climb))) : allowed(seen.label)
    below.set(seen, reach)
    return reach
  }
  const descend = function* (seen: Seen, possible: Set<number>): Generator<{ seen: Seen; possible: Set<number> }> {
    yield { seen, possible }
    for (const child of seen.children) {
      const others = sumsOf(seen.children.filter((other) => other !== child).map((other) => below.get(other)!))
      const fits = [...below.get(child)!].filter((n) => [...others].some((rest) => possible.has(n + rest)))
      yield* descend(child, new Set(fits))
    }
  }
  yield* descend(root, climb(root))
}

const households = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 }) }, { weight: 1, arbitrary: fc.constant(4) }, { weight: 2, arbitrary: fc.integer({ min: 5, max: 9 }) })
const directly = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 7 }) })
const hamlets = fc.array(households.map(leaf), { maxLength: 5 })
const communes = fc.array(fc.record({ own: directly, children: hamlets }), { maxLength: 4 })
const districts = fc.array(fc.record({ own: directly, children: communes }), { maxLength: 3 })
const provinces = fc.oneof(
  fc.record({ own: directly, children: communes }), fc.record({ own: fc.constant(0), children: fc.array(hamlets.map((children) => ({ own: 0, children })), { maxLength: 5 }) }),
  fc.record({ own: directly, children: districts }))

/** What is wrong with any of many random provinces; each with how it came about. */
const wrongIn = async (runs: number, isWrong: (found: { seen: Seen; possible: Set<number> }) => boolean) => {
  const wrong: { tree: Tree; label: string; truth: number }[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(provinces, { minLength: 20, maxLength: 20 }), async (trees) => {
      const roots = await publish(trees)
      wrong.push(...roots.flatMap((root, i) => [...deduce(root)].filter(isWrong).map(({ seen: { label, truth } }) => ({ tree: trees[i]!, label, truth }))))
      return wrong.length === 0
    }),
    { numRuns: runs })
  return wrong
}

describe('the public counts of households', () => {
  it('are true where a number is shown, and show none below 5', async () => {
    expect(await wrongIn(5, ({ seen: { label, truth } }) =>
      (/^\d+$/.test(label) ? Number(label) !== truth || truth < K : truth < K ? label !== '< 5' : label === '< 5'))).toEqual([])
  })

  it('leave at least two possibilities for every number of 1 to 4, whatever the tree', async () => {
    expect(await wrongIn(40, ({ seen: { truth }, possible }) => !possible.has(truth) || (truth >= 1 && truth < K && possible.size < 2))).toEqual([])
  })

  it('leave them to one who knows how the numbers are chosen, too', async () => {
    // All provinces of three areas with up to 7 households each: those that look alike must differ in each small number.
    const counts = [...range(0, 7)]
    const worlds = counts.flatMap((a) => counts.flatMap((b) => counts.map((c) => node(0, leaf(a), leaf(b), leaf(c)))))
    const alike = new Map<string, number[][]>()
    for (const { label, children } of await publish(worlds)) {
      const looks = [label, ...children.map((child) => child.label)].join('|')
      alike.set(looks, [...(alike.get(looks) ?? []), children.map(({ truth }) => truth)])
    }
    // Beside the edge of this little world, beyond which lie the possibilities that were not tried.
    const inside = [...alike.values()].filter((group) => !group.flat().includes(7))
    const givenAway = inside.flatMap((group) => [0, 1, 2].map((place) => new Set(group.map((truths) => truths[place]!))))
      .filter((truths) => truths.size === 1).map((truths) => [...truths][0]!)
    expect(inside.length).toBeGreaterThan(20)
    expect([...new Set(givenAway)].filter((n) => n >= 1 && n < K)).toEqual([])
  })

  it.each<[string, Tree, string[]]>([
    ['publish every number when none is small', node(0, leaf(5), leaf(7)), ['12', '5', '7']],
    ['withhold one more when one is small, or it could be subtracted', node(0, leaf(3), leaf(6), leaf(9)), ['18', '< 5', '≥ 5', '9']],
    ['publish the sum of small ones that could be many things', node(0, leaf(2), leaf(3), leaf(1)), ['6', '< 5', '< 5', '< 5']],
    ['withhold a sum that only 4 + 4 can make', node(0, node(0, leaf(4), leaf(4)), leaf(9)), ['17', '≥ 5', '< 5', '< 5', '≥ 5']],
    ['withhold a way down to the bottom, or it could be added up', node(0, leaf(2), node(0, leaf(5), leaf(6))), ['13', '< 5', '≥ 5', '≥ 5', '6']],
    ['protect households that hang on the wider area itself', node(3, leaf(6), leaf(8)), ['17', '≥ 5', '8', '< 5']],
    ['withhold rather what is shown nowhere', node(9, leaf(3), leaf(8)), ['20', '< 5', '8', '?']],
  ])('%s', async (_rule, tree, labels) => {
    const [root] = await publish([tree])
    expect([...deduce(root!)].map(({ seen }) => seen.label)).toEqual(labels)
  })

  it('follow a change of status at its commit', async () => {
    await owner.query(`
      insert into area (id, kind, code, subtype, name, full_name, valid_from, path, search)
      values ('y1', 'PROVINCE', 'y1', '', '', '', '2025-07-01', 'y1', ''), ('y1_1', 'COMMUNE', 'y1_1', '', '', '', '2025-07-01', 'y1.y1_1', '')`)
    await owner.query(`insert into household (code, area_id, head_name, members, status) select 'y' || n, 'y1_1', '', 1, 'POOR' from generate_series(1, 5) n`)
    const shown = async () => (await owner.query<{ label: string }>(`select public_household_count('y1_1') as label`)).rows[0]!.label
    expect(await shown()).toBe('5')
    await owner.query(`update household set status = 'LEFT' where code = 'y1'`)
    expect(await shown()).toBe('< 5')
  })
})
