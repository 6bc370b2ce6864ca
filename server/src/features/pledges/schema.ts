// Pledges in the API: parties, pledges, their lines and the five quantities.
import { followsPledge, holdsPledge, knowsGiver } from '../../access/visibility.ts'
import { type Context } from '../../graphql/context.ts'
import { can } from '../../access/policy.ts'
import { withPledges } from '../../access/viewer.ts'
import { builder } from '../../graphql/builder.ts'
import { Permission, type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { type Args, type Bind, type From, column, day, globalId, inline, instant, many, needs, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { Area } from '../areas/schema.ts'
import { SupportKind } from '../households/schema.ts'
import { followPledge, limit } from '../identity/limits.ts'
import { followCodesIn } from './code.ts'
import { amendPledge, declinePledge, lapsePledge, makePledge, verifyPledge, withdrawPledge } from './commands.ts'
import { followedLately } from './followed-lately.ts'
import { NATION, totalsOf, unitPrice } from './queries.ts'
import { type PledgeAction, type PledgeState as State, isAllowedIn } from './rules.ts'

export const PartyKind = builder.enumType('PartyKind', {
  description: 'Who gives. OVERSEAS: Vietnamese living abroad. HOUSEHOLD: a household that helps others.',
  values: ['PERSON', 'BUSINESS', 'COOPERATIVE', 'BANK', 'ORGANISATION', 'OVERSEAS', 'FOREIGN', 'HOUSEHOLD'] as const,
})

export const PledgeState = builder.enumType('PledgeState', {
  description: 'Only a VERIFIED pledge counts in any total and can be matched.',
  values: ['REGISTERED', 'VERIFIED', 'DECLINED', 'WITHDRAWN', 'LAPSED'] as const,
})

const PledgeStepKind = builder.enumType('PledgeStepKind', {
  description: 'What was done with a pledge.',
  values: ['REGISTERED', 'VERIFIED', 'DECLINED', 'AMENDED', 'WITHDRAWN', 'LAPSED'] as const,
})

const Stage = builder.enumType('Stage', {
  description: 'The five quantities of a line. RECEIVED: confirmed by the receiving side.',
  values: ['PROMISED', 'ALLOCATED', 'DISPATCHED', 'RECEIVED', 'SETTLED'] as const,
})

export const Party = builder.objectRef<Row>('Party').implement({
  description: 'A giver, as far as the viewer may know it. Never present on an anonymous pledge, but to its own party and to the offices.',
  extensions: { table: 'party' },
  fields: (t) => ({
    id: t.id(globalId('Party')),
    kind: t.field({ type: PartyKind, ...column('kind') }),
    name: t.string(column('name')),
    isDemonstration: t.boolean(column('is_demo')),
    contact: t.field({ type: PartyContact, nullable: true, description: 'For the party itself and the offices.', ...one({ where: (row, { parent }) => `${row}.party_id = ${parent}.id` }) }),
  }),
})

const PartyContact = builder.objectRef<Row>('PartyContact').implement({
  description: 'How to reach a party.',
  extensions: { table: 'party_contact' },
  fields: (t) => ({
    name: t.string(column('name')),
    phone: t.string({ nullable: true, ...column('phone') }),
    email: t.string({ nullable: true, ...column('email') }),
  }),
})

export const Quantities = builder.objectRef<Row>('Quantities').implement({
  description: 'Five quantities, each the sum of immutable facts, in the unit of the kind. 0 ≤ settled ≤ received ≤ dispatched ≤ allocated ≤ promised.',
  fields: (t) => ({
    promised: t.field({ type: 'Quantity', ...whole('promised') }),
    allocated: t.field({ type: 'Quantity', description: 'Joined to needs.', ...whole('allocated') }),
    dispatched: t.field({ type: 'Quantity', description: 'Handed over, by the giving side\'s word.', ...whole('dispatched') }),
    received: t.field({ type: 'Quantity', description: 'Confirmed by the receiving side.', ...whole('received') }),
    settled: t.field({ type: 'Quantity', description: 'Accounted for and closed.', ...whole('settled') }),
    open: t.field({ type: 'Quantity', description: 'Promised and not yet allocated.', ...column((row) => `(${row}.promised - ${row}.allocated)::text`) }),
    shortfall: t.field({
      type: 'Quantity', description: 'Handed over, answered by the household, and not received.',
      ...column((row) => `greatest(0, ${row}.dispatched - ${row}.received)::text`),
    }),
  }),
})

export const Pledge = builder.objectRef<Row>('Pledge')
export const PledgeLine = builder.objectRef<Row>('PledgeLine')

const JobPost = builder.objectRef<Row>('JobPost').implement({
  description: 'The terms of a line of posts: where, what for, what it pays.',
  extensions: { table: 'job_post' },
  fields: (t) => ({
    area: t.field({ type: Area, description: 'Where the work is.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    skillsWanted: t.stringList({ description: 'What whoever starts must know.', ...column((row) => `to_json(${row}.skills_wanted)`) }),
    skillsTaught: t.stringList({ description: 'What is taught at work.', ...column((row) => `to_json(${row}.skills_taught)`) }),
    wage: t.field({ type: 'VND', description: 'A month.', ...whole('wage') }),
    startsOn: t.field({ type: 'Date', ...day('starts_on') }),
  }),
})

const PurchaseAgreement = builder.objectRef<Row>('PurchaseAgreement').implement({
  description: 'The terms of a line that promises to buy produce; the volume is the quantity promised.',
  extensions: { table: 'purchase_agreement' },
  fields: (t) => ({
    product: t.string(column('product')),
    seasonFrom: t.field({ type: 'Date', ...day('season_from') }),
    seasonTo: t.field({ type: 'Date', description: 'Its last day.', ...day('season_to') }),
    floorPrice: t.field({ type: 'VND', description: 'A kg; nothing is bought for less.', ...whole('floor_price') }),
    bought: t.field({ type: 'Quantity', description: 'Kg that were weighed as bought.', ...whole('bought') }),
    value: t.field({ type: 'VND', description: 'What these came to, at the prices that they were bought for.', ...whole('value') }),
    paid: t.field({ type: 'Quantity', description: 'Kg of them that were paid for.', ...whole('paid') }),
  }),
})

PledgeLine.implement({
  description: 'One kind of support within a pledge.',
  extensions: { table: 'pledge_line' },
  fields: (t) => ({
    id: t.id(globalId('PledgeLine')),
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    detail: t.string({ description: 'In the giver\'s words: breed, course, purpose.', ...column('detail') }),
    post: t.field({ type: JobPost, nullable: true, description: 'Of a line of posts.', ...one({ place: 'inside', where: (row, { parent }) => `${row}.line_id = ${parent}.id` }) }),
    agreement: t.field({ type: PurchaseAgreement, nullable: true, description: 'Of a line that promises to buy produce.', ...one({ place: 'inside', where: (row, { parent }) => `${row}.line_id = ${parent}.id` }) }),
    quantities: t.field({ type: Quantities, ...inline() }),
    estimatedValue: t.field({
      type: 'VND', description: 'Promised quantity × what one was worth on the day of the promise, by the dated price list: an estimate, except for capital; 0 where the quantity is beyond what is possible.',
      ...column((row) => `worth(${row}.promised, ${unitPrice(row)})::text`),
    }),
    pledge: t.field({ type: Pledge, ...one({ place: 'inside', where: (row, { parent }) => `${row}.id = ${parent}.pledge_id` }) }),
    facts: t.field({
      type: [LineFact], description: 'The movements behind the quantities, oldest first; for the giver and the offices.',
      ...many({ where: (row, { parent }) => `${row}.line_id = ${parent}.id`, orderBy: (row) => `${row}.id`, limit: 200 }),
    }),
  }),
})

const LineFact = builder.objectRef<Row>('LineFact').implement({
  description: 'One immutable movement of one of the five quantities.',
  extensions: { table: 'line_fact' },
  fields: (t) => ({
    stage: t.field({ type: Stage, ...column('stage') }),
    amount: t.field({ type: 'Quantity', description: 'Signed.', ...whole('amount') }),
    reason: t.string(column('reason')),
    at: t.field({ type: 'DateTime', ...instant('at') }),
  }),
})

const PledgeStep = builder.objectRef<Row>('PledgeStep').implement({
  description: 'One thing done with a pledge, and why.',
  extensions: { table: 'pledge_step' },
  fields: (t) => ({
    step: t.field({ type: PledgeStepKind, ...column('step') }),
    reason: t.string(column('reason')),
    at: t.field({ type: 'DateTime', ...instant('at') }),
  }),
})

const PledgeActions = builder.objectRef<Row>('PledgeActions').implement({
  description: 'What the viewer may do with a pledge in its present state.',
  fields: (t) => {
    const action = (name: PledgeAction) =>
      t.field({
        type: Permission,
        resolve: (row: Row, _args, context) => ({
          allowed: isAllowedIn(row._state as State, name) &&
            can(context.hub.viewer, `pledge.${name}`, { areaPath: row._path, partyId: row._party }),
        }),
      })
    return { verify: action('verify'), decline: action('decline'), amend: action('amend'), withdraw: action('withdraw'), lapse: action('lapse') }
  },
})

Pledge.implement({
  description: 'A promise to an area, from the day it is made to the change it makes.',
  extensions: { table: 'pledge' },
  fields: (t) => ({
    id: t.id(globalId('Pledge')),
    followCode: t.string({
      nullable: true, description: 'Opens the pledge without an account: only for the giver, and for whoever holds it. Never put it on a paper that is shown around, or into the memo of a transfer.',
      ...column((row) => `case when ${followsPledge(row)} then (select code from follow_code where follow_code.pledge_id = ${row}.id) end`),
    }),
    transferCode: t.string({
      nullable: true, description: 'Names the pledge on papers and in the memo of a bank transfer, and opens nothing; for the giver and the offices.',
      ...column((row) => `case when ${holdsPledge(row)} then ${row}.transfer_code end`),
    }),
    state: t.field({ type: PledgeState, ...column('state') }),
    version: t.int({ description: 'Give it back with a decision, so that nobody decides on an outdated view.', ...column('version') }),
    anonymous: t.boolean(column('anonymous')),
    party: t.field({ type: Party, nullable: true, description: 'Null where the giver chose to stay anonymous.', ...one({ place: 'inside', isShown: true, where: (row, { parent }) => `${row}.id = ${parent}.party_id and ${knowsGiver(parent)}` }) }),
    area: t.field({ type: Area, description: 'For whom it is meant.', ...one({ place: 'inside', where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    expectedOn: t.field({ type: 'Date', ...day('expected_on') }),
    isLate: t.boolean({ description: 'Its day has passed and part of it has not been handed over.', ...column((row) => `${row}.expected_on < today_in_viet_nam() and exists (select 1 from pledge_line where pledge_line.pledge_id = ${row}.id and pledge_line.dispatched < pledge_line.promised)`) }),
    message: t.string({ nullable: true, description: 'For the offices.', ...column((row) => `case when ${holdsPledge(row)} then ${row}.message end`) }),
    registeredAt: t.field({ type: 'DateTime', ...instant('registered_at') }),
    verifiedAt: t.field({ type: 'DateTime', nullable: true, ...instant('verified_at') }),
    isDemonstration: t.boolean(column('is_demo')),
    lines: t.field({ type: [PledgeLine], ...many({ place: 'inside', isShown: true, where: (row, { parent }) => `${row}.pledge_id = ${parent}.id`, orderBy: (row) => `${row}.ordinal`, limit: 10 }) }),
    steps: t.field({
      type: [PledgeStep], description: 'What was done with it, oldest first; for the giver and the offices.',
      ...many({ where: (row, { parent }) => `${row}.pledge_id = ${parent}.id`, orderBy: (row) => `${row}.id`, limit: 100 }),
    }),
    viewerCan: t.field({ type: PledgeActions, ...needs({ state: 'state', path: (row) => `${row}.area_path::text`, party: (row) => `case when ${holdsPledge(row)} then ${row}.party_id end` }), resolve: (row: Row) => row }),
  }),
})

export const PledgeConnection = connectionOf(Pledge)

builder.queryField('pledge', (t) =>
  t.field({
    type: Pledge, nullable: true, authScopes: { may: 'public.read' }, description: 'One pledge by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Pledge', args.id))}::uuid` }),
  }))

/** The pledge of a follow code, or null. What cannot be a code is no guess; guesses are limited per network. */
export async function pledgeOfCode(context: Context, typed: string): Promise<string | null> {
  const codes = followCodesIn(typed)
  return codes.length > 0 ? followPledge(context.hub, codes, context.network) : null
}

/** For `pledgeByCode`, which asks for the code again. */
const followed = async (context: Context, typed: string) => {
  const lately = followedLately(context.hub, context.network)
  const id = lately.find(typed) ?? (await pledgeOfCode(context, typed))
  if (id) lately.keep(typed, id)
  return withPledges(context.hub.viewer, id ? [id] : [])
}

builder.queryField('pledgeByCode', (t) =>
  t.field({
    type: Pledge, nullable: true, authScopes: { may: 'public.read' },
    description: 'Follow a pledge by its follow code, without an account. It is understood as people type, paste and scan it: in any case, with spaces and dashes, ' +
      'full-width, as a whole address, with a Vietnamese keyboard left on. A transfer code opens nothing.',
    args: { code: t.arg.string() },
    ...one(
      { where: (row, { args, bind }) => `${row}.id = (select pledge_id from follow_code where code = any (${bind(followCodesIn(args.code))}::text[]) and pledge_id = any (viewer_pledges()) limit 1)` },
      (context, args) => followed(context, args.code),
    ),
  }))

/** For this area, or for one below it: a province, a commune or a hamlet. */
const inPlace = (row: string, area: { id: string; level: string }) =>
  // Nothing is read where the area is of another level; a plan that holds for any area would count through the whole table.
  [1, 2, 3].map((level) => `${row}.place_${level} = ${area.id} and ${area.level} = ${level}`)

const asked = (id: string) => ({ id, level: `(select nlevel(path) from area where id = ${id})` })

builder.queryField('pledges', (t) =>
  t.field({
    type: PledgeConnection, authScopes: { may: 'public.read' }, description: 'Pledges that the viewer may see, newest first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'Meant for this area or one below it.' }),
      state: t.arg({ type: PledgeState, required: false }),
      mine: t.arg.boolean({ required: false, description: "Only the viewer's own parties'." }),
    },
    ...page({
      place: (args) => (args.area ? keyOf('Area', args.area, 'area') : ''),
      oneOf: (row, { args, bind }) => (args.area ? inPlace(row, asked(bind(keyOf('Area', args.area, 'area')))) : args.mine ? null : [`${row}.area_path is not null`]),
      where: (row, { args, bind }) => [
        args.state ? `${row}.state = ${bind(args.state)}::"PledgeState"` : 'true',
        args.mine ? `${row}.party_id = any ((select viewer_parties())::uuid[])` : 'true',
      ].join(' and '),
      order: [{ by: (row) => `${row}.registered_at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
      descending: true,
    }),
  }))

const StageTotals = builder.objectRef<Row>('StageTotals').implement({
  description: 'What verified pledges come to, by kind of support. Each number names its stage; a promise is never counted as money.',
  fields: (t) => ({
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    pledges: t.int({ description: 'How many pledges; in a period, how many were registered in it.', ...column('pledges') }),
    quantities: t.field({ type: Quantities, description: 'In a period, what was moved in it: less than nothing where more was taken back.', ...inline() }),
  }),
})

const periodArgs = (t: any) => ({
  from: t.arg({ type: 'Date', required: false, description: 'Only what happened from the month of this day on.' }),
  to: t.arg({ type: 'Date', required: false, description: 'Only what happened up to the end of the month of this day.' }),
})

const totals = (path: (bind: Bind, args: Args, parent: string) => string, place: NonNullable<From['place']>) => many({
  place,
  from: (bind, args, parent) => totalsOf(path(bind, args, parent), bind, args),
  orderBy: (row) => `(select ordinal from support_kind where code = ${row}.kind_code)`,
  limit: 50,
})

builder.queryField('totals', (t) =>
  t.field({
    type: [StageTotals], authScopes: { may: 'public.read' }, description: 'Totals of verified pledges for an area and all below it; of the whole country when no area is given.',
    args: { area: t.arg.id({ required: false }), ...periodArgs(t) },
    ...totals(
      (bind, { area }) => (area ? `(select path from area where id = ${bind(keyOf('Area', area, 'area'))})` : NATION),
      ({ area }) => (area ? keyOf('Area', area, 'area') : ''),
    ),
  }))

builder.objectFields(Area, (t) => ({
  pledges: t.field({
    type: PledgeConnection, args: pageArgs(t), description: 'Pledges for this area or one below it, newest first.',
    ...page({
      place: 'inside',
      oneOf: (row, { parent }) => inPlace(row, { id: `${parent}.id`, level: `nlevel(${parent}.path)` }),
      order: [{ by: (row) => `${row}.registered_at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
      descending: true,
    }),
  }),
  totals: t.field({
    type: [StageTotals], args: periodArgs(t), description: 'Totals of verified pledges for this area and all below it.',
    ...totals((_bind, _args, parent) => `${parent}.path`, 'inside'),
  }),
}))

const PartyInput = builder.inputType('PartyInput', {
  description: 'Who pledges, without an account.',
  fields: (t) => ({
    kind: t.field({ type: PartyKind }),
    name: t.string({ ...text('name'), description: '2–200 characters. Kept for the receipt even when the pledge is anonymous.' }),
    contactName: t.string({ ...text('name'), required: false }),
    phone: t.string({ ...text('address'), required: false }),
    email: t.string({ ...text('address'), required: false }),
  }),
})

const JobPostInput = builder.inputType('JobPostInput', {
  description: 'What is offered with posts.',
  fields: (t) => ({
    areaId: t.id({ description: 'Where the work is: a living area.' }),
    skillsWanted: t.stringList({ ...text('line'), required: false, description: 'Up to 5, of 2–40 characters each.' }),
    skillsTaught: t.stringList({ ...text('line'), required: false, description: 'Up to 5, of 2–40 characters each.' }),
    wage: t.field({ type: 'VND', description: 'A month.' }),
    startsOn: t.field({ type: 'Date', description: 'From today on, within three years.' }),
  }),
})

const PurchaseAgreementInput = builder.inputType('PurchaseAgreementInput', {
  description: 'On what terms produce is bought.',
  fields: (t) => ({
    product: t.string({ ...text('line'), description: '2–60 characters: potatoes.' }),
    seasonFrom: t.field({ type: 'Date' }),
    seasonTo: t.field({ type: 'Date', description: 'Its last day: from today on, within three years.' }),
    floorPrice: t.field({ type: 'VND', description: 'A kg.' }),
  }),
})

const PledgeLineInput = builder.inputType('PledgeLineInput', {
  fields: (t) => ({
    kind: t.string({ ...text('code'), description: 'The code of a SupportKind.' }),
    quantity: t.field({ type: 'Quantity', description: "In the kind's unit." }),
    detail: t.string({ ...text('line'), required: false, description: 'Up to 200 characters.' }),
    post: t.field({ type: JobPostInput, required: false, description: 'Needed for jobs, and for nothing else.' }),
    agreement: t.field({ type: PurchaseAgreementInput, required: false, description: 'Needed for a purchase of produce, and for nothing else.' }),
  }),
})

command('makePledge', {
  description: 'Promise support to an area. It counts once the Front has verified it. Ask for the followCode: whoever holds it can follow the pledge.',
  access: 'pledge.make',
  input: (t) => ({
    partyId: t.id({ required: false, description: 'One of your own parties; or give `party`.' }),
    party: t.field({ type: PartyInput, required: false }),
    anonymous: t.boolean({ description: 'Keeps the name from everyone but the offices.' }),
    areaId: t.id(),
    expectedOn: t.field({ type: 'Date', description: 'When you expect to hand it over.' }),
    message: t.string({ ...text('note'), required: false, description: 'For the offices; up to 1,000 characters.' }),
    lines: t.field({ type: [PledgeLineInput] }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({
    pledge: produced(t, Pledge, 'pledgeId', (context, _args, source) => withPledges(context.hub.viewer, [source.pledgeId])), // with its follow code: whoever made it hands that on
  }),
  run: async (hub, input, context) => {
    if (!hub.viewer.accountId) await limit(hub, 'makePledge', context.network)
    return makePledge(hub, input)
  },
})

const decision = (t: any) => ({
  pledgeId: t.id(),
  version: t.int({ description: 'The version you saw.' }),
  reason: t.string({ ...text('reason'), required: false, description: 'The giver reads it.' }),
  idempotencyKey: idempotencyKey(t),
})
const changed = (t: any) => ({ pledge: produced(t, Pledge, 'pledgeId') })

command('verifyPledge', { description: 'Let a pledge count and be matched.', access: 'pledge.verify', input: decision, payload: changed, run: verifyPledge })
command('declinePledge', { description: 'Refuse a pledge, with a reason.', access: 'pledge.decline', input: decision, payload: changed, run: declinePledge })
command('withdrawPledge', { description: 'Take back what is still open of your pledge.', access: 'pledge.withdraw', input: decision, payload: changed, run: withdrawPledge })
command('lapsePledge', { description: 'End what is still open of a pledge whose day has passed.', access: 'pledge.lapse', input: decision, payload: changed, run: lapsePledge })
command('amendPledge', {
  description: 'Change how much one line promises. Once verified it can only be lowered, and never below what is allocated.',
  access: 'pledge.amend',
  input: (t) => ({ ...decision(t), lineId: t.id(), quantity: t.field({ type: 'Quantity' }) }),
  payload: changed,
  run: amendPledge,
})
