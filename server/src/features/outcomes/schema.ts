// Outcomes in the API: what became of a gift, each tied to the pledge it came from.
import { holdsHandover } from '../../access/visibility.ts'
import { OutcomeKind as OutcomeKinds, type SupportFamily } from '../../generated/prisma/enums.ts'
import { Language, builder } from '../../graphql/builder.ts'
import { type Row, command, connectionOf, idempotencyKey, pageArgs, produced } from '../../graphql/define.ts'
import { column, day, globalId, instant, needs, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { sentenceIn } from '../../graphql/translate.ts'
import { Area } from '../areas/schema.ts'
import { Allocation } from '../matching/schema.ts'
import { Household, SupportKind } from '../households/schema.ts'
import { Pledge } from '../pledges/schema.ts'
import { recordOutcome } from './commands.ts'
import { FAMILIES, completionOf, kindsOf } from './rules.ts'

export const OutcomeKind = builder.enumType('OutcomeKind', {
  description: 'What may become of a gift: each is said of the families of support that it belongs to. LEFT_POVERTY, RELAPSED: the household\'s own recognised change.',
  values: Object.values(OutcomeKinds),
})

const RecordedOutcomeKind = builder.enumType('RecordedOutcomeKind', {
  description: 'Outcomes that people record; the others follow from a recognised status.',
  values: [...new Set((Object.keys(FAMILIES) as SupportFamily[]).flatMap(kindsOf))],
})

/** A column for the receiving side and the offices. */
const behindHandover = (name: string) => column((row) => `case when ${holdsHandover(row)} then ${row}.${name} end`)

export const Outcome = builder.objectRef<Row>('Outcome').implement({
  description: 'What became of a gift, as someone saw it on a day.',
  extensions: { table: 'outcome' },
  fields: (t) => ({
    id: t.id(globalId('Outcome')),
    kind: t.field({ type: OutcomeKind, ...column('kind') }),
    quantity: t.field({ type: 'Quantity', description: "In the unit of the allocation's kind.", ...whole('quantity') }),
    observedOn: t.field({ type: 'Date', ...day('observed_on') }),
    isOwnWord: t.boolean({ description: 'The household said so itself.', ...column('by_household') }),
    isFurtherOn: t.boolean({ description: "It was seen with a household that an animal of the herd went on to, by the herd's book.", ...column('is_further_on') }),
    recordedAt: t.field({ type: 'DateTime', ...instant('recorded_at') }),
    supportKind: t.field({
      type: SupportKind, description: 'Of what.',
      ...one({ where: (row, { parent }) => `${row}.code = (select kind_code from pledge_line where id = ${parent}.line_id)` }),
    }),
    detail: t.string({ nullable: true, description: 'For the receiving side and the offices.', ...behindHandover('detail') }),
    cause: t.string({ nullable: true, description: 'Of what went wrong; for the receiving side and the offices.', ...behindHandover('cause') }),
    witnessName: t.string({ nullable: true, description: 'For the receiving side and the offices.', ...behindHandover('witness_name') }),
    toHousehold: t.field({
      type: Household, nullable: true, description: 'To whom it was handed or lent on; for the offices.',
      ...one({ where: (row, { parent }) => `${row}.id = ${parent}.to_household_id` }),
    }),
    unitPrice: t.field({ type: 'VND', nullable: true, description: 'Of one unit, for what was bought.', ...whole('unit_price') }),
    pledge: t.field({ type: Pledge, nullable: true, description: 'The pledge it came from.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.pledge_id` }) }),
    allocation: t.field({ type: Allocation, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.allocation_id` }) }),
  }),
})

const newestFirst = {
  order: [{ by: (row: string) => `${row}.recorded_at`, type: 'timestamptz' }, { by: (row: string) => `${row}.id`, type: 'uuid' }],
  descending: true,
}

builder.objectFields(Pledge, (t) => ({
  outcomes: t.field({
    type: connectionOf(Outcome), args: pageArgs(t), description: 'What became of it; for both sides and the offices.',
    ...page({ where: (row, { parent }) => `${row}.pledge_id = ${parent}.id`, ...newestFirst }),
  }),
}))

const Completion = builder.objectRef<ReturnType<typeof completionOf>>('Completion').implement({
  description: 'Whether an allocation has done what it was for, by the rule of its kind.',
  fields: (t) => ({
    isComplete: t.boolean({ resolve: ({ isComplete }) => isComplete }),
    says: t.string({
      description: 'What is done, or what it waits for.', args: { in: t.arg({ type: Language, required: false }) },
      resolve: ({ says }, args, context) => sentenceIn(args.in ?? context.language, says),
    }),
  }),
})

const completion = (row: Row) => completionOf({
  family: row._family, allocated: BigInt(row._allocated), dispatched: BigInt(row._dispatched), received: BigInt(row._received), settled: BigInt(row._settled), firstReceivedOn: row._firstReceivedOn,
  before: (row._before as { kind: any; quantity: string; observedOn: string }[]).map((outcome) => ({ ...outcome, quantity: BigInt(outcome.quantity) })),
})

builder.objectFields(Allocation, (t) => ({
  outcomes: t.field({
    type: connectionOf(Outcome), args: pageArgs(t), description: 'What became of it, newest first.',
    ...page({ where: (row, { parent }) => `${row}.allocation_id = ${parent}.id`, ...newestFirst }),
  }),
  completion: t.field({
    type: Completion,
    ...needs({
      family: (row) => `(select family from support_kind where code = ${row}.kind_code)`,
      allocated: (row) => `${row}.allocated::text`,
      dispatched: (row) => `${row}.dispatched::text`,
      received: (row) => `${row}.received::text`,
      settled: (row) => `${row}.settled::text`,
      firstReceivedOn: (row) => `(select min((at at time zone 'Asia/Ho_Chi_Minh')::date)::text from receipt join delivery on delivery.id = receipt.delivery_id
        where delivery.allocation_id = ${row}.id and receipt.received > 0)`,
      before: (row) => `(select coalesce(json_agg(json_build_object('kind', kind, 'quantity', quantity::text, 'observedOn', observed_on::text, 'isFurtherOn', is_further_on)), '[]'::json)
        from outcome where outcome.allocation_id = ${row}.id)`,
    }),
    resolve: completion,
  }),
}))

const JobTarget = builder.objectRef<Row>('JobTarget').implement({
  description: 'Jobs that were kept, beside the target of a fifth of the poor and near-poor households a year. A job counts once, in the year in which it was first ' +
    'seen to be kept. The offices of the area see every number, everyone else none below 5, nor one that would tell such a number.',
  fields: (t) => ({
    households: t.string({ description: 'Of the list in that year: "13"; for everyone, as published today, "–" for another year.', ...column('households') }),
    kept: t.string({ description: 'Of them, those with a job that was kept: "6", "< 5", "≥ 5".', ...column('kept') }),
    isReached: t.boolean({ nullable: true, description: 'Whether that is at least a fifth; null where it is not published, or nobody was on the list.', ...column('is_reached') }),
  }),
})

builder.objectFields(Area, (t) => ({
  jobTarget: t.field({
    // Of hamlets alone: sums of them would tell what is withheld of one.
    type: JobTarget, nullable: true, args: { year: t.arg.int() }, description: 'Of a hamlet, whose own the target is; null for any other area.',
    ...one({
      place: 'inside',
      from: (bind, { year }, parent) => {
        const [isOffice, asked] = [`coalesce(${parent}.path <@ any ((select viewer_offices())::ltree[]), false)`, `${bind(Math.min(9000, Math.max(1, year)))}::int`]
        return `(select listed::text as households, kept::text as kept, case when listed > 0 then kept * 5 >= listed end as is_reached from job_target(${parent}.path, ${asked})
            where ${parent}.kind = 'HAMLET' and ${isOffice}
          union all select households, kept, is_reached from public_job_target(${parent}.id, ${asked}) where ${parent}.kind = 'HAMLET' and not ${isOffice})`
      },
    }),
  }),
}))

command('recordOutcome', {
  description: 'Record what became of an allocation, as it was seen on a day. A household may say of what it received what nobody knows better; what needs a check, an office records.',
  access: 'outcome.record',
  input: (t) => ({
    allocationId: t.id(),
    kind: t.field({ type: RecordedOutcomeKind, description: "One of those of its kind of support. Of animals in a herd's book, the book tells LIVESTOCK_BORN, LIVESTOCK_DIED and LIVESTOCK_HANDED_ON." }),
    quantity: t.field({ type: 'Quantity' }),
    observedOn: t.field({ type: 'Date' }),
    detail: t.string({ ...text('note'), required: false, description: 'Up to 500 characters.' }),
    cause: t.string({ ...text('reason'), required: false, description: 'Needed for what went wrong: CAPITAL_MISUSED, CAPITAL_WRITTEN_OFF, CREDIT_REFUSED, JOB_NOT_TAKEN, JOB_LOST, LIVESTOCK_DIED.' }),
    witnessName: t.string({ ...text('name'), required: false, description: 'Needed for LIVESTOCK_DIED and COMPLETION_SIGNED.' }),
    toHouseholdId: t.id({ required: false, description: 'Needed for LIVESTOCK_HANDED_ON and CAPITAL_LENT_ON.' }),
    unitPrice: t.field({ type: 'VND', required: false, description: 'Of one unit, needed for PRODUCE_BOUGHT; not under the floor price.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ outcome: produced(t, Outcome, 'outcomeId'), allocation: produced(t, Allocation, 'allocationId') }),
  run: recordOutcome,
})
