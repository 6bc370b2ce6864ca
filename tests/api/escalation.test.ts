// What stays silent goes one office up, and says who had it: through the job, on real rows, however many processes do it at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { escalateSilentTasks, openUnconfirmedTasks } from '../../server/src/features/deliveries/tasks.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { connect } from '../../server/src/platform/db.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type World, type Actor, pledged } from '../support/world.ts'

let village: Village<World>
beforeAll(async () => { village = await startVillage() })
afterAll(() => village?.end())

const today = dayInVietNam()
const day = (days: number) => later(today, { days })

/** A delivery that the household let pass, with the task that silence has opened. */
async function unconfirmed() {
  const { allocationId, pledgeId } = await village.matched('COW', 1)
  const deliveryId = await village.handedOver(allocationId, 1)
  await village.owner.query('update delivery set confirm_by = $2 where id = $1', [uuidOf(deliveryId), day(-1)])
  await openUnconfirmedTasks(village)
  return { deliveryId, pledgeId }
}
const silent = (deliveryId: string, due = day(-1)) => village.owner.query('update task set due_on = $2 where delivery_id = $1 and closed_at is null', [uuidOf(deliveryId), due])
const TASKS = `{ tasks(first: 100) { nodes {
  id kind assigneeName isMine dueOn isOverdue openedAt closedAt escalations { fromName toName wasDueOn silentSince at } delivery { id } pledge { id } adoption { id } } } }`
const taskThat = async (isIt: (task: any) => boolean, actor: Actor = village.province) => (await actor.ask(TASKS)).tasks.nodes.find(isIt)
const taskOf = (deliveryId: string, actor?: Actor) => taskThat((task) => task.delivery?.id === deliveryId, actor)
const told = async (actor: Actor, pledge: string) =>
  (await actor.ask('query($pledge: ID!) { events(first: 50, scope: { pledge: $pledge }) { nodes { __typename } } }', { pledge })).events.nodes.filter((event: any) => event.__typename === 'TaskEscalated').length

describe('a task about a hand-over', () => {
  it('stays with its officer while its day has not passed', async () => {
    const { deliveryId } = await unconfirmed()
    expect(await escalateSilentTasks(village)).toBe(0)
    expect(await taskOf(deliveryId)).toMatchObject({ assigneeName: 'Lê Thị Thử', dueOn: day(3), escalations: [] })
  })

  it('goes from the commune to the province once it was silent, with who was silent since when, and tells the offices alone', async () => {
    const { deliveryId, pledgeId } = await unconfirmed()
    await silent(deliveryId)
    const before = await taskOf(deliveryId)
    expect(before).toMatchObject({ assigneeName: 'Lê Thị Thử', isMine: false, isOverdue: true })
    expect(await escalateSilentTasks(village)).toBe(1)
    expect(await taskOf(deliveryId)).toMatchObject({
      id: before.id, assigneeName: 'Nguyễn Thị Minh Họa', isMine: true, isOverdue: false, dueOn: day(3),
      escalations: [{ fromName: 'Lê Thị Thử', toName: 'Nguyễn Thị Minh Họa', wasDueOn: day(-1) }],
    })
    expect((await taskOf(deliveryId, village.officer)).isMine).toBe(false)
    await expect.poll(async () => [await told(village.province, pledgeId), await told(village.officer, pledgeId), await told(village.giver, pledgeId), await told(village.visitor, pledgeId)]).toEqual([1, 1, 0, 0])
  })

  it('goes up once for each day that passed, whoever looks, and rests with the highest office', async () => {
    const { deliveryId, pledgeId } = await unconfirmed()
    await silent(deliveryId)
    const elsewhere = await connect(village.database.ownerUrl, { max: 4 })
    const moved = await Promise.all([village.db, elsewhere].flatMap((db) => Array.from({ length: 4 }, () => escalateSilentTasks({ db, config: village.config }))))
    await elsewhere.close()
    expect(moved.reduce((sum, count) => sum + count)).toBe(1)
    expect(await escalateSilentTasks(village)).toBe(0)
    await silent(deliveryId, day(-2))
    expect(await escalateSilentTasks(village)).toBe(0)
    expect(await taskOf(deliveryId)).toMatchObject({ assigneeName: 'Nguyễn Thị Minh Họa', isOverdue: true, escalations: [{ fromName: 'Lê Thị Thử' }] })
    await expect.poll(() => told(village.province, pledgeId)).toBe(1)
  })

  it('climbs from a hamlet head over the commune to the province, naming each', async () => {
    const { deliveryId } = await unconfirmed()
    await village.owner.query(`update task set assignee_id = (select id from account where login = 'thon1.haitien') where delivery_id = $1`, [uuidOf(deliveryId)])
    await silent(deliveryId, day(-5))
    expect(await escalateSilentTasks(village)).toBe(1)
    await silent(deliveryId, day(-1))
    expect(await escalateSilentTasks(village)).toBe(1)
    const task = await taskOf(deliveryId)
    expect(task.escalations.map(({ fromName, toName }: any) => [fromName, toName])).toEqual([['Lê Thị Thử', 'Nguyễn Thị Minh Họa'], ['Phạm Văn Mẫu', 'Lê Thị Thử']])
    expect(task.escalations[0].silentSince).toBe(task.escalations[1].at)
  })

  it('of nobody, or of someone who holds no office any more, goes to the nearest officer', async () => {
    const { deliveryId } = await unconfirmed()
    await village.owner.query('update task set assignee_id = null where delivery_id = $1', [uuidOf(deliveryId)])
    await silent(deliveryId)
    expect(await escalateSilentTasks(village)).toBe(1)
    expect(await taskOf(deliveryId)).toMatchObject({ assigneeName: 'Lê Thị Thử', escalations: [{ fromName: null, toName: 'Lê Thị Thử' }] })

    const left = await unconfirmed()
    await village.owner.query(`update task set assignee_id = (select id from account where login = 'mattran.mytho') where delivery_id = $1`, [uuidOf(left.deliveryId)])
    await silent(left.deliveryId)
    expect(await escalateSilentTasks(village)).toBe(1)
    expect((await taskOf(left.deliveryId)).assigneeName).toBe('Lê Thị Thử')
  })

  it('that is closed stays where it is', async () => {
    const { deliveryId, pledgeId } = await unconfirmed()
    const { id } = await taskOf(deliveryId)
    await village.done(village.officer, 'closeTask', { taskId: id, note: 'Đã gọi cho hộ' }, 'task { id }')
    await village.owner.query('update task set due_on = $2 where delivery_id = $1 or pledge_id = $3', [uuidOf(deliveryId), day(-9), uuidOf(pledgeId)])
    expect(await escalateSilentTasks(village)).toBe(0)
    expect(await taskOf(deliveryId)).toMatchObject({ assigneeName: 'Lê Thị Thử', escalations: [] })
  })

  it('keeps its record of who was silent from everyone but the offices', async () => {
    const { rows } = await village.owner.query('select count(*)::int as n from task_escalation')
    expect(rows[0].n).toBeGreaterThan(0)
    expect((await village.db.open.query('select * from task_escalation')).rows).toEqual([])
    expect((await village.db.pool.query('select * from task_escalation')).rows).toEqual([])
    await expect(village.db.pool.query('select escalate_silent_tasks(current_date), officer_above(null, null)')).rejects.toThrow(/permission denied/)
  })
})

describe('a task about what waits for an office', () => {
  const toProvince = { assigneeName: 'Nguyễn Thị Minh Họa', isMine: true, isOverdue: false, dueOn: day(3) }
  const toVerify = async (areaId: string) => {
    const pledge = await pledged(village.visitor, { areaId, lines: [{ kind: 'GOAT', quantity: '3' }] })
    const waits = () => taskThat((task) => task.kind === 'VERIFY_PLEDGE' && task.pledge?.id === pledge.id)
    return { pledge, waits, silent: () => village.owner.query('update task set due_on = $2 where pledge_id = $1 and closed_at is null', [uuidOf(pledge.id), day(-1)]) }
  }

  it('to be verified goes to the office above once it was silent, which verifies the pledge and so ends it', async () => {
    const { pledge, waits, silent } = await toVerify('Area:c06733')
    expect(await escalateSilentTasks(village)).toBe(0)
    await silent()
    const { openedAt } = await waits()
    expect(await escalateSilentTasks(village)).toBe(1)
    expect(await waits()).toMatchObject({ ...toProvince, escalations: [{ fromName: 'Lê Thị Thử', toName: 'Nguyễn Thị Minh Họa', wasDueOn: day(-1), silentSince: openedAt }] })
    await expect.poll(async () => [await told(village.province, pledge.id), await told(village.officer, pledge.id)]).toEqual([1, 1])
    expect([await told(village.giver, pledge.id), await told(village.visitor, pledge.id)]).toEqual([0, 0])
    await village.done(village.province, 'verifyPledge', { pledgeId: pledge.id, version: pledge.version }, 'pledge { state }')
    expect((await waits()).closedAt).not.toBeNull()
  })

  it('of a province rests there: no office stands above it', async () => {
    const { waits, silent } = await toVerify('Area:p22')
    await silent()
    expect(await escalateSilentTasks(village)).toBe(0)
    expect(await waits()).toMatchObject({ assigneeName: 'Nguyễn Thị Minh Họa', isOverdue: true, escalations: [] })
    await village.owner.query('update task set due_on = today_in_viet_nam() where closed_at is null')
  })

  it('to answer whoever offers to stand by an area goes up, too, and ends with the answer', async () => {
    const { viewer } = await village.giver.ask('{ viewer { roles { partyId } } }')
    const { adoption } = await village.done(village.giver, 'adoptArea', {
      partyId: viewer.roles[0].partyId, anonymous: false, areaId: 'Area:h06733_003', statement: 'Giúp con giống, vốn nhỏ và học nghề', from: today, until: later(today, { months: 12 }),
      contactName: 'Lưu Thị Đầu Mối' }, 'adoption { id version }')
    const waits = () => taskThat((task) => task.adoption?.id === adoption.id)
    await village.owner.query('update task set due_on = $2 where adoption_id = $1', [uuidOf(adoption.id), day(-1)])
    expect(await escalateSilentTasks(village)).toBe(1)
    expect(await waits()).toMatchObject({ ...toProvince, kind: 'ACCEPT_ADOPTION', closedAt: null, escalations: [{ fromName: 'Lê Thị Thử', toName: 'Nguyễn Thị Minh Họa' }] })
    await village.done(village.province, 'acceptAdoption', { adoptionId: adoption.id, version: adoption.version }, 'adoption { state }')
    expect((await waits()).closedAt).not.toBeNull()
  })
})

describe('the days of waiting', () => {
  it('are settings of the hub', async () => {
    const patient = await startVillage({ config: { confirmWithinDays: 14, followUpWithinDays: 5 } })
    try {
      const { allocationId } = await patient.matched('GOAT', 1)
      const { delivery } = await patient.done(patient.officer, 'dispatch', { allocationId, quantity: '1', witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id confirmBy }')
      expect(delivery.confirmBy).toBe(day(14))
      await patient.owner.query('update delivery set confirm_by = $2 where id = $1', [uuidOf(delivery.id), day(-1)])
      await openUnconfirmedTasks(patient)
      const { rows } = await patient.owner.query('select due_on::text from task where delivery_id = $1', [uuidOf(delivery.id)])
      expect(rows).toEqual([{ due_on: day(5) }])
    } finally {
      await patient.end()
    }
  })
})
