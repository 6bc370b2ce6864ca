// Matching in batches through the API: kept so that it can be done again, decided once, and never more than was promised, needed or allowed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../server/src/features/matching/optimal/batch.ts'
import { match } from '../../server/src/features/matching/optimal/match.ts'
import { holdBack } from '../support/hold-back.ts'
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

const HAMLET = 'Area:h06733_001'
const COMMUNE = 'Area:c06733'
const uuid = (id: string) => id.split(':')[1]!

async function done(actor: Actor, name: string, input: Record<string, unknown>, selection: string): Promise<any> {
  const { problem, ...answer } = await actor.do(name, input, selection)
  if (problem) throw new Error(`${name}: ${problem.code} ${problem.message}`)
  return answer
}

/** A new household on the list, of a hamlet of Hải Ninh. */
async function household(): Promise<string> {
  const { household: { id, version } } = await done(officer, 'registerHousehold', { areaId: HAMLET, headName: 'Phùng Văn Thử', members: 4, causes: ['LACK_CAPITAL'] }, 'household { id version }')
  await done(officer, 'recordStatus', {
    householdId: id, version, status: 'POOR', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM', decidedOn: '2025-12-20', effectiveOn: '2025-12-31', listYear: 2025 }, 'household { id }')
  return id
}

async function need(kind: string, quantity: number, householdId?: string): Promise<string> {
  const raised = await done(officer, 'raiseNeed', { householdId: householdId ?? (await household()), kind, quantity: String(quantity), urgency: 3 }, 'need { id version }')
  await done(officer, 'verifyNeed', { needId: raised.need.id, version: raised.need.version }, 'need { id }')
  return raised.need.id
}

async function line(kind: string, quantity: number): Promise<string> {
  const pledge = await pledged(world.visitor, { areaId: COMMUNE, lines: [{ kind, quantity: String(quantity) }] })
  await verified(officer, pledge)
  return pledge.lines[0]!.id
}

const SEEN = `
  id state inputsDigest weights { fairness poor } guards { sameKindMonths targetBinds }
  kinds { kind { code } offered wanted matched greedyMatched score greedyScore } refusals { code text needs }
  proposals(first: 100) { nodes { id method quantity state reasons { code text } line { id } need { id } } }`
const see = async (id: string) => (await officer.ask(`query($id: ID!) { matchingRun(id: $id) { ${SEEN} } }`, { id })).matchingRun
/** A run with both its answers. */
async function propose(input: Record<string, unknown> = {}, actor = officer): Promise<any> {
  const { run } = await done(actor, 'proposeMatches', { areaId: COMMUNE, ...input }, 'run { id }')
  await expect.poll(async () => (await see(run.id)).state, { timeout: 20_000 }).toBe('SOLVED')
  return see(run.id)
}
const accept = (actor: Actor, proposalId: string, quantity?: number) =>
  actor.do('acceptProposal', { proposalId, ...(quantity ? { quantity: String(quantity) } : {}) }, 'proposal { state } allocation { quantities { allocated } reasons { code } } line { quantities { open } } need { open }')
const decline = (actor: Actor, proposalId: string, more = {}) => actor.do('declineProposal', { proposalId, reason: 'Hộ xin nhường', ...more }, 'proposal { state declineReason }')
const proposalFor = (run: any, needId: string) => run.proposals.nodes.find((proposal: any) => proposal.need.id === needId)

describe('a run', () => {
  it('proposes what is open, each with its reasons, and is never worth less than the greedy answer', async () => {
    const needId = await need('PIG', 2)
    await line('PIG', 5)
    const run = await propose()
    const proposal = proposalFor(run, needId)
    expect(proposal).toMatchObject({ state: 'OPEN', quantity: '2' })
    expect(proposal.reasons.map((reason: any) => reason.code)).toEqual(expect.arrayContaining(['URGENT', 'POOR', 'NEVER_HELPED', 'IN_TARGET_AREA', 'COVERS_WHOLE']))
    for (const kind of run.kinds) {
      expect(BigInt(kind.score) >= BigInt(kind.greedyScore)).toBe(true)
      expect(BigInt(kind.matched) <= BigInt(kind.offered) && BigInt(kind.matched) <= BigInt(kind.wanted)).toBe(true)
    }
  })

  it('keeps its inputs, from which the same result comes again', async () => {
    const run = await propose({ weights: { fairness: 3 }, guards: { sameKindMonths: 6 } })
    expect([run.weights.fairness, run.guards.sameKindMonths, run.guards.targetBinds]).toEqual([3, 6, true])
    const { rows: [kept] } = await world.owner.query<{ inputs: Batch; greedy: unknown[]; optimal: unknown[]; refused: unknown[]; intact: boolean }>(
      `select inputs, greedy, optimal, refused, inputs_digest = encode(sha256(convert_to(inputs::text, 'UTF8')), 'hex') as intact from matching_run where id = $1`, [uuid(run.id)])
    expect(kept!.intact).toBe(true)
    for (const method of ['greedy', 'optimal'] as const) {
      const again = match(kept!.inputs, method)
      expect(again.kinds).toEqual(kept![method])
      expect(again.refused).toEqual(kept!.refused)
      const { rows: proposals } = await world.owner.query(
        'select line_id as line, need_id as need, quantity::int, reasons from matching_proposal where run_id = $1 and method = upper($2)::"MatchingMethod" order by ordinal', [uuid(run.id), method])
      expect(again.proposals).toEqual(proposals)
    }
  })

  it('is never changed, even by the app itself', async () => {
    await propose()
    await expect(world.db.pool.query('update matching_run set greedy = greedy')).rejects.toThrow(/permission denied/)
    await expect(world.db.pool.query('update matching_proposal set quantity = 1')).rejects.toThrow(/permission denied/)
  })

  it('takes the place of earlier ones: what they left open expires', async () => {
    const needId = await need('PIG', 1)
    await line('PIG', 1)
    const earlier = proposalFor(await propose(), needId)
    await propose()
    const { problem } = await accept(officer, earlier.id)
    expect(problem).toMatchObject({ __typename: 'Conflict', code: 'PROPOSAL_CLOSED' })
  })

  it('gives the same answer to the same key, and makes no second run', async () => {
    const input = { areaId: HAMLET, idempotencyKey: crypto.randomUUID() }
    const [first, second] = [await propose(input), await propose(input)]
    expect(second.id).toBe(first.id)
  })

  it.each([{ weights: { poor: -1 } }, { weights: { fairness: 1_001 } }, { guards: { houseYears: 601 } }])('refuses settings out of range: %j', async (settings) => {
    const { problem } = await officer.do('proposeMatches', { areaId: COMMUNE, ...settings }, 'run { id }')
    expect(problem).toMatchObject({ __typename: 'InvalidInput', code: 'OUT_OF_RANGE' })
  })

  it('is for the offices of its area alone', async () => {
    const run = await propose()
    const [other, head, donor] = await Promise.all(['mattran.mytho', 'thon1.haitien', 'saomai'].map((login) => world.signIn(login)))
    expect((await other!.do('proposeMatches', { areaId: COMMUNE }, 'run { id }')).problem.__typename).toBe('Forbidden')
    for (const actor of [head!, donor!, world.visitor]) {
      const { data, errors } = await actor.try('query($id: ID!) { matchingRun(id: $id) { id } }', { id: run.id })
      expect(data?.matchingRun ?? null).toBeNull()
      expect(errors).toBeDefined()
    }
    const seen = 'query($id: ID!) { matchingRun(id: $id) { id } matchingRuns { nodes { id } } }'
    expect(await other!.ask(seen, { id: run.id })).toEqual({ matchingRun: null, matchingRuns: { nodes: [] } })
    const { matchingRun, matchingRuns } = await province.ask(seen, { id: run.id })
    expect([matchingRun.id, matchingRuns.nodes[0].id]).toEqual([run.id, run.id])
  })
})

const startOnly = async () => (await done(officer, 'proposeMatches', { areaId: COMMUNE }, `run { ${SEEN} }`)).run
const solved = (id: string) => expect.poll(async () => (await see(id)).state, { timeout: 20_000 }).toBe('SOLVED')
const statesOf = async (id: string, method: string) => (await world.owner.query<{ state: string }>(
  'select distinct state::text as state from matching_proposal where run_id = $1 and method = $2::"MatchingMethod"', [uuid(id), method])).rows.map(({ state }) => state)

describe('the greedy answer', () => {
  it('is there at once, to be looked at while the best one is held back, which then takes its place and is told', async () => {
    const needId = await need('PIG', 2)
    await line('PIG', 60) // enough for everyone else's, too
    const letGo = await holdBack(world.owner)
    try {
      const run = await startOnly()
      expect(run.state).toBe('SOLVING')
      const proposal = proposalFor(run, needId)
      expect(proposal).toMatchObject({ method: 'GREEDY', state: 'OPEN' })
      for (const kind of run.kinds) expect(kind).toMatchObject({ matched: null, score: null, greedyMatched: expect.any(String) })
      expect((await accept(officer, proposal.id)).problem).toMatchObject({ __typename: 'Conflict', code: 'STILL_SOLVING' })
      await letGo()
      await solved(run.id)
      const whole = await see(run.id)
      expect(new Set(whole.proposals.nodes.map(({ method }: any) => method))).toEqual(new Set(['OPTIMAL']))
      for (const kind of whole.kinds) expect(BigInt(kind.score) >= BigInt(kind.greedyScore)).toBe(true)
      expect(await statesOf(run.id, 'GREEDY')).toEqual(['EXPIRED'])
      expect((await accept(officer, proposal.id)).problem).toMatchObject({ code: 'PROPOSAL_CLOSED' })
      expect((await accept(officer, proposalFor(whole, needId).id)).problem).toBeNull()
      const told = async (actor: Actor) => (await actor.ask('query($scope: EventScope) { events(first: 50, scope: $scope) { nodes { __typename } } }', { scope: { area: COMMUNE } })).events.nodes
      await expect.poll(async () => (await told(officer)).filter((event: any) => event.__typename === 'MatchingAnswered').length).toBeGreaterThan(0)
      expect((await told(world.visitor)).filter((event: any) => event.__typename === 'MatchingAnswered')).toEqual([])
    } finally {
      await letGo()
    }
  })

  it('of a run that a newer one overtook leaves nothing open, and neither does its best answer', async () => {
    const needId = await need('PIG', 1)
    await line('PIG', 60)
    const letGo = await holdBack(world.owner)
    try {
      const [earlier, later] = [await startOnly(), await startOnly()]
      await letGo()
      await solved(earlier.id)
      await solved(later.id)
      expect(await statesOf(earlier.id, 'OPTIMAL')).toEqual(['EXPIRED'])
      expect(proposalFor(await see(later.id), needId).state).toBe('OPEN')
    } finally {
      await letGo()
    }
  })

  it('is decided where the best one never came, as when the hub ended meanwhile', async () => {
    const needId = await need('PIG', 1)
    await line('PIG', 60)
    const { id } = await propose()
    await world.owner.query(`update matching_run set optimal = null, ended_at = null, run_at = now() - interval '4 minutes' where id = $1`, [uuid(id)])
    await world.owner.query(`update matching_proposal set state = case method when 'GREEDY' then 'OPEN' else 'EXPIRED' end::"ProposalState" where run_id = $1`, [uuid(id)])
    const run = await see(id)
    expect(run.state).toBe('GREEDY_ONLY')
    expect((await accept(officer, proposalFor(run, needId).id)).problem).toBeNull()
    // What comes too late for the office changes nothing that it decided.
    await world.db.pool.query(`select answer_matching_run($1, '[]', '[]')`, [uuid(id)])
    expect(await statesOf(id, 'GREEDY')).toContain('ACCEPTED')
  })
})

describe('a proposal', () => {
  it('is accepted whole, with its reasons on the allocation', async () => {
    const needId = await need('GOAT', 3)
    await line('GOAT', 3)
    const proposal = proposalFor(await propose(), needId)
    const answer = await accept(officer, proposal.id)
    expect(answer).toMatchObject({ problem: null, proposal: { state: 'ACCEPTED' }, need: { open: '0' }, allocation: { quantities: { allocated: '3' } } })
    expect(answer.allocation.reasons.map((reason: any) => reason.code)).toEqual(proposal.reasons.map((reason: any) => reason.code))
  })

  it('is split: part of it is accepted, the rest is free for the next run', async () => {
    const needId = await need('PIG', 4)
    await line('PIG', 9)
    const proposal = proposalFor(await propose(), needId)
    expect((await accept(officer, proposal.id, 5)).problem).toMatchObject({ code: 'MORE_THAN_PROPOSED' })
    expect(await accept(officer, proposal.id, 1)).toMatchObject({ problem: null, allocation: { quantities: { allocated: '1' } }, need: { open: '3' } })
    const again = (await propose()).proposals.nodes.filter((found: any) => found.need.id === needId)
    expect(again.reduce((sum: number, { quantity }: any) => sum + Number(quantity), 0)).toBe(3)
  })

  it('is declined with a reason; what the household itself declined is not proposed to it again for a while', async () => {
    const needId = await need('COW', 1)
    await line('COW', 1)
    const proposal = proposalFor(await propose(), needId)
    expect((await decline(officer, proposal.id, { reason: ' ' })).problem).toMatchObject({ __typename: 'InvalidInput', code: 'REASON_NEEDED' })
    expect(await decline(officer, proposal.id, { byHousehold: true })).toMatchObject({ problem: null, proposal: { state: 'DECLINED', declineReason: 'Hộ xin nhường' } })
    expect((await accept(officer, proposal.id)).problem).toMatchObject({ code: 'PROPOSAL_CLOSED' })
    const later = await propose()
    expect(proposalFor(later, needId)).toBeUndefined()
    expect(later.refusals.map((refusal: any) => refusal.code)).toContain('DECLINED_RECENTLY')
    expect(proposalFor(await propose({ guards: { consentMonths: 0 } }), needId)).toBeDefined()
  })

  it('is refused when a guard of its run forbids it by now', async () => {
    const home = await household()
    const [first, second] = [await need('GOAT', 1, home), await need('GOAT', 2, home)]
    const lineId = await line('GOAT', 6)
    const run = await propose()
    const proposed = [first, second].filter((id) => proposalFor(run, id))
    expect(proposed).toHaveLength(1) // one place of a kind in a batch
    const other = proposed[0] === first ? second : first
    await done(officer, 'allocate', { lineId, needId: other, quantity: '1' }, 'allocation { id }')
    expect((await accept(officer, proposalFor(run, proposed[0]!).id)).problem).toMatchObject({ __typename: 'InvalidInput', code: 'SAME_KIND_RECENTLY', field: 'overrideReason' })
  })

  it('is accepted once, however many windows try, and never overspends beside hand-made matches', async () => {
    const needs = await Promise.all([1, 2, 3].map(() => need('POULTRY', 4)))
    const lineId = await line('POULTRY', 10)
    const run = await propose()
    const proposals = needs.map((id) => proposalFor(run, id)).filter((proposal) => proposal?.line.id === lineId)
    expect(proposals.length).toBeGreaterThan(0)
    const answers = await Promise.all([
      ...proposals.flatMap((proposal) => [officer, province, officer, province].map((actor) => accept(actor, proposal.id))),
      ...needs.flatMap((needId) => [officer, province].map((actor) => actor.do('allocate', { lineId, needId, quantity: '3' }, 'allocation { id }'))),
    ])
    const accepted = answers.slice(0, proposals.length * 4).filter((answer) => !answer.problem)
    expect(accepted.length).toBeLessThanOrEqual(proposals.length)
    for (const { problem } of answers) expect(problem?.__typename ?? 'Conflict').toBe('Conflict')
    const { rows: [stored] } = await world.owner.query(`
      select line.allocated::int as line, (select sum(allocated)::int from allocation where line_id = line.id) as allocations, promised::int,
             (select bool_and(allocated <= quantity) from need where need.id = any ($2::uuid[])) as within,
             (select count(*)::int from matching_proposal where run_id = $3 and line_id = line.id and state = 'ACCEPTED') as accepted
      from pledge_line line where id = $1`, [uuid(lineId), needs.map(uuid), uuid(run.id)])
    expect(stored.line).toBe(stored.allocations)
    expect(stored).toMatchObject({ within: true, accepted: accepted.length })
    expect(stored.line).toBeLessThanOrEqual(stored.promised)
  })

  it('of one household is accepted one after another, so that two windows break no guard together', async () => {
    const home = await household()
    const rooms = [await need('PIG', 1, home), await need('PIG', 1, home)]
    await line('PIG', 2)
    const run = await propose({ guards: { sameKindMonths: 0 } })
    await world.owner.query(`update matching_run set guards = guards || '{"sameKindMonths": 24}' where id = $1`, [uuid(run.id)])
    const answers = await Promise.all(rooms.map((id, i) => accept(i ? officer : province, proposalFor(run, id).id)))
    expect(answers.filter((answer) => !answer.problem)).toHaveLength(1)
    expect(answers.find((answer) => answer.problem).problem).toMatchObject({ code: 'SAME_KIND_RECENTLY' })
  })

  it('cannot be decided by an office of another place, which does not see it', async () => {
    const needId = await need('PIG', 1)
    await line('PIG', 1)
    const proposal = proposalFor(await propose(), needId)
    const other = await world.signIn('mattran.mytho')
    expect((await accept(other, proposal.id)).problem.__typename).toBe('NotFound')
    expect((await decline(other, proposal.id)).problem.__typename).toBe('NotFound')
    const head = await world.signIn('thon1.haitien')
    expect((await head.try('mutation($input: AcceptProposalInput!) { acceptProposal(input: $input) { problem { code } } }', { input: { proposalId: proposal.id, idempotencyKey: crypto.randomUUID() } })).errors).toBeDefined()
  })
})
