// A giver's year in the API: what was promised beside what arrived, where, and what became of it; for the giver alone.
import { builder } from '../../graphql/builder.ts'
import { type Row, keyOf } from '../../graphql/define.ts'
import { column, many, one, whole } from '../../graphql/read.ts'
import { Area } from '../areas/schema.ts'
import { SupportKind } from '../households/schema.ts'
import { OutcomeKind } from '../outcomes/schema.ts'
import { Party } from '../pledges/schema.ts'
import { checkYear, kindsSql, outcomesSql, placesSql, reached, yearSql, yearsSql } from './queries.ts'

const kind = (t: any) => t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) })

const GivingYearKind = builder.objectRef<Row>('GivingYearKind').implement({
  description: 'One kind of support in a year: what moved in it, of verified pledges. Less than nothing where more was taken back.',
  fields: (t) => ({
    kind: kind(t),
    promised: t.field({ type: 'Quantity', ...whole('promised') }),
    allocated: t.field({ type: 'Quantity', ...whole('allocated') }),
    dispatched: t.field({ type: 'Quantity', ...whole('dispatched') }),
    received: t.field({ type: 'Quantity', description: 'Confirmed by households.', ...whole('received') }),
    settled: t.field({ type: 'Quantity', ...whole('settled') }),
    missing: t.field({ type: 'Quantity', description: 'Handed over in the year and, by the households\' answers, not received.', ...whole('missing') }),
    unanswered: t.field({ type: 'Quantity', description: 'Handed over in the year and not answered yet.', ...whole('unanswered') }),
    promisedValue: t.field({ type: 'VND', description: 'By the dated price list, as of the day of each promise.', ...whole('promised_value') }),
    receivedValue: t.field({ type: 'VND', ...whole('received_value') }),
    isEstimate: t.boolean({ description: 'It is given in kind, so its values are estimates.', ...column('is_estimate') }),
  }),
})

const GivingYearPlace = builder.objectRef<Row>('GivingYearPlace').implement({
  description: 'What was handed over in a year in one hamlet, of one kind.',
  fields: (t) => ({
    area: t.field({ type: Area, description: 'The hamlet.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    kind: kind(t),
    dispatched: t.field({ type: 'Quantity', ...whole('dispatched') }),
    received: t.field({ type: 'Quantity', ...whole('received') }),
    households: t.int({ description: 'To how many of them something came.', ...column('households') }),
  }),
})

const GivingYearOutcome = builder.objectRef<Row>('GivingYearOutcome').implement({
  description: 'What became of what was given, as it was seen in the year. What is counted on each visit counts by the last one.',
  fields: (t) => ({
    outcome: t.field({ type: OutcomeKind, ...column('outcome') }),
    kind: t.field({ type: SupportKind, nullable: true, description: 'Null for what is said of a household.', ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    quantity: t.field({ type: 'Quantity', ...whole('quantity') }),
  }),
})

const GivingYear = builder.objectRef<Row>('GivingYear').implement({
  description: "A giver's year.",
  fields: (t) => ({
    party: t.field({ type: Party, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.party_id` }) }),
    year: t.int(column('year')),
    years: t.field({ type: ['Int'], description: 'In which something moved, or was seen to have become of it; the latest first.', ...many({ from: (_bind, _args, parent) => yearsSql(parent), orderBy: (row) => `${row}.value desc`, limit: 100 }) }),
    hamlets: t.int({ description: 'In which a household has confirmed something that was handed over in the year.', ...column((row) => reached(row, 'area_id')) }),
    households: t.int({ ...column((row) => reached(row, 'household_id')) }),
    kinds: t.field({ type: [GivingYearKind], ...many({ from: (_bind, _args, parent) => kindsSql(parent), orderBy: (row) => `${row}.ordinal`, limit: 100 }) }),
    places: t.field({
      type: [GivingYearPlace], description: 'The most widely helped hamlets first; at most 500.',
      ...many({ from: (_bind, _args, parent) => placesSql(parent), orderBy: (row) => `${row}.households desc, ${row}.area_id, ${row}.kind_code`, limit: 500 }),
    }),
    outcomes: t.field({ type: [GivingYearOutcome], ...many({ from: (_bind, _args, parent) => outcomesSql(parent), orderBy: (row) => `${row}.outcome, ${row}.kind_code`, limit: 100 }) }),
  }),
})

builder.queryField('givingYear', (t) =>
  t.field({
    type: GivingYear, nullable: true, authScopes: { may: 'giving.read' }, description: "What one of your own parties gave in a year; null for another's.",
    args: { party: t.arg.id(), year: t.arg.int() },
    ...one({
      from: (bind, args) => {
        checkYear(args.year)
        return yearSql(bind, keyOf('Party', args.party, 'party'), args.year)
      },
    }),
  }))
