// An animal that was handed on, on the slips of both households: the one is told what it owes and by when, the other says whether it came.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type HelpedHousehold, helpedHousehold, slipFor } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Shown, type Telephone, fieldIn, telephone } from '../support/telephone.ts'

const { animal: said, ...vi } = words.vi
const today = dayInVietNam()

let village: Village
beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const text = (page: Shown) => page.text.replace(/<(style|svg)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ').replaceAll('\u00a0', ' ').replace(/\s+/g, ' ')

let herds = 0
interface Herd {
  tag: string
  calfId: string
  giving: Telephone
}

/** A cow that came to the village's household three years ago, with a calf of so many months. */
async function herd(months: number): Promise<Herd> {
  const { allocationId } = await village.received('COW', 1, 36)
  const tag = `PH-${++herds}`
  const { herd: { animals } } = await village.done(village.officer, 'registerAnimals', {
    allocationId, rule: 'TAY_NINH', animals: [{ tag: `${tag}M`, sex: 'FEMALE', bornOn: later(today, { months: -60 }) }] }, 'herd { animals { id } }')
  const { animal } = await village.done(village.head, 'recordAnimalEvent', {
    animalId: animals[0].id, kind: 'BORN', happenedOn: later(today, { months: -months }), newcomer: { tag, sex: 'FEMALE' } }, 'animal { id }')
  const giving = telephone(village.url)
  await giving.openNew(await slipFor(village.officer, village.home.householdId))
  return { tag, calfId: animal.id, giving }
}

async function handedOn({ calfId }: Herd): Promise<{ to: HelpedHousehold; handoverId: string; phone: Telephone; home: Shown }> {
  const to = await helpedHousehold(village, village.officer, [])
  const { handover } = await village.done(village.officer, 'handOnAnimal', {
    animalId: calfId, toHouseholdId: to.householdId, handedOn: today, witnessName: 'Đinh Văn Làm Chứng', reason: 'nhà gần' }, 'handover { id }')
  const phone = telephone(village.url)
  return { to, handoverId: uuidOf(handover.id), phone, home: await phone.openNew(to.code) }
}

const stored = async (id: string) => (await village.owner.query('select answer::text, channel::text, (select household_id from animal where id = animal_id) as holder from animal_handover where id = $1', [id])).rows[0]

/** Answers as the pages lead. */
async function answered(phone: Telephone, id: string, answer: string): Promise<Shown> {
  const check = await phone.get(`/h/con-giong/${id}/xem-lai?tra-loi=${answer}`)
  return phone.post(`/h/con-giong/${id}`, { khoa: fieldIn(check, 'khoa'), 'tra-loi': fieldIn(check, 'tra-loi') })
}

describe('the household that gives', () => {
  it('reads what it must pass on, and by when', async () => {
    const growing = await herd(2)
    const home = text(await growing.giving.get('/h'))
    expect(home).toContain(said.kept)
    expect(home).toContain(said.lent)
    expect(home).toMatch(new RegExp(`Bác nuôi ${growing.tag} đến .*\\d{4}\\. Rồi trao cho nhà khác\\.`))
    const due = await herd(7)
    expect(text(await due.giving.get('/h'))).toMatch(new RegExp(`Đến lúc trao ${due.tag} cho nhà khác\\. Hạn là .*\\d{4}\\.`))
  })

  it('reads that it waits for the other household, and then that it is done', async () => {
    const family = await herd(8)
    const { handoverId, phone } = await handedOn(family)
    expect(text(await family.giving.get('/h'))).toContain(said.duty.AWAITS_ANSWER({ tag: family.tag, from: '', by: '' }))
    await answered(phone, handoverId, 'RECEIVED')
    expect(text(await family.giving.get('/h'))).toContain(said.duty.DONE())
    expect((await family.giving.get(`/h/con-giong/${handoverId}`)).status).toBe(404)
  })
})

describe('the household that receives', () => {
  it('is asked with the animal\'s tag, and its yes moves the animal and says what comes next', async () => {
    const family = await herd(8)
    const { to, handoverId, phone, home } = await handedOn(family)
    expect(text(home)).toContain(`${vi.home.asks} 1 con bò giống sinh sản`)
    const question = await phone.get(`/h/con-giong/${handoverId}`)
    expect(text(question)).toContain(`${said.tag} ${family.tag} , ${said.sex.FEMALE}`)
    expect(text(question)).toContain('Lê Thị Thử')
    expect(text(question)).toContain('Đinh Văn Làm Chứng')
    for (const answer of Object.values(said.answers)) expect(text(question)).toContain(answer)

    const receipt = await answered(phone, handoverId, 'RECEIVED')
    expect(receipt).toMatchObject({ status: 200, path: `/h/con-giong/${handoverId}/bien-nhan` })
    expect(text(receipt)).toContain(said.thanks[1])
    expect(await stored(handoverId)).toEqual({ answer: 'RECEIVED', channel: 'SLIP', holder: uuidOf(to.householdId) })
    const after = text(await phone.get('/h'))
    expect(after).not.toContain(vi.home.asks)
    expect(after).toContain(`${said.tag} ${family.tag} ${said.duty.AWAITS_BIRTH()}`)
  })

  it.each(['ILL', 'WRONG', 'NOT_RECEIVED'] as const)('says %s, and is told that an officer looks into it', async (answer) => {
    const { handoverId, phone } = await handedOn(await herd(8))
    expect(text(await answered(phone, handoverId, answer))).toContain(vi.receipt.follows(3)[1])
    expect(await stored(handoverId)).toMatchObject({ answer })
    expect(text(await phone.get('/h'))).toContain(said.told[answer])
  })

  it('answers once: sent again it is the same answer, and another is refused kindly', async () => {
    const { handoverId, phone } = await handedOn(await herd(8))
    const sent = { khoa: randomUUID(), 'tra-loi': 'NOT_RECEIVED' }
    for (let i = 0; i < 2; i++) expect((await phone.post(`/h/con-giong/${handoverId}`, sent)).path).toBe(`/h/con-giong/${handoverId}/bien-nhan`)
    const other = await phone.post(`/h/con-giong/${handoverId}`, { khoa: randomUUID(), 'tra-loi': 'RECEIVED' })
    expect(other.status).toBe(409)
    expect(text(other)).toContain(vi.settled.title)
    expect((await phone.get(`/h/con-giong/${handoverId}`)).status).toBe(409)
    expect(await stored(handoverId)).toMatchObject({ answer: 'NOT_RECEIVED' })
  })

  it('is led back from an answer that is none, and finds nothing of other households', async () => {
    const { handoverId, phone } = await handedOn(await herd(8))
    expect((await phone.get(`/h/con-giong/${handoverId}/xem-lai?tra-loi=NO`)).path).toBe(`/h/con-giong/${handoverId}`)
    expect((await phone.post(`/h/con-giong/${handoverId}`, { khoa: randomUUID() })).path).toBe(`/h/con-giong/${handoverId}`)
    expect((await phone.get(`/h/con-giong/${handoverId}/bien-nhan`)).path).toBe(`/h/con-giong/${handoverId}`)
    const stranger = telephone(village.url)
    await stranger.openNew((await helpedHousehold(village, village.officer, [])).code)
    for (const page of ['', '/xem-lai?tra-loi=RECEIVED', '/bien-nhan']) expect((await stranger.get(`/h/con-giong/${handoverId}${page}`)).status).toBe(404)
    expect((await stranger.post(`/h/con-giong/${handoverId}`, { khoa: randomUUID(), 'tra-loi': 'RECEIVED' })).status).toBe(404)
    expect(await stored(handoverId)).toMatchObject({ answer: null })
  })
})
