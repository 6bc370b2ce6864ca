// Matching in batches in the API: runs with their settings and figures, proposals with their reasons, and what an office makes of them.
import { builder } from '../../graphql/builder.ts'
import { type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { column, day, globalId, inline, instant, many, needs, one, page, whole } from '../../graphql/read.ts'
import { sentenceIn } from '../../graphql/translate.ts'
import { Area } from '../areas/schema.ts'
import { Household, Need, SupportKind } from '../households/schema.ts'
import { PledgeLine } from '../pledges/schema.ts'
import { acceptProposal, declineProposal, proposeMatches } from './batch-commands.ts'
import { GUARDS, WEIGHTS } from './optimal/batch.ts'
import { REFUSALS, type Refusal } from './optimal/guards.ts'
import { Allocation, Reason } from './schema.ts'

/** Every setting with what it means, the one list for what goes in and what comes out. */
const WEIGHT_WORDS: Record<keyof typeof WEIGHTS, string> = {
  need: 'Points for any unit given.',
  deprivation: "For each of the household's deprivations that the kind eases.",
  cause: "For each of the household's causes of poverty that the kind answers.",
  urgency: 'For each step of urgency above "can wait".',
  waiting: 'For each quarter without support, four at most.',
  neverHelped: 'When the household was allotted nothing yet.',
  poor: 'When the household is poor.',
  distance: 'Lost for each level by which a gift leaves the area that its giver chose.',
  fairness: "Lost for each further quarter of a hamlet's needs of the kind that is met: none for the first, once for the second, thrice for the fourth.",
}
const GUARD_WORDS: Record<keyof typeof GUARDS, string> = {
  sameKindMonths: 'No second item of a kind for a household within so many months; 0: no such guard.',
  houseYears: 'One house for a household in so many years; 0: no such guard.',
  consentMonths: 'No kind that the household declined within so many months; 0: no such guard.',
  listedOnly: 'Only households on the list.',
  targetBinds: 'Gifts stay in the area that their giver chose; otherwise leaving it costs distance, and the giver must agree.',
}
const names = <T extends object>(words: T) => Object.keys(words) as (keyof T & string)[]
const isMonths = (name: keyof typeof GUARDS) => typeof GUARDS[name] === 'number'

const MatchingWeights = builder.objectRef<Row>('MatchingWeights').implement({
  description: 'What a unit given is worth, in points.',
  fields: (t) => Object.fromEntries(names(WEIGHT_WORDS).map((name) => [
    name, t.int({ description: WEIGHT_WORDS[name], ...column((row) => `(${row}.weights ->> '${name}')::int`) })])) as any,
})
const MatchingGuards = builder.objectRef<Row>('MatchingGuards').implement({
  description: 'What a run may never do.',
  fields: (t) => Object.fromEntries(names(GUARD_WORDS).map((name) => {
    const field = { description: GUARD_WORDS[name], ...column((row) => `(${row}.guards ->> '${name}')::${isMonths(name) ? 'int' : 'boolean'}`) }
    return [name, isMonths(name) ? t.int(field) : t.boolean(field)]
  })) as any,
})
const MatchingWeightsInput = builder.inputType('MatchingWeightsInput', {
  description: 'What is absent stays as it stands.',
  fields: (t) => Object.fromEntries(names(WEIGHT_WORDS).map((name) => [name, t.int({ required: false, description: `${WEIGHT_WORDS[name]} ${WEIGHTS[name]} when absent.` })])) as any,
})
const MatchingGuardsInput = builder.inputType('MatchingGuardsInput', {
  description: 'What is absent stays as it stands.',
  fields: (t) => Object.fromEntries(names(GUARD_WORDS).map((name) => {
    const field = { required: false, description: `${GUARD_WORDS[name]} ${GUARDS[name]} when absent.` } as const
    return [name, isMonths(name) ? t.int(field) : t.boolean(field)]
  })) as any,
})

const MatchingKind = builder.objectRef<Row>('MatchingKind').implement({
  description: 'What a run made of one kind. Scores are points × units, so they compare within the kind alone.',
  fields: (t) => ({
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind` }) }),
    lines: t.int({ description: 'With something left to give.', ...column('lines') }),
    needs: t.int({ description: 'That may be met.', ...column('needs') }),
    offered: t.field({ type: 'Quantity', description: 'Left to give.', ...whole('offered') }),
    wanted: t.field({ type: 'Quantity', description: 'Still lacking.', ...whole('wanted') }),
    matched: t.field({ type: 'Quantity', description: 'By the best answer.', ...whole('matched') }),
    greedyMatched: t.field({ type: 'Quantity', description: 'By the greedy answer: the weightiest need first, from the nearest line.', ...whole('greedy_matched') }),
    score: t.field({ type: 'Quantity', description: 'Of the best answer: no other is worth more.', ...whole('score') }),
    greedyScore: t.field({ type: 'Quantity', ...whole('greedy_score') }),
  }),
})

const MatchingRefusal = builder.objectRef<Row>('MatchingRefusal').implement({
  description: 'What a guard left out.',
  fields: (t) => ({
    code: t.string({ ...column('refusal') }),
    text: t.string({
      description: "In the request's language.", ...needs({ refusal: 'refusal' }),
      resolve: ({ _refusal }: any, _args, context) => sentenceIn(context.language, REFUSALS[_refusal as Refusal]),
    }),
    needs: t.int({ description: 'How many.', ...column('needs') }),
  }),
})

const ProposalState = builder.enumType('ProposalState', {
  description: 'Where a proposal stands.',
  values: {
    OPEN: { description: 'To be decided.' },
    ACCEPTED: { description: 'Allocated, whole or in part.' },
    DECLINED: { description: 'Turned down, with a reason.' },
    EXPIRED: { description: 'A newer run of the area took its place.' },
  } as const,
})

const MatchingRun = builder.objectRef<Row>('MatchingRun')
const MatchingProposal = builder.objectRef<Row>('MatchingProposal').implement({
  description: 'A line that could meet a need, as a run proposes it.',
  extensions: { table: 'matching_proposal' },
  fields: (t) => ({
    id: t.id(globalId('MatchingProposal')),
    run: t.field({ type: MatchingRun, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.run_id` }), nullable: true, description: 'Null for whoever holds no office over the area of the run.' }),
    line: t.field({ type: PledgeLine, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.line_id` }) }),
    need: t.field({ type: Need, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.need_id` }) }),
    household: t.field({ type: Household, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) }),
    area: t.field({ type: Area, description: "The household's hamlet.", ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    quantity: t.field({ type: 'Quantity', ...whole('quantity') }),
    reasons: t.field({ type: [Reason], description: 'The weightiest first.', ...column((row) => `to_json(${row}.reasons)`) }),
    state: t.field({ type: ProposalState, ...column('state') }),
    declineReason: t.string({ nullable: true, ...column('decline_reason') }),
    declinedByHousehold: t.boolean({ description: 'The household itself would not have it.', ...column('declined_by_household') }),
    allocation: t.field({ type: Allocation, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.allocation_id` }) }),
    decidedAt: t.field({ type: 'DateTime', nullable: true, ...instant('decided_at') }),
  }),
})

MatchingRun.implement({
  description: 'A batch of lines and needs of an area, matched to the best score there is. What went in is kept: the same again gives the same.',
  extensions: { table: 'matching_run' },
  fields: (t) => ({
    id: t.id(globalId('MatchingRun')),
    area: t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    on: t.field({ type: 'Date', description: 'The day for which it was matched.', ...day('day') }),
    runAt: t.field({ type: 'DateTime', ...instant('run_at') }),
    inputsDigest: t.string({ description: 'SHA-256 of all that went in.', ...column('inputs_digest') }),
    weights: t.field({ type: MatchingWeights, ...inline() }),
    guards: t.field({ type: MatchingGuards, ...inline() }),
    kinds: t.field({
      type: [MatchingKind],
      ...many({
        from: (_bind, _args, parent) => `(select * from jsonb_to_recordset(${parent}.kinds)
          as k(kind text, lines int, needs int, offered bigint, wanted bigint, matched bigint, greedy_matched bigint, score bigint, greedy_score bigint))`,
        orderBy: (row) => `${row}.kind`, limit: 200,
      }),
    }),
    refusals: t.field({
      type: [MatchingRefusal], description: 'Open needs that the guards left out, by guard.',
      ...many({
        from: (_bind, _args, parent) => `(select refusal, count(*)::int as needs from jsonb_to_recordset(${parent}.refused) as r(refusal text) group by refusal)`,
        orderBy: (row) => `${row}.refusal`, limit: 20,
      }),
    }),
    proposals: t.field({
      type: connectionOf(MatchingProposal), description: 'Kind by kind, the weightiest need first.',
      args: { ...pageArgs(t), state: t.arg({ type: ProposalState, required: false }) },
      ...page({
        where: (row, { parent, args, bind }) => `${row}.run_id = ${parent}.id and ${args.state ? `${row}.state = ${bind(args.state)}::"ProposalState"` : 'true'}`,
        order: [{ by: (row) => `${row}.ordinal`, type: 'int' }],
      }),
    }),
  }),
})

builder.queryField('matchingRun', (t) =>
  t.field({
    type: MatchingRun, nullable: true, authScopes: { may: 'match.suggest' }, description: 'One run of matching by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('MatchingRun', args.id))}::uuid` }),
  }))

builder.queryField('matchingRuns', (t) =>
  t.field({
    type: connectionOf(MatchingRun), authScopes: { may: 'match.suggest' }, description: 'Runs of matching in your offices, newest first.',
    args: { ...pageArgs(t), area: t.arg.id({ required: false, description: 'In this area or below it.' }) },
    ...page({
      where: (row, { args, bind }) => (args.area ? `${row}.area_path <@ (select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})` : 'true'),
      order: [{ by: (row) => `${row}.run_at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
      descending: true,
    }),
  }))

const decided = (t: any) => ({ proposal: produced(t, MatchingProposal, 'proposalId'), run: produced(t, MatchingRun, 'runId') })

command('proposeMatches', {
  description: 'Match everything open in an area in one batch, to the best score that the weights allow. Open proposals of earlier runs there expire.',
  access: 'match.propose',
  input: (t) => ({
    areaId: t.id(), weights: t.field({ type: MatchingWeightsInput, required: false }), guards: t.field({ type: MatchingGuardsInput, required: false }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ run: produced(t, MatchingRun, 'runId') }),
  run: proposeMatches,
})

command('acceptProposal', {
  description: 'Allocate what was proposed, or part of it. Refused when something else came first, or when a guard of the run now forbids it.',
  access: 'match.allocate',
  input: (t) => ({
    proposalId: t.id(), quantity: t.field({ type: 'Quantity', required: false, description: 'Less than proposed; all of it when absent.' }), idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({
    ...decided(t), allocation: produced(t, Allocation, 'allocationId'), line: produced(t, PledgeLine, 'lineId'), need: produced(t, Need, 'needId'),
  }),
  run: acceptProposal,
})

command('declineProposal', {
  description: 'Turn a proposal down, with a reason.',
  access: 'match.allocate',
  input: (t) => ({
    proposalId: t.id(), reason: t.string(), byHousehold: t.boolean({ required: false, description: 'The household itself would not have it; the kind is not proposed to it for a while.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: decided,
  run: declineProposal,
})
