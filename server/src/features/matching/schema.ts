// Matching in the API: suggestions with their reasons, and allocations.
import { BOUNDS } from '../../../../common/bounds.ts'
import { builder } from '../../graphql/builder.ts'
import { pageSizeIn } from '../../graphql/compile.ts'
import { type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { type Known, column, globalId, inline, instant, many, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { sentenceIn } from '../../graphql/translate.ts'
import { Area } from '../areas/schema.ts'
import { Household, Need, SupportKind } from '../households/schema.ts'
import { Pledge, PledgeLine } from '../pledges/schema.ts'
import { holdsHandover } from '../../access/visibility.ts'
import { acceptAllocation, allocate, releaseAllocation, suggestNeeds } from './commands.ts'
import { REFUSALS, type Refusal } from './optimal/guards.ts'
import { isOneself } from './queries.ts'
import { REASONS, type ReasonCode } from './rules.ts'

export const Reason = builder.objectRef<ReasonCode>('Reason').implement({
  description: 'Why a line suits a need.',
  fields: (t) => ({
    code: t.string({ resolve: (code) => code }),
    weight: t.int({ description: 'Points; negative for a caution.', resolve: (code) => REASONS[code].weight }),
    text: t.string({ description: "In the request's language.", resolve: (code, _args, context) => sentenceIn(context.language, REASONS[code].sentence) }),
  }),
})

const OverriddenGuard = builder.objectRef<Refusal>('OverriddenGuard').implement({
  description: 'A guard of the office that was in the way, and was passed over.',
  fields: (t) => ({
    code: t.string({ resolve: (code) => code }),
    text: t.string({ description: "In the request's language.", resolve: (code, _args, context) => sentenceIn(context.language, REFUSALS[code]) }),
  }),
})

const Suggestion = builder.objectRef<Row>('Suggestion').implement({
  description: 'A need that a line could meet.',
  fields: (t) => ({
    need: t.field({ type: Need, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.need_id` }) }),
    quantity: t.field({ type: 'Quantity', description: 'The most that both sides have open.', ...whole('quantity') }),
    score: t.int({ description: 'The sum of the weights.', ...column('score') }),
    reasons: t.field({ type: [Reason], ...column((row) => `to_json(${row}.reasons)`) }),
  }),
})

builder.queryField('suggestions', (t) =>
  t.field({
    type: [Suggestion], authScopes: { may: 'match.suggest' },
    description: 'The needs that a line would serve best, within its target area and your offices, best first, each with its reasons. What a household gives is never suggested for itself.',
    args: { line: t.arg.id(), first: t.arg.int({ required: false, description: '1 to 50; 10 when absent.' }) },
    ...many({
      prepare: async ({ hub }, args) => (await suggestNeeds(hub, args.line, pageSizeIn(args.first ?? 10, BOUNDS.suggestions.most))).map(({ needId, quantity, score, reasons }, ordinal) =>
        ({ need_id: needId, quantity: quantity.toString(), score, reasons, ordinal })),
      from: (bind) =>
        `(select * from jsonb_to_recordset(${bind(({ prepared }: Known) => JSON.stringify(prepared))}::jsonb) as s(need_id uuid, quantity bigint, score int, reasons text[], ordinal int))`,
      orderBy: (row) => `${row}.ordinal`,
      limit: 50,
    }),
  }))

export const Allocation = builder.objectRef<Row>('Allocation')

const AllocationQuantities = builder.objectRef<Row>('AllocationQuantities').implement({
  description: 'Four quantities of an allocation, in the unit of its kind.',
  fields: (t) => ({
    allocated: t.field({ type: 'Quantity', ...whole('allocated') }),
    dispatched: t.field({ type: 'Quantity', ...whole('dispatched') }),
    received: t.field({ type: 'Quantity', ...whole('received') }),
    settled: t.field({ type: 'Quantity', ...whole('settled') }),
  }),
})

Allocation.implement({
  description: 'Part of a line given to a need. The giver reads the household\'s code and hamlet, and nothing else of it.',
  extensions: { table: 'allocation' },
  fields: (t) => ({
    id: t.id(globalId('Allocation')),
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    recipientCode: t.string({ description: 'The household\'s code.', ...column('recipient_code') }),
    area: t.field({ type: Area, description: 'The household\'s hamlet.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    quantities: t.field({ type: AllocationQuantities, ...inline() }),
    decidedAt: t.field({ type: 'DateTime', ...instant('decided_at') }),
    acceptedAt: t.field({ type: 'DateTime', nullable: true, description: 'When the household said that it takes it; null until then.', ...instant('accepted_at') }),
    reasons: t.field({ type: [Reason], description: 'Why it was matched; for the receiving side and the offices.', ...column((row) => `case when ${holdsHandover(row)} then to_json(${row}.reasons) else '[]'::json end`) }),
    overridden: t.field({ type: [OverriddenGuard], description: 'Guards that an officer passed over; for the receiving side and the offices.', ...column((row) => `case when ${holdsHandover(row)} then to_json(coalesce(${row}.overridden, '{}')) else '[]'::json end`) }),
    overrideReason: t.string({ nullable: true, description: 'Why; for the receiving side and the offices.', ...column((row) => `case when ${holdsHandover(row)} then ${row}.override_reason end`) }),
    line: t.field({ type: PledgeLine, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.line_id` }) }),
    pledge: t.field({ type: Pledge, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.pledge_id` }) }),
    need: t.field({ type: Need, nullable: true, description: 'For the receiving side and the offices.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.need_id` }) }),
    household: t.field({ type: Household, nullable: true, description: 'For the household itself and the offices.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) }),
  }),
})

export const AllocationConnection = connectionOf(Allocation)

const newestFirst = {
  order: [{ by: (row: string) => `${row}.decided_at`, type: 'timestamptz' }, { by: (row: string) => `${row}.id`, type: 'uuid' }],
  descending: true,
}

builder.objectFields(Pledge, (t) => ({
  allocations: t.field({
    type: AllocationConnection, args: pageArgs(t), description: 'To whom it goes; for the giver and the offices.',
    ...page({ where: (row, { parent }) => `${row}.pledge_id = ${parent}.id`, ...newestFirst }),
  }),
}))

builder.objectFields(PledgeLine, (t) => ({
  allocations: t.field({
    type: AllocationConnection, args: pageArgs(t), description: 'To whom it goes; for the giver and the offices.',
    ...page({ where: (row, { parent }) => `${row}.line_id = ${parent}.id`, ...newestFirst }),
  }),
}))

builder.objectFields(Household, (t) => ({
  allocations: t.field({
    type: AllocationConnection, args: pageArgs(t), description: 'What was allotted to it.',
    ...page({ where: (row, { parent }) => `${row}.household_id = ${parent}.id`, ...newestFirst }),
  }),
}))

builder.objectFields(Need, (t) => ({
  posts: t.field({
    type: [PledgeLine], description: 'Of a need for work that can be matched: the posts that somebody can be referred to, the earliest first.',
    ...many({
      where: (row, { parent }) => `${row}.id in (select line_id from job_post) and ${row}.kind_code = ${parent}.kind_code and ${row}.state = 'VERIFIED'
        and ${row}.allocated < ${row}.promised and ${parent}.area_path <@ ${row}.area_path
        and ${parent}.verified_at is not null and ${parent}.withdrawn_at is null and ${parent}.allocated < ${parent}.quantity
        and not ${isOneself(`${row}.party_id`, `${parent}.household_id`)}`,
      orderBy: (row) => `(select starts_on from job_post where line_id = ${row}.id), ${row}.id`, limit: 50,
    }),
  }),
}))

builder.queryField('allocation', (t) =>
  t.field({
    type: Allocation, nullable: true, authScopes: { may: 'delivery.read' }, description: 'One allocation by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Allocation', args.id))}::uuid` }),
  }))

builder.queryField('allocations', (t) =>
  t.field({
    type: AllocationConnection, authScopes: { may: 'delivery.read' }, description: 'Allocations that you may see, newest first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'Of households in this area or below it.' }),
      toDispatch: t.arg.boolean({ required: false, description: 'Only those not yet handed over in full.' }),
      overridden: t.arg.boolean({ required: false, description: 'Only those for which a guard of an office was passed over, as far as you may know of it.' }),
    },
    ...page({
      where: (row, { args, bind }) => [
        args.area ? `${row}.area_path <@ (select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})` : 'true',
        args.toDispatch ? `${row}.dispatched < ${row}.allocated` : 'true',
        args.overridden ? `${row}.override_reason is not null and ${holdsHandover(row)}` : 'true',
      ].join(' and '),
      ...newestFirst,
    }),
  }))

const changed = (t: any) => ({
  allocation: produced(t, Allocation, 'allocationId'),
  line: produced(t, PledgeLine, 'lineId'),
  need: produced(t, Need, 'needId'),
})

/** An input of whatever joins a line to a need. */
export const overrideReason = (t: any) =>
  t.string({ ...text('reason'), required: false, description: "Why a guard of the office is passed over, where one is in the way: the problem then names this field. Nothing passes over a household's own word." })

command('allocate', {
  description: 'Give part or all of a line to a need; of a post, refer somebody to it, as hamlet heads may, too. Refused, naming who was first, when less is left than asked for, and where a guard of the office forbids it. What a household gives can never be allocated to itself.',
  access: 'match.refer',
  input: (t) => ({ lineId: t.id(), needId: t.id(), quantity: t.field({ type: 'Quantity' }), overrideReason: overrideReason(t), idempotencyKey: idempotencyKey(t) }),
  payload: changed,
  run: allocate,
})

command('acceptAllocation', {
  description: 'Say, as the household or the head of its hamlet, that it takes what is matched for it. To decline, release it.',
  access: 'match.accept',
  input: (t) => ({ allocationId: t.id(), idempotencyKey: idempotencyKey(t) }),
  payload: (t) => ({ allocation: produced(t, Allocation, 'allocationId') }),
  run: acceptAllocation,
})

command('releaseAllocation', {
  description: 'Take back what of an allocation has not been handed over.',
  access: 'match.release',
  input: (t) => ({ allocationId: t.id(), reason: t.string(text('reason')), idempotencyKey: idempotencyKey(t) }),
  payload: changed,
  run: releaseAllocation,
})
