// A canary in every text that is not public: no foreign eye meets one, through any root field, on either transport.
import { type GraphQLInterfaceType, execute, getNamedType, isObjectType, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../../server/src/schema.ts'
import { contextOf, viewerNamed } from '../support/context.ts'
import { type Planted, PLANTED, found, plantCanaries, thingsIn } from '../support/canaries.ts'
import { widest } from '../support/everything.ts'
import { type LiveClient, connectLive } from '../support/live-client.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let actors: Record<string, Actor>
const clients: LiveClient[] = []

let planted: Planted
/** Every code that opens a pledge, and those of the giver's own. */
let codes: { code: string; isGivers: boolean }[]
/** The follow codes in a text. */
const codesIn = (text: string, mine = false) => codes.filter(({ code, isGivers }) => !(mine && isGivers) && text.includes(code)).map(({ code }) => code)

beforeAll(async () => {
  world = await startWorld()
  await plantCanaries(world.owner)
  planted = await thingsIn(world.owner)
  codes = (await world.owner.query<{ code: string; isGivers: boolean }>(`
    select code, party_id in (select party_id from role_grant join account on account.id = account_id where login = 'saomai') as "isGivers" from follow_code`)).rows
  actors = {
    visitor: world.visitor,
    giver: await world.signIn('saomai'),
    foreign: await world.signIn('mattran.mytho'),
    admin: await world.signIn('quantri'),
    officer: await world.signIn('mattran.quangninh'),
  }
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.dispose()))
  await world?.end()
})

const queries = Object.values(schema.getQueryType()!.getFields())
/** A giver reads their own pledge's words; nobody else does. */
const allowed = (who: string) => Object.entries(PLANTED).filter(([, may]) => (may as readonly string[]).includes(who)).map(([column]) => column)

describe.each(['visitor', 'foreign', 'admin', 'giver'])('to a %s', (who) => {
  it.each(queries.map((field) => field.name))('%s shows nothing that is not theirs', async (name) => {
    const { text, status } = await actors[who]!.try(`{ ${widest(schema, schema.getQueryType()!.getFields()[name]!, planted.argumentOf)} }`)
    // Whoever holds the code reads the giver's own words, but not how to reach the giver, and nothing of the household.
    const theirs = name === 'pledgeByCode' ? [...allowed(who), 'pledge.message', 'pledge_step.reason', 'line_fact.reason'] : allowed(who)
    expect(found(text).filter((column) => !theirs.includes(column))).toEqual([])
    expect(found(text)).toEqual(expect.arrayContaining(name === 'pledgeByCode' ? ['pledge.message'] : []))
    expect(codesIn(text, who === 'giver' && name !== 'pledgeByCode')).toEqual(name === 'pledgeByCode' ? [planted.ids.code] : [])
    expect(text).not.toContain('INTERNAL_SERVER_ERROR')
    expect(text).not.toContain('GRAPHQL_VALIDATION_FAILED')
    expect(status).toBe(200)
  })

  it.each(schema.getPossibleTypes(schema.getType('Event') as GraphQLInterfaceType).map((type) => type.name))('the live feed of %s shows nothing that is not theirs, from the first event on', async (type) => {
    const client = connectLive(world, { cookie: actors[who]!.cookie })
    clients.push(client)
    const field = schema.getSubscriptionType()!.getFields().events!
    const text = widest(schema, field, (_root, path, arg) => (path.length === 1 && arg === 'after' ? '"0.0"' : undefined), (name) => name === type)
    const feed = client.subscribe(`subscription { ${text} }`)
    const visible = (await actors[who]!.ask('{ events(first: 100) { nodes { id } } }')).events.nodes.length
    expect(visible).toBeGreaterThan(0)
    const frames: unknown[] = []
    const cutShort = feed.ended.then(() => Promise.reject(new Error('the feed ended')))
    while (frames.length < visible) frames.push(await Promise.race([feed.next(() => true, 10_000), cutShort]))
    expect(found(JSON.stringify(frames)).filter((column) => !allowed(who).includes(column))).toEqual([])
    expect(codesIn(JSON.stringify(frames), who === 'giver')).toEqual([])
  })
})

describe('to the officer of the place', () => {
  it('the same walk shows the canaries: they are there to be found', async () => {
    const texts = await Promise.all(queries.filter((field) => isObjectType(getNamedType(field.type))).map(async (field) =>
      (await actors.officer!.try(`{ ${widest(schema, field, planted.argumentOf)} }`)).text))
    // A follow code is the giver's, and no office's; whoever gives the code is answered with it.
    expect(codesIn(texts.join()).filter((code) => code !== planted.ids.code)).toEqual([])
    expect(texts.join()).toMatch(/"transferCode":"VNN/)
    const seen = found(texts.join())
    expect(seen).toEqual(expect.arrayContaining(['household.head_name', 'household.wish', 'delivery.witness_name', 'pledge.message', 'party_contact.phone', 'line_fact.reason']))
  })
})

describe('on the public connection', () => {
  it.each(queries.map((field) => field.name))("%s brings even the officer's own question nothing that is not everyone's", async (name) => {
    const text = `{ ${widest(schema, schema.getQueryType()!.getFields()[name]!, planted.argumentOf)} }`
    const { db, config, owner } = world
    const officer = await viewerNamed(owner, 'mattran.quangninh')
    const answer = await execute({ schema, document: parse(text), contextValue: contextOf(officer, { ...db, pool: db.open, gate: db.open }, config) })
    expect(found(JSON.stringify(answer))).toEqual([])
  })
})

describe('a denied mutation', () => {
  it('leaves the database as it was, whoever tries', async () => {
    const digest = async () => (await world.owner.query(`select md5(string_agg(t::text, ',' order by t::text)) as md5 from (
      select pledge::text as t from pledge union all select line_fact::text from line_fact union all select delivery::text from delivery
      union all select receipt::text from receipt union all select need::text from need union all select household::text from household
      union all select task::text from task union all select outcome::text from outcome union all select event::text from event
      union all select animal::text from animal union all select animal_event::text from animal_event union all select animal_handover::text from animal_handover
      union all select delivery_photo::text from delivery_photo
      union all select herd_queue_entry::text from herd_queue_entry union all select adoption::text from adoption union all select consent::text from consent
      union all select matching_run::text from matching_run union all select matching_proposal::text from matching_proposal union all select matching_setting::text from matching_setting) rows`)).rows[0].md5
    const before = await digest()
    const attempts: [string, Record<string, unknown>][] = [
      ['verifyPledge', { pledgeId: planted.ids.pledge, version: 1 }],
      ['declinePledge', { pledgeId: planted.ids.pledge, version: 1, reason: 'x' }],
      ['withdrawPledge', { pledgeId: planted.ids.pledge, version: 1 }],
      ['allocate', { lineId: planted.ids.line, needId: planted.ids.need, quantity: '1' }],
      ['proposeMatches', { areaId: 'Area:p22' }],
      ['changeMatchingSettings', { areaId: 'Area:p22', guards: { listedOnly: false } }],
      ['returnToMatchingSettings', { areaId: 'Area:p22', version: 0 }],
      ['recordConsent', { householdId: planted.ids.household, purpose: 'MATCHING', given: true, witnessName: 'Ai Đó' }],
      ['releaseAllocation', { allocationId: planted.ids.allocation, reason: 'x' }],
      ['dispatch', { allocationId: planted.ids.allocation, quantity: '1', witnessName: 'Ai Đó' }],
      ['deliverDirectly', { allocationId: planted.ids.allocation, quantity: '1', handedOverOn: '2026-11-01', place: 'Nhà văn hóa', witnessName: 'Ai Đó' }],
      ['takeBack', { deliveryId: planted.ids.delivery, quantity: '1', reason: 'vì vậy' }],
      ['removePhoto', { photoId: planted.ids.photo, reason: 'vì vậy' }],
      ['confirmReceipt', { deliveryId: planted.ids.delivery, answer: 'FULL' }],
      ['settle', { allocationId: planted.ids.allocation, quantity: '1' }],
      ['recordOutcome', { allocationId: planted.ids.allocation, kind: 'CAPITAL_USED', quantity: '1', observedOn: '2026-11-01' }],
      ['acceptAdoption', { adoptionId: planted.ids.adoption, version: 3 }],
      ['declineAdoption', { adoptionId: planted.ids.adoption, version: 3, reason: 'x' }],
      ['renewAdoption', { adoptionId: planted.ids.adoption, version: 3, until: '2027-11-01' }],
      ['endAdoption', { adoptionId: planted.ids.adoption, version: 3, reason: 'x' }],
      ['registerAnimals', { allocationId: planted.ids.herd, rule: 'RED_CROSS', animals: [{ tag: 'X', sex: 'FEMALE', bornOn: '2024-01-01' }] }],
      ['recordAnimalEvent', { animalId: planted.ids.animal, kind: 'ILL', happenedOn: '2026-11-01' }],
      ['handOnAnimal', { animalId: planted.ids.animal, toHouseholdId: planted.ids.household, handedOn: '2026-11-01', witnessName: 'Ai Đó' }],
      ['confirmAnimal', { handoverId: planted.ids.animalHandover, answer: 'RECEIVED' }],
      ['joinHerdQueue', { householdId: planted.ids.household, rule: 'RED_CROSS' }],
      ['leaveHerdQueue', { entryId: planted.ids.herdQueueEntry, reason: 'vì vậy' }],
      ['closeTask', { taskId: planted.ids.task, note: 'x' }],
      ['raiseNeed', { householdId: planted.ids.household, kind: 'GOAT', quantity: '1' }],
      ['verifyNeed', { needId: planted.ids.need, version: 1 }],
      ['withdrawNeed', { needId: planted.ids.need, version: 1 }],
      ['issueSlip', { householdId: planted.ids.household }],
    ]
    for (const who of ['visitor', 'foreign', 'admin', 'giver']) {
      for (const [name, input] of attempts) {
        if (who === 'giver' && name === 'deliverDirectly') continue // it is the giver's to hand over
        const Name = name[0]!.toUpperCase() + name.slice(1)
        const { data, errors } = await actors[who]!.try(`mutation($input: ${Name}Input!) { ${name}(input: $input) { problem { __typename } } }`, { input: { ...input, idempotencyKey: crypto.randomUUID() } })
        const refusal = errors?.[0]?.extensions.code ?? data?.[name]?.problem?.__typename
        expect([who, name, refusal]).toEqual([who, name, expect.stringMatching(/^(FORBIDDEN|NotFound|Forbidden)$/)])
      }
    }
    expect(await digest()).toBe(before)
  })
})
