// Herds through the API: who may do what to an animal, who sees what of it, and that it never moves on one side's word alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmAnimal } from '../../server/src/features/herds/commands.ts'
import { escalateSilentTasks } from '../../server/src/features/deliveries/tasks.ts'
import { openUnansweredHandoverTasks } from '../../server/src/features/herds/tasks.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { nobodyWaits } from '../support/herds.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { Actor } from '../support/world.ts'

let village: Village
let foreign: Actor
const today = dayInVietNam()
const start = later(today, { months: -40 })
const born = later(today, { months: -20 })

beforeAll(async () => {
  village = await startVillage()
  foreign = await village.signIn('mattran.mytho')
  await nobodyWaits(village.owner)
})
afterAll(() => village?.end())

const refused = ({ problem }: { problem: { __typename: string; code: string; field?: string } | null }) =>
  problem ? [problem.__typename, problem.code, problem.field].filter(Boolean).join(' ') : 'went through'
let tags = 0
const newTag = () => `THU-${++tags}`

/** Cows that the household received long ago; so many of them registered. */
async function cows(quantity = 1, registered = quantity) {
  const { allocationId, code } = await village.matched('COW', quantity)
  const deliveryId = await village.handedOver(allocationId, quantity)
  await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
  await village.owner.query('alter table receipt disable trigger append_only')
  await village.owner.query('update receipt set at = $2::date where delivery_id = $1', [uuidOf(deliveryId), start])
  await village.owner.query('alter table receipt enable trigger append_only')
  if (registered) await register(village.officer, allocationId, Array.from({ length: registered }, newTag))
  const { herd } = await village.officer.ask('query($id: ID!) { herd(allocation: $id) { animals { id tag } } }', { id: allocationId })
  return { allocationId, code, animals: (herd?.animals ?? []) as { id: string; tag: string }[] }
}
const register = (actor: Actor, allocationId: string, ear: string[], rule = 'TAY_NINH') =>
  actor.do('registerAnimals', { allocationId, rule, animals: ear.map((tag) => ({ tag, sex: 'FEMALE', bornOn: later(start, { months: -20 }) })) }, 'herd { founders }')
const record = (actor: Actor, animalId: string, kind: string, more: Record<string, unknown> = {}) =>
  actor.do('recordAnimalEvent', { animalId, kind, happenedOn: today, ...more }, 'animal { id status }')
const calf = async (dam: string, happenedOn = born) =>
  (await village.done(village.head, 'recordAnimalEvent', { animalId: dam, kind: 'BORN', happenedOn, newcomer: { tag: newTag(), sex: 'FEMALE' } }, 'animal { id }')).animal.id as string
const grownCalf = async () => calf((await cows()).animals[0]!.id)
const household = async () => helpedHousehold(village, village.officer, [])
const handOn = (actor: Actor, animalId: string, toHouseholdId: string, more: Record<string, unknown> = {}) =>
  actor.do('handOnAnimal', { animalId, toHouseholdId, handedOn: today, witnessName: 'Đinh Văn Làm Chứng', reason: 'nhà gần', ...more }, 'handover { id }')
const confirm = (actor: Actor, handoverId: string, more: Record<string, unknown> = {}) =>
  actor.do('confirmAnimal', { handoverId, answer: 'RECEIVED', ...more }, 'animal { owner recipientCode since }')

describe('registering', () => {
  it('takes in no more than was received, each with a tag of its own, by the officers of the place', async () => {
    const { allocationId, animals } = await cows(2, 1)
    expect(refused(await register(village.officer, allocationId, [animals[0]!.tag]))).toBe('InvalidInput TAG_TAKEN animals.0.tag')
    expect(refused(await register(village.officer, allocationId, [newTag()], 'RED_CROSS'))).toBe('Conflict OTHER_RULE')
    expect(refused(await register(village.officer, allocationId, [newTag()], 'NONE'))).toBe('InvalidInput UNKNOWN_RULE rule')
    expect(refused(await register(foreign, allocationId, [newTag()]))).toBe('NotFound NOT_FOUND')
    await expect(register(village.head, allocationId, [newTag()])).rejects.toThrow(/NOT_ALLOWED|FORBIDDEN/)
    const answers = await Promise.all(Array.from({ length: 5 }, () => register(village.officer, allocationId, [newTag()])))
    expect(answers.map(refused).sort()).toEqual([...Array(4).fill('Conflict MORE_THAN_RECEIVED'), 'went through'])
  })

  it('waits until the household has said that it came', async () => {
    const { allocationId } = await village.matched('COW', 1)
    await village.handedOver(allocationId, 1)
    expect(refused(await register(village.officer, allocationId, [newTag()]))).toBe('Conflict NOTHING_RECEIVED')
  })
})

describe('an animal', () => {
  it('moves by its facts alone', async () => {
    const { rows } = await village.owner.query<{ column: string }>(`
      select table_name || '.' || column_name as column from information_schema.column_privileges
      where grantee = 'chungtay_app' and privilege_type = 'UPDATE' and table_name in ('herd', 'animal', 'animal_event') order by 1`)
    expect(rows.map(({ column }) => column)).toEqual(['animal.version'])
    await expect(village.owner.query(`update animal_event set note = ''`)).rejects.toThrow(/append-only/)
  })

  it('dies once, however many say so at once', async () => {
    const { animals: [cow] } = await cows()
    const death = { cause: 'rét đậm', witnessName: 'Đinh Văn Làm Chứng' }
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => record(i % 2 ? village.officer : village.head, cow!.id, 'DIED', death)))
    expect(answers.map(refused).sort()).toEqual([...Array(5).fill('Conflict GONE'), 'went through'])
    expect(refused(await record(village.head, cow!.id, 'VACCINATED'))).toBe('Conflict GONE')
  })

  it("of the programme's is not for sale, and a birth and a tag are told in full", async () => {
    const { animals: [cow] } = await cows()
    expect(refused(await record(village.head, cow!.id, 'SOLD', { price: '9000000' }))).toBe('Conflict NOT_FOR_SALE')
    expect(refused(await record(village.head, cow!.id, 'BORN'))).toBe('InvalidInput NEWCOMER_NEEDED newcomer')
    expect(refused(await record(village.head, cow!.id, 'BORN', { newcomer: { tag: newTag() } }))).toBe('InvalidInput SEX_NEEDED newcomer.sex')
    expect(refused(await record(village.head, cow!.id, 'BORN', { newcomer: { tag: cow!.tag, sex: 'MALE' } }))).toBe('InvalidInput TAG_TAKEN newcomer.tag')
    expect(refused(await record(village.head, cow!.id, 'OWNED'))).toBe('Conflict DUTY_OPEN')
  })

  it('is hidden from other places and from visitors, and its giver reads a code and no household', async () => {
    const { animals: [cow], allocationId, code } = await cows()
    await record(village.head, cow!.id, 'ILL', { note: 'bí mật', witnessName: 'Người Kín', cause: 'lở mồm' })
    const seen = (actor: Actor) => actor.try(`query($id: ID!, $allocation: ID!) { animal(id: $id) { recipientCode household { headName } events { kind cause witnessName note } }
      herd(allocation: $allocation) { founders households } }`, { id: cow!.id, allocation: allocationId })
    expect((await seen(foreign)).data).toEqual({ animal: null, herd: null })
    expect((await seen(village.visitor)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const giver = (await seen(village.giver)).data!
    expect(giver.animal).toEqual({
      recipientCode: expect.stringMatching(/^Hộ \d+$/), household: null,
      events: [{ kind: 'REGISTERED', cause: null, witnessName: null, note: null }, { kind: 'ILL', cause: null, witnessName: null, note: null }],
    })
    expect(giver.herd).toEqual({ founders: 1, households: 1 })
    expect((await seen(village.head)).data!.animal.events[1]).toEqual({ kind: 'ILL', cause: 'lở mồm', witnessName: 'Người Kín', note: 'bí mật' })
    const followed = await village.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { allocations { nodes { herd { founders households animals { tag household { headName } } } } } } }', { code })
    expect(followed.pledgeByCode.allocations.nodes[0].herd).toEqual({ founders: 1, households: 1, animals: [{ tag: cow!.tag, household: null }] })
  })
})

describe('handing on', () => {
  it('keeps to the queue, poorest and longest waiting first, unless there is a reason', async () => {
    const animalId = await grownCalf()
    const [first, second] = [await household(), await household()]
    for (const { householdId } of [first, second]) await village.done(village.officer, 'joinHerdQueue', { householdId, rule: 'TAY_NINH' }, 'entry { id }')
    expect(refused(await village.officer.do('joinHerdQueue', { householdId: first.householdId, rule: 'TAY_NINH' }, 'entry { id }'))).toBe('Conflict WAITS_ALREADY')
    expect(refused(await handOn(village.officer, animalId, second.householdId, { reason: null }))).toBe('InvalidInput OUT_OF_TURN reason')
    expect(refused(await handOn(village.officer, animalId, village.home.householdId))).toBe('InvalidInput SAME_HOUSEHOLD toHouseholdId')
    expect(refused(await handOn(village.officer, animalId, first.householdId, { reason: null }))).toBe('went through')
    const queue = async () => (await village.officer.ask('{ herdQueue(area: "Area:c06733", rule: "TAY_NINH", first: 50) { nodes { id household { id } } } }')).herdQueue.nodes as { id: string; household: { id: string } }[]
    const left = (await queue()).find((entry) => entry.household.id === second.householdId)!
    expect(refused(await village.officer.do('leaveHerdQueue', { entryId: left.id, reason: ' ' }, 'entry { leftAt }'))).toBe('InvalidInput REASON_NEEDED reason')
    expect(refused(await village.officer.do('leaveHerdQueue', { entryId: left.id, reason: 'đã có bò' }, 'entry { leftAt }'))).toBe('went through')
    expect(refused(await village.officer.do('leaveHerdQueue', { entryId: left.id, reason: 'đã có bò' }, 'entry { leftAt }'))).toBe('Conflict LEFT_ALREADY')
    expect((await queue()).map((entry) => entry.household.id)).toContain(first.householdId) // until it has said that the animal came
  })

  it('moves nothing until the next household has confirmed it', async () => {
    const animalId = await grownCalf()
    const to = await household()
    const { handover } = await handOn(village.officer, animalId, to.householdId)
    expect(refused(await handOn(village.officer, animalId, to.householdId))).toBe('Conflict AWAITS_ANSWER')
    expect(refused(await record(village.head, animalId, 'ILL'))).toBe('Conflict AWAITS_ANSWER')
    const at = async () => (await village.officer.ask('query($id: ID!) { animal(id: $id) { household { id } } }', { id: animalId })).animal.household.id
    expect(await at()).toBe(village.home.householdId)
    expect(refused(await confirm(village.head, handover.id))).toBe('InvalidInput WITNESS_NEEDED witnessName')
    expect(refused(await confirm(village.head, handover.id, { witnessName: 'Mạc Thị Chứng Kiến' }))).toBe('went through')
    expect(await at()).toBe(to.householdId)
    expect(refused(await confirm(village.head, handover.id, { witnessName: 'Mạc Thị Chứng Kiến' }))).toBe('Conflict ALREADY_CONFIRMED')
  })

  it('is confirmed by the household with its slip', async () => {
    const animalId = await grownCalf()
    const to = await household()
    const { handover } = await handOn(village.officer, animalId, to.householdId)
    const slip = await village.slip()
    const input = { handoverId: handover.id, answer: 'RECEIVED' as const, idempotencyKey: crypto.randomUUID() }
    await expect(confirmAnimal(slip, input)).rejects.toMatchObject({ code: 'NOT_FOUND' }) // of another household
    const own = { ...slip, viewer: { ...slip.viewer, households: [uuidOf(to.householdId)] } }
    await expect(confirmAnimal(own, input)).resolves.toMatchObject({ animalId: uuidOf(animalId) })
  })

  it('stays where it was when nothing came, and can be handed on again', async () => {
    const animalId = await grownCalf()
    const to = await household()
    const { handover } = await handOn(village.officer, animalId, to.householdId)
    expect(refused(await confirm(village.head, handover.id, { answer: 'NOT_RECEIVED', witnessName: 'Mạc Thị Chứng Kiến' }))).toBe('went through')
    expect(refused(await handOn(village.officer, animalId, to.householdId))).toBe('went through')
  })

  it('is never confirmed by whoever handed it on, whatever roles they hold', async () => {
    const animalId = await grownCalf()
    const to = await household()
    const both = await village.newcomer('Người Hai Vai', 'COMMUNE_OFFICER', { areaId: 'c06733' })
    const { handover } = await handOn(both, animalId, to.householdId)
    await village.owner.query(`insert into role_grant (account_id, role, area_id) select account.id, 'HAMLET_HEAD', 'h06733_001' from account join person on person.id = account.person_id where person.display_name = 'Người Hai Vai'`)
    expect(refused(await confirm(both, handover.id, { witnessName: 'Mạc Thị Chứng Kiến' }))).toBe('Conflict BOTH_SIDES')
    await expect(village.owner.query(`select set_config('app.person', handed_by_person_id::text, false) from animal_handover where id = $1`, [uuidOf(handover.id)])
      .then(() => village.owner.query(`update animal_handover set answer = 'RECEIVED', channel = 'PROXY', answered_at = now(), answered_by = handed_by, answer_witness = 'x' where id = $1`, [uuidOf(handover.id)])))
      .rejects.toThrow(/both sides/)
    await village.owner.query(`select set_config('app.person', '', false)`)
    await expect(confirm(village.officer, handover.id)).rejects.toThrow(/NOT_ALLOWED|FORBIDDEN/)
    await expect(confirm(village.giver, handover.id)).rejects.toThrow(/NOT_ALLOWED|FORBIDDEN/)
  })

  it('reaches one household once, however many officers try at once', async () => {
    const [one, other, to] = [await grownCalf(), await grownCalf(), await household()]
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => handOn(i % 2 ? village.officer : village.province, i % 3 ? one : other, to.householdId)))
    expect(answers.map(refused).filter((answer) => answer === 'went through')).toHaveLength(1)
  })
})

describe('an answer', () => {
  const handedOn = async () => {
    const { allocationId, animals: [cow] } = await cows()
    const animalId = await calf(cow!.id)
    const to = await household()
    const { handover } = await handOn(village.officer, animalId, to.householdId)
    return { allocationId, animalId, to, handoverId: handover.id as string }
  }
  const witness = { witnessName: 'Mạc Thị Chứng Kiến' }
  const placeOf = async (id: string) => (await village.officer.ask('query($id: ID!) { animal(id: $id) { household { id } awaiting { id } events { kind } } }', { id })).animal
  const tasksOf = async (handoverId: string) =>
    (await village.officer.ask('{ tasks(area: "Area:c06733", first: 100) { nodes { kind closedAt assigneeName handover { id tag } } } }')).tasks.nodes
      .filter(({ handover }: any) => handover?.id === handoverId)
      .map(({ kind, closedAt, assigneeName, handover }: any) => `${kind} ${closedAt ? 'closed' : 'open'} ${assigneeName} ${/^THU-/.test(handover.tag) ? 'of an animal' : ''}`)

  it('that it came ill moves it, notes the illness, and is a task for a named officer', async () => {
    const { animalId, handoverId, to } = await handedOn()
    expect(refused(await confirm(village.head, handoverId, { answer: 'ILL', ...witness }))).toBe('went through')
    const { household: { id }, events } = await placeOf(animalId)
    expect(id).toBe(to.householdId)
    expect(events.map(({ kind }: any) => kind)).toEqual(expect.arrayContaining(['BORN', 'HANDED_ON', 'ILL']))
    expect(await tasksOf(handoverId)).toEqual(['ANIMAL_ILL open Lê Thị Thử of an animal'])
  })

  it.each([['WRONG', 'WRONG_ITEM'], ['NOT_RECEIVED', 'NOT_RECEIVED']])('%s moves nothing, and is a task for a named officer', async (answer, task) => {
    const { animalId, handoverId } = await handedOn()
    expect(refused(await confirm(village.head, handoverId, { answer, ...witness }))).toBe('went through')
    expect(await placeOf(animalId)).toMatchObject({ household: { id: village.home.householdId }, awaiting: null })
    expect(await tasksOf(handoverId)).toEqual([`${task} open Lê Thị Thử of an animal`])
  })

  it('that does not come becomes a task for a named officer, once, which climbs when it stays silent and ends with the answer', async () => {
    const { handoverId } = await handedOn()
    await openUnansweredHandoverTasks(village)
    expect(await tasksOf(handoverId)).toEqual([])
    await village.owner.query(`update animal_handover set recorded_at = recorded_at - interval '9 days' where id = $1`, [uuidOf(handoverId)])
    const opened = await Promise.all(Array.from({ length: 4 }, () => openUnansweredHandoverTasks(village)))
    expect(opened.reduce((sum, n) => sum + n)).toBe(1)
    expect(await tasksOf(handoverId)).toEqual(['UNCONFIRMED open Lê Thị Thử of an animal'])
    await village.owner.query('update task set due_on = today_in_viet_nam() - 1 where animal_handover_id = $1', [uuidOf(handoverId)])
    expect(await escalateSilentTasks(village)).toBe(1)
    expect(await tasksOf(handoverId)).toEqual(['UNCONFIRMED open Nguyễn Thị Minh Họa of an animal'])
    await confirm(village.head, handoverId, witness)
    expect(await tasksOf(handoverId)).toEqual(['UNCONFIRMED closed Nguyễn Thị Minh Họa of an animal'])
    expect(await openUnansweredHandoverTasks(village)).toBe(0)
  })

  it('that it came is told to everyone without the household, and is an outcome of the gift which its giver reads', async () => {
    const { allocationId, handoverId, to } = await handedOn()
    await confirm(village.head, handoverId, witness)
    const news = async (actor: Actor) => (await actor.ask(`{ events(scope: { area: "Area:c06733" }, first: 5) { nodes { __typename ... on AnimalHandedOn { quantity kind { code } area { id } allocation { id } outcome { kind quantity } } } } }`)).events.nodes
    const told = { __typename: 'AnimalHandedOn', quantity: '1', kind: { code: 'COW' }, area: { id: 'Area:h06733_001' } }
    await expect.poll(() => news(village.giver)).toContainEqual({ ...told, allocation: { id: allocationId }, outcome: { kind: 'LIVESTOCK_HANDED_ON', quantity: '1' } })
    expect(await news(village.visitor)).toContainEqual({ ...told, allocation: null, outcome: null })
    const { allocation } = await village.officer.ask('query($id: ID!) { allocation(id: $id) { completion { isComplete } outcomes(first: 9) { nodes { kind quantity toHousehold { id } } } } }', { id: allocationId })
    expect(allocation.completion.isComplete).toBe(true)
    expect(allocation.outcomes.nodes).toHaveLength(2)
    expect(allocation.outcomes.nodes).toEqual(expect.arrayContaining([
      { kind: 'LIVESTOCK_BORN', quantity: '1', toHousehold: null }, { kind: 'LIVESTOCK_HANDED_ON', quantity: '1', toHousehold: { id: to.householdId } }]))
  })

  it('counts no outcome twice that an office noted before there was a book', async () => {
    const { allocationId } = await cows(1, 0)
    const to = await household()
    await village.done(village.officer, 'recordOutcome', { allocationId, kind: 'LIVESTOCK_BORN', quantity: '1', observedOn: born }, 'outcome { id }')
    await village.done(village.officer, 'recordOutcome', { allocationId, kind: 'LIVESTOCK_HANDED_ON', quantity: '1', observedOn: today, toHouseholdId: to.householdId }, 'outcome { id }')
    await register(village.officer, allocationId, [newTag()])
    const { herd } = await village.officer.ask('query($id: ID!) { herd(allocation: $id) { animals { id } } }', { id: allocationId })
    const { handover } = await handOn(village.officer, await calf(herd.animals[0].id), to.householdId)
    await confirm(village.head, handover.id, witness)
    const { allocation } = await village.officer.ask('query($id: ID!) { allocation(id: $id) { outcomes(first: 9) { totalCount } } }', { id: allocationId })
    expect(allocation.outcomes.totalCount).toBe(2)
  })

  it("that is still to come shows the next hamlet which animal it is, and its whole book once it has come", async () => {
    const animalId = await grownCalf()
    const head = await village.newcomer('Trưởng Thôn Sau', 'HAMLET_HEAD', { areaId: 'h06712_001' })
    const { household: to } = await village.done(village.province, 'registerHousehold', { areaId: 'Area:h06712_001', headName: 'Hộ Thôn Sau', members: 3, causes: ['LACK_TOOLS'] }, 'household { id }')
    const { handover } = await handOn(village.province, animalId, to.id)
    const seen = async () => {
      await village.owner.query(`update animal_handover set recorded_at = recorded_at - interval '9 days' where id = $1 and answer is null`, [uuidOf(handover.id)])
      await openUnansweredHandoverTasks(village)
      const { tasks } = await head.ask('{ tasks(area: "Area:h06712_001", first: 20) { nodes { handover { id tag sex bornOn animal { id herd { id } } } } } }')
      return tasks.nodes.find((task: any) => task.handover?.id === handover.id).handover
    }
    expect(await seen()).toMatchObject({ tag: expect.stringMatching(/^THU-/), sex: 'FEMALE', bornOn: born, animal: null })
    expect(refused(await confirm(head, handover.id, { answer: 'ILL', ...witness }))).toBe('went through')
    expect((await seen()).animal).toEqual({ id: animalId, herd: null })
    const { animal } = await head.ask('query($id: ID!) { animal(id: $id) { events { kind } } }', { id: animalId })
    expect(animal.events.map(({ kind }: any) => kind)).toEqual(expect.arrayContaining(['HANDED_ON', 'ILL']))
  })

  it('is awaited for both households to see, and the giving one learns no more of the other than its hamlet', async () => {
    const { animalId, handoverId } = await handedOn()
    const giving = await village.newcomer('Người Đang Nuôi', 'HOUSEHOLD', { householdId: village.home.householdId })
    const { animal } = await giving.ask('query($id: ID!) { animal(id: $id) { dam { duty { state } } awaiting { id area { id } toHousehold { id } handedByName witnessName tag } } }', { id: animalId })
    expect(animal).toEqual({
      dam: { duty: { state: 'AWAITS_ANSWER' } },
      awaiting: { id: handoverId, area: { id: 'Area:h06733_001' }, toHousehold: null, handedByName: null, witnessName: null, tag: null },
    })
    expect(refused(await confirm(giving, handoverId))).toBe('NotFound NOT_FOUND')
  })
})
