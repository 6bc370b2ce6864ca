// Adoptions and the gap board in the API: who stands by which area, and where what is still lacking.
import { can } from '../../access/policy.ts'
import { holdsAdoption, knowsGiver } from '../../access/visibility.ts'
import { builder } from '../../graphql/builder.ts'
import { Permission, type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { column, day, globalId, instant, many, needs, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { Area } from '../areas/schema.ts'
import { Task } from '../deliveries/schema.ts'
import { PovertyCause, SupportKind } from '../households/schema.ts'
import { Party } from '../pledges/schema.ts'
import { acceptAdoption, adoptArea, declineAdoption, endAdoption, renewAdoption } from './commands.ts'
import { activeAt, causesOf, gapsIn, pledgedOpen, progressOf } from './queries.ts'
import { type AdoptionAction, isAllowedIn } from './rules.ts'

const AdoptionState = builder.enumType('AdoptionState', {
  description: 'A proposal becomes ACTIVE when the office accepts it. An adoption ends by itself after its last day.',
  values: ['PROPOSED', 'ACTIVE', 'DECLINED', 'ENDED'] as const,
})

export const Adoption = builder.objectRef<Row>('Adoption')

const AdoptionActions = builder.objectRef<Row>('AdoptionActions').implement({
  description: 'What the viewer may do with an adoption in its present state.',
  fields: (t) => {
    const action = (name: AdoptionAction) =>
      t.field({
        type: Permission,
        resolve: (row: Row, _args, { hub }) => ({
          allowed: isAllowedIn({ state: row._state, wasAccepted: row._accepted, isRenewed: row._renewed }, name) &&
            can(hub.viewer, `adoption.${name}`, { areaPath: row._path, partyId: row._party }),
        }),
      })
    return { accept: action('accept'), decline: action('decline'), renew: action('renew'), end: action('end') }
  },
})

const AdoptionProgress = builder.objectRef<Row>('AdoptionProgress').implement({
  description: "What the party did for the adopted area within the adoption's period, of one kind.",
  fields: (t) => ({
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    promised: t.field({ type: 'Quantity', description: 'In verified pledges for the area, or one below it.', ...whole('promised') }),
    dispatched: t.field({ type: 'Quantity', description: 'Handed over there, whatever area it was pledged to.', ...whole('dispatched') }),
    received: t.field({ type: 'Quantity', description: 'Confirmed by the households.', ...whole('received') }),
  }),
})

/** For the party and the offices of the area alone. */
const held = (name: string) => column((row) => `case when ${holdsAdoption(row)} then ${row}.${name} end`)

Adoption.implement({
  description: 'Someone stands by an area, or by one kind of what it lacks, for a time. Who does so is public once it was accepted.',
  extensions: { table: 'adoption' },
  fields: (t) => ({
    id: t.id(globalId('Adoption')),
    state: t.field({ type: AdoptionState, ...column('state') }),
    version: t.int({ description: 'Give it back with a decision, so that nobody decides on an outdated view.', ...column('version') }),
    party: t.field({ type: Party, nullable: true, description: 'Null where it chose to stay anonymous.', ...one({ place: 'inside', isShown: true, where: (row, { parent }) => `${row}.id = ${parent}.party_id and ${knowsGiver(parent)}` }) }),
    anonymous: t.boolean(column('anonymous')),
    area: t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    kind: t.field({ type: SupportKind, nullable: true, description: 'Null: all that the area lacks.', ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    statement: t.string({ description: 'What the party means to do, in its own words.', ...column('statement') }),
    startsOn: t.field({ type: 'Date', ...day('starts_on') }),
    endsOn: t.field({ type: 'Date', description: 'The last day.', ...day('ends_on') }),
    contactName: t.string({ nullable: true, description: 'Who speaks for the party; for the party itself and the offices.', ...held('contact_name') }),
    contactPhone: t.string({ nullable: true, description: 'For the party itself and the offices.', ...held('contact_phone') }),
    officerName: t.string({ nullable: true, description: 'The officer in charge; for the party and the offices.', ...held('officer_name') }),
    reason: t.string({ nullable: true, description: 'Why it was declined or ended; for the party and the offices.', ...held('reason') }),
    continues: t.field({ type: Adoption, nullable: true, description: 'The period before this one.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.continues_id` }) }),
    proposedAt: t.field({ type: 'DateTime', ...instant('proposed_at') }),
    acceptedAt: t.field({ type: 'DateTime', nullable: true, ...instant('accepted_at') }),
    endedOn: t.field({ type: 'Date', nullable: true, ...day('ended_on') }),
    progress: t.field({
      type: [AdoptionProgress], description: 'For the party itself and the offices; nothing for others.',
      ...many({
        from: (_bind, _args, parent) => progressOf(parent, holdsAdoption(parent)),
        orderBy: (row) => `(select ordinal from support_kind where code = ${row}.kind_code)`, limit: 100,
      }),
    }),
    viewerCan: t.field({
      type: AdoptionActions,
      ...needs({
        state: 'state', accepted: (row) => `${row}.accepted_at is not null`, path: (row) => `${row}.area_path::text`,
        party: (row) => `case when ${holdsAdoption(row)} then ${row}.party_id end`,
        renewed: (row) => `exists (select 1 from adoption next where next.continues_id = ${row}.id and next.state in ('PROPOSED', 'ACTIVE'))`,
      }),
      resolve: (row: Row) => row,
    }),
  }),
})

builder.queryField('adoptions', (t) =>
  t.field({
    type: connectionOf(Adoption), authScopes: { may: 'public.read' }, description: 'Adoptions that the viewer may see, newest first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'Of this area or one below it.' }),
      state: t.arg({ type: AdoptionState, required: false }),
      mine: t.arg.boolean({ required: false, description: "Only the viewer's own parties'." }),
    },
    ...page({
      place: (args) => (args.area ? keyOf('Area', args.area, 'area') : ''),
      where: (row, { args, bind }) => [
        args.area ? `${row}.area_path <@ (select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})` : 'true',
        args.state ? `${row}.state = ${bind(args.state)}::"AdoptionState"` : 'true',
        args.mine ? `${row}.party_id = any ((select viewer_parties())::uuid[])` : 'true',
      ].join(' and '),
      order: [{ by: (row) => `${row}.proposed_at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
      descending: true,
    }),
  }))

builder.objectFields(Task, (t) => ({
  adoption: t.field({ type: Adoption, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.adoption_id` }) }),
}))

// ── the gap board ───────────────────────────────────────────────────────────────────────────────────────────────────

const GapLevel = builder.enumType('GapLevel', {
  description: 'How far the need of a hamlet is met, beside the average of the area that was asked for: 10 percentage points or more below it, near it, or above it.',
  values: ['UNDER', 'EVEN', 'OVER'] as const,
})

const ActiveParty = builder.objectRef<Row>('ActiveParty').implement({
  description: 'Someone who is there already, in its own name.',
  fields: (t) => ({
    party: t.field({ type: Party, ...one({ place: 'inside', isShown: true, where: (row, { parent }) => `${row}.id = ${parent}.party_id` }) }),
    isAdopting: t.boolean({ description: 'It adopts the hamlet or an area above it; otherwise it has pledged to the hamlet.', ...column('is_adopting') }),
  }),
})

const GapCause = builder.objectRef<Row>('GapCause').implement({
  description: 'The part of a need that lies with households of one cause of poverty. A household of two causes counts in both.',
  fields: (t) => ({
    cause: t.field({ type: PovertyCause, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.cause_code` }) }),
    quantity: t.field({ type: 'Quantity', ...whole('quantity') }),
    open: t.field({ type: 'Quantity', description: 'Not yet allocated.', ...whole('open') }),
  }),
})

const LEVELS = ['UNDER', 'EVEN', 'OVER']

const Gap = builder.objectRef<Row>('Gap').implement({
  description: 'What a hamlet lacks of one kind: need minus active allocations. Verified needs only, never by household.',
  fields: (t) => ({
    area: t.field({ type: Area, description: 'The hamlet.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    quantity: t.field({ type: 'Quantity', description: 'Needed.', ...whole('quantity') }),
    allocated: t.field({ type: 'Quantity', description: 'Joined to pledges.', ...whole('allocated') }),
    received: t.field({ type: 'Quantity', description: 'Confirmed by the households.', ...whole('received') }),
    open: t.field({ type: 'Quantity', description: 'The gap: needed and not yet allocated.', ...whole('open') }),
    pledgedOpen: t.field({ type: 'Quantity', description: 'Offered to this hamlet by verified pledges and not yet allocated.', ...column(pledgedOpen) }),
    met: t.int({ description: 'Allocated, in percent of what is needed.', ...column('met') }),
    average: t.int({ description: 'The same for all hamlets of the area that was asked for.', ...column('average') }),
    level: t.field({ type: GapLevel, ...column((row) => `(array['${LEVELS.join(`','`)}'])[${row}.level + 1]`) }),
    activeParties: t.field({
      type: [ActiveParty], description: 'Who adopts the hamlet or gives to it by name, adopters first.',
      ...many({ place: 'inside', from: (_bind, _args, parent) => activeAt(parent, knowsGiver), orderBy: (row) => `${row}.is_adopting desc, ${row}.party_id`, limit: 20 }),
    }),
    causes: t.field({
      type: [GapCause], description: 'For the offices of the area; nothing for others.',
      ...many({ place: 'inside', from: (_bind, _args, parent) => causesOf(parent), orderBy: (row) => `${row}.open desc, ${row}.cause_code`, limit: 50 }),
    }),
  }),
})

builder.queryField('gaps', (t) =>
  t.field({
    type: connectionOf(Gap), authScopes: { may: 'public.read' },
    description: 'The gap board of an area: each of its hamlets and kinds that are needed there, the least served first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ description: 'A province, a commune or a hamlet.' }),
      kind: t.arg.string({ required: false, description: 'The code of a SupportKind.' }),
      level: t.arg({ type: GapLevel, required: false }),
    },
    ...page({
      place: (args) => keyOf('Area', args.area, 'area'),
      from: (bind, args) => gapsIn(`(select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})`, args.kind ? bind(args.kind) : null),
      where: (row, { args }) => (args.level ? `${row}.level = ${LEVELS.indexOf(args.level)}` : 'true'),
      order: [
        { by: (row) => `${row}.level`, type: 'int' },
        { by: (row) => `${row}.met`, type: 'int' },
        { by: (row) => `${row}.area_id`, type: 'text' },
        { by: (row) => `${row}.kind_code`, type: 'text' },
      ],
    }),
  }))

// ── what can be done ────────────────────────────────────────────────────────────────────────────────────────────────

const decision = (t: any) => ({
  adoptionId: t.id(),
  version: t.int({ description: 'The version you saw.' }),
  idempotencyKey: idempotencyKey(t),
})
const withReason = (t: any) => ({ ...decision(t), reason: t.string({ ...text('reason'), description: 'The other side reads it; up to 500 characters.' }) })
const changed = (t: any) => ({ adoption: produced(t, Adoption, 'adoptionId') })

command('adoptArea', {
  description: 'Offer to stand by an area, or by one kind of what it lacks, for a time. It begins once the office has accepted it.',
  access: 'adoption.propose',
  input: (t) => ({
    partyId: t.id({ description: 'One of your own parties.' }),
    anonymous: t.boolean({ description: 'Keeps the name from everyone but the offices.' }),
    areaId: t.id(),
    kind: t.string({ ...text('code'), required: false, description: 'The code of a SupportKind; absent for all that the area lacks.' }),
    statement: t.string({ ...text('note'), description: 'What you mean to do; everyone can read it. 10–1,000 characters.' }),
    from: t.field({ type: 'Date', description: 'The first day.' }),
    until: t.field({ type: 'Date', description: 'The last day, at most five years later.' }),
    contactName: t.string({ ...text('name'), description: 'Who speaks for you; for the offices.' }),
    contactPhone: t.string({ ...text('address'), required: false }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: changed,
  run: adoptArea,
})
command('acceptAdoption', { description: 'Accept an adoption; you are its officer in charge.', access: 'adoption.accept', input: decision, payload: changed, run: acceptAdoption })
command('declineAdoption', { description: 'Decline an adoption, with a reason.', access: 'adoption.decline', input: withReason, payload: changed, run: declineAdoption })
command('renewAdoption', {
  description: 'Offer a new period that continues an adoption: from the day after its last one, or from today.',
  access: 'adoption.renew',
  input: (t) => ({
    ...decision(t),
    until: t.field({ type: 'Date', description: 'The last day of the new period.' }),
    statement: t.string({ ...text('note'), required: false, description: 'As before when absent.' }),
  }),
  payload: changed,
  run: renewAdoption,
})
command('endAdoption', { description: 'End an adoption before its time, or take a proposal back. What was pledged stands.', access: 'adoption.end', input: withReason, payload: changed, run: endAdoption })
