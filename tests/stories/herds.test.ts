// Revolving livestock, told by its book: each programme's rules run from their configuration alone, from one cow to the third household.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { inVi } from '../../server/src/platform/number.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { nobodyWaits } from '../support/herds.ts'
import { balanced, ledgerOf, printed } from '../support/ledger.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { Actor } from '../support/world.ts'

const { rules } = JSON.parse(readFileSync(new URL('../../prisma/data/rotation-rules.json', import.meta.url), 'utf8')) as { rules: { code: string; name: string }[] }
/** So long ago did the first cow come; nothing in the book is of tomorrow. */
const start = later(dayInVietNam(), { months: -90 })

let village: Village
beforeAll(async () => {
  village = await startVillage()
  await nobodyWaits(village.owner)
})
afterAll(() => village?.end())

type Sex = 'FEMALE' | 'MALE'
const ANIMAL = 'id tag sex owner status since recipientCode duty { state calf from says(in: vi) }'
const see = async (id: string) => (await village.officer.ask(`query($id: ID!) { animal(id: $id) { ${ANIMAL} } }`, { id })).animal
const record = (animalId: string, kind: string, happenedOn: string, more: Record<string, unknown> = {}) =>
  village.done(village.head, 'recordAnimalEvent', { animalId, kind, happenedOn, ...more }, 'animal { id }').then(({ animal }) => animal.id as string)

/** A cow that the village's household received when it all began. */
async function firstCow(rule: string, tag: string): Promise<{ allocationId: string; pledgeId: string; cow: string }> {
  const { allocationId, pledgeId } = await village.matched('COW', 1)
  const deliveryId = await village.handedOver(allocationId, 1)
  await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
  await village.owner.query('alter table receipt disable trigger append_only')
  await village.owner.query('update receipt set at = $2::date where delivery_id = $1', [uuidOf(deliveryId), start])
  await village.owner.query('alter table receipt enable trigger append_only')
  const { herd } = await village.done(village.officer, 'registerAnimals', {
    allocationId, rule, animals: [{ tag, sex: 'FEMALE', bornOn: later(start, { months: -20 }) }],
  }, 'herd { animals { id } }')
  return { allocationId, pledgeId, cow: herd.animals[0].id }
}

/** Another household that waits for an animal, and the one who speaks for it. */
async function waiting(rule: string, name: string): Promise<{ householdId: string; speaker: Actor }> {
  const { householdId } = await helpedHousehold(village, village.officer, [], name)
  await village.done(village.officer, 'joinHerdQueue', { householdId, rule }, 'entry { id }')
  return { householdId, speaker: await village.newcomer(name, 'HOUSEHOLD', { householdId }) }
}

const must = (is: string, ought: string) => {
  if (is !== ought) throw new Error(`${is}, and not ${ought}`)
}

/** Does what the duty says, whatever the rules are, until a calf has gone to the next household. Returns that calf. */
async function rotate(mother: string, rule: string, births: Sex[], next: { householdId: string; speaker: Actor }, tags: () => string, firstBirth?: string): Promise<string> {
  let day = firstBirth ?? later((await see(mother)).since, { months: 14 })
  for (let step = 0; step < 12; step++) {
    const { duty } = await see(mother)
    switch (duty.state) {
      case 'AWAITS_BIRTH':
        await record(mother, 'BORN', day, { newcomer: { tag: tags(), sex: births.shift() } })
        day = later(day, { months: 12 })
        break
      case 'SELL_MALE':
        await record(duty.calf, 'SOLD', later(duty.from, { days: 10 }), { price: '9000000' })
        break
      case 'BUY_FEMALE': {
        const { events } = (await village.officer.ask('query($id: ID!) { animal(id: $id) { events { kind happenedOn } } }', { id: duty.calf })).animal
        const soldOn = events.find((event: any) => event.kind === 'SOLD').happenedOn
        await record(duty.calf, 'BOUGHT', later(soldOn, { days: 5 }), { price: '8500000', newcomer: { tag: tags(), bornOn: later(soldOn, { months: -7 }) } })
        break
      }
      case 'GROWING': case 'DUE': case 'OVERDUE': {
        const { herdQueue } = await village.officer.ask('query($rule: String!) { herdQueue(area: "Area:c06733", rule: $rule) { nodes { household { id } } } }', { rule })
        must(herdQueue.nodes[0].household.id, next.householdId)
        const { handover } = await village.done(village.officer, 'handOnAnimal', {
          animalId: duty.calf, toHouseholdId: next.householdId, handedOn: later(duty.from, { days: 20 }), witnessName: 'Đinh Văn Làm Chứng' }, 'handover { id }')
        must((await see(mother)).duty.state, 'AWAITS_ANSWER')
        await village.done(next.speaker, 'confirmAnimal', { handoverId: handover.id, answer: 'RECEIVED' }, 'handover { answer }')
        must((await see(mother)).duty.state, 'DONE')
        return duty.calf
      }
      default: throw new Error(`nothing to do in ${duty.state}`)
    }
  }
  throw new Error('it never came to an end')
}

const SAYS: Record<string, string> = {
  REGISTERED: 'đến với', BORN: 'sinh ra ở', BOUGHT: 'được mua về', VACCINATED: 'tiêm phòng ở', ILL: 'ốm ở', DIED: 'chết ở', STOLEN: 'mất trộm ở', SOLD: 'được bán từ', HANDED_ON: 'được trao cho',
  OWNED: 'thuộc hẳn về',
}

/** All that happened, month by month, and what came of it. Days move on; the book stays. */
async function book(allocationId: string, title: string): Promise<string> {
  const { herd } = await village.officer.ask(`query($id: ID!) { herd(allocation: $id) { founders households living rule { name } animals {
    ${ANIMAL} generation dam { tag } standsFor { tag } events { kind happenedOn price cause witnessName } } } }`, { id: allocationId })
  const months = (day: string) => [...Array(120).keys()].find((n) => later(start, { months: n + 1 }) > day)!
  const homes: string[] = []
  const home = (code: string) => `hộ thứ ${1 + (homes.includes(code) ? homes.indexOf(code) : homes.push(code) - 1)}`
  const facts = herd.animals.flatMap((animal: any) => animal.events.map((event: any) => ({ animal, ...event })))
    .sort((a: any, b: any) => (a.happenedOn < b.happenedOn ? -1 : a.happenedOn > b.happenedOn ? 1 : 0))
  // Where an animal was when something happened: its dam's household, until it was handed on.
  const whereabouts = new Map<string, string>()
  const lines = facts.map(({ animal, kind, happenedOn, price, cause, witnessName }: any) => {
    const place = kind === 'REGISTERED' || kind === 'HANDED_ON' ? home(kind === 'REGISTERED' && animal.generation === 1 ? 'first' : animal.recipientCode)
      : whereabouts.get(animal.tag) ?? whereabouts.get((animal.dam ?? animal.standsFor)?.tag) ?? '?'
    whereabouts.set(animal.tag, place)
    const detail = [price && `${inVi(BigInt(price))} đồng`, cause, witnessName && `làm chứng: ${witnessName}`, animal.standsFor && kind === 'BOUGHT' && `thay ${animal.standsFor.tag}`].filter(Boolean).join(', ')
    return `  tháng ${String(months(happenedOn)).padStart(2)}  ${animal.tag} (${animal.sex === 'MALE' ? 'đực' : 'cái'}) ${SAYS[kind]} ${place}${detail ? ` · ${detail}` : ''}`
  })
  const states = herd.animals.map((animal: any) =>
    `  ${'  '.repeat(animal.generation - 1)}${animal.tag}: ${{ ALIVE: 'còn', DIED: 'đã chết', STOLEN: 'mất trộm', SOLD: 'đã bán' }[animal.status as string]}, của ${animal.owner === 'PROGRAMME' ? 'chương trình' : 'hộ'}${animal.duty ? ` — ${animal.duty.says}` : ''}`)
  return [title, ...lines, `${herd.founders} con bò → ${herd.households} hộ; còn ${herd.living} con`, ...states].join('\n')
    .replaceAll(/\d\d\/\d\d\/\d{4}/g, 'ngày/tháng/năm')
}

/** The same as the giver reads it: the pledge's quantities, and what the book told of it. */
async function ledger(pledgeId: string): Promise<string> {
  const pledge = await ledgerOf(village.giver, pledgeId)
  balanced(pledge)
  return printed(pledge)
}

/** GIA_LAI_2026: GL2. */
const shortOf = (rule: string) => rule.split('_').map((word) => word[0]).join('')
const tagsOf = (prefix: string) => {
  const letters = [...'BCDEFGHIJ']
  return () => `${prefix}-${letters.shift()}`
}

describe('revolving livestock', () => {
  it.each(rules)('of $code runs from its configuration to the third generation', async ({ code, name }) => {
    const { allocationId, pledgeId, cow } = await firstCow(code, `${shortOf(code)}-A`)
    const [second, third] = [await waiting(code, `Hộ Hai ${code}`), await waiting(code, `Hộ Ba ${code}`)]
    const tags = tagsOf(shortOf(code))
    const daughter = await rotate(cow, code, ['MALE', 'FEMALE'], second, tags)
    const { duty, since } = await see(cow)
    expect(duty.state).toBe('DONE')
    await record(cow, 'OWNED', later(since, { months: 60 }))
    const granddaughter = await rotate(daughter, code, ['FEMALE', 'MALE'], third, tags)
    expect(await see(granddaughter)).toMatchObject({ owner: 'PROGRAMME', status: 'ALIVE' })
    expect([await book(allocationId, name), await ledger(pledgeId)].join('\n\n')).toMatchSnapshot()
  }, 60_000)

  it('goes on after a loss: a death has its cause and its witness, and the next calf stands in', async () => {
    const { allocationId, pledgeId, cow } = await firstCow('TAY_NINH', 'XX-A')
    const next = await waiting('TAY_NINH', 'Hộ Sau Mất Bò')
    const born = later(start, { months: 14 })
    const calf = await record(cow, 'BORN', born, { newcomer: { tag: 'XX-0', sex: 'FEMALE' } })
    await record(calf, 'VACCINATED', later(born, { months: 2 }), { note: 'lở mồm long móng' })
    await record(calf, 'ILL', later(born, { months: 3 }))
    const death = { animalId: calf, kind: 'DIED', happenedOn: later(born, { months: 3, days: 4 }) }
    const refusal = async (more: object) => (await village.head.do('recordAnimalEvent', { ...death, ...more }, 'animal { id }')).problem.code
    expect(await refusal({})).toBe('CAUSE_NEEDED')
    expect(await refusal({ cause: 'rét đậm' })).toBe('WITNESS_NEEDED')
    await record(calf, 'DIED', death.happenedOn, { cause: 'rét đậm, viêm phổi', witnessName: 'Đinh Văn Làm Chứng' })
    expect((await see(cow)).duty.state).toBe('AWAITS_BIRTH')
    await rotate(cow, 'TAY_NINH', ['FEMALE'], next, tagsOf('XX'), later(born, { months: 12 }))
    expect([await book(allocationId, 'Tây Ninh, một lứa mất'), await ledger(pledgeId)].join('\n\n')).toMatchSnapshot()
  })
})
