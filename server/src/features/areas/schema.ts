// Areas in the API: province → commune → hamlet, the districts of before 1/7/2025, and what became of what.
import { type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { builder } from '../../graphql/builder.ts'
import { type Args, type Bind, column, day, globalId, many, one, page } from '../../graphql/read.ts'
import { searchedFor } from '../../graphql/search.ts'
import { text } from '../../graphql/texts.ts'
import { addHamlet } from './commands.ts'
import { areasNamed } from './queries.ts'

export const AreaKind = builder.enumType('AreaKind', {
  description: 'DISTRICT was abolished on 1/7/2025. HAMLET covers thôn, bản, ấp, khu phố, tổ dân phố: no administrative unit, no national code.',
  values: ['PROVINCE', 'DISTRICT', 'COMMUNE', 'HAMLET'] as const,
})

const AreaTransfer = builder.enumType('AreaTransfer', {
  description: 'Whether the whole of an area went over to its successor, or a part.',
  values: ['FULL', 'PARTIAL'] as const,
})

export const Area = builder.objectRef<Row>('Area')
export const AreaConnection = connectionOf(Area)

Area.implement({
  description: 'An area in its time. A code alone does not name one: 82 was Tiền Giang and is Đồng Tháp.',
  extensions: { table: 'area' },
  fields: (t) => ({
    id: t.id(globalId('Area')),
    kind: t.field({ type: AreaKind, ...column('kind') }),
    code: t.string({ description: "The General Statistics Office's code (2 digits for a province, 5 for a commune); hamlets' are minted here.", ...column('code') }),
    subtype: t.string({ description: 'tỉnh, thành phố, xã, phường, đặc khu, thôn, tổ dân phố…', ...column('subtype') }),
    name: t.string({ description: 'Without its subtype: "Hải Tiến".', ...column('name') }),
    fullName: t.string({ description: 'With its subtype: "Xã Hải Tiến".', ...column('full_name') }),
    nameEn: t.string({ nullable: true, ...column('name_en') }),
    validFrom: t.field({ type: 'Date', ...day('valid_from') }),
    validTo: t.field({ type: 'Date', nullable: true, description: 'Its last day; null while it lives.', ...day('valid_to') }),
    isLiving: t.boolean({ ...column((row) => `${row}.valid_to is null`) }),
    historyComplete: t.boolean({ description: 'False where only part of its history is recorded here.', ...column('history_complete') }),
    isDemonstration: t.boolean({ description: 'Invented for demonstration.', ...column('is_demo') }),
    parent: t.field({
      type: Area, nullable: true, description: 'The area above it, at its latest known place.',
      ...one({ where: (row, { parent }) => `${row}.id = ltree2text(subpath(${parent}.path, -2, 1)) and nlevel(${parent}.path) > 1` }),
    }),
    ancestors: t.field({
      type: [Area], description: 'From the province down to the area above it.',
      ...many({
        // A path is made of the areas' own ids: looking them up takes a tenth of a search for paths above it.
        where: (row, { parent }) => `${row}.id = any (string_to_array(ltree2text(subpath(${parent}.path, 0, nlevel(${parent}.path) - 1)), '.'))`,
        orderBy: (row) => `nlevel(${row}.path)`, limit: 5,
      }),
    }),
    children: t.field({
      type: AreaConnection, args: { ...pageArgs(t), on: t.arg({ type: 'Date', required: false, description: 'As the areas were on this day; today when absent.' }) },
      description: 'The areas right below it, in Vietnamese order.',
      ...page({
        place: (args) => (args.on ? undefined : 'inside'), // what lay here then may lie elsewhere now
        where: (row, { parent, args, bind }) =>
          `${row}.id in (select area_id from area_place where parent_id = ${parent}.id ` +
          `and (select coalesce(${bind(args.on ?? null)}::date, today_in_viet_nam())) between valid_from and coalesce(valid_to, 'infinity'))`,
        order: [{ by: (row) => `${row}.name collate "vi-x-icu"`, type: 'text collate "vi-x-icu"' }, { by: (row) => `${row}.id`, type: 'text' }],
      }),
    }),
    successors: t.field({
      type: [AreaChange], description: 'What it became.',
      ...many({ from: (_bind, _args, parent) => `(select *, to_id as other_id from area_succession where from_id = ${parent}.id)`, orderBy: (row) => `${row}.effective_on, ${row}.to_id`, limit: 50 }),
    }),
    decisions: t.field({
      type: [AreaDecision], description: 'Of a hamlet that an office added: the decisions behind it, the first one first.',
      ...many({ where: (row, { parent }) => `${row}.area_id = ${parent}.id`, orderBy: (row) => `${row}.effective_on`, limit: 20 }),
    }),
    predecessors: t.field({
      type: [AreaChange], description: 'What it was made of.',
      ...many({ from: (_bind, _args, parent) => `(select *, from_id as other_id from area_succession where to_id = ${parent}.id)`, orderBy: (row) => `${row}.effective_on, ${row}.from_id`, limit: 50 }),
    }),
  }),
})

const AreaChange = builder.objectRef<Row>('AreaChange').implement({
  description: 'One area going over into another.',
  extensions: { table: 'area_succession' },
  fields: (t) => ({
    area: t.field({ type: Area, description: 'The other area.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.other_id` }) }),
    transfer: t.field({ type: AreaTransfer, ...column('transfer') }),
    effectiveOn: t.field({ type: 'Date', ...day('effective_on') }),
    basis: t.string({ nullable: true, description: 'The resolution it rests on.', ...column('basis') }),
  }),
})

const AreaDecision = builder.objectRef<Row>('AreaDecision').implement({
  description: 'A decision on an area that no national list knows.',
  extensions: { table: 'area_decision' },
  fields: (t) => ({
    decisionNo: t.string({ description: 'Its number, as printed.', ...column('decision_no') }),
    decidedOn: t.field({ type: 'Date', description: 'The day on which it was signed.', ...day('decided_on') }),
    issuer: t.string({ description: 'Who decided.', ...column('issuer') }),
    effectiveOn: t.field({ type: 'Date', ...day('effective_on') }),
  }),
})

command('addHamlet', {
  description: 'Add a thôn, bản, khu phố or tổ dân phố to a commune, by the decision that made it: an administrator, or the office of the commune.',
  access: 'area.addHamlet',
  input: (t) => ({
    communeId: t.id(),
    name: t.string({ ...text('line'), description: 'With or without what it is: "Thôn Đông Hải", "Tổ dân phố 3". Alone, a name is that of a thôn, in a ward of a tổ dân phố.' }),
    effectiveOn: t.field({ type: 'Date', description: 'Its first day; of one older than the commune, the first day of the commune.' }),
    decisionNo: t.string(text('code')),
    decidedOn: t.field({ type: 'Date', description: 'The day on which the decision was signed.' }),
    issuer: t.string({ ...text('line'), description: 'Who decided, for instance "UBND xã Hải Ninh".' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ area: produced(t, Area, 'areaId'), commune: produced(t, Area, 'communeId') }),
  run: addHamlet,
})

builder.queryField('area', (t) =>
  t.field({
    type: Area, nullable: true, authScopes: { may: 'public.read' },
    description: 'One area by its id.',
    args: { id: t.arg.id() },
    ...one({ place: (args) => keyOf('Area', args.id), where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Area', args.id))}` }),
  }))

/** What is still lacking in the area and below it. */
const lackIn = (row: string, bind: Bind, args: Args) =>
  `needs_in(${row}.path) where allocated < quantity and ${args.needKind ? `kind_code = ${bind(args.needKind)}` : 'true'}`

builder.queryField('areas', (t) =>
  t.field({
    type: AreaConnection, authScopes: { may: 'public.read' },
    description: 'Areas by name or address line, with or without diacritics, by old names too; or all provinces when nothing is searched for.',
    args: {
      ...pageArgs(t),
      search: t.arg.string({ required: false, description: 'A name or an address line, for instance "Hải Hoà" or "phường Hải Ninh, TP Móng Cái, Quảng Ninh": the place named first is found, by what stands after it too. Of more than 200 characters, the last 200. Nothing is found for signs without a letter.' }),
      kind: t.arg({ type: AreaKind, required: false }),
      living: t.arg.boolean({ required: false, description: 'True: only areas of today. False: only ended ones. Absent: both, living first.' }),
      within: t.arg.id({ required: false, description: 'Below this area.' }),
      inNeed: t.arg.boolean({ required: false, description: 'True: only areas in which something is still lacking, the most urgent first.' }),
      needKind: t.arg.string({ required: false, description: 'With `inNeed`: what is lacking, by the code of a SupportKind.' }),
    },
    ...page({
      place: (args) => (args.inNeed ? '' : undefined),
      from: (bind, { search, kind, living, within }) => {
        const said = searchedFor(search)
        return said === null ? 'area' : areasNamed(said, { kind, living, below: within && keyOf('Area', within, 'within') }, bind)
      },
      where: (row, { args, bind }) => [
        searchedFor(args.search) !== null || args.kind || args.within || args.inNeed ? 'true' : `${row}.kind = 'PROVINCE'`,
        args.kind ? `${row}.kind = ${bind(args.kind)}::"AreaKind"` : 'true',
        args.living == null ? 'true' : `(${row}.valid_to is null) = ${bind(args.living)}::boolean`,
        args.within ? `${row}.path <@ (select path from area where id = ${bind(keyOf('Area', args.within, 'within'))}) and ${row}.id <> ${bind(keyOf('Area', args.within))}` : 'true',
        args.inNeed ? `exists (select 1 from ${lackIn(row, bind, args)})` : 'true',
      ].join(' and '),
      order: [
        { by: (row, bind, args) => (args.inNeed ? `(select -max(urgency)::int from ${lackIn(row, bind, args)})` : '0::int'), type: 'int' },
        { by: (row, _bind, args) => (searchedFor(args.search) !== null ? `${row}.rank` : '0::real'), type: 'real' },
        { by: (row) => `${row}.name collate "vi-x-icu"`, type: 'text collate "vi-x-icu"' },
        { by: (row) => `${row}.id`, type: 'text' },
      ],
    }),
  }))
