// Deliveries in the API: hand-overs, what the receiving side says of them, settlement, and the tasks that follow.
import { can } from '../../access/policy.ts'
import type { Viewer } from '../../access/viewer.ts'
import { holdsHandover } from '../../access/visibility.ts'
import { builder } from '../../graphql/builder.ts'
import { Permission, type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { type Args, type Bind, column, day, globalId, instant, many, needs, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { Area } from '../areas/schema.ts'
import { Need } from '../households/schema.ts'
import { Role } from '../identity/schema.ts'
import { Allocation } from '../matching/schema.ts'
import { Pledge, PledgeLine } from '../pledges/schema.ts'
import { confirmReceipt, deliverDirectly, dispatch, settle } from './commands.ts'
import { maySpeak } from './rules.ts'
import { takeBack } from './returns.ts'
import { closeTask } from './tasks.ts'

// ── deliveries ──────────────────────────────────────────────────────────────────────────────────────────────────────

const ReceiptAnswer = builder.enumType('ReceiptAnswer', {
  description: 'What the receiving side says of a delivery.',
  values: {
    FULL: { description: 'All of it arrived.' },
    SHORT: { description: 'Part of it arrived.' },
    WRONG: { description: 'Something else arrived, or it was of no use; nothing of it counts as received.' },
    NOT_RECEIVED: { description: 'Nothing arrived.' },
  } as const,
})

const ReceiptChannel = builder.enumType('ReceiptChannel', {
  description: 'How the receiving side spoke.',
  values: {
    SLIP: { description: 'The household, by its paper slip.' },
    ACCOUNT: { description: 'The household, by its account.' },
    PROXY: { description: 'The hamlet Front head for the household, before a witness.' },
  } as const,
})

/** Of an account's person, as far as the viewer may read it. */
export const nameOf = (account: string) => (row: string) => `(select person.display_name from account join person on person.id = account.person_id where account.id = ${row}.${account})`

/** What the giving side does not read of a hand-over. */
const behindHandover = (sql: (row: string) => string) => column((row) => `case when ${holdsHandover(row)} then ${sql(row)} end`)
export const BEHIND = 'For the receiving side and the offices.'

const Receipt = builder.objectRef<Row>('Receipt').implement({
  description: "The receiving side's word on a delivery. A later word never erases an earlier one.",
  extensions: { table: 'receipt' },
  fields: (t) => ({
    id: t.id(globalId('Receipt')),
    answer: t.field({ type: ReceiptAnswer, ...column('answer') }),
    received: t.field({ type: 'Quantity', ...whole('received') }),
    channel: t.field({ type: ReceiptChannel, ...column('channel') }),
    at: t.field({ type: 'DateTime', ...instant('at') }),
    note: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.note`) }),
    proxyName: t.string({ nullable: true, description: `Who spoke for the household. ${BEHIND}`, ...behindHandover((row) => `confirmed_by_proxy(${row}.id)`) }),
    witnessName: t.string({ nullable: true, description: `Before whom the proxy spoke. ${BEHIND}`, ...behindHandover((row) => `${row}.witness_name`) }),
  }),
})

const DeliveryActions = builder.objectRef<Row>('DeliveryActions').implement({
  description: 'What the viewer may do with a delivery.',
  fields: (t) => ({
    confirm: t.field({ type: Permission, description: 'Say what arrived.', resolve: (row, _args, { hub }) => ({ allowed: mayConfirm(hub.viewer, row) }) }),
    takeBack: t.field({
      type: Permission, description: 'Say that what did not arrive has come back.',
      resolve: (row, _args, { hub }) => ({ allowed: row._answer !== null && row._isMissing && can(hub.viewer, 'delivery.takeBack', { areaPath: row._path }) }),
    }),
    addPhoto: t.field({
      type: Permission, description: 'Add a photo of it.',
      resolve: (row, _args, { hub }) => ({ allowed: can(hub.viewer, 'photo.add', { areaPath: row._path }) }),
    }),
  }),
})

function mayConfirm(viewer: Viewer, row: Row): boolean {
  const isHousehold = viewer.households.includes(row._household)
  return row._answer !== 'FULL' && row._isThere && can(viewer, 'receipt.confirm', { areaPath: row._path, householdId: row._household }) &&
    maySpeak(viewer.personId, { partyId: row._party, dispatcherPersonId: row._dispatcher, witnessPersonId: row._witness }, viewer.parties) && (isHousehold || !row._spoken)
}

export const Delivery = builder.objectRef<Row>('Delivery').implement({
  description: 'A hand-over before a witness. It counts as received once the household has said so.',
  extensions: { table: 'delivery' },
  fields: (t) => ({
    id: t.id(globalId('Delivery')),
    allocation: t.field({ type: Allocation, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.allocation_id` }) }),
    quantity: t.field({ type: 'Quantity', description: "Handed over, by the giving side's word.", ...whole('quantity') }),
    isDirect: t.boolean({ description: 'The giver itself handed it over, and says so.', ...column('is_direct') }),
    dispatchedAt: t.field({ type: 'DateTime', description: 'When it was recorded.', ...instant('dispatched_at') }),
    handedOverOn: t.field({ type: 'Date', description: 'The day of the hand-over.', ...column((row) => `coalesce(${row}.handed_over_on, (${row}.dispatched_at at time zone 'Asia/Ho_Chi_Minh')::date)::text`) }),
    confirmBy: t.field({ type: 'Date', description: 'The last day for the household to answer; silence after it opens a task.', ...day('confirm_by') }),
    answer: t.field({ type: ReceiptAnswer, nullable: true, description: 'The latest; null until the household has answered.', ...column('answer') }),
    received: t.field({ type: 'Quantity', description: 'What the latest answer confirms.', ...whole('received') }),
    takenBack: t.field({ type: 'Quantity', description: 'Of what did not arrive: what has come back, to be handed over again.', ...whole('taken_back') }),
    isUnconfirmed: t.boolean({ description: 'Its day has passed without an answer.', ...column((row) => `${row}.answer is null and ${row}.confirm_by < today_in_viet_nam()`) }),
    receipts: t.field({
      type: [Receipt], description: 'All answers, the latest first.',
      ...many({ where: (row, { parent }) => `${row}.delivery_id = ${parent}.id`, orderBy: (row) => `${row}.at desc, ${row}.id`, limit: 50 }),
    }),
    note: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.note`) }),
    witnessName: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.witness_name`) }),
    place: t.string({ nullable: true, description: `Where; empty where it was not said. ${BEHIND}`, ...behindHandover((row) => `${row}.place`) }),
    decisionNo: t.string({ nullable: true, description: `Of the decision that it follows; empty where none is known. ${BEHIND}`, ...behindHandover((row) => `${row}.decision_no`) }),
    dispatcherName: t.string({ nullable: true, description: `Who handed it over. ${BEHIND}`, ...behindHandover((row) => `handed_over_by(${row}.id)`) }),
    viewerCan: t.field({
      type: DeliveryActions,
      ...needs({
        path: (row) => `${row}.area_path::text`, household: 'household_id', answer: 'answer',
        party: 'party_id', dispatcher: 'dispatcher_person_id', witness: 'witness_person_id',
        isMissing: (row) => `${row}.received + ${row}.taken_back < ${row}.quantity`, isThere: (row) => `${row}.taken_back < ${row}.quantity`,
        spoken: (row) => `exists (select 1 from receipt where receipt.delivery_id = ${row}.id and receipt.channel <> 'PROXY')`,
      }),
      resolve: (row: Row) => row,
    }),
  }),
})

const DeliveryConnection = connectionOf(Delivery)
const newestFirst = {
  order: [{ by: (row: string) => `${row}.dispatched_at`, type: 'timestamptz' }, { by: (row: string) => `${row}.id`, type: 'uuid' }],
  descending: true,
}
const inArea = (row: string, args: Args, bind: Bind) =>
  args.area ? `${row}.area_path <@ (select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})` : 'true'

builder.queryField('delivery', (t) =>
  t.field({
    type: Delivery, nullable: true, authScopes: { may: 'delivery.read' }, description: 'One delivery by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Delivery', args.id))}::uuid` }),
  }))

builder.queryField('deliveries', (t) =>
  t.field({
    type: DeliveryConnection, authScopes: { may: 'delivery.read' }, description: 'Deliveries that you may see, newest first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'To households in this area or below it.' }),
      awaiting: t.arg.boolean({ required: false, description: 'Only those that nobody has answered yet.' }),
    },
    ...page({ where: (row, { args, bind }) => `${inArea(row, args, bind)} and ${args.awaiting ? `${row}.answer is null` : 'true'}`, ...newestFirst }),
  }))

export const AllocationActions = builder.objectRef<Row>('AllocationActions').implement({
  description: 'What the viewer may do with an allocation now.',
  fields: (t) => ({
    dispatch: t.field({
      type: Permission,
      resolve: (row, _args, { hub }) => ({ allowed: row._toDispatch && can(hub.viewer, 'delivery.dispatch', { areaPath: row._path }) }),
    }),
    deliverDirectly: t.field({
      type: Permission, description: 'For the giver.',
      resolve: (row, _args, { hub }) => ({
        allowed: row._toDispatch && can(hub.viewer, 'delivery.direct', { partyId: row._party }) && !hub.viewer.households.includes(row._household),
      }),
    }),
    settle: t.field({
      type: Permission, description: 'Never for someone who handed any of it over.',
      resolve: (row, _args, { hub }) => ({
        allowed: row._toSettle && can(hub.viewer, 'allocation.settle', { areaPath: row._path }) && !row._dispatchers.includes(hub.viewer.personId),
      }),
    }),
  }),
})

builder.objectFields(Allocation, (t) => ({
  deliveries: t.field({
    type: DeliveryConnection, args: pageArgs(t), description: 'What was handed over of it, newest first.',
    ...page({ where: (row, { parent }) => `${row}.allocation_id = ${parent}.id`, ...newestFirst }),
  }),
  viewerCan: t.field({
    type: AllocationActions,
    ...needs({
      path: (row) => `${row}.area_path::text`, party: 'party_id', household: 'household_id', toDispatch: (row) => `${row}.dispatched < ${row}.allocated`, toSettle: (row) => `${row}.settled < ${row}.received`,
      dispatchers: (row) => `(select coalesce(json_agg(distinct delivery.dispatcher_person_id), '[]'::json) from delivery where delivery.allocation_id = ${row}.id)`,
    }),
    resolve: (row: Row) => row,
  }),
}))

// ── offices and tasks ───────────────────────────────────────────────────────────────────────────────────────────────

const OfficeHolder = builder.objectRef<Row>('OfficeHolder').implement({
  description: 'Someone who holds an office of the Front.',
  fields: (t) => ({
    personId: t.id({ description: 'For `DispatchInput.witnessId`.', ...globalId('Person', 'person_id') }),
    accountId: t.id({ description: 'Who hands over is no witness: compare it with the viewer\'s own.', ...globalId('Account', 'account_id') }),
    displayName: t.string(column('display_name')),
    role: t.field({ type: Role, ...column('role') }),
    area: t.field({ type: Area, description: 'Of the office.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
  }),
})

builder.queryField('officeHolders', (t) =>
  t.field({
    type: [OfficeHolder], authScopes: { may: 'task.read' },
    description: 'Who holds an office at an area of yours, above it or below it, from the hamlet up: to choose a witness from. At most 200.',
    args: { area: t.arg.id() },
    ...many({
      from: (bind, args) => `office_holders((select path from area where id = ${bind(keyOf('Area', args.area, 'area'))}))`,
      orderBy: (row) => `${row}.level desc, ${row}.display_name collate "vi-x-icu", ${row}.account_id`, limit: 200,
    }),
  }))

const TaskKind = builder.enumType('TaskKind', {
  description: 'What someone has to do.',
  values: {
    VERIFY_PLEDGE: { description: 'Verify or decline a new pledge.' },
    NOT_RECEIVED: { description: 'The household says that nothing arrived.' },
    WRONG_ITEM: { description: 'The household says that something else arrived.' },
    SHORT_DELIVERY: { description: 'The household says that only part arrived.' },
    UNCONFIRMED: { description: 'The household has not answered in time: ask it.' },
    ACCEPT_ADOPTION: { description: 'Accept or decline a proposed adoption.' },
    ANIMAL_ILL: { description: 'The household says that the animal came ill.' },
  } as const,
})

const TaskEscalation = builder.objectRef<Row>('TaskEscalation').implement({
  description: 'A day of a task that passed without a word, after which it went to the office above.',
  extensions: { table: 'task_escalation' },
  fields: (t) => ({
    fromName: t.string({ nullable: true, description: 'Who was silent; null where nobody was in charge.', ...column(nameOf('from_id')) }),
    toName: t.string({ description: 'To whom it went.', ...column(nameOf('to_id')) }),
    silentSince: t.field({ type: 'DateTime', description: 'From when they had it.', ...instant('silent_since') }),
    wasDueOn: t.field({ type: 'Date', ...day('due_on') }),
    at: t.field({ type: 'DateTime', ...instant('at') }),
  }),
})

export const Task = builder.objectRef<Row>('Task').implement({
  description: 'Something to do, for a named person, by a day. For the offices.',
  extensions: { table: 'task' },
  fields: (t) => ({
    id: t.id(globalId('Task')),
    kind: t.field({ type: TaskKind, ...column('kind') }),
    area: t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    pledge: t.field({ type: Pledge, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.pledge_id` }) }),
    delivery: t.field({ type: Delivery, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.delivery_id` }) }),
    assigneeName: t.string({
      nullable: true, description: 'The officer in charge; null where the area had none.',
      ...column(nameOf('assignee_id')),
    }),
    isMine: t.boolean({ description: 'It is for the viewer.', ...column((row) => `coalesce(${row}.assignee_id = viewer_account(), false)`) }),
    dueOn: t.field({ type: 'Date', ...day('due_on') }),
    isOverdue: t.boolean({ ...column((row) => `${row}.closed_at is null and ${row}.due_on < today_in_viet_nam()`) }),
    escalations: t.field({
      type: [TaskEscalation], description: 'Who had it before and stayed silent, the latest first.',
      ...many({ where: (row, { parent }) => `${row}.task_id = ${parent}.id`, orderBy: (row) => `${row}.due_on desc`, limit: 20 }),
    }),
    openedAt: t.field({ type: 'DateTime', ...instant('opened_at') }),
    closedAt: t.field({ type: 'DateTime', nullable: true, ...instant('closed_at') }),
    closingNote: t.string({ nullable: true, description: 'What was done; null where the matter ended by itself.', ...column((row) => `nullif(${row}.closing_note, '')`) }),
  }),
})

builder.queryField('tasks', (t) =>
  t.field({
    type: connectionOf(Task), authScopes: { may: 'task.read' }, description: 'Tasks of your offices, the one due first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'In this area or below it.' }),
      openOnly: t.arg.boolean({ required: false, description: 'Only those not closed.' }),
    },
    ...page({
      where: (row, { args, bind }) => `${inArea(row, args, bind)} and ${args.openOnly ? `${row}.closed_at is null` : 'true'}`,
      order: [{ by: (row) => `${row}.due_on`, type: 'date' }, { by: (row) => `${row}.id`, type: 'uuid' }],
    }),
  }))

// ── what can be done ────────────────────────────────────────────────────────────────────────────────────────────────

const changed = (t: any) => ({
  delivery: produced(t, Delivery, 'deliveryId'),
  allocation: produced(t, Allocation, 'allocationId'),
  line: produced(t, PledgeLine, 'lineId'),
  need: produced(t, Need, 'needId'),
})

/** An input wherever somebody witnesses. */
export const witnessDocument = (t: any) =>
  t.string({ ...text('code'), required: false, description: 'The number on their identity card: needed where they bear the name of who hands over or answers, and so could be taken for the same person.' })

command('dispatch', {
  description: 'Hand over part or all of an allocation before a witness. The household is then asked what arrived.',
  access: 'delivery.dispatch',
  input: (t) => ({
    allocationId: t.id(),
    quantity: t.field({ type: 'Quantity', description: "In the kind's unit." }),
    witnessId: t.id({ required: false, description: 'A witness from `officeHolders`; or give `witnessName`.' }),
    witnessName: t.string({ ...text('name'), required: false, description: '2–80 characters; someone else than you.' }),
    witnessDocument: witnessDocument(t),
    note: t.string({ ...text('note'), required: false, description: 'For the receiving side and the offices; up to 500 characters.' }),
    decisionNo: t.string({ ...text('code'), required: false, description: 'Of the decision that it follows, for the record that both sides sign; up to 60 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: changed,
  run: dispatch,
})

command('deliverDirectly', {
  description: 'As the giver, say what you handed over yourself. It counts as received once the household has said so; you can never answer for it.',
  access: 'delivery.direct',
  input: (t) => ({
    allocationId: t.id(),
    quantity: t.field({ type: 'Quantity', description: "In the kind's unit." }),
    handedOverOn: t.field({ type: 'Date', description: 'Today or within the last 60 days.' }),
    place: t.string({ ...text('line'), description: 'Where; 2–160 characters. For the receiving side and the offices.' }),
    witnessName: t.string({ ...text('name'), description: 'Before whom; 2–80 characters, someone else than you and than who handed it over.' }),
    witnessDocument: witnessDocument(t),
    delivererName: t.string({ ...text('name'), required: false, description: 'Who handed it over for you; up to 80 characters. Absent: you.' }),
    note: t.string({ ...text('note'), required: false, description: 'For the receiving side and the offices; up to 500 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: changed,
  run: deliverDirectly,
})

command('confirmReceipt', {
  description:
    'Say what arrived: as the household, or as its proxy before a witness. What was handed over or witnessed by you cannot be confirmed by you. ' +
    'An answer that is not FULL can be followed by another; anything but FULL opens a task.',
  access: 'receipt.confirm',
  input: (t) => ({
    deliveryId: t.id(),
    answer: t.field({ type: ReceiptAnswer }),
    received: t.field({ type: 'Quantity', required: false, description: 'For SHORT: how much arrived.' }),
    note: t.string({ ...text('note'), required: false, description: 'For the offices; up to 500 characters.' }),
    witnessName: t.string({ ...text('name'), required: false, description: 'For a proxy: before whom; 2–80 characters.' }),
    witnessDocument: witnessDocument(t),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: changed,
  run: confirmReceipt,
})

command('takeBack', {
  description: 'Say that what the household did not receive has come back: it can be handed over again, or be released for someone else.',
  access: 'delivery.takeBack',
  input: (t) => ({
    deliveryId: t.id(),
    quantity: t.field({ type: 'Quantity', description: 'No more than what the household says is missing.' }),
    reason: t.string({ ...text('reason'), description: 'The giver reads it, too; 3–200 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: changed,
  run: takeBack,
})

command('settle', {
  description: 'Account for what was received and close it. Never by someone who handed any of it over.',
  access: 'allocation.settle',
  input: (t) => ({
    allocationId: t.id(),
    quantity: t.field({ type: 'Quantity' }),
    note: t.string({ ...text('note'), required: false, description: 'The giver reads it, too: name no household. Up to 500 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ allocation: produced(t, Allocation, 'allocationId'), line: produced(t, PledgeLine, 'lineId') }),
  run: settle,
})

command('closeTask', {
  description: 'End a task, saying what was done.',
  access: 'task.close',
  input: (t) => ({ taskId: t.id(), note: t.string({ ...text('note'), description: 'Up to 500 characters.' }), idempotencyKey: idempotencyKey(t) }),
  payload: (t) => ({ task: produced(t, Task, 'taskId') }),
  run: closeTask,
})
