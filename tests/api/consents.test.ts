// What a household allows: its own word or written down before a witness, kept for ever, taken back at any time, and never passed over.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordConsent } from '../../server/src/features/households/consents.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { fieldIn, telephone } from '../support/telephone.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village
beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const CONSENTS = 'household { consents { purpose given isOwnWord recordedBy witnessName } }'
const says = (actor: Actor, householdId: string, given: boolean, more = {}) => actor.do('recordConsent', { householdId, purpose: 'MATCHING', given, ...more }, CONSENTS)
const witnessed = { witnessName: 'Đinh Văn Làm Chứng' }
const newHousehold = async () => (await helpedHousehold(village, village.officer, [])).householdId

/** A need of a new household, and a line for it. */
async function wanted(householdId: string, kind = 'GOAT'): Promise<{ lineId: string; needId: string; quantity: string }> {
  const { need } = await village.done(village.officer, 'raiseNeed', { householdId, kind, quantity: '1', urgency: 3 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const pledge = await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind, quantity: '1' }] })
  await verified(village.officer, pledge)
  return { lineId: pledge.lines[0]!.id, needId: need.id, quantity: '1' }
}

describe('a consent', () => {
  it('is written down by an office before a witness, and taken back in the same way; both stay', async () => {
    const id = await newHousehold()
    expect((await says(village.officer, id, true)).problem).toMatchObject({ __typename: 'InvalidInput', code: 'WITNESS_NEEDED', field: 'witnessName' })
    expect((await says(village.officer, id, true, witnessed)).problem).toBeNull()
    const { household } = await says(village.head, id, false, witnessed)
    const kept = { purpose: 'MATCHING', isOwnWord: false, witnessName: 'Đinh Văn Làm Chứng' }
    expect(household.consents).toEqual([{ ...kept, given: false, recordedBy: expect.any(String) }, { ...kept, given: true, recordedBy: 'Lê Thị Thử' }])
    await expect(village.owner.query('update consent set given = true')).rejects.toThrow(/append-only/)
  })

  it("by the slip is the household's own word, and no other household can say it", async () => {
    const slip = await village.slip()
    await recordConsent(slip, { householdId: village.home.householdId, purpose: 'MATCHING', given: true, idempotencyKey: randomUUID() })
    const { household } = await village.officer.ask(`query($id: ID!) { household(id: $id) { consents { given isOwnWord recordedBy } } }`, { id: village.home.householdId })
    expect(household.consents[0]).toEqual({ given: true, isOwnWord: true, recordedBy: null })
    await expect(recordConsent(slip, { householdId: await newHousehold(), purpose: 'MATCHING', given: true, idempotencyKey: randomUUID() })).rejects.toMatchObject({ kind: 'NotFound' })
  })

  it('is nothing that a giver, a visitor or the office of another place can say', async () => {
    const id = await newHousehold()
    expect((await says(await village.signIn('mattran.mytho'), id, true, witnessed)).problem.__typename).toBe('NotFound')
    for (const actor of [village.giver, village.visitor]) {
      const { data, errors } = await actor.try('mutation($input: RecordConsentInput!) { recordConsent(input: $input) { problem { __typename } } }', { input: { householdId: id, purpose: 'MATCHING', given: true, idempotencyKey: randomUUID() } })
      expect(errors ?? data.recordConsent.problem).toBeTruthy()
    }
    expect((await village.owner.query('select from consent where household_id = $1', [uuidOf(id)])).rowCount).toBe(0)
  })
})

describe('matching', () => {
  it('goes on as before where nobody was asked', async () => {
    expect((await village.officer.do('allocate', await wanted(await newHousehold()), 'allocation { id }')).problem).toBeNull()
  })

  it('stops at a household that does not allow it, whatever reason is given, and goes on when it does again', async () => {
    const id = await newHousehold()
    const asked = await wanted(id)
    await says(village.officer, id, false, witnessed)
    expect((await village.officer.do('allocate', { ...asked, overrideReason: 'Hộ rất cần' }, 'allocation { id }')).problem).toMatchObject({ __typename: 'Conflict', code: 'CONSENT_REVOKED' })
    const run = await solvedRun()
    expect(run.refusals.map(({ code }: any) => code)).toContain('CONSENT_REVOKED')
    expect(run.proposals.nodes.map(({ need }: any) => need.id)).not.toContain(asked.needId)
    await says(village.officer, id, true, witnessed)
    expect((await village.officer.do('allocate', asked, 'allocation { id }')).problem).toBeNull()
  })

  it('waits for consent where the office demands it', async () => {
    const id = await newHousehold()
    const asked = await wanted(id)
    await village.done(village.officer, 'changeMatchingSettings', { areaId: 'Area:c06733', guards: { consentNeeded: true } }, 'settings { setIn { id } }')
    try {
      expect((await village.officer.do('allocate', { ...asked, overrideReason: 'Hộ rất cần' }, 'allocation { id }')).problem).toMatchObject({ __typename: 'Conflict', code: 'NO_CONSENT' })
      expect((await solvedRun()).refusals.map(({ code }: any) => code)).toContain('NO_CONSENT')
      await says(village.officer, id, true, witnessed)
      expect((await village.officer.do('allocate', asked, 'allocation { id }')).problem).toBeNull()
    } finally {
      await village.done(village.officer, 'returnToMatchingSettings', { areaId: 'Area:c06733', version: 0 }, 'settings { setIn { id } }')
    }
  })
})

async function solvedRun() {
  const { run } = await village.done(village.officer, 'proposeMatches', { areaId: 'Area:c06733' }, 'run { id }')
  const see = async () => (await village.officer.ask('query($id: ID!) { matchingRun(id: $id) { state refusals { code } proposals(first: 100) { nodes { need { id } } } } }', { id: run.id })).matchingRun
  await expect.poll(async () => (await see()).state, { timeout: 20_000 }).toBe('SOLVED')
  return see()
}

describe('the page of the slip', () => {
  it('asks without a script and without an answer beforehand, takes yes and no, and shows which one holds', async () => {
    const { code, householdId } = await helpedHousehold(village, village.officer, [])
    const { consent } = words.vi
    const phone = telephone(village.url)
    const home = await phone.openNew(code)
    expect(home.text).toContain('href="/h/dong-y"')
    const asked = await phone.get('/h/dong-y')
    expect(asked.text).toContain(consent.title)
    expect(asked.text).not.toMatch(/checked|selected|class="badge/)
    expect((await phone.post('/h/dong-y', { khoa: fieldIn(asked, 'khoa') })).text).toContain(consent.title) // no answer is no answer
    const answers = async () => (await village.owner.query('select given, channel::text, slip_id is not null as slip from consent where household_id = $1 order by at', [uuidOf(householdId)])).rows
    expect(await answers()).toEqual([])

    expect((await phone.post('/h/dong-y', { khoa: fieldIn(asked, 'khoa'), 'dong-y': 'co' })).text).toContain(consent.thanks.title)
    const again = await phone.get('/h/dong-y')
    expect(again.text).toContain(consent.given)
    const no = { khoa: fieldIn(again, 'khoa'), 'dong-y': 'khong' }
    for (const page of [await phone.post('/h/dong-y', no), await phone.post('/h/dong-y', no)]) expect(page.text).toContain(consent.noted.title)
    expect((await phone.get('/h/dong-y')).text).toContain(consent.revoked)
    const own = { channel: 'SLIP', slip: true }
    expect(await answers()).toEqual([{ given: true, ...own }, { given: false, ...own }])
  })
})
