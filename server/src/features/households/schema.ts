// The register in the API: households with their recognised statuses, deprivations and needs; standards, causes and kinds of support.
import { can } from '../../access/policy.ts'
import { SupportFamily as SupportFamilies } from '../../generated/prisma/enums.ts'
import { builder } from '../../graphql/builder.ts'
import { Permission, type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { column, day, globalId, inline, instant, many, needs as needed, one, page, whole } from '../../graphql/read.ts'
import { isFoundIn } from '../../graphql/search.ts'
import { text } from '../../graphql/texts.ts'
import { Area } from '../areas/schema.ts'
import { recordDeprivations, recordStatus, registerHousehold, updateHousehold } from './commands.ts'
import { recordConsent } from './consents.ts'
import { raiseNeed, verifyNeed, withdrawNeed } from './needs.ts'

// ── facts as data ───────────────────────────────────────────────────────────────────────────────────────────────────

export const HouseholdStatus = builder.enumType('HouseholdStatus', {
  description: 'As recognised by a decision. NEWLY_ESCAPED: left the list at most three years ago. LEFT: is on no list.',
  values: ['POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT', 'RELAPSED'] as const,
})

export const SupportFamily = builder.enumType('SupportFamily', {
  description: 'The rule of completion that a kind of support follows.',
  values: Object.values(SupportFamilies),
})

export const SupportKind = builder.objectRef<Row>('SupportKind').implement({
  description: 'A kind of support.',
  extensions: { table: 'support_kind' },
  fields: (t) => ({
    code: t.string(column('code')),
    family: t.field({ type: SupportFamily, ...column('family') }),
    name: t.string(column('name')),
    nameEn: t.string(column('name_en')),
    unit: t.string({ description: 'What is counted: VND, head, seat, post, kg, piece, day …', ...column('unit') }),
    unitName: t.string({ description: 'đồng, con, suất …', ...column('unit_name') }),
    unitNameEn: t.string(column('unit_name_en')),
    typicalCost: t.field({ type: 'VND', description: 'Of one unit today; for estimates, never a price. 0 for what is not counted in money.', ...whole('typical_cost') }),
    answers: t.stringList({ description: 'Codes of the causes and deprivations that it helps against.', ...column((row) => `to_json(${row}.answers)`) }),
  }),
})

export const DeprivationIndicator = builder.objectRef<Row>('DeprivationIndicator').implement({
  description: 'One of the things that a standard counts as a deprivation.',
  extensions: { table: 'deprivation_indicator' },
  fields: (t) => ({
    code: t.string(column('code')),
    name: t.string(column('name')),
    nameEn: t.string(column('name_en')),
  }),
})

export const PovertyStandard = builder.objectRef<Row>('PovertyStandard').implement({
  description: 'A multidimensional poverty standard. A rate or a status means nothing without the one that it was measured by.',
  extensions: { table: 'poverty_standard' },
  fields: (t) => ({
    code: t.string(column('id')),
    name: t.string(column('name')),
    nameEn: t.string(column('name_en')),
    legalBasis: t.string(column('legal_basis')),
    appliesFrom: t.field({ type: 'Date', ...day('applies_from') }),
    appliesTo: t.field({ type: 'Date', nullable: true, description: 'Its last day.', ...day('applies_to') }),
    indicators: t.field({
      type: [DeprivationIndicator], description: "In its decree's order.",
      ...many({ where: (row, { parent }) => `${row}.standard_id = ${parent}.id`, orderBy: (row) => `${row}.ordinal`, limit: 50 }),
    }),
  }),
})

export const PovertyCause = builder.objectRef<Row>('PovertyCause').implement({
  description: 'A cause of poverty, as the official review forms list them.',
  extensions: { table: 'poverty_cause' },
  fields: (t) => ({
    code: t.string(column('code')),
    name: t.string(column('name')),
    nameEn: t.string(column('name_en')),
  }),
})

builder.queryField('supportKinds', (t) =>
  t.field({ type: [SupportKind], authScopes: { may: 'public.read' }, description: 'Every kind of support.', ...many({ orderBy: (row) => `${row}.ordinal`, limit: 100 }) }))
builder.queryField('povertyStandards', (t) =>
  t.field({ type: [PovertyStandard], authScopes: { may: 'public.read' }, description: 'Every standard, the earliest first.', ...many({ orderBy: (row) => `${row}.applies_from, ${row}.id`, limit: 100 }) }))
builder.queryField('povertyCauses', (t) =>
  t.field({ type: [PovertyCause], authScopes: { may: 'public.read' }, description: 'Every cause.', ...many({ orderBy: (row) => `${row}.ordinal`, limit: 50 }) }))

// ── households ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const Household = builder.objectRef<Row>('Household')
export const Need = builder.objectRef<Row>('Need')

const RecognisedStatus = builder.objectRef<Row>('RecognisedStatus').implement({
  description: 'What a decision recognised of a household. The hub records it and decides nothing.',
  extensions: { table: 'household_status' },
  fields: (t) => ({
    status: t.field({ type: HouseholdStatus, ...column('status') }),
    standard: t.field({ type: PovertyStandard, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.standard_id` }) }),
    decisionNo: t.string(column('decision_no')),
    decidedOn: t.field({ type: 'Date', ...day('decided_on') }),
    effectiveOn: t.field({ type: 'Date', ...day('effective_on') }),
    listYear: t.int({ description: 'The year of the list that it belongs to.', ...column('list_year') }),
    recordedAt: t.field({ type: 'DateTime', ...instant('recorded_at') }),
  }),
})

const Deprivation = builder.objectRef<Row>('Deprivation').implement({
  description: 'In what a household is deprived, by which standard.',
  extensions: { table: 'household_deprivation' },
  fields: (t) => ({
    indicator: t.field({
      type: DeprivationIndicator,
      ...one({ where: (row, { parent }) => `${row}.standard_id = ${parent}.standard_id and ${row}.code = ${parent}.indicator_code` }),
    }),
    standard: t.field({ type: PovertyStandard, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.standard_id` }) }),
    recordedOn: t.field({ type: 'Date', ...day('recorded_on') }),
  }),
})

const ConsentPurpose = builder.enumType('ConsentPurpose', {
  description: 'What a household may allow.',
  values: { MATCHING: { description: 'That support is matched for it.' } } as const,
})

const Consent = builder.objectRef<Row>('Consent').implement({
  description: 'What a household said of what it allows. Each is kept; the latest of a purpose holds.',
  extensions: { table: 'consent' },
  fields: (t) => ({
    purpose: t.field({ type: ConsentPurpose, ...column('purpose') }),
    given: t.boolean({ description: 'False: it no longer allows it.', ...column('given') }),
    at: t.field({ type: 'DateTime', ...instant('at') }),
    isOwnWord: t.boolean({ description: 'By its slip or account; otherwise its office wrote it down before a witness.', ...column((row) => `(${row}.channel <> 'PROXY')`) }),
    recordedBy: t.string({ nullable: true, description: 'Who wrote it down.', ...column((row) => `(select display_name from person where person.id = ${row}.person_id)`) }),
    witnessName: t.string({ nullable: true, ...column('witness_name') }),
  }),
})

const ofHousehold = needed({ path: (row) => `${row}.area_path::text`, household: 'id', status: 'status' })
const subjectOf = (row: Row) => ({ areaPath: row._path, householdId: row._household })

const HouseholdActions = builder.objectRef<Row>('HouseholdActions').implement({
  description: 'What the viewer may do with a household.',
  fields: (t) => ({
    update: t.field({ type: Permission, description: 'What is known of it, its deprivations too.', resolve: (row, _args, { hub }) => ({ allowed: can(hub.viewer, 'household.register', subjectOf(row)) }) }),
    recordStatus: t.field({ type: Permission, resolve: (row, _args, { hub }) => ({ allowed: can(hub.viewer, 'household.recordStatus', subjectOf(row)) }) }),
    raiseNeed: t.field({ type: Permission, resolve: (row, _args, { hub }) => ({ allowed: row._status !== 'LEFT' && can(hub.viewer, 'need.raise', subjectOf(row)) }) }),
  }),
})

Household.implement({
  description: 'A household of the register: for the offices of its area, and for itself.',
  extensions: { table: 'household' },
  fields: (t) => ({
    id: t.id(globalId('Household')),
    code: t.string({ description: 'The area where it was registered, and its number there: 06733-001-012.', ...column('code') }),
    displayCode: t.string({ description: '"Hộ 012": what a giver may know it by.', ...column((row) => `'Hộ ' || substring(${row}.code from '\\d+$')`) }),
    headName: t.string(column('head_name')),
    phone: t.string({ nullable: true, ...column('phone') }),
    area: t.field({ type: Area, description: 'Its hamlet; a wider area where no hamlet is known.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    members: t.int(column('members')),
    causes: t.field({
      type: [PovertyCause],
      ...many({ where: (row, { parent }) => `${row}.code = any (${parent}.causes)`, orderBy: (row) => `${row}.ordinal`, limit: 50 }),
    }),
    wish: t.string({ description: 'In its own words.', ...column('wish') }),
    status: t.field({ type: HouseholdStatus, nullable: true, description: 'The latest recognised one; null before the first decision.', ...column('status') }),
    statusHistory: t.field({
      type: [RecognisedStatus], description: 'Every recognised status, the latest first.',
      ...many({ where: (row, { parent }) => `${row}.household_id = ${parent}.id`, orderBy: (row) => `${row}.effective_on desc, ${row}.recorded_at desc`, limit: 100 }),
    }),
    deprivations: t.field({
      type: [Deprivation],
      ...many({
        where: (row, { parent }) => `${row}.household_id = ${parent}.id`, limit: 100,
        orderBy: (row) => `${row}.standard_id desc, (select ordinal from deprivation_indicator i where i.standard_id = ${row}.standard_id and i.code = ${row}.indicator_code)`,
      }),
    }),
    needs: t.field({
      type: [Need], description: 'What it lacks and has not withdrawn, the most urgent first.',
      ...many({
        where: (row, { parent }) => `${row}.household_id = ${parent}.id and ${row}.withdrawn_at is null`,
        orderBy: (row) => `${row}.urgency desc, ${row}.raised_at, ${row}.id`, limit: 100,
      }),
    }),
    consents: t.field({
      type: [Consent], description: 'What it said of what it allows, the latest first; nothing where it was never asked.',
      ...many({ where: (row, { parent }) => `${row}.household_id = ${parent}.id`, orderBy: (row) => `${row}.at desc, ${row}.id`, limit: 50 }),
    }),
    version: t.int({ description: 'Give it back with a change, so that nobody changes what they have not seen.', ...column('version') }),
    isDemonstration: t.boolean({ description: 'Invented for demonstration.', ...column('is_demo') }),
    viewerCan: t.field({ type: HouseholdActions, ...ofHousehold, resolve: (row: Row) => row }),
  }),
})

const NeedActions = builder.objectRef<Row>('NeedActions').implement({
  description: 'What the viewer may do with a need in its present state.',
  fields: (t) => ({
    verify: t.field({ type: Permission, resolve: (row, _args, { hub }) => ({ allowed: !row._closed && !row._verified && can(hub.viewer, 'need.verify', subjectOf(row)) }) }),
    withdraw: t.field({ type: Permission, resolve: (row, _args, { hub }) => ({ allowed: !row._closed && can(hub.viewer, 'need.withdraw', subjectOf(row)) }) }),
  }),
})

const open = (row: string) => `${row}.quantity - ${row}.allocated`

Need.implement({
  description: 'What a household lacks of one kind. It can be matched once verified.',
  extensions: { table: 'need' },
  fields: (t) => ({
    id: t.id(globalId('Need')),
    household: t.field({ type: Household, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) }),
    area: t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    detail: t.string(column('detail')),
    quantity: t.field({ type: 'Quantity', ...whole('quantity') }),
    allocated: t.field({ type: 'Quantity', description: 'Joined to pledges.', ...whole('allocated') }),
    received: t.field({ type: 'Quantity', description: 'Confirmed by the household.', ...whole('received') }),
    open: t.field({ type: 'Quantity', description: 'Not yet allocated.', ...column((row) => `(${open(row)})::text`) }),
    urgency: t.int({ description: '1 can wait, 2 this season, 3 urgent.', ...column('urgency') }),
    raisedAt: t.field({ type: 'DateTime', ...instant('raised_at') }),
    verifiedAt: t.field({ type: 'DateTime', nullable: true, ...instant('verified_at') }),
    withdrawnAt: t.field({ type: 'DateTime', nullable: true, ...instant('withdrawn_at') }),
    version: t.int({ description: 'Give it back with a decision.', ...column('version') }),
    viewerCan: t.field({
      type: NeedActions,
      ...needed({
        path: (row) => `${row}.area_path::text`, household: 'household_id', verified: (row) => `${row}.verified_at is not null`,
        closed: (row) => `${row}.withdrawn_at is not null or ${open(row)} = 0`,
      }),
      resolve: (row: Row) => row,
    }),
  }),
})

const inArea = (row: string, args: Row, bind: (value: unknown) => string) =>
  args.area ? `${row}.area_path <@ (select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})` : 'true'

builder.queryField('household', (t) =>
  t.field({
    type: Household, nullable: true, authScopes: { may: 'household.read' }, description: 'One household by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Household', args.id))}::uuid` }),
  }))

builder.queryField('households', (t) =>
  t.field({
    type: connectionOf(Household), authScopes: { may: 'household.read' }, description: "Households of the viewer's offices, or the viewer's own, by code.",
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'In this area or below it.' }),
      status: t.arg({ type: HouseholdStatus, required: false }),
      search: t.arg.string({ required: false, description: 'Part of a name or code, with or without diacritics; up to 80 characters.' }),
    },
    ...page({
      where: (row, { args, bind }) => [
        inArea(row, args, bind),
        args.status ? `${row}.status = ${bind(args.status)}::"HouseholdStatus"` : 'true',
        isFoundIn(`${row}.head_name || ' ' || ${row}.code`, args.search, bind),
      ].join(' and '),
      order: [{ by: (row) => `${row}.code collate "C"`, type: 'text collate "C"' }, { by: (row) => `${row}.id`, type: 'uuid' }],
    }),
  }))

builder.queryField('needs', (t) =>
  t.field({
    type: connectionOf(Need), authScopes: { may: 'household.read' }, description: "Needs of households that the viewer may see, the most urgent first; what everyone may know is Area.needs.",
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'In this area or below it.' }),
      kind: t.arg.string({ required: false, description: 'The code of a SupportKind.' }),
      openOnly: t.arg.boolean({ required: false, description: 'Only those that can still be matched: verified and not met in full.' }),
      toVerify: t.arg.boolean({ required: false, description: 'Only those that wait to be verified.' }),
    },
    ...page({
      where: (row, { args, bind }) => [
        `${row}.withdrawn_at is null`,
        inArea(row, args, bind),
        args.kind ? `${row}.kind_code = ${bind(args.kind)}` : 'true',
        args.openOnly ? `${row}.verified_at is not null and ${open(row)} > 0` : 'true',
        args.toVerify ? `${row}.verified_at is null` : 'true',
      ].join(' and '),
      order: [{ by: (row) => `-${row}.urgency`, type: 'int' }, { by: (row) => `${row}.raised_at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
    }),
  }))

// ── what everyone may know of an area ───────────────────────────────────────────────────────────────────────────────

const AreaNeed = builder.objectRef<Row>('AreaNeed').implement({
  description: "What households of an area lack of one kind, together: never by household. Verified needs only.",
  fields: (t) => ({
    kind: t.field({ type: SupportKind, ...inline() }),
    quantity: t.field({ type: 'Quantity', ...whole('quantity') }),
    allocated: t.field({ type: 'Quantity', description: 'Joined to pledges.', ...whole('allocated') }),
    received: t.field({ type: 'Quantity', description: 'Confirmed by the households.', ...whole('received') }),
    open: t.field({ type: 'Quantity', description: 'Not yet allocated.', ...column((row) => `(${open(row)})::text`) }),
    urgency: t.int({ description: 'Of the most urgent one: 1 can wait, 2 this season, 3 urgent.', ...column('urgency') }),
  }),
})

const HouseholdCount = builder.objectRef<Row>('HouseholdCount').implement({
  description:
    'How many households are poor, near-poor or relapsed. A number below 5 is never published, and another is withheld beside it where it could ' +
    'be computed; the offices of the area see every number.',
  fields: (t) => {
    // As the areas are today: a household counts where its hamlet lies now.
    const count = (row: string) => `case when ${row}.path <@ any ((select viewer_offices())::ltree[])
      then (select count(*)::text from household where area_path <@ ${row}.path and is_listed(status)) else public_household_count(${row}.id) end`
    return {
      value: t.int({ nullable: true, description: 'Null where it is not published.', ...column((row) => `(select case when said ~ '^\\d+$' then said::int end from (select ${count(row)} as said) count)`) }),
      label: t.string({ description: '"13", "< 5", "≥ 5" where withheld, "–" for an ended area.', ...column(count) }),
    }
  },
})

builder.objectFields(Area, (t) => ({
  needs: t.field({
    type: [AreaNeed], description: 'What households in it and below it lack, by kind.',
    ...many({
      place: 'inside',
      from: (_bind, _args, parent) => `needs_in(${parent}.path)`,
      orderBy: (row) => `${row}.ordinal`, limit: 100,
    }),
  }),
  households: t.field({ type: HouseholdCount, ...inline() }),
}))

// ── what can be done ────────────────────────────────────────────────────────────────────────────────────────────────

const circumstances = (t: any) => ({
  headName: t.string({ ...text('name'), description: '2–80 characters.' }),
  members: t.int({ description: '1 to 30.' }),
  causes: t.stringList({ ...text('code'), description: 'Codes of PovertyCause.' }),
  wish: t.string({ ...text('note'), required: false, description: 'In its own words; up to 1,000 characters.' }),
  phone: t.string({ ...text('address'), required: false }),
  idempotencyKey: idempotencyKey(t),
})
const seen = (t: any) => ({ householdId: t.id(), version: t.int({ description: 'The version you saw.' }), idempotencyKey: idempotencyKey(t) })
const changed = (t: any) => ({ household: produced(t, Household, 'householdId') })
const changedNeed = (t: any) => ({ need: produced(t, Need, 'needId'), ...changed(t) })

command('registerHousehold', {
  description: 'Take a household into the register. It has no status until a decision is recorded.',
  access: 'household.register',
  input: (t) => ({ areaId: t.id({ description: 'Its hamlet; a wider area where no hamlet is known.' }), ...circumstances(t) }),
  payload: changed,
  run: registerHousehold,
})
command('recordConsent', {
  description: 'Say what the household allows, or no longer allows: the household itself, or its office before a witness.',
  access: 'consent.record',
  input: (t) => ({
    householdId: t.id(), purpose: t.field({ type: ConsentPurpose }), given: t.boolean({ description: 'False takes it back.' }),
    witnessName: t.string({ ...text('name'), required: false, description: 'Who heard the household say so; where its office writes it down.' }), idempotencyKey: idempotencyKey(t),
  }),
  payload: changed,
  run: recordConsent,
})
command('updateHousehold', {
  description: 'Change what is known of a household.',
  access: 'household.register',
  input: (t) => ({ ...seen(t), areaId: t.id({ required: false, description: 'Where it belongs now; its needs go along.' }), ...circumstances(t) }),
  payload: changed,
  run: updateHousehold,
})
command('recordStatus', {
  description: 'Record what a decision recognises of a household. Refused when its standard does not apply on the day it takes effect.',
  access: 'household.recordStatus',
  input: (t) => ({
    ...seen(t),
    status: t.field({ type: HouseholdStatus }),
    standardId: t.string({ ...text('code'), description: 'The code of a PovertyStandard.' }),
    decisionNo: t.string({ ...text('code'), description: 'For instance 12/QĐ-UBND.' }),
    decidedOn: t.field({ type: 'Date' }),
    effectiveOn: t.field({ type: 'Date' }),
    listYear: t.int(),
  }),
  payload: changed,
  run: recordStatus,
})
command('recordDeprivations', {
  description: 'Record in what a household is deprived by a standard, in place of what was recorded by it before.',
  access: 'household.register',
  input: (t) => ({ ...seen(t), standardId: t.string({ ...text('code'), description: 'The code of a PovertyStandard.' }), indicators: t.stringList({ ...text('code'), description: 'Codes of its indicators.' }) }),
  payload: changed,
  run: recordDeprivations,
})

command('raiseNeed', {
  description: 'Say what a household lacks. It can be matched once an officer has verified it.',
  access: 'need.raise',
  input: (t) => ({
    householdId: t.id(),
    kind: t.string({ ...text('code'), description: 'The code of a SupportKind.' }),
    quantity: t.field({ type: 'Quantity', description: "In the kind's unit." }),
    urgency: t.int({ required: false, description: '1 can wait, 2 this season (when absent), 3 urgent.' }),
    detail: t.string({ ...text('line'), required: false, description: 'Up to 200 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: changedNeed,
  run: raiseNeed,
})
const decision = (t: any) => ({ needId: t.id(), version: t.int({ description: 'The version you saw.' }), idempotencyKey: idempotencyKey(t) })
command('verifyNeed', { description: 'Let a need be matched. Its kind and quantity become public, the household does not.', access: 'need.verify', input: decision, payload: changedNeed, run: verifyNeed })
command('withdrawNeed', { description: 'Take back what is still open of a need.', access: 'need.withdraw', input: decision, payload: changedNeed, run: withdrawNeed })
