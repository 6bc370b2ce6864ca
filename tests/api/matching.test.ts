// Matching through the API: never more than was promised or needed, whoever tries and however many at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type World, pledged, startWorld, verified } from '../support/world.ts'

let world: World
let officer: Actor
let province: Actor

beforeAll(async () => {
  world = await startWorld()
  officer = await world.signIn('mattran.haininh')
  province = await world.signIn('mattran.quangninh')
})
afterAll(() => world?.end())

/** A verified need of so many of a kind, in a household of Hải Ninh. */
async function need(kind: string, quantity: number, index = 0): Promise<string> {
  const { households } = await officer.ask('{ households(area: "Area:c06733", status: NEAR_POOR, first: 20) { nodes { id } } }')
  const raised = await officer.do('raiseNeed', { householdId: households.nodes[index].id, kind, quantity: String(quantity), urgency: 3 }, 'need { id version }')
  if (raised.problem) throw new Error(raised.problem.message)
  const { problem } = await officer.do('verifyNeed', { needId: raised.need.id, version: raised.need.version }, 'need { id }')
  if (problem) throw new Error(problem.message)
  return raised.need.id
}

async function line(kind: string, quantity: number): Promise<string> {
  const pledge = await pledged(world.visitor, { areaId: 'Area:c06733', lines: [{ kind, quantity: String(quantity) }] })
  await verified(officer, pledge)
  return pledge.lines[0]!.id
}

const allocate = (actor: Actor, lineId: string, needId: string, quantity: number) =>
  actor.do('allocate', { lineId, needId, quantity: String(quantity) }, 'allocation { id recipientCode quantities { allocated } } line { quantities { allocated open } } need { open }')

describe('allocating', () => {
  it('leaves exactly ten matched when fifty try at once for a line of ten', async () => {
    const lineId = await line('POULTRY', 10)
    const needs = await Promise.all([0, 1, 2, 3, 4].map((i) => need('POULTRY', 20, i)))
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => allocate(i % 2 ? officer : province, lineId, needs[i % 5]!, 1)))
    const refused = answers.filter((answer) => answer.problem)
    expect(answers.length - refused.length).toBe(10)
    expect(new Set(refused.map((answer) => answer.problem.code))).toEqual(new Set(['LINE_EXHAUSTED']))
    const { rows: [stored] } = await world.owner.query(`
      select line.allocated::int as line, (select sum(allocated)::int from allocation where line_id = line.id) as allocations,
             (select sum(amount)::int from line_fact where line_id = line.id and stage = 'ALLOCATED') as facts from pledge_line line where id = $1`, [lineId.split(':')[1]])
    expect(stored).toEqual({ line: 10, allocations: 10, facts: 10 })
  })

  it('names who was first', async () => {
    const lineId = await line('PIG', 2)
    const needId = await need('PIG', 3)
    expect((await allocate(officer, lineId, needId, 2)).problem).toBeNull()
    const { problem } = await allocate(province, lineId, needId, 1)
    expect(problem).toMatchObject({ __typename: 'Conflict', code: 'LINE_EXHAUSTED' })
    expect(problem.message).toContain('Lê Thị Thử allocated 2')
  })

  it('refuses more than is needed', async () => {
    const { problem } = await allocate(officer, await line('PIG', 9), await need('PIG', 1, 1), 2)
    expect(problem).toMatchObject({ __typename: 'Conflict', code: 'NEED_MET' })
  })

  it('is refused to an officer of another place, who cannot even see the need', async () => {
    const other = await world.signIn('mattran.mytho')
    const { problem } = await allocate(other, await line('PIG', 1), await need('PIG', 1, 2), 1)
    expect(problem.__typename).toBe('NotFound')
  })

  it('can be taken back until it is handed over', async () => {
    const [lineId, needId] = [await line('COW', 2), await need('COW', 2, 3)]
    const { allocation, need: met } = await allocate(officer, lineId, needId, 2)
    expect(met.open).toBe('0')
    const { problem, line: freed, need: open } = await officer.do('releaseAllocation', { allocationId: allocation.id, reason: 'nhầm hộ' }, 'line { quantities { open } } need { open }')
    expect(problem).toBeNull()
    expect([freed.quantities.open, open.open]).toEqual(['2', '2'])
  })

  it('tells the giver the household by its code, and nothing else of it', async () => {
    const donor = await world.signIn('saomai')
    const { viewer } = await donor.ask('{ viewer { roles { partyId } } }')
    const pledge = await pledged(donor, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '1' }], partyId: viewer.roles[0].partyId })
    await verified(officer, pledge)
    await allocate(officer, pledge.lines[0]!.id, await need('GOAT', 1, 4), 1)
    const seen = await donor.ask(`query($id: ID!) { pledge(id: $id) { allocations { nodes { recipientCode area { kind } reasons { code } household { headName } need { id } } } } }`, { id: pledge.id })
    expect(seen.pledge.allocations.nodes).toEqual([{ recipientCode: expect.stringMatching(/^Hộ \d{3}$/), area: { kind: 'HAMLET' }, reasons: [], household: null, need: null }])
  })
})

describe('suggestions', () => {
  it('come best first, each with its reasons, and only within the target area', async () => {
    await Promise.all([0, 2, 4].map((i) => need('VOCATIONAL_TRAINING', 1, i)))
    const lineId = await line('VOCATIONAL_TRAINING', 3)
    const { suggestions } = await officer.ask('query($line: ID!) { suggestions(line: $line, first: 50) { score quantity reasons { code weight text } need { area { id ancestors { id } } kind { code } } } }', { line: lineId })
    expect(suggestions.length).toBeGreaterThan(0)
    const scores = suggestions.map((suggestion: any) => suggestion.score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    for (const suggestion of suggestions) {
      expect(suggestion.reasons.reduce((sum: number, reason: any) => sum + reason.weight, 0)).toBe(suggestion.score)
      expect(suggestion.need.kind.code).toBe('VOCATIONAL_TRAINING')
      expect(suggestion.need.area.ancestors.map((ancestor: any) => ancestor.id)).toContain('Area:c06733')
    }
  })
})
