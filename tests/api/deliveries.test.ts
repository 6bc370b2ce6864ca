// Hand-overs through the API: before a witness, confirmed by the other side alone, settled by a third, chased when they go wrong.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hub } from '../../server/src/access/hub.ts'
import { type ConfirmReceipt, confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import { openUnconfirmedTasks } from '../../server/src/features/deliveries/tasks.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { Actor } from '../support/world.ts'

let village: Village
let slip: Hub

beforeAll(async () => {
  village = await startVillage()
  slip = await village.slip()
})
afterAll(() => village?.end())

const refused = ({ problem }: { problem: { __typename: string; code: string } | null }) => (problem ? `${problem.__typename}: ${problem.code}` : 'went through')
const bySlip = (deliveryId: string, answer: ConfirmReceipt['answer'], more: Partial<ConfirmReceipt> = {}) =>
  confirmReceipt(slip, { deliveryId, answer, idempotencyKey: randomUUID(), ...more }).then(() => 'went through', (failure) => `${failure.kind}: ${failure.code}`)
const dispatch = (actor: Actor, input: Record<string, unknown>) => actor.do('dispatch', { witnessName: 'Đinh Văn Làm Chứng', ...input }, 'delivery { id confirmBy }')
const asProxy = (actor: Actor, deliveryId: string, more: Record<string, unknown> = {}) =>
  actor.do('confirmReceipt', { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến', ...more }, 'delivery { receipts { channel answer received proxyName witnessName } }')
const quantities = async (allocationId: string) =>
  (await village.officer.ask('query($id: ID!) { allocation(id: $id) { quantities { allocated dispatched received settled } } }', { id: allocationId })).allocation.quantities
/** Events of a pledge, oldest first, as someone sees them. */
// An event is listed once no older transaction is still writing, wherever in the cluster: whoever asks right after a change asks again.
const eventsOf = async (actor: Actor, pledge: string): Promise<{ __typename: string; quantity?: string }[]> =>
  (await actor.ask('query($pledge: ID!) { events(first: 50, scope: { pledge: $pledge }) { nodes { __typename ... on DeliveryDispatched { quantity } ... on ReceiptConfirmed { quantity } ... on AllocationSettled { quantity } } } }', { pledge }))
    .events.nodes.reverse()
const tasksOf = async (deliveryId: string) =>
  (await village.officer.ask('{ tasks(area: "Area:c06733", first: 100) { nodes { id kind assigneeName isMine dueOn isOverdue closedAt closingNote delivery { id isUnconfirmed } } } }'))
    .tasks.nodes.filter((task: any) => task.delivery?.id === deliveryId)

describe('dispatching', () => {
  it('moves the quantity, asks the household within a week, and tells everyone', async () => {
    const { allocationId, pledgeId } = await village.matched('GOAT', 10)
    const { delivery } = await dispatch(village.officer, { allocationId, quantity: '4' })
    expect(delivery.confirmBy).toBe(later(dayInVietNam(), { days: 7 }))
    expect(await quantities(allocationId)).toEqual({ allocated: '10', dispatched: '4', received: '0', settled: '0' })
    await expect.poll(async () => (await eventsOf(village.visitor, pledgeId)).at(-1)).toEqual({ __typename: 'DeliveryDispatched', quantity: '4' })
    expect(refused(await dispatch(village.officer, { allocationId, quantity: '7' }))).toBe('Conflict: MORE_THAN_ALLOCATED')
  })

  it('hands over exactly what was allocated, however many try at once', async () => {
    const { allocationId } = await village.matched('PIG', 3)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => dispatch(i % 2 ? village.officer : village.province, { allocationId, quantity: '1' })))
    expect(answers.filter((answer) => !answer.problem)).toHaveLength(3)
    expect(await quantities(allocationId)).toMatchObject({ dispatched: '3' })
  })

  it('happens once for one key', async () => {
    const { allocationId } = await village.matched('PIG', 3)
    const idempotencyKey = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => dispatch(village.officer, { allocationId, quantity: '1', idempotencyKey })))
    expect(new Set(answers.map((answer) => answer.delivery.id)).size).toBe(1)
    expect(await quantities(allocationId)).toMatchObject({ dispatched: '1' })
    expect(refused(await dispatch(village.officer, { allocationId, quantity: '2', idempotencyKey }))).toBe('Conflict: KEY_USED_FOR_OTHER_INPUT')
  })

  it('needs a witness who is someone else', async () => {
    const { allocationId } = await village.matched('COW', 2)
    const { officeHolders } = await village.officer.ask('{ officeHolders(area: "Area:h06733_001") { personId displayName role } }')
    const idOf = (role: string) => officeHolders.find((holder: any) => holder.role === role).personId
    const input = { allocationId, quantity: '1', witnessName: null }
    expect(refused(await dispatch(village.officer, input))).toBe('InvalidInput: WITNESS_NEEDED')
    expect(refused(await dispatch(village.officer, { ...input, witnessName: 'lê thị  thử' }))).toBe('InvalidInput: WITNESS_IS_DISPATCHER')
    expect(refused(await dispatch(village.officer, { ...input, witnessId: idOf('COMMUNE_OFFICER') }))).toBe('InvalidInput: WITNESS_IS_DISPATCHER')
    expect(refused(await dispatch(village.officer, { ...input, witnessId: `Person:${randomUUID()}` }))).toBe('InvalidInput: UNKNOWN_WITNESS')
    const { delivery } = await village.done(village.officer, 'dispatch', { ...input, witnessId: idOf('HAMLET_HEAD') }, 'delivery { witnessName dispatcherName }')
    expect(delivery).toEqual({ witnessName: 'Phạm Văn Mẫu', dispatcherName: 'Lê Thị Thử' })
  })

  it('is for the officers of the place', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const elsewhere = await village.signIn('mattran.mytho')
    expect((await dispatch(elsewhere, { allocationId, quantity: '1' })).problem.__typename).toBe('NotFound')
    for (const actor of [village.head, village.giver, village.visitor]) {
      const { errors } = await actor.try('mutation($input: DispatchInput!) { dispatch(input: $input) { problem { code } } }', { input: { allocationId, quantity: '1', witnessName: 'Ai Đó', idempotencyKey: randomUUID() } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
})

describe('confirming', () => {
  it('keeps every answer of the household, counts the latest, and chases what is missing', async () => {
    const { allocationId, pledgeId } = await village.matched('GOAT', 10)
    const deliveryId = await village.handedOver(allocationId, 10)
    expect(await bySlip(deliveryId, 'SHORT', { received: 7n, note: 'thiếu ba con' })).toBe('went through')
    expect(await quantities(allocationId)).toMatchObject({ dispatched: '10', received: '7' })
    expect(await bySlip(deliveryId, 'SHORT', { received: 8n })).toBe('went through')
    expect(await tasksOf(deliveryId)).toEqual([expect.objectContaining({
      kind: 'SHORT_DELIVERY', assigneeName: 'Lê Thị Thử', isMine: true, dueOn: later(dayInVietNam(), { days: 3 }), isOverdue: false, closedAt: null })])
    expect(await bySlip(deliveryId, 'FULL')).toBe('went through')
    expect(await quantities(allocationId)).toMatchObject({ received: '10' })
    expect(await bySlip(deliveryId, 'NOT_RECEIVED')).toBe('Conflict: ALREADY_CONFIRMED')

    const { delivery } = await village.officer.ask('query($id: ID!) { delivery(id: $id) { answer received receipts { channel answer received note proxyName } } }', { id: deliveryId })
    expect(delivery).toEqual({ answer: 'FULL', received: '10', receipts: [
      { channel: 'SLIP', answer: 'FULL', received: '10', note: '', proxyName: null },
      { channel: 'SLIP', answer: 'SHORT', received: '8', note: '', proxyName: null },
      { channel: 'SLIP', answer: 'SHORT', received: '7', note: 'thiếu ba con', proxyName: null }] })
    const { rows } = await village.owner.query(`select amount::int from line_fact where delivery_id = $1 and stage = 'RECEIVED' order by id`, [uuidOf(deliveryId)])
    expect(rows.map((row) => row.amount)).toEqual([7, 1, 2])
    await expect.poll(async () => (await eventsOf(village.visitor, pledgeId)).filter((event) => event.__typename === 'ReceiptConfirmed').map((event) => event.quantity)).toEqual(['7', '8', '10'])
  })

  it('counts nothing of what never came or was wrong, and tells only those concerned', async () => {
    const { allocationId, pledgeId } = await village.matched('COW', 2)
    const [lost, wrong] = [await village.handedOver(allocationId, 1), await village.handedOver(allocationId, 1)]
    expect([await bySlip(lost, 'NOT_RECEIVED'), await bySlip(wrong, 'WRONG')]).toEqual(['went through', 'went through'])
    expect(await quantities(allocationId)).toMatchObject({ received: '0' })
    expect([...(await tasksOf(lost)), ...(await tasksOf(wrong))].map((task) => task.kind)).toEqual(['NOT_RECEIVED', 'WRONG_ITEM'])
    const told = async (actor: Actor, name: string) => (await eventsOf(actor, pledgeId)).filter((event) => event.__typename === name).length
    await expect.poll(async () => [await told(village.visitor, 'ReceiptConfirmed'), await told(village.giver, 'ReceiptConfirmed'), await told(village.officer, 'ReceiptConfirmed')]).toEqual([0, 2, 2])
    await expect.poll(async () => [await told(village.giver, 'TaskOpened'), await told(village.officer, 'TaskOpened')]).toEqual([0, 3]) // the pledge was to be verified, too
  })

  it('lets one of ten simultaneous answers through, and one key once', async () => {
    const { allocationId } = await village.matched('PIG', 4)
    const first = await village.handedOver(allocationId, 2)
    const answers = await Promise.all(Array.from({ length: 10 }, () => bySlip(first, 'FULL')))
    expect(answers.sort()).toEqual([...Array(9).fill('Conflict: ALREADY_CONFIRMED'), 'went through'])
    const second = await village.handedOver(allocationId, 2)
    const idempotencyKey = randomUUID()
    expect(new Set(await Promise.all(Array.from({ length: 10 }, () => bySlip(second, 'SHORT', { received: 1n, idempotencyKey }))))).toEqual(new Set(['went through']))
    const { rows } = await village.owner.query('select count(*)::int as receipts from receipt where delivery_id = $1', [uuidOf(second)])
    expect(rows[0].receipts).toBe(1)
    expect(await quantities(allocationId)).toMatchObject({ received: '3' })
  })

  it('is done by the household with its account, too', async () => {
    const account = await village.newcomer('Người Nhà Minh Họa', 'HOUSEHOLD', { householdId: village.home.householdId })
    const { allocationId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    const { deliveries } = await account.ask('{ deliveries(awaiting: true, first: 100) { nodes { id dispatcherName witnessName viewerCan { confirm { allowed } } } } }')
    expect(deliveries.nodes).toContainEqual({ id: deliveryId, dispatcherName: 'Lê Thị Thử', witnessName: 'Đinh Văn Làm Chứng', viewerCan: { confirm: { allowed: true } } })
    const { delivery } = await village.done(account, 'confirmReceipt', { deliveryId, answer: 'FULL' }, 'delivery { receipts { channel } viewerCan { confirm { allowed } } } need { received }')
    expect(delivery).toEqual({ receipts: [{ channel: 'ACCOUNT' }], viewerCan: { confirm: { allowed: false } } })
  })

  it('is done by the hamlet head as a recorded proxy, before a witness', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    expect(refused(await asProxy(village.head, deliveryId, { witnessName: null }))).toBe('InvalidInput: WITNESS_NEEDED')
    expect(refused(await asProxy(village.head, deliveryId, { witnessName: 'phạm văn mẫu' }))).toBe('InvalidInput: WITNESS_IS_PROXY')
    expect(refused(await asProxy(village.head, deliveryId, { witnessName: 'Lê Thị Thử' }))).toBe('InvalidInput: WITNESS_IS_DISPATCHER')
    expect((await asProxy(village.head, deliveryId)).delivery.receipts).toEqual([
      { channel: 'PROXY', answer: 'FULL', received: '1', proxyName: 'Phạm Văn Mẫu', witnessName: 'Mạc Thị Chứng Kiến' }])
  })

  it('is refused to whoever handed over or witnessed', async () => {
    const { allocationId } = await village.matched('PIG', 3)
    const { officeHolders } = await village.officer.ask('{ officeHolders(area: "Area:h06733_001") { personId role } }')
    const head = officeHolders.find((holder: any) => holder.role === 'HAMLET_HEAD').personId
    const [byId, byName] = [await village.handedOver(allocationId, 1, { witnessId: head }), await village.handedOver(allocationId, 1, { witnessName: 'PHẠM VĂN MẪU' })]
    expect([refused(await asProxy(village.head, byId)), refused(await asProxy(village.head, byName))]).toEqual(['Conflict: BOTH_SIDES', 'Conflict: BOTH_SIDES'])

    const { rows: [officer] } = await village.owner.query(`select account.id, person_id from account where login = 'mattran.haininh'`)
    await village.owner.query(
      `insert into role_grant (account_id, role, area_id, household_id) values ($1, 'HAMLET_HEAD', 'h06733_001', null), ($1, 'HOUSEHOLD', null, $2)`,
      [officer.id, uuidOf(village.home.householdId)])
    const both = await village.signIn('mattran.haininh')
    const deliveryId = await village.handedOver(allocationId, 1)
    expect(refused(await asProxy(both, deliveryId))).toBe('Conflict: BOTH_SIDES')
    const { delivery } = await both.ask('query($id: ID!) { delivery(id: $id) { viewerCan { confirm { allowed } } } }', { id: deliveryId })
    expect(delivery.viewerCan.confirm.allowed).toBe(false)
    await village.owner.query(`update role_grant set revoked_at = now() where account_id = $1 and role in ('HAMLET_HEAD', 'HOUSEHOLD')`, [officer.id])

    // The database says the same to whoever gets past the rules.
    await expect(village.owner.query(
      `insert into receipt (delivery_id, pledge_id, party_id, household_id, area_id, answer, received, channel, account_id, person_id, witness_name)
       select id, pledge_id, party_id, household_id, area_id, 'FULL', 1, 'PROXY', $2, $3, 'Ai Đó' from delivery where id = $1`, [uuidOf(deliveryId), officer.id, officer.person_id])).rejects.toThrow(/both sides/)
  })

  it("stands as the household's own word against a proxy", async () => {
    const { allocationId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    await bySlip(deliveryId, 'NOT_RECEIVED')
    expect(refused(await asProxy(village.head, deliveryId))).toBe('Conflict: HOUSEHOLD_HAS_SPOKEN')
    expect(await bySlip(deliveryId, 'FULL')).toBe('went through')
  })

  it('is for nobody else', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    for (const actor of [village.officer, village.giver, village.visitor]) {
      const { errors } = await actor.try('mutation($input: ConfirmReceiptInput!) { confirmReceipt(input: $input) { problem { code } } }', { input: { deliveryId, answer: 'FULL', idempotencyKey: randomUUID() } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
    const neighbour = await village.newcomer('Trưởng Thôn Bên', 'HAMLET_HEAD', { areaId: 'h06733_002' })
    expect((await asProxy(neighbour, deliveryId)).problem.__typename).toBe('NotFound')
  })
})

describe('taking back', () => {
  const takeBack = (actor: Actor, deliveryId: string, quantity: number, reason = 'con giống ốm, đã mang về trạm') =>
    actor.do('takeBack', { deliveryId, quantity: String(quantity), reason }, 'delivery { takenBack received answer viewerCan { takeBack { allowed } confirm { allowed } } } allocation { quantities { allocated dispatched received } viewerCan { dispatch { allowed } } }')

  it('opens what did not arrive to be handed over again, or to go to another household', async () => {
    const { allocationId, pledgeId } = await village.matched('GOAT', 10)
    const deliveryId = await village.handedOver(allocationId, 10)
    expect(refused(await takeBack(village.officer, deliveryId, 1))).toBe('Conflict: NOT_ANSWERED')
    await bySlip(deliveryId, 'SHORT', { received: 7n })
    expect([refused(await takeBack(village.officer, deliveryId, 4)), refused(await takeBack(village.officer, deliveryId, 0)), refused(await takeBack(village.officer, deliveryId, 1, ' '))])
      .toEqual(['Conflict: MORE_THAN_MISSING', 'InvalidInput: BAD_QUANTITY', 'InvalidInput: REASON_NEEDED'])
    expect(await takeBack(village.officer, deliveryId, 2)).toEqual({
      delivery: { takenBack: '2', received: '7', answer: 'SHORT', viewerCan: { takeBack: { allowed: true }, confirm: { allowed: false } } },
      allocation: { quantities: { allocated: '10', dispatched: '8', received: '7' }, viewerCan: { dispatch: { allowed: true } } }, problem: null })

    // One is handed over again, one goes back to the line for another household; the third is still missing.
    const again = await village.handedOver(allocationId, 1)
    expect(await bySlip(again, 'FULL')).toBe('went through')
    const { allocation } = await village.done(village.officer, 'releaseAllocation', { allocationId, reason: 'ghép cho hộ khác' }, 'allocation { quantities { allocated dispatched received } }')
    expect(allocation.quantities).toEqual({ allocated: '9', dispatched: '9', received: '8' })
    const { rows } = await village.owner.query(`select amount::int, reason from line_fact where delivery_id = $1 and stage = 'DISPATCHED' order by id`, [uuidOf(deliveryId)])
    expect(rows).toEqual([{ amount: 10, reason: '' }, { amount: -2, reason: 'con giống ốm, đã mang về trạm' }])
    const told = async (actor: Actor) => (await eventsOf(actor, pledgeId)).filter((event) => event.__typename === 'DeliveryTakenBack').length
    await expect.poll(async () => [await told(village.officer), await told(village.giver), await told(village.visitor)]).toEqual([1, 1, 0])

    // What arrives later after all is answered for what is left.
    expect(await bySlip(deliveryId, 'SHORT', { received: 8n })).toBe('InvalidInput: BAD_QUANTITY')
    expect(await bySlip(deliveryId, 'FULL')).toBe('went through')
    expect(await quantities(allocationId)).toEqual({ allocated: '9', dispatched: '9', received: '9', settled: '0' })
  })

  it('of everything ends the question, and happens once', async () => {
    const { allocationId } = await village.matched('COW', 2)
    const deliveryId = await village.handedOver(allocationId, 2)
    await bySlip(deliveryId, 'NOT_RECEIVED')
    const answers = await Promise.all(Array.from({ length: 6 }, () => takeBack(village.officer, deliveryId, 1)))
    expect(answers.filter(({ problem }) => !problem)).toHaveLength(2)
    expect(await quantities(allocationId)).toMatchObject({ allocated: '2', dispatched: '0', received: '0' })
    expect(await bySlip(deliveryId, 'FULL')).toBe('Conflict: TAKEN_BACK')
  })

  it('is for the officers of the place', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    await bySlip(deliveryId, 'WRONG')
    expect((await takeBack(await village.signIn('mattran.mytho'), deliveryId, 1)).problem.__typename).toBe('NotFound')
    for (const actor of [village.head, village.giver, village.visitor]) {
      const { errors } = await actor.try('mutation($input: TakeBackInput!) { takeBack(input: $input) { problem { code } } }', { input: { deliveryId, quantity: '1', reason: 'vì vậy', idempotencyKey: randomUUID() } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
})

describe('settling', () => {
  it('closes what the household confirmed, by someone who handed none of it over', async () => {
    const { allocationId, pledgeId } = await village.matched('CASH_CAPITAL', 9_000_000)
    const deliveryId = await village.handedOver(allocationId, 9_000_000)
    const settle = (actor: Actor, quantity: number) => actor.do('settle', { allocationId, quantity: String(quantity), note: 'đủ chứng từ' }, 'allocation { quantities { settled } viewerCan { settle { allowed } } } line { quantities { settled } }')
    expect(refused(await settle(village.province, 1))).toBe('Conflict: MORE_THAN_RECEIVED')
    await bySlip(deliveryId, 'SHORT', { received: 8_000_000n })
    expect(refused(await settle(village.officer, 1))).toBe('Conflict: MAKER_IS_CHECKER')
    expect(await settle(village.province, 5_000_000)).toEqual({
      allocation: { quantities: { settled: '5000000' }, viewerCan: { settle: { allowed: true } } }, line: { quantities: { settled: '5000000' } }, problem: null })
    await expect.poll(async () => (await eventsOf(village.visitor, pledgeId)).at(-1)).toEqual({ __typename: 'AllocationSettled', quantity: '5000000' })
    expect(refused(await settle(village.province, 3_000_001))).toBe('Conflict: MORE_THAN_RECEIVED')
    expect(await bySlip(deliveryId, 'SHORT', { received: 4_000_000n })).toBe('Conflict: ALREADY_SETTLED')
    expect(await bySlip(deliveryId, 'SHORT', { received: 5_000_000n })).toBe('went through')
  })

  it('leaves no more settled than received when many try at once', async () => {
    const { allocationId } = await village.matched('PIG', 5)
    await bySlip(await village.handedOver(allocationId, 5), 'FULL')
    const answers = await Promise.all(Array.from({ length: 12 }, () => village.province.do('settle', { allocationId, quantity: '1' }, 'line { id }')))
    expect(answers.filter((answer) => !answer.problem)).toHaveLength(5)
    expect(await quantities(allocationId)).toMatchObject({ settled: '5' })
  })
})

describe('what the giver reads', () => {
  it('is that it was handed over and what was answered, not by whom and before whom', async () => {
    const { allocationId, pledgeId, code } = await village.matched('GOAT', 3)
    const deliveryId = await village.handedOver(allocationId, 3, { note: 'giao tại nhà' })
    await bySlip(deliveryId, 'SHORT', { received: 2n, note: 'một con yếu' })
    const selection = 'allocations { nodes { deliveries { nodes { quantity answer received note witnessName dispatcherName isUnconfirmed receipts { answer channel note proxyName witnessName } viewerCan { confirm { allowed } } } } } }'
    const seen = [{ deliveries: { nodes: [{
      quantity: '3', answer: 'SHORT', received: '2', note: null, witnessName: null, dispatcherName: null, isUnconfirmed: false,
      receipts: [{ answer: 'SHORT', channel: 'SLIP', note: null, proxyName: null, witnessName: null }], viewerCan: { confirm: { allowed: false } } }] } }]
    expect((await village.giver.ask(`query($id: ID!) { pledge(id: $id) { ${selection} } }`, { id: pledgeId })).pledge.allocations.nodes).toEqual(seen)
    expect((await village.visitor.ask(`query($code: String!) { pledgeByCode(code: $code) { ${selection} } }`, { code })).pledgeByCode.allocations.nodes).toEqual(seen)
    expect((await village.visitor.ask(`query($id: ID!) { pledge(id: $id) { ${selection} } }`, { id: pledgeId })).pledge.allocations.nodes).toEqual([])
  })
})

describe('tasks', () => {
  it('open once for a delivery that nobody answered in time, and end with the answer', async () => {
    const { allocationId, pledgeId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    expect(await openUnconfirmedTasks(village)).toBe(0)
    await village.owner.query('update delivery set confirm_by = $2 where id = $1', [uuidOf(deliveryId), later(dayInVietNam(), { days: -1 })])
    const opened = await Promise.all(Array.from({ length: 4 }, () => openUnconfirmedTasks(village)))
    expect(opened.reduce((sum, count) => sum + count)).toBe(1)
    expect(await tasksOf(deliveryId)).toEqual([expect.objectContaining({ kind: 'UNCONFIRMED', assigneeName: 'Lê Thị Thử', closedAt: null, delivery: { id: deliveryId, isUnconfirmed: true } })])
    await expect.poll(async () => (await eventsOf(village.officer, pledgeId)).at(-1)!.__typename).toBe('TaskOpened')

    await bySlip(deliveryId, 'FULL')
    expect(await tasksOf(deliveryId)).toEqual([expect.objectContaining({ closedAt: expect.any(String), closingNote: null })])
    await expect.poll(async () => (await eventsOf(village.officer, pledgeId)).at(-1)!.__typename).toBe('TaskClosed')
    expect(await openUnconfirmedTasks(village)).toBe(0)
  })

  it('are closed with a note, once, by an office of the place', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const deliveryId = await village.handedOver(allocationId, 1)
    await bySlip(deliveryId, 'NOT_RECEIVED')
    const [{ id: taskId }] = await tasksOf(deliveryId)
    const close = (actor: Actor, note: string) => actor.do('closeTask', { taskId, note }, 'task { closingNote closedAt }')
    expect(refused(await close(village.officer, '  '))).toBe('InvalidInput: NOTE_NEEDED')
    expect((await close(await village.signIn('mattran.mytho'), 'xong')).problem.__typename).toBe('NotFound')
    expect((await close(village.head, 'Đã tìm thấy và giao lại')).task).toEqual({ closingNote: 'Đã tìm thấy và giao lại', closedAt: expect.any(String) })
    const { problem } = await close(village.officer, 'xong')
    expect(problem.code).toBe('TASK_CLOSED')
    expect(problem.message).toContain('Phạm Văn Mẫu')
    await bySlip(deliveryId, 'NOT_RECEIVED')
    expect((await tasksOf(deliveryId)).filter((task: any) => task.closedAt === null)).toHaveLength(1)
  })
})

describe('office holders', () => {
  it('are shown to the offices at or above the place', async () => {
    const holders = async (actor: Actor, area: string) =>
      (await actor.ask('query($area: ID!) { officeHolders(area: $area) { displayName role area { id } } }', { area })).officeHolders.map((holder: any) => `${holder.role} ${holder.displayName} ${holder.area.id}`)
    const own = ['HAMLET_HEAD Phạm Văn Mẫu Area:h06733_001', 'COMMUNE_OFFICER Lê Thị Thử Area:c06733', 'PROVINCE_OFFICER Nguyễn Thị Minh Họa Area:p22']
    expect(await holders(village.officer, 'Area:h06733_001')).toEqual(own)
    expect(await holders(village.head, 'Area:h06733_001')).toEqual(own)
    expect(await holders(village.officer, 'Area:c06733')).toEqual(expect.arrayContaining(own))
    expect(await holders(village.head, 'Area:c06733')).toEqual([])
    expect(await holders(village.officer, 'Area:p82')).toEqual([])
  })

  it('in charge are the nearest commune officer, or else the province officer', async () => {
    const inCharge = async (path: string) =>
      (await village.owner.query('select login from account where id = officer_for($1::ltree)', [path])).rows[0]?.login ?? null
    expect(await inCharge('p22.c06733.h06733_001')).toBe('mattran.haininh')
    expect(await inCharge('p22.c06757')).toBe('mattran.quangninh')
    expect(await inCharge('p22')).toBe('mattran.quangninh')
    expect(await inCharge('p01')).toBeNull()
    await village.owner.query(`update account set disabled_at = now() where login = 'mattran.haininh'`)
    expect(await inCharge('p22.c06733.h06733_001')).toBe('mattran.quangninh')
    await village.owner.query(`update account set disabled_at = null where login = 'mattran.haininh'`)
  })
})
