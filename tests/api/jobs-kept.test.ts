// A fifth of a hamlet's poor and near-poor households with a job a year: only one that was kept counts, and nobody learns a small number from it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village
const hamlet = 'Area:h06733_001'
const today = dayInVietNam()
const year = Number(today.slice(0, 4))
const ago = (months: number) => later(today, { months: -months })

beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const targetOf = async (actor: Actor, of = year, area = hamlet) =>
  (await actor.ask('query($area: ID!, $year: Int!) { area(id: $area) { households { label } jobTarget(year: $year) { households kept isReached } } }', { area, year: of })).area

const said = (allocationId: string, kind: string, quantity: number, observedOn: string, more = {}) =>
  village.done(village.head, 'recordOutcome', { allocationId, kind, quantity: String(quantity), observedOn, ...more }, 'allocation { completion { isComplete says } }')

/** As though the household had said so many months ago that it came. */
async function cameAgo(deliveryId: string, months: number): Promise<void> {
  await village.owner.query('alter table receipt disable trigger append_only')
  await village.owner.query('update receipt set at = $2::date where delivery_id = $1', [uuidOf(deliveryId), ago(months)])
  await village.owner.query('alter table receipt enable trigger append_only')
}

/** On how many the office counts. */
const counted = async (of = year) => Number((await targetOf(village.officer, of)).jobTarget.kept)

describe('a job', () => {
  it('counts once it is seen to be kept, not when it is referred, taken or begun; and no more when it is lost', async () => {
    const before = await counted()
    const { allocationId } = await village.matched('JOB', 2)
    expect(await counted()).toBe(before)
    const deliveryId = await village.handedOver(allocationId, 2)
    await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    await cameAgo(deliveryId, 5)
    expect((await said(allocationId, 'JOB_INTERVIEWED', 2, ago(5))).allocation.completion.says).toMatch(/Interviewed/)
    await said(allocationId, 'JOB_STARTED', 2, ago(4))
    expect(await counted()).toBe(before)
    await said(allocationId, 'JOB_KEPT', 2, today)
    expect(await counted()).toBe(before + 1) // two posts, one household
    await said(allocationId, 'JOB_LOST', 1, today, { cause: 'chuyển chỗ ở' })
    expect(await counted()).toBe(before + 1)
    await said(allocationId, 'JOB_LOST', 1, today, { cause: 'xưởng đóng cửa' })
    expect(await counted()).toBe(before)
  })

  it('counts once, in the year in which it was first seen to be kept', async () => {
    const [thisYear, lastYear] = [await counted(), await counted(year - 1)]
    const { allocationId } = await village.received('JOB', 1, 30)
    await said(allocationId, 'JOB_STARTED', 1, ago(29))
    await said(allocationId, 'JOB_KEPT', 1, `${year - 1}-12-31`)
    await said(allocationId, 'JOB_KEPT', 1, today)
    expect([await counted(), await counted(year - 1)]).toEqual([thisYear, lastYear + 1])
  })
})

describe('the target of a hamlet', () => {
  /** What everyone may be told, worked out anew from what the office counts. */
  const publishedOf = ({ households, kept }: { households: string; kept: string }, label: string) => {
    const [listed, n, isCounted] = [Number(households), Number(kept), /^\d+$/.test(label)]
    const isShown = isCounted && n >= 5 && (listed - n === 0 || listed - n >= 5)
    return {
      households: label, kept: n < 5 ? '< 5' : isShown ? kept : '≥ 5',
      isReached: isShown ? n * 5 >= listed : n < 5 && isCounted && Number(label) > 20 ? false : null,
    }
  }

  it('tells everyone no small number, and the office every one', async () => {
    const keepsOne = async () => {
      const { householdId } = await helpedHousehold(village, village.officer, [])
      const { need } = await village.done(village.officer, 'raiseNeed', { householdId, kind: 'JOB', quantity: '1', urgency: 2 }, 'need { id version }')
      await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
      const pledge = await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'JOB', quantity: '1' }] })
      await verified(village.officer, pledge)
      const { allocation } = await village.done(village.head, 'allocate', { lineId: pledge.lines[0]!.id, needId: need.id, quantity: '1' }, 'allocation { id }')
      const deliveryId = await village.handedOver(allocation.id, 1)
      await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
      await cameAgo(deliveryId, 5)
      await said(allocation.id, 'JOB_STARTED', 1, ago(4))
      await said(allocation.id, 'JOB_KEPT', 1, today)
    }
    const seen: string[] = []
    for (let n = 0; n < 6; n++) {
      const exact = (await targetOf(village.officer)).jobTarget
      expect(exact).toEqual({ households: expect.stringMatching(/^\d+$/), kept: String(n), isReached: n * 5 >= Number(exact.households) })
      expect((await targetOf(village.head)).jobTarget).toEqual(exact)
      const { households: { label } } = await targetOf(village.visitor)
      await expect.poll(async () => (await targetOf(village.visitor)).jobTarget).toEqual(publishedOf(exact, label))
      expect((await targetOf(village.giver)).jobTarget).toEqual(publishedOf(exact, label))
      seen.push((await targetOf(village.visitor)).jobTarget.kept)
      await keepsOne()
    }
    expect(seen).toEqual(['< 5', '< 5', '< 5', '< 5', '< 5', '≥ 5'])

    // The hamlet's count is withheld to protect one beside it, and with it how many kept a job. Were it published, six would still be withheld while four have none.
    const published = async () => {
      const { households } = (await targetOf(village.officer)).jobTarget
      await village.owner.query('update published_household_count set households = $1 where area_id = $2', [households, hamlet.slice('Area:'.length)])
      await expect.poll(async () => (await targetOf(village.visitor)).households.label).toBe(households)
      return (await targetOf(village.visitor)).jobTarget
    }
    expect(await published()).toEqual({ households: '10', kept: '≥ 5', isReached: null })
    await helpedHousehold(village, village.officer, [])
    expect(await published()).toEqual({ households: '11', kept: '6', isReached: true })
  }, 60_000)

  it('is its own: sums of hamlets would tell what is withheld of one', async () => {
    for (const area of ['Area:c06733', 'Area:p22', 'Area:d194']) {
      expect((await targetOf(village.visitor, year, area)).jobTarget).toBeNull()
      expect((await targetOf(village.officer, year, area)).jobTarget).toBeNull()
    }
  })

  it('is neither reached nor missed where nobody is on the list', async () => {
    expect((await targetOf(village.officer, year, 'Area:h06733_003')).jobTarget).toEqual({ households: '0', kept: '0', isReached: null })
  })

  it('of another year says to everyone nothing of who was on the list then', async () => {
    expect((await targetOf(village.visitor, year - 1)).jobTarget).toMatchObject({ households: '–', kept: '< 5' })
    expect(Number((await targetOf(village.officer, year - 1)).jobTarget.households)).toBeGreaterThan(0)
  })
})
