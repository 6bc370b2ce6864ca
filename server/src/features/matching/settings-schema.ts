// How an office matches, in the API: what holds, where it was set, and every change of it.
import { visibility } from '../../access/visibility.ts'
import { builder } from '../../graphql/builder.ts'
import { type Row, command, idempotencyKey, keyOf } from '../../graphql/define.ts'
import { column, inline, instant, many, one } from '../../graphql/read.ts'
import { Area } from '../areas/schema.ts'
import { GUARDS, WEIGHTS } from './optimal/batch.ts'
import { changeMatchingSettings, holdingAt, returnToMatchingSettings } from './settings.ts'

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
  consentNeeded: 'Only households that said that they may be matched. One that said that it may not is left out in any case.',
  listedOnly: 'Only households on the list.',
  targetBinds: 'Gifts stay in the area that their giver chose; otherwise leaving it costs distance, and the giver must agree.',
}
const names = <T extends object>(words: T) => Object.keys(words) as (keyof T & string)[]
const isMonths = (name: keyof typeof GUARDS) => typeof GUARDS[name] === 'number'

export const MatchingWeights = builder.objectRef<Row>('MatchingWeights').implement({
  description: 'What a unit given is worth, in points.',
  fields: (t) => Object.fromEntries(names(WEIGHT_WORDS).map((name) => [
    name, t.int({ description: WEIGHT_WORDS[name], ...column((row) => `(${row}.weights ->> '${name}')::int`) })])) as any,
})
export const MatchingGuards = builder.objectRef<Row>('MatchingGuards').implement({
  description: 'What a run may never do; what was no guard yet when it was made, it was not asked.',
  fields: (t) => Object.fromEntries(names(GUARD_WORDS).map((name) => {
    const field = { description: GUARD_WORDS[name], ...column((row) => (isMonths(name) ? `coalesce((${row}.guards ->> '${name}')::int, 0)` : `coalesce((${row}.guards ->> '${name}')::boolean, false)`)) }
    return [name, isMonths(name) ? t.int(field) : t.boolean(field)]
  })) as any,
})
const MatchingWeightsInput = builder.inputType('MatchingWeightsInput', {
  description: 'What is absent stays as it stands.',
  fields: (t) => Object.fromEntries(names(WEIGHT_WORDS).map((name) => [name, t.int({ required: false, description: WEIGHT_WORDS[name] })])) as any,
})
const MatchingGuardsInput = builder.inputType('MatchingGuardsInput', {
  description: 'What is absent stays as it stands.',
  fields: (t) => Object.fromEntries(names(GUARD_WORDS).map((name) => {
    const field = { required: false, description: GUARD_WORDS[name] } as const
    return [name, isMonths(name) ? t.int(field) : t.boolean(field)]
  })) as any,
})

/** Inputs of whatever is done with settings that may be chosen. */
export const chosenSettings = (t: any) => ({
  weights: t.field({ type: MatchingWeightsInput, required: false }), guards: t.field({ type: MatchingGuardsInput, required: false }),
})

const MatchingSettingChange = builder.objectRef<Row>('MatchingSettingChange').implement({
  description: 'One setting that a version changed.',
  fields: (t) => ({
    setting: t.string({ description: 'As MatchingWeights and MatchingGuards name it.', ...column('setting') }),
    from: t.string({ description: 'A number, true or false.', ...column('was') }),
    to: t.string({ ...column('becomes') }),
  }),
})

/** The hub's own settings, for what nobody has set; only words of ours. */
const STANDING = `'${JSON.stringify({ ...WEIGHTS, ...GUARDS })}'::jsonb`
const MOST_VERSIONS = 50

const MatchingSettingVersion = builder.objectRef<Row>('MatchingSettingVersion').implement({
  description: 'A change of how an office matches. None is ever lost: going back is a version, too.',
  extensions: { table: 'matching_setting' },
  fields: (t) => ({
    version: t.int(column('version')),
    changedAt: t.field({ type: 'DateTime', ...instant('changed_at') }),
    changedBy: t.string({
      nullable: true, description: 'The name of whoever changed it.',
      ...column((row) => `(select person.display_name from account join person on person.id = account.person_id where account.id = ${row}.changed_by)`),
    }),
    returnsTo: t.int({ nullable: true, description: 'The version that it is a return to; 0 is to the settings of the area above.', ...column('returns_to') }),
    isInherited: t.boolean({ description: 'From then on those of the area above held.', ...column((row) => `(${row}.weights is null)`) }),
    changes: t.field({
      type: [MatchingSettingChange], description: 'Beside the version before it, or where that said nothing beside the hub\'s own.',
      ...many({
        from: (_bind, _args, parent) => `(
          select now_set.key as setting, was_set.value #>> '{}' as was, now_set.value #>> '{}' as becomes
          from jsonb_each(${parent}.weights || ${parent}.guards) now_set
          join jsonb_each(${STANDING} || coalesce((select earlier.weights || earlier.guards from matching_setting earlier
            where earlier.area_id = ${parent}.area_id and earlier.version = ${parent}.version - 1), '{}')) was_set on was_set.key = now_set.key
          where was_set.value <> now_set.value)`,
        orderBy: (row) => `${row}.setting`, limit: 30,
      }),
    }),
  }),
})

const MatchingSettings = builder.objectRef<Row>('MatchingSettings').implement({
  description: 'How an office matches: what its runs begin with, and what matches by hand are held to.',
  fields: (t) => ({
    area: t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    weights: t.field({ type: MatchingWeights, ...inline() }),
    guards: t.field({ type: MatchingGuards, ...inline() }),
    setIn: t.field({ type: Area, nullable: true, description: "Where they were set: here or in an area above. Null where nobody did: they are the hub's own.", ...one({ where: (row, { parent }) => `${row}.id = ${parent}.set_in` }) }),
    versions: t.field({
      type: [MatchingSettingVersion], description: `The latest ${MOST_VERSIONS} changes made here, newest first.`,
      ...many({ where: (row, { parent }) => `${row}.area_id = ${parent}.area_id`, orderBy: (row) => `${row}.version desc`, limit: MOST_VERSIONS }),
    }),
  }),
})

/** What holds in an area, every setting with a value; for offices there, above it or below it. */
const holding = (area: string) => `(
  select place.area_id, held.area_id as set_in,
         '${JSON.stringify(WEIGHTS)}'::jsonb || coalesce(held.weights, '{}') as weights, '${JSON.stringify(GUARDS)}'::jsonb || coalesce(held.guards, '{}') as guards
  from (select id as area_id, path as area_path from area where id = ${area}) place left join lateral ${holdingAt('place.area_path')} held on true
  where ${visibility.matching_setting('place')})`

builder.queryField('matchingSettings', (t) =>
  t.field({
    type: MatchingSettings, nullable: true, authScopes: { may: 'match.suggest' }, description: 'How the office of an area matches.',
    args: { area: t.arg.id() },
    ...one({ from: (bind, args) => holding(bind(keyOf('Area', args.area, 'area'))) }),
  }))

/** Of the area that a command changed. */
const changed = (t: any) => {
  const { extensions, resolve } = one({ from: (bind, _args, _parent, source) => holding(bind(source.areaId)) })
  return {
    settings: t.field({
      type: MatchingSettings, nullable: true, extensions,
      resolve: (source: Row, args: any, context: any, info: any) => (source.areaId ? resolve(source, args, context, info) : null),
    }),
  }
}

command('changeMatchingSettings', {
  description: "Keep what is given as the office's settings; what is absent stays as it stands there.",
  access: 'match.set',
  input: (t) => ({ areaId: t.id(), ...chosenSettings(t), idempotencyKey: idempotencyKey(t) }),
  payload: changed,
  run: changeMatchingSettings,
})

command('returnToMatchingSettings', {
  description: 'Go back to an earlier version, as a new one.',
  access: 'match.set',
  input: (t) => ({ areaId: t.id(), version: t.int({ description: '0 is to the settings of the area above.' }), idempotencyKey: idempotencyKey(t) }),
  payload: changed,
  run: returnToMatchingSettings,
})
