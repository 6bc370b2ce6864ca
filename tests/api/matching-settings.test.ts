// How an office matches: settings of its own or of the office above, every change kept; and what they ask of matches by hand.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village
let officer: Actor
let province: Actor
beforeAll(async () => {
  village = await startVillage()
  officer = village.officer
  province = village.province
})
afterAll(() => village?.end())

const PROVINCE = 'Area:p22'
const COMMUNE = 'Area:c06733'
const HAMLET = 'Area:h06733_001'
const SETTINGS = 'weights { poor } guards { sameKindMonths consentNeeded } setIn { id } versions { version changedBy returnsTo isInherited changes { setting from to } }'

beforeEach(async () => {
  await village.owner.query('delete from matching_setting')
})

const settings = async (area: string, actor = officer) => (await actor.ask(`query($area: ID!) { matchingSettings(area: $area) { ${SETTINGS} } }`, { area })).matchingSettings
const change = (actor: Actor, areaId: string, more: object) => actor.do('changeMatchingSettings', { areaId, ...more }, `settings { ${SETTINGS} }`)
const goBack = (actor: Actor, areaId: string, version: number) => actor.do('returnToMatchingSettings', { areaId, version }, `settings { ${SETTINGS} }`)

describe('settings', () => {
  it("are the hub's own until an office sets some, then those of the nearest office that did", async () => {
    expect(await settings(HAMLET)).toMatchObject({ setIn: null, guards: { sameKindMonths: 24, consentNeeded: false }, versions: [] })
    await change(province, PROVINCE, { guards: { sameKindMonths: 36 } })
    expect(await settings(HAMLET)).toMatchObject({ setIn: { id: PROVINCE }, guards: { sameKindMonths: 36 }, versions: [] })
    await change(officer, COMMUNE, { weights: { poor: 30 } })
    expect(await settings(HAMLET)).toMatchObject({ setIn: { id: COMMUNE }, weights: { poor: 30 }, guards: { sameKindMonths: 36 } })
    expect(await settings(PROVINCE)).toMatchObject({ setIn: { id: PROVINCE }, weights: { poor: 10 } })
  })

  it('are kept version by version: who changed what, and from what', async () => {
    await change(officer, COMMUNE, { weights: { poor: 30 } })
    await change(officer, COMMUNE, { guards: { consentNeeded: true, sameKindMonths: 12 } })
    const { versions } = await settings(COMMUNE)
    expect(versions).toEqual([
      { version: 2, changedBy: 'Lê Thị Thử', returnsTo: null, isInherited: false, changes: [{ setting: 'consentNeeded', from: 'false', to: 'true' }, { setting: 'sameKindMonths', from: '24', to: '12' }] },
      { version: 1, changedBy: 'Lê Thị Thử', returnsTo: null, isInherited: false, changes: [{ setting: 'poor', from: '10', to: '30' }] },
    ])
  })

  it('go back to any earlier version as a new one, and to those of the office above', async () => {
    await change(province, PROVINCE, { guards: { sameKindMonths: 36 } })
    await change(officer, COMMUNE, { weights: { poor: 30 } })
    await change(officer, COMMUNE, { weights: { poor: 50 } })
    expect((await goBack(officer, COMMUNE, 1)).settings).toMatchObject({ weights: { poor: 30 }, versions: [{ version: 3, returnsTo: 1, changes: [{ setting: 'poor', from: '50', to: '30' }] }, {}, {}] })
    expect((await goBack(officer, COMMUNE, 0)).settings).toMatchObject({ setIn: { id: PROVINCE }, weights: { poor: 10 }, guards: { sameKindMonths: 36 }, versions: [{ version: 4, returnsTo: 0, isInherited: true }, {}, {}, {}] })
    for (const version of [4, 9, -1]) expect((await goBack(officer, COMMUNE, version)).problem).toMatchObject({ __typename: 'InvalidInput', code: 'NO_SUCH_VERSION' })
  })

  it('are what a run begins with, which may choose otherwise for itself', async () => {
    await change(officer, COMMUNE, { weights: { poor: 33 }, guards: { sameKindMonths: 7 } })
    const run = async (more = {}) => (await village.done(officer, 'proposeMatches', { areaId: COMMUNE, ...more }, 'run { weights { poor need } guards { sameKindMonths } }')).run
    expect(await run()).toEqual({ weights: { poor: 33, need: 10 }, guards: { sameKindMonths: 7 } })
    expect(await run({ guards: { sameKindMonths: 5 } })).toEqual({ weights: { poor: 33, need: 10 }, guards: { sameKindMonths: 5 } })
    expect((await settings(COMMUNE)).guards.sameKindMonths).toBe(7)
  })

  it('are changed by the office of the area alone, within bounds, and never undone in secret', async () => {
    const [other, head] = [await village.signIn('mattran.mytho'), village.head]
    expect((await change(officer, PROVINCE, { weights: { poor: 1 } })).problem.__typename).toBe('Forbidden')
    expect((await change(other, COMMUNE, { weights: { poor: 1 } })).problem.__typename).toBe('Forbidden')
    expect((await change(officer, COMMUNE, { weights: { poor: 1_001 } })).problem).toMatchObject({ __typename: 'InvalidInput', code: 'OUT_OF_RANGE' })
    for (const actor of [head, village.giver, village.visitor]) {
      expect((await actor.try('mutation($input: ChangeMatchingSettingsInput!) { changeMatchingSettings(input: $input) { problem { code } } }', { input: { areaId: HAMLET, weights: { poor: 1 }, idempotencyKey: crypto.randomUUID() } })).errors).toBeDefined()
    }
    await change(officer, COMMUNE, { weights: { poor: 2 } })
    expect(await settings(COMMUNE, other)).toBeNull()
    await expect(village.db.pool.query('update matching_setting set weights = null')).rejects.toThrow(/permission denied/)
    await expect(village.db.pool.query('delete from matching_setting')).rejects.toThrow(/permission denied/)
  })

  it('changed by several at once lose no change: each is a version, or is told that a colleague was faster', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => change(i % 2 ? officer : province, COMMUNE, { weights: { poor: i } })))
    const refused = answers.filter(({ problem }) => problem)
    for (const { problem } of refused) expect(problem).toMatchObject({ __typename: 'Conflict', code: 'CHANGED_MEANWHILE' })
    const { versions } = await settings(COMMUNE)
    expect(versions.map(({ version }: any) => version)).toEqual(Array.from({ length: 8 - refused.length }, (_, i) => 8 - refused.length - i))
  })
})

const ALLOCATED = 'allocation { id overridden { code text } overrideReason }'
/** A need of the household of the tests, verified, and as much promised for it. */
async function wanted(kind: string, householdId = village.home.householdId): Promise<{ lineId: string; needId: string; quantity: string }> {
  const { need } = await village.done(officer, 'raiseNeed', { householdId, kind, quantity: '1', urgency: 2 }, 'need { id version }')
  await village.done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const pledge = await pledged(village.visitor, { areaId: COMMUNE, lines: [{ kind, quantity: '1' }] })
  await verified(officer, pledge)
  return { lineId: pledge.lines[0]!.id, needId: need.id, quantity: '1' }
}

describe('a match by hand', () => {
  it('of a second item of a kind within the window needs a reason, which stays with it and is told to the offices', async () => {
    await village.done(officer, 'allocate', await wanted('BUFFALO'), ALLOCATED)
    const second = await wanted('BUFFALO')
    expect((await officer.do('allocate', second, ALLOCATED)).problem).toMatchObject({ __typename: 'InvalidInput', code: 'SAME_KIND_RECENTLY', field: 'overrideReason', message: expect.stringContaining('To allocate all the same, give the reason') })
    expect((await officer.do('allocate', { ...second, overrideReason: '  ' }, ALLOCATED)).problem).toMatchObject({ code: 'SAME_KIND_RECENTLY' })
    const { allocation } = await village.done(officer, 'allocate', { ...second, overrideReason: ' Con trước đã chết vì rét ' }, ALLOCATED)
    expect(allocation).toMatchObject({ overrideReason: 'Con trước đã chết vì rét', overridden: [{ code: 'SAME_KIND_RECENTLY' }] })

    const told = async (actor: Actor) => (await actor.ask('query($scope: EventScope) { events(first: 20, scope: $scope) { nodes { __typename ... on GuardOverridden { allocation { id overrideReason } household { id } kind { code } quantity } } } }', { scope: { area: COMMUNE } }))
      .events.nodes.filter((event: any) => event.__typename === 'GuardOverridden')
    await expect.poll(() => told(province)).toEqual([
      { __typename: 'GuardOverridden', allocation: { id: allocation.id, overrideReason: 'Con trước đã chết vì rét' }, household: { id: village.home.householdId }, kind: { code: 'BUFFALO' }, quantity: '1' }])
    for (const actor of [village.giver, village.visitor]) expect(await told(actor)).toEqual([])
  })

  it('shows its giver nothing of what was passed over', async () => {
    const { allocationId } = await village.matched('COW', 1)
    await village.owner.query(`update allocation set overridden = '{SAME_KIND_RECENTLY}', override_reason = 'Con trước đã chết' where id = $1`, [uuidOf(allocationId)])
    const see = async (actor: Actor) => (await actor.ask('query($id: ID!) { allocation(id: $id) { overrideReason overridden { code } } }', { id: allocationId })).allocation
    expect(await see(village.giver)).toEqual({ overrideReason: null, overridden: [] })
    expect(await see(village.head)).toEqual({ overrideReason: 'Con trước đã chết', overridden: [{ code: 'SAME_KIND_RECENTLY' }] })
  })

  it('past a guard is listed for the offices, the one above too, and the giver cannot ask for it', async () => {
    const { allocationId } = await village.matched('COW', 1)
    await village.owner.query(`update allocation set overridden = '{SAME_KIND_RECENTLY}', override_reason = 'Con trước đã chết' where id = $1`, [uuidOf(allocationId)])
    const listed = async (actor: Actor) => (await actor.ask('{ allocations(overridden: true, first: 50) { nodes { id overrideReason } } }')).allocations.nodes
    for (const office of [officer, province]) {
      const found = await listed(office)
      expect(found).toContainEqual({ id: allocationId, overrideReason: 'Con trước đã chết' })
      for (const { overrideReason } of found) expect(overrideReason).not.toBeNull()
    }
    expect(await listed(village.giver)).toEqual([])
  })

  it("is held to the window of the need's own office", async () => {
    await village.done(officer, 'allocate', await wanted('PIG'), ALLOCATED)
    const second = await wanted('PIG')
    await change(province, PROVINCE, { guards: { sameKindMonths: 0 } })
    await change(officer, COMMUNE, { guards: { sameKindMonths: 1 } })
    expect((await officer.do('allocate', second, ALLOCATED)).problem).toMatchObject({ code: 'SAME_KIND_RECENTLY' })
    await goBack(officer, COMMUNE, 0)
    expect(await village.done(officer, 'allocate', { ...second, overrideReason: 'Không cần thiết' }, ALLOCATED)).toMatchObject({ allocation: { overrideReason: null, overridden: [] } })
  })

  it('keeps that a guard was passed over and why together, or neither', async () => {
    const { allocationId } = await village.matched('COW', 1)
    for (const half of [`overridden = '{NOT_LISTED}', override_reason = null`, `overridden = '{}', override_reason = 'vì vậy'`]) {
      await expect(village.owner.query(`update allocation set ${half} where id = $1`, [uuidOf(allocationId)])).rejects.toThrow(/allocation_overridden_with_reason/)
    }
  })

  it('is held to what its office asks where a run was looser', async () => {
    await village.done(officer, 'allocate', await wanted('GOAT'), ALLOCATED)
    const { needId } = await wanted('GOAT')
    await verified(officer, await pledged(village.visitor, { areaId: COMMUNE, lines: [{ kind: 'GOAT', quantity: '60' }] })) // enough for everyone else's, too
    const { run } = await village.done(officer, 'proposeMatches', { areaId: HAMLET, guards: { sameKindMonths: 0 } }, 'run { id }')
    const see = async () => (await officer.ask('query($id: ID!) { matchingRun(id: $id) { state proposals(first: 100) { nodes { id need { id } } } } }', { id: run.id })).matchingRun
    await expect.poll(async () => (await see()).state, { timeout: 20_000 }).toBe('SOLVED')
    const proposal = (await see()).proposals.nodes.find(({ need }: any) => need.id === needId)
    const accept = (more = {}) => officer.do('acceptProposal', { proposalId: proposal.id, ...more }, ALLOCATED)
    expect((await accept()).problem).toMatchObject({ __typename: 'InvalidInput', code: 'SAME_KIND_RECENTLY' })
    expect(await accept({ overrideReason: 'Hộ nuôi tốt, xin thêm' })).toMatchObject({ problem: null, allocation: { overrideReason: 'Hộ nuôi tốt, xin thêm' } })
  })

  it('of two windows for one household gives it one item of the kind, however close they are', async () => {
    for (let round = 0; round < 10; round++) {
      const { household } = await village.done(officer, 'registerHousehold', { areaId: HAMLET, headName: 'Phùng Văn Thử', members: 4, causes: ['LACK_CAPITAL'] }, 'household { id version }')
      await village.done(officer, 'recordStatus', {
        householdId: household.id, version: household.version, status: 'POOR', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM', decidedOn: '2025-12-20', effectiveOn: '2025-12-31', listYear: 2025 }, 'household { id }')
      const both = [await wanted('POULTRY', household.id), await wanted('POULTRY', household.id)]
      const answers = await Promise.all(both.map((one, i) => (i ? officer : province).do('allocate', one, ALLOCATED)))
      expect(answers.map(({ problem }) => problem?.code ?? 'done').sort()).toEqual(['SAME_KIND_RECENTLY', 'done'])
    }
  })
})
