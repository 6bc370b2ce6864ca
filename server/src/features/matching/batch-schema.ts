// Matching in batches in the API: runs with their settings and figures, proposals with their reasons, and what an office makes of them.
import { builder } from '../../graphql/builder.ts'
import { type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { column, day, globalId, inline, instant, many, needs, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { sentenceIn } from '../../graphql/translate.ts'
import { Area } from '../areas/schema.ts'
import { Household, Need, SupportKind } from '../households/schema.ts'
import { PledgeLine } from '../pledges/schema.ts'
import { acceptProposal, declineProposal, proposeMatches } from './batch-commands.ts'
import { isSolving } from './batches.ts'
import { REFUSALS, type Refusal } from './optimal/guards.ts'
import { Allocation, Reason, overrideReason } from './schema.ts'
import { MatchingGuards, MatchingWeights, chosenSettings } from './settings-schema.ts'

const MatchingKind = builder.objectRef<Row>('MatchingKind').implement({
  description: 'What a run made of one kind. Scores are points × units, so they compare within the kind alone.',
  fields: (t) => ({
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind` }) }),
    lines: t.int({ description: 'With something left to give.', ...column('lines') }),
    needs: t.int({ description: 'That may be met.', ...column('needs') }),
    offered: t.field({ type: 'Quantity', description: 'Left to give.', ...whole('offered') }),
    wanted: t.field({ type: 'Quantity', description: 'Still lacking.', ...whole('wanted') }),
    matched: t.field({ type: 'Quantity', nullable: true, description: 'By the best answer; null until it is found.', ...whole('matched') }),
    greedyMatched: t.field({ type: 'Quantity', description: 'By the greedy answer: the weightiest need first, from the nearest line.', ...whole('greedy_matched') }),
    score: t.field({ type: 'Quantity', nullable: true, description: 'Of the best answer: no other is worth more. Null until it is found.', ...whole('score') }),
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
    EXPIRED: { description: 'The best answer of its run, or a newer run of the area, took its place.' },
  } as const,
})

const MatchingMethod = builder.enumType('MatchingMethod', {
  description: 'How an answer was found.',
  values: {
    GREEDY: { description: 'The weightiest need first, from the nearest line: there at once.' },
    OPTIMAL: { description: 'No other answer is worth more.' },
  } as const,
})

const MatchingRunState = builder.enumType('MatchingRunState', {
  description: 'Which answers of a run are there.',
  values: {
    SOLVING: { description: 'The greedy one, to be looked at; the best one is being found.' },
    SOLVED: { description: 'Both.' },
    GREEDY_ONLY: { description: 'The best one could not be found, so the greedy one is to be decided.' },
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
    method: t.field({ type: MatchingMethod, description: 'By which answer of its run.', ...column('method') }),
    quantity: t.field({ type: 'Quantity', ...whole('quantity') }),
    reasons: t.field({ type: [Reason], description: 'The weightiest first. ANSWERS_WISH and NEAR_WORK are told, not counted: they hang on line and need together, which the best score cannot weigh.', ...column((row) => `to_json(${row}.reasons)`) }),
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
    state: t.field({
      type: MatchingRunState,
      ...column((row) => `case when ${row}.optimal is not null then 'SOLVED' when ${isSolving(row)} then 'SOLVING' else 'GREEDY_ONLY' end`),
    }),
    endedAt: t.field({ type: 'DateTime', nullable: true, description: 'When the best answer was found, or given up.', ...instant('ended_at') }),
    inputsDigest: t.string({ description: 'SHA-256 of all that went in.', ...column('inputs_digest') }),
    weights: t.field({ type: MatchingWeights, ...inline() }),
    guards: t.field({ type: MatchingGuards, ...inline() }),
    kinds: t.field({
      type: [MatchingKind],
      ...many({
        from: (_bind, _args, parent) => `(
          select quick.kind, lines, needs, offered, wanted, quick.matched as greedy_matched, quick.score as greedy_score, best.matched, best.score
          from jsonb_to_recordset(${parent}.greedy) as quick(kind text, lines int, needs int, offered bigint, wanted bigint, matched bigint, score bigint)
          left join jsonb_to_recordset(${parent}.optimal) as best(kind text, matched bigint, score bigint) on best.kind = quick.kind)`,
        orderBy: (row) => `${row}.kind`, limit: 200,
      }),
    }),
    refusals: t.field({
      type: [MatchingRefusal], description: 'Open needs that the guards left out, by guard. OWN_GIFT: the household itself gives of the kind in this batch; its need is matched by hand, to another\'s line.',
      ...many({
        from: (_bind, _args, parent) => `(select refusal, count(*)::int as needs from jsonb_to_recordset(${parent}.refused) as r(refusal text) group by refusal)`,
        orderBy: (row) => `${row}.refusal`, limit: 20,
      }),
    }),
    proposals: t.field({
      type: connectionOf(MatchingProposal), description: 'Kind by kind, the weightiest need first.',
      args: {
        ...pageArgs(t), state: t.arg({ type: ProposalState, required: false }),
        method: t.arg({ type: MatchingMethod, required: false, description: 'Of this answer; of the best one that is there when absent.' }),
      },
      ...page({
        where: (row, { parent, args, bind }) => `${row}.run_id = ${parent}.id
          and ${row}.method = ${args.method ? `${bind(args.method)}::"MatchingMethod"` : `case when ${parent}.optimal is null then 'GREEDY' else 'OPTIMAL' end::"MatchingMethod"`}
          and ${args.state ? `${row}.state = ${bind(args.state)}::"ProposalState"` : 'true'}`,
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
  description:
    'Match everything open in an area in one batch: the greedy answer at once, the best one that the weights allow as soon as it is found ' +
    '(event MatchingAnswered). Settings that are absent are the office\'s. Open proposals of earlier runs there expire.',
  access: 'match.propose',
  input: (t) => ({
    areaId: t.id(), ...chosenSettings(t), idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ run: produced(t, MatchingRun, 'runId') }),
  run: proposeMatches,
})

command('acceptProposal', {
  description: 'Allocate what was proposed, or part of it. Refused when something else came first, or when a guard of the run, or of the office, now forbids it.',
  access: 'match.allocate',
  input: (t) => ({
    proposalId: t.id(), quantity: t.field({ type: 'Quantity', required: false, description: 'Less than proposed; all of it when absent.' }),
    overrideReason: overrideReason(t), idempotencyKey: idempotencyKey(t),
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
    proposalId: t.id(), reason: t.string(text('reason')), byHousehold: t.boolean({ required: false, description: 'The household itself would not have it; the kind is not proposed to it for a while.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: decided,
  run: declineProposal,
})
