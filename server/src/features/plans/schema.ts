// Plans in the API: targets for everyone; reviews, with exact numbers of households, for the offices over the plan's area.
import { builder } from '../../graphql/builder.ts'
import { type Row, connectionOf, keyOf, pageArgs } from '../../graphql/define.ts'
import { type Args, type Bind, column, day, globalId, inline, many, needs, one, page } from '../../graphql/read.ts'
import { Area } from '../areas/schema.ts'
import { Household, PovertyStandard } from '../households/schema.ts'
import { checkPeriod, reviewSql, rowOrder, rowsSql, silentSql, targetsSql } from './queries.ts'
import { agrees, checkPrinted, leftToReach, percentOf } from './rules.ts'

const area = (t: any) => t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) })

const PlanTarget = builder.objectRef<Row>('PlanTarget').implement({
  description: 'What a plan promises: so many of so many by a day.',
  extensions: { table: 'plan_target' },
  fields: (t) => ({
    area: area(t),
    dueOn: t.field({ type: 'Date', ...day('due_on') }),
    indicator: t.string({ description: 'NEAR_POOR_REDUCED: near-poor households that left the list.', ...column('indicator') }),
    numerator: t.int(column('numerator')),
    denominator: t.int(column('denominator')),
    percent: t.float({ nullable: true, description: 'Derived: n/N to one decimal.', ...needs({ n: 'numerator', N: 'denominator' }), resolve: (row: Row) => percentOf(row._n, row._N) }),
    cumulative: t.boolean({ description: "Counted from the plan's baseline, not from the due day before.", ...column('cumulative') }),
    printed: t.string({ description: 'The percentage that the plan prints.', ...column('printed') }),
  }),
})

const Plan = builder.objectRef<Row>('Plan').implement({
  description: 'A plan to reduce poverty, for an area of its time.',
  extensions: { table: 'plan' },
  fields: (t) => ({
    id: t.id(globalId('Plan')),
    area: area(t),
    number: t.string({ description: 'As in "57/KH-UBND".', ...column('number') }),
    title: t.string(column('title')),
    titleEn: t.string(column('title_en')),
    issuer: t.string(column('issuer')),
    issuedOn: t.field({ type: 'Date', ...day('issued_on') }),
    standard: t.field({ type: PovertyStandard, description: 'What it measures by.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.standard_id` }) }),
    baselineOn: t.field({ type: 'Date', description: 'The day from which it counts.', ...day('baseline_on') }),
    targets: t.field({ type: [PlanTarget], ...many({ where: (row, { parent }) => `${row}.plan_id = ${parent}.id`, orderBy: (row) => `${row}.due_on, ${row}.area_id`, limit: 100 }) }),
  }),
})

builder.queryField('plan', (t) =>
  t.field({
    type: Plan, nullable: true, authScopes: { may: 'public.read' }, description: 'One plan by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Plan', args.id))}` }),
  }))

builder.queryField('plans', (t) =>
  t.field({
    type: connectionOf(Plan), authScopes: { may: 'public.read' }, description: 'Plans, the latest first.',
    args: { ...pageArgs(t), area: t.arg.id({ required: false, description: 'Whose area lies in this one, held it, or became part of it.' }) },
    ...page({
      where: (row, { args, bind }) => (args.area ? concerns(row, bind(keyOf('Area', args.area, 'area'))) : 'true'),
      order: [{ by: (row) => `${row}.issued_on`, type: 'date' }, { by: (row) => `${row}.id`, type: 'text' }],
      descending: true,
    }),
  }))

/** The plan's area, what lay below it and what all of that became has the area asked for in it, or lies in it. */
const concerns = (plan: string, areaId: string) => `exists (
  with recursive land(id) as (
    select below.area_id from area_place above join area_place below on below.path <@ above.path where above.area_id = ${plan}.area_id
    union select to_id from area_succession join land on land.id = from_id)
  select from area here, land join area on area.id = land.id where here.id = ${areaId} and (area.path <@ here.path or area.path @> here.path))`

// ── reviews ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const ReviewFigure = builder.enumType('ReviewFigure', {
  description: 'The number of a review row whose records are asked for.',
  values: ['HAD', 'LEFT', 'WORSENED', 'JOINED', 'REMAINING'] as const,
})

/** Which households make a number; `it` is a row of review_households. */
const MAKES: Record<string, (it: string) => string> = {
  HAD: (it) => `${it}.at_start = 'NEAR_POOR'`,
  LEFT: (it) => `${it}.at_start = 'NEAR_POOR' and ${it}.at_end in ('LEFT', 'NEWLY_ESCAPED')`,
  WORSENED: (it) => `${it}.at_start = 'NEAR_POOR' and is_listed(${it}.at_end) and ${it}.at_end <> 'NEAR_POOR'`,
  JOINED: (it) => `${it}.at_start is distinct from 'NEAR_POOR' and ${it}.at_end = 'NEAR_POOR'`,
  REMAINING: (it) => `${it}.at_end = 'NEAR_POOR'`,
}

const PrintedCheck = builder.enumType('PrintedCheck', {
  description: 'PERCENT_DIFFERS: the printed % is not the printed n/N, rounded as printed. COUNTS_DIFFER: the printed n or N is not the register\'s.',
  values: ['AGREES', 'PERCENT_DIFFERS', 'COUNTS_DIFFER', 'NOT_PRINTED'] as const,
})

const PrintedFigure = builder.objectRef<Row>('PrintedFigure').implement({
  description: 'A figure as the paper report prints it.',
  fields: (t) => ({
    numerator: t.int(column('numerator')),
    denominator: t.int(column('denominator')),
    percent: t.string(column('percent')),
  }),
})

const ReviewRowKind = builder.enumType('ReviewRowKind', {
  description: 'OTHER: households in the area of which no unit is known.',
  values: ['UNIT', 'OTHER', 'TOTAL'] as const,
})

const ReviewRow = builder.objectRef<Row>('ReviewRow').implement({
  description: 'A unit right below the plan\'s area: n and N first, the percentage derived. remaining = had − left − worsened + joined.',
  fields: (t) => ({
    kind: t.field({ type: ReviewRowKind, ...column('kind') }),
    unit: t.field({ type: Area, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.unit_id` }) }),
    had: t.int({ description: 'Near-poor on the day before the period.', ...column('had') }),
    left: t.int({ description: 'Of these, escaped at the end of the period.', ...column('escaped') }),
    worsened: t.int({ description: 'Of these, poor at the end of the period.', ...column('worsened') }),
    joined: t.int({ description: 'Near-poor at the end of the period only.', ...column('joined') }),
    remaining: t.int({ description: 'Near-poor at the end of the period.', ...column('remaining') }),
    percent: t.float({ nullable: true, description: 'left/had, to one decimal.', ...needs({ n: 'escaped', N: 'had' }), resolve: (row: Row) => percentOf(row._n, row._N) }),
    printed: t.field({
      type: PrintedFigure, nullable: true,
      ...one({ from: (_bind, _args, parent) => `(select ${parent}.printed_numerator as numerator, ${parent}.printed_denominator as denominator, ${parent}.printed_percent as percent where ${parent}.printed_percent is not null)` }),
    }),
    check: t.field({
      type: PrintedCheck,
      ...needs({ n: 'escaped', N: 'had', printed: (row) => `case when ${row}.printed_percent is not null then json_build_object('numerator', ${row}.printed_numerator, 'denominator', ${row}.printed_denominator, 'percent', ${row}.printed_percent) end` }),
      resolve: (row: Row) => checkPrinted(row._printed, { escaped: row._n, had: row._N }),
    }),
    households: t.field({
      type: connectionOf(Household), description: 'The records behind a number.',
      args: { ...pageArgs(t), figure: t.arg({ type: ReviewFigure }) },
      ...page({
        where: (row, { parent, args }) => `${row}.id in (select it.household_id from review_households(${parent}.plan_id, ${parent}.period_from, ${parent}.period_to) it
          where (${parent}.kind = 'TOTAL' or it.unit_id is not distinct from ${parent}.unit_id) and ${MAKES[args.figure]!('it')})`,
        order: [{ by: (row) => `${row}.code collate "C"`, type: 'text collate "C"' }, { by: (row) => `${row}.id`, type: 'uuid' }],
      }),
    }),
  }),
})

const ReviewTarget = builder.objectRef<Row>('ReviewTarget').implement({
  description: 'A target, and how far it is.',
  fields: (t) => ({
    target: t.field({ type: PlanTarget, ...inline() }),
    agrees: t.boolean({
      description: 'The printed percentage is its n/N, rounded as printed.', ...needs({ n: 'numerator', N: 'denominator', printed: 'printed' }),
      resolve: (row: Row) => agrees(row._printed, row._n, row._N),
    }),
    reached: t.int({ description: 'By the end of the period.', ...column('reached') }),
    leftToReach: t.int({ ...needs({ n: 'numerator', reached: 'reached' }), resolve: (row: Row) => leftToReach(row._n, row._reached) }),
  }),
})

const Review = builder.objectRef<Row>('Review').implement({
  description: "How a plan's area did in a period, from the register, under the areas of then.",
  fields: (t) => ({
    plan: t.field({ type: Plan, ...inline() }),
    from: t.field({ type: 'Date', ...day('period_from') }),
    to: t.field({ type: 'Date', ...day('period_to') }),
    householdsTotal: t.int({ nullable: true, description: 'All households of the area at the baseline.', ...column('households_total') }),
    atBaseline: t.int({ description: 'Near-poor on the baseline day.', ...column((row) => `(select had_at_baseline from ${rowsSql(row)} total where kind = 'TOTAL')`) }),
    rate: t.float({
      nullable: true, description: 'atBaseline/householdsTotal as a percentage, to two decimals.',
      ...needs({ n: (row) => `(select had_at_baseline from ${rowsSql(row)} total where kind = 'TOTAL')`, N: 'households_total' }),
      resolve: (row: Row) => (row._N === null ? null : percentOf(row._n, row._N, 2)),
    }),
    rows: t.field({
      type: [ReviewRow], description: "Units with a figure, in the report's order, then the households of which no unit is known.",
      ...many({ from: (_bind, _args, parent) => rowsSql(parent), where: (row) => `${row}.kind <> 'TOTAL'`, orderBy: rowOrder, limit: 500 }),
    }),
    total: t.field({ type: ReviewRow, ...one({ from: (_bind, _args, parent) => rowsSql(parent), where: (row) => `${row}.kind = 'TOTAL'` }) }),
    silentUnits: t.field({
      type: [Area], description: 'Units of which neither the register nor the report says anything: they have none, or did not report.',
      ...many({ from: (_bind, _args, parent) => silentSql(parent), orderBy: (row) => `${row}.name collate "vi-x-icu"`, limit: 500 }),
    }),
    targets: t.field({ type: [ReviewTarget], ...many({ from: (_bind, _args, parent) => targetsSql(parent), orderBy: (row) => `${row}.due_on`, limit: 100 }) }),
  }),
})

builder.queryField('review', (t) =>
  t.field({
    type: Review, nullable: true, authScopes: { may: 'review.read' },
    description: "The review of a plan in a period; null for whoever holds no office over the plan's area.",
    args: { plan: t.arg.id(), from: t.arg({ type: 'Date', description: 'The first day of the period.' }), to: t.arg({ type: 'Date', description: 'Its last day.' }) },
    ...one({ from: (bind: Bind, args: Args) => reviewOfArgs(bind, args) }),
  }))

function reviewOfArgs(bind: Bind, args: Args): string {
  const period = { from: args.from, to: args.to }
  checkPeriod(period)
  return reviewSql(bind, keyOf('Plan', args.plan, 'plan'), period)
}
