// Adoptions through the API: proposed by a giver, answered by the office, known to everyone but for the persons, renewed and ended.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endDueAdoptions } from '../../server/src/features/adoptions/commands.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { Actor } from '../support/world.ts'

let village: Village
let partyId: string
const today = dayInVietNam()

beforeAll(async () => {
  village = await startVillage()
  partyId = (await village.giver.ask('{ viewer { roles { partyId } } }')).viewer.roles[0].partyId
})
afterAll(() => village?.end())

const ADOPTION = 'adoption { id version state startsOn endsOn endedOn reason officerName contactName contactPhone continues { id } viewerCan { accept { allowed } decline { allowed } renew { allowed } end { allowed } } }'
const offer = (more: Record<string, unknown> = {}) => ({
  partyId, anonymous: false, areaId: 'Area:h06733_003', statement: 'Giúp con giống, vốn nhỏ và học nghề', from: today, until: later(today, { months: 12 }),
  contactName: 'Lưu Thị Đầu Mối', contactPhone: '0900000003', ...more,
})
const proposed = async (more: Record<string, unknown> = {}) => (await village.done(village.giver, 'adoptArea', offer(more), ADOPTION)).adoption
const decided = async (actor: Actor, name: string, { id, version }: { id: string; version: number }, more: Record<string, unknown> = {}) =>
  actor.do(name, { adoptionId: id, version, ...more }, ADOPTION)
const active = async (more: Record<string, unknown> = {}) => (await decided(village.officer, 'acceptAdoption', await proposed(more))).adoption
const shown = async (actor: Actor, id: string) =>
  (await actor.ask('query($area: ID) { adoptions(area: $area, first: 100) { nodes { id state party { name } contactName contactPhone officerName reason statement progress { kind { code } promised dispatched received } } } }', { area: 'Area:c06733' }))
    .adoptions.nodes.find((node: { id: string }) => node.id === id)
const openTasks = async (id: string) =>
  (await village.owner.query<{ kind: string; open: boolean }>('select kind::text, closed_at is null as open from task where adoption_id = $1', [uuidOf(id)])).rows

describe('a proposal', () => {
  it('waits for its office, which has a task, and nobody else knows of it', async () => {
    const adoption = await proposed({ kind: 'COW' })
    expect(adoption).toMatchObject({ state: 'PROPOSED', contactName: 'Lưu Thị Đầu Mối', officerName: null, viewerCan: { accept: { allowed: false }, end: { allowed: true }, renew: { allowed: false } } })
    expect(await openTasks(adoption.id)).toEqual([{ kind: 'ACCEPT_ADOPTION', open: true }])
    expect(await shown(village.visitor, adoption.id)).toBeUndefined()
    expect(await shown(village.officer, adoption.id)).toMatchObject({ contactPhone: '0900000003' })
    const { tasks } = await village.officer.ask('{ tasks(openOnly: true, first: 100) { nodes { kind adoption { id } } } }')
    expect(tasks.nodes).toContainEqual({ kind: 'ACCEPT_ADOPTION', adoption: { id: adoption.id } })
  })

  it('is made once for the same place and time, however many are sent at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => village.giver.do('adoptArea', offer({ kind: 'PIG' }), 'adoption { id }')))
    expect(answers.filter(({ problem }) => !problem)).toHaveLength(1)
    expect(new Set(answers.flatMap(({ problem }) => problem?.code ?? []))).toEqual(new Set(['ADOPTED_ALREADY']))
  })

  it('is taken back by its party, and the task with it', async () => {
    const adoption = await proposed({ kind: 'GOAT' })
    const { adoption: gone } = await decided(village.giver, 'endAdoption', adoption, { reason: 'Đăng ký nhầm thôn' })
    expect(gone).toMatchObject({ state: 'ENDED', endedOn: today, viewerCan: { renew: { allowed: false } } })
    expect(await openTasks(adoption.id)).toEqual([{ kind: 'ACCEPT_ADOPTION', open: false }])
    expect(await shown(village.visitor, adoption.id)).toBeUndefined()
  })

  it.each([
    ['for an area that has ended', { areaId: 'Area:c06733_2025' }, 'ENDED_AREA'],
    ['of a kind that there is not', { kind: 'GOLD' }, 'UNKNOWN_KIND'],
    ['without a word on what will be done', { statement: '…' }, 'BAD_STATEMENT'],
    ['in the name of another party', { partyId: `Party:${crypto.randomUUID()}` }, 'NOT_FOUND'],
  ])('is refused %s', async (_what, more, code) => {
    expect((await village.giver.do('adoptArea', offer(more), 'adoption { id }')).problem.code).toBe(code)
  })

  it('is refused to a visitor and to an officer, who are no party', async () => {
    for (const actor of [village.visitor, village.officer]) {
      const { errors } = await actor.try('mutation($input: AdoptAreaInput!) { adoptArea(input: $input) { problem { code } } }', { input: { ...offer(), idempotencyKey: crypto.randomUUID() } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
})

describe('an answer', () => {
  it('makes it known to everyone, without the persons on either side', async () => {
    const adoption = await active({ areaId: 'Area:h06733_002' })
    expect(adoption).toMatchObject({ state: 'ACTIVE', officerName: 'Lê Thị Thử' })
    expect(await shown(village.visitor, adoption.id)).toMatchObject({
      state: 'ACTIVE', party: { name: 'Công ty Sao Mai (minh họa)' }, contactName: null, contactPhone: null, officerName: null, progress: [] })
    expect(await shown(village.giver, adoption.id)).toMatchObject({ contactName: 'Lưu Thị Đầu Mối', officerName: 'Lê Thị Thử' })
  })

  it('keeps the name of a party that stays unnamed from everyone but its offices', async () => {
    const adoption = await active({ areaId: 'Area:h06733_002', kind: 'COW', anonymous: true })
    expect((await shown(village.visitor, adoption.id)).party).toBeNull()
    expect((await shown(village.officer, adoption.id)).party.name).toBe('Công ty Sao Mai (minh họa)')
  })

  it('is given by an officer of the area alone, on the version that was seen, and once', async () => {
    const adoption = await proposed({ areaId: 'Area:h06733_002', kind: 'PIG' })
    const elsewhere = await village.signIn('mattran.mytho')
    expect((await decided(elsewhere, 'acceptAdoption', adoption)).problem.__typename).toBe('NotFound')
    expect((await village.head.try('mutation($input: AcceptAdoptionInput!) { acceptAdoption(input: $input) { problem { code } } }', { input: { adoptionId: adoption.id, version: 1, idempotencyKey: crypto.randomUUID() } })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await decided(village.officer, 'acceptAdoption', { ...adoption, version: 7 })).problem.code).toBe('CHANGED_MEANWHILE')
    const answers = await Promise.all([village.officer, village.province, village.officer, village.province].map((actor) => decided(actor, 'acceptAdoption', adoption)))
    expect(answers.filter(({ problem }) => !problem)).toHaveLength(1)
  })

  it('that declines says why, to the giver alone', async () => {
    const adoption = await proposed({ areaId: 'Area:h06733_002', kind: 'POULTRY' })
    expect((await decided(village.officer, 'declineAdoption', adoption, { reason: ' ' })).problem.code).toBe('REASON_NEEDED')
    await decided(village.officer, 'declineAdoption', adoption, { reason: 'Thôn đã đủ gà giống' })
    expect(await shown(village.giver, adoption.id)).toMatchObject({ state: 'DECLINED', reason: 'Thôn đã đủ gà giống' })
    expect(await shown(village.visitor, adoption.id)).toBeUndefined()
    expect(await openTasks(adoption.id)).toEqual([{ kind: 'ACCEPT_ADOPTION', open: false }])
  })
})

describe('time', () => {
  it('ends what has run out, and tells', async () => {
    const adoption = await active({ areaId: 'Area:c06733', kind: 'GOAT' })
    await village.owner.query('update adoption set starts_on = $2, ends_on = $3 where id = $1', [uuidOf(adoption.id), later(today, { months: -12 }), later(today, { days: -1 })])
    expect(await endDueAdoptions(village.db)).toBe(1)
    expect(await endDueAdoptions(village.db)).toBe(0)
    expect(await shown(village.visitor, adoption.id)).toMatchObject({ state: 'ENDED' })
    // The feed waits for whatever else is being written in the same moment.
    await expect.poll(async () => (await village.visitor.ask('{ events(first: 20) { nodes { __typename ... on AdoptionEnded { adoption { id } } } } }')).events.nodes)
      .toContainEqual({ __typename: 'AdoptionEnded', adoption: { id: adoption.id } })
  })

  it('is renewed by a new proposal that continues the old one, once', async () => {
    const adoption = await active({ areaId: 'Area:c06733', kind: 'COW' })
    const { adoption: next, problem } = await decided(village.giver, 'renewAdoption', adoption, { until: later(today, { months: 30 }) })
    expect(problem).toBeNull()
    expect(next).toMatchObject({ state: 'PROPOSED', continues: { id: adoption.id }, startsOn: later(adoption.endsOn, { days: 1 }), contactName: 'Lưu Thị Đầu Mối' })
    expect((await decided(village.giver, 'renewAdoption', adoption, { until: later(today, { months: 30 }) })).problem.code).toBe('RENEWED_ALREADY')
    expect((await decided(village.officer, 'acceptAdoption', next)).adoption.state).toBe('ACTIVE')
  })

  it('can be cut short by either side, with a reason', async () => {
    const adoption = await active({ areaId: 'Area:c06733', kind: 'PIG' })
    const { adoption: ended } = await decided(village.officer, 'endAdoption', adoption, { reason: 'Hai bên thống nhất dừng' })
    expect(ended).toMatchObject({ state: 'ENDED', endedOn: today, reason: 'Hai bên thống nhất dừng' })
    expect(await shown(village.visitor, adoption.id)).toMatchObject({ state: 'ENDED', reason: null })
  })
})

describe('progress', () => {
  it('is what the party pledged to the place, handed over and saw confirmed there in that time; for both sides alone', async () => {
    const adoption = await active({ areaId: 'Area:c06733', kind: 'TECH_TRANSFER' })
    const { allocationId } = await village.matched('TECH_TRANSFER', 4)
    const deliveryId = await village.handedOver(allocationId, 3)
    await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'SHORT', received: '2', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    const progress = [{ kind: { code: 'TECH_TRANSFER' }, promised: '4', dispatched: '3', received: '2' }]
    expect((await shown(village.giver, adoption.id)).progress).toEqual(progress)
    expect((await shown(village.officer, adoption.id)).progress).toEqual(progress)
    expect((await shown(village.visitor, adoption.id)).progress).toEqual([])
  })
})
