// What a herd's book says is what became of the gift: told once, in the same breath, wherever the animal is; and nobody says it beside the book.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordOutcome } from '../../server/src/features/outcomes/commands.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { nobodyWaits } from '../support/herds.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { telephone } from '../support/telephone.ts'
import type { Actor } from '../support/world.ts'

let village: Village
const today = dayInVietNam()
const born = later(today, { months: -20 })
const death = { cause: 'rét đậm', witnessName: 'Đinh Văn Làm Chứng' }
/** In another commune of the province. */
const ELSEWHERE = 'h06712_001'

beforeAll(async () => {
  village = await startVillage()
  await nobodyWaits(village.owner)
})
afterAll(() => village?.end())

let tags = 0
const newTag = () => `KQ-${++tags}`

/** Cows that came three years ago, in a herd's book; and the hands that write in it. */
async function herd(cows = 1) {
  const gift = await village.received('COW', cows, 36)
  const { herd: { animals } } = await village.done(village.officer, 'registerAnimals', {
    allocationId: gift.allocationId, rule: 'TAY_NINH', animals: Array.from({ length: cows }, () => ({ tag: newTag(), sex: 'FEMALE', bornOn: later(today, { months: -60 }) })) }, 'herd { animals { id } }')
  return { ...gift, cows: animals.map(({ id }: any) => id) as string[] }
}
const write = (animalId: string, kind: string, more: Record<string, unknown> = {}, actor = village.head) =>
  village.done(actor, 'recordAnimalEvent', { animalId, kind, happenedOn: today, ...more }, 'animal { id }').then(({ animal }) => animal.id as string)
const calf = (dam: string, happenedOn = born, actor = village.head) => write(dam, 'BORN', { happenedOn, newcomer: { tag: newTag(), sex: 'FEMALE' } }, actor)
const refused = ({ problem }: any) => problem ? `${problem.__typename} ${problem.code}` : 'went through'
const say = (actor: Actor, allocationId: string, kind: string, more: Record<string, unknown> = {}) =>
  actor.do('recordOutcome', { allocationId, kind, quantity: '1', observedOn: today, ...more }, 'outcome { id } allocation { completion { isComplete } }')

const OUTCOME = 'kind quantity observedOn isFurtherOn cause witnessName'
const read = async (actor: Actor, allocationId: string) =>
  (await actor.ask(`query($id: ID!) { allocation(id: $id) { completion { isComplete says(in: en) } outcomes(first: 50) { nodes { ${OUTCOME} } } } }`, { id: allocationId })).allocation
const outcomesOf = async (actor: Actor, allocationId: string) => (await read(actor, allocationId)).outcomes.nodes
const told = (kind: string, more: Record<string, unknown> = {}) => ({ kind, quantity: '1', observedOn: today, isFurtherOn: false, cause: null, witnessName: null, ...more })

/** The animal comes to a household of another commune. Returns the head of its hamlet. */
async function passedOn(animalId: string): Promise<Actor> {
  const head = await village.newcomer('Trưởng Thôn Khác', 'HAMLET_HEAD', { areaId: ELSEWHERE })
  const { household: { id } } = await village.done(village.province, 'registerHousehold', { areaId: `Area:${ELSEWHERE}`, headName: 'Hộ Nơi Khác', members: 3, causes: ['LACK_TOOLS'] }, 'household { id }')
  const { handover } = await village.done(village.province, 'handOnAnimal', { animalId, toHouseholdId: id, handedOn: later(today, { months: -13 }), witnessName: 'Đinh Văn Làm Chứng', reason: 'nơi này đã đủ' }, 'handover { id }')
  await village.done(head, 'confirmAnimal', { handoverId: handover.id, answer: 'RECEIVED', witnessName: 'Mạc Thị Chứng Kiến' }, 'handover { id }')
  return head
}

describe('the book tells', () => {
  it('a birth to everyone without the household, and to whoever follows the pledge as an outcome', async () => {
    const { allocationId, code, cows } = await herd()
    await calf(cows[0]!)
    expect(await outcomesOf(village.giver, allocationId)).toEqual([told('LIVESTOCK_BORN', { observedOn: born })])
    const news = async (actor: Actor, scope: object) =>
      (await actor.ask(`query($scope: EventScope) { events(scope: $scope, first: 5) { nodes { __typename ... on OutcomeRecorded { quantity kind { code } area { id } allocation { id } outcome { kind } } } } }`, { scope })).events.nodes
    const event = { __typename: 'OutcomeRecorded', quantity: '1', kind: { code: 'COW' }, area: { id: 'Area:h06733_001' } }
    await expect.poll(() => news(village.visitor, { followCode: code })).toContainEqual({ ...event, allocation: { id: allocationId }, outcome: { kind: 'LIVESTOCK_BORN' } })
    expect(await news(village.visitor, { area: 'Area:c06733' })).toContainEqual({ ...event, allocation: null, outcome: null })
    const { rows } = await village.owner.query(`select household_id is not null as known, (select household_id from open.event seen where seen.id = event.id) as shown from event where allocation_id = $1 and type = 'OUTCOME_RECORDED'`, [uuidOf(allocationId)])
    expect(rows).toEqual([{ known: true, shown: null }])
  })

  it('a death with its cause and its witness to the office, and the death alone to the giver; when all have died, it is over', async () => {
    const { allocationId, cows } = await herd()
    await write(cows[0]!, 'DIED', death)
    expect(await outcomesOf(village.officer, allocationId)).toEqual([told('LIVESTOCK_DIED', death)])
    const { completion, outcomes } = await read(village.giver, allocationId)
    expect(outcomes.nodes).toEqual([told('LIVESTOCK_DIED')])
    expect(completion).toEqual({ isComplete: true, says: 'The animals died; the causes are recorded.' })
  })

  it('a theft as a loss', async () => {
    const { allocationId, cows } = await herd(2)
    await write(cows[0]!, 'STOLEN', { witnessName: death.witnessName })
    expect(await outcomesOf(village.officer, allocationId)).toEqual([told('LIVESTOCK_DIED', { cause: 'mất trộm', witnessName: death.witnessName })])
  })

  it('nothing of a vaccination, an illness, or a day that is refused', async () => {
    const { allocationId, cows } = await herd()
    await write(cows[0]!, 'VACCINATED')
    await write(cows[0]!, 'ILL')
    expect(refused(await village.head.do('recordAnimalEvent', { animalId: cows[0], kind: 'DIED', happenedOn: later(today, { days: 1 }), ...death }, 'animal { id }'))).toBe('InvalidInput BAD_DAY')
    expect(await outcomesOf(village.officer, allocationId)).toEqual([])
  })

  it('twins as two, however many hands write at once', async () => {
    const { allocationId, cows } = await herd()
    await Promise.all(Array.from({ length: 4 }, () => calf(cows[0]!)))
    expect(await outcomesOf(village.officer, allocationId)).toEqual(Array(4).fill(told('LIVESTOCK_BORN', { observedOn: born })))
  })

  it('a birth once, when an office had noted it before there was a book', async () => {
    const { allocationId } = await village.received('COW', 1, 36)
    expect(refused(await say(village.officer, allocationId, 'LIVESTOCK_BORN', { observedOn: born }))).toBe('went through')
    const { herd: { animals } } = await village.done(village.officer, 'registerAnimals', { allocationId, rule: 'TAY_NINH', animals: [{ tag: newTag(), sex: 'FEMALE', bornOn: later(today, { months: -60 }) }] }, 'herd { animals { id } }')
    await calf(animals[0].id)
    expect(await outcomesOf(village.officer, allocationId)).toHaveLength(1)
    await calf(animals[0].id, later(born, { months: 12 }))
    expect(await outcomesOf(village.officer, allocationId)).toHaveLength(2)
  })
})

describe('of an animal that went on to another commune', () => {
  it('its office, which does not see the gift, tells birth and death all the same; where it is kept stays there', async () => {
    const { allocationId, cows } = await herd()
    const young = await calf(cows[0]!)
    const head = await passedOn(young)
    const grandchild = await calf(young, later(today, { months: -1 }), head)
    await write(grandchild, 'DIED', death, head)
    expect((await head.ask('query($id: ID!) { allocation(id: $id) { id } }', { id: allocationId })).allocation).toBeNull()

    for (const actor of [village.officer, village.giver]) {
      expect(await outcomesOf(actor, allocationId)).toEqual([
        told('LIVESTOCK_DIED', { isFurtherOn: true }), told('LIVESTOCK_BORN', { isFurtherOn: true, observedOn: later(today, { months: -1 }) }),
        told('LIVESTOCK_HANDED_ON', { observedOn: later(today, { months: -13 }) }), told('LIVESTOCK_BORN', { observedOn: born }),
      ])
    }
    const { rows } = await village.owner.query(`select area_id from event where allocation_id = $1 and type = 'OUTCOME_RECORDED' order by id`, [uuidOf(allocationId)])
    expect(rows.map(({ area_id }) => area_id)).toEqual(['h06733_001', ELSEWHERE, ELSEWHERE])
  })

  it('a death takes nothing from what lives with the household that received the gift', async () => {
    const { allocationId, cows } = await herd()
    const young = await calf(cows[0]!)
    const head = await passedOn(young)
    await write(young, 'DIED', death, head)
    expect(refused(await say(village.officer, allocationId, 'LIVESTOCK_ALIVE', { quantity: '2' }))).toBe('Conflict MORE_THAN_THERE_IS')
    expect((await say(village.officer, allocationId, 'LIVESTOCK_ALIVE')).allocation.completion.isComplete).toBe(true)
  })
})

describe('beside the book', () => {
  it.each(['LIVESTOCK_BORN', 'LIVESTOCK_DIED', 'LIVESTOCK_HANDED_ON'])('nobody records %s', async (kind) => {
    const { allocationId } = await herd()
    const to = await helpedHousehold(village, village.officer, [])
    const { problem } = await say(village.officer, allocationId, kind, { ...death, toHouseholdId: to.householdId })
    expect(problem).toMatchObject({ __typename: 'Conflict', code: 'IN_THE_BOOK', message: expect.stringContaining("herd's book") })
    expect(await outcomesOf(village.officer, allocationId)).toEqual([])
  })

  it('the living are still counted, by the household, too', async () => {
    const { allocationId } = await herd()
    expect(refused(await say(village.officer, allocationId, 'LIVESTOCK_ALIVE'))).toBe('went through')
    const slip = await village.slip()
    const word = { allocationId, quantity: 1n, observedOn: today, idempotencyKey: randomUUID() }
    await expect(recordOutcome(slip, { ...word, kind: 'LIVESTOCK_DIED', ...death })).rejects.toMatchObject({ code: 'IN_THE_BOOK' })
    await recordOutcome(slip, { ...word, kind: 'LIVESTOCK_ALIVE' })
  })

  it('the household that has lost one is told on its page who writes it down, and is asked of no birth', async () => {
    const { allocationId } = await herd(2)
    await village.slip()
    const phone = telephone(village.url)
    await phone.get(`/h/${village.home.code}`)
    await phone.post('/h', { so: '731946' })
    const { tell } = words.vi
    const at = `/h/ket-qua/${uuidOf(allocationId)}`
    expect((await phone.get(at)).text).toContain(tell.questions.LIVESTOCK_ALIVE!.ask)
    expect((await phone.get(`${at}/0?tra-loi=khong`)).text).toContain(tell.inBook.title)
    expect((await phone.get(`${at}/1`)).text).not.toContain(tell.questions.LIVESTOCK_BORN!.ask)
    expect(await outcomesOf(village.officer, allocationId)).toEqual([])
  })

  it('the app writes none: only the fact itself does', async () => {
    const { rows } = await village.owner.query(`select has_function_privilege('chungtay_app', 'write_outcome_of(animal_event)', 'execute') as may`)
    expect(rows).toEqual([{ may: false }])
  })
})

it('whatever is written, outcomes and book say the same, and what should live with the first household is what lives there', { timeout: 120_000 }, async () => {
  const step = fc.record({ do: fc.constantFrom('birth' as const, 'birth' as const, 'death' as const, 'theft' as const, 'pass' as const), which: fc.nat({ max: 7 }), daysAgo: fc.constantFrom(0, 0, 1, 30) })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12, size: 'max' }), async (steps) => {
    const { allocationId, cows } = await herd(2)
    const animals = [...cows]
    for (const { do: act, which, daysAgo } of steps) {
      const animalId = animals[which % animals.length]!
      const happenedOn = later(today, { days: -daysAgo })
      if (act === 'pass') {
        const to = await helpedHousehold(village, village.officer, [])
        const { handover } = await village.officer.do('handOnAnimal', { animalId, toHouseholdId: to.householdId, handedOn: today, witnessName: 'Đinh Văn Làm Chứng', reason: 'nhà gần' }, 'handover { id }')
        if (handover) await village.head.do('confirmAnimal', { handoverId: handover.id, answer: 'RECEIVED', witnessName: 'Mạc Thị Chứng Kiến' }, 'handover { id }')
      } else {
        const more = act === 'birth' ? { kind: 'BORN', happenedOn: which % 2 ? born : happenedOn, newcomer: { tag: newTag(), sex: 'FEMALE' } } : { kind: act === 'death' ? 'DIED' : 'STOLEN', happenedOn, ...death }
        const { animal } = await village.head.do('recordAnimalEvent', { animalId, ...more }, 'animal { id }')
        if (animal && act === 'birth') animals.push(animal.id)
      }
      const { rows: [said] } = await village.owner.query(`
        with gift as (select * from allocation where id = $1),
        said as (select kind::text, is_further_on, sum(quantity)::int as n from outcome where allocation_id = $1 group by 1, 2),
        fact as (select animal_event.kind::text, count(*)::int as n from animal_event join animal on animal.id = animal_id where herd_id = $1 group by 1)
        select (select coalesce(sum(n), 0) from said where kind = 'LIVESTOCK_BORN') - (select coalesce(sum(n), 0) from fact where kind = 'BORN') as births,
               (select coalesce(sum(n), 0) from said where kind = 'LIVESTOCK_DIED') - (select coalesce(sum(n), 0) from fact where kind in ('DIED', 'STOLEN')) as losses,
               (select coalesce(sum(n), 0) from said where kind = 'LIVESTOCK_HANDED_ON') - (select coalesce(sum(n), 0) from fact where kind = 'HANDED_ON') as hand_overs,
               (select received from gift) + (select coalesce(sum(case kind when 'LIVESTOCK_BORN' then n else -n end), 0) from said where not is_further_on)
                 - (select count(*) from animal where herd_id = $1 and status = 'ALIVE' and household_id = (select household_id from gift)) as living`, [uuidOf(allocationId)])
      expect(Object.fromEntries(Object.entries(said!).map(([name, n]) => [name, Number(n)]))).toEqual({ births: 0, losses: 0, hand_overs: 0, living: 0 })
    }
  }), { numRuns: 5, endOnFailure: true })
})
