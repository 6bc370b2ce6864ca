// Floors of the runs of matching: $1 is always the paths of the viewer's offices.
import { REFUSALS, type Refusal } from '../../../server/src/features/matching/optimal/guards.ts'
import { GUARDS, WEIGHTS } from '../../../server/src/features/matching/optimal/batch.ts'
import { REASONS, type ReasonCode } from '../../../server/src/features/matching/rules.ts'
import { type Floor, answer, areaOf, id, instant, json, key, kindOf, list, page, texts } from './floor.ts'

const ofOffice = (row: string) => `${row}.area_path <@ any ($1::ltree[])`
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const words = <K extends string>(sql: string, of: Record<K, unknown>, word: (name: K) => string) =>
  `case ${sql} ${(Object.keys(of) as K[]).map((name) => `when '${name}' then ${quoted(word(name))}`).join(' ')} end`
const settings = (of: object, column: string) =>
  json('', '', Object.fromEntries(Object.entries(of).map(([name, value]) => [name, `(t.${column} ->> '${name}')::${typeof value === 'number' ? 'int' : 'boolean'}`])))

export const ListMatchingRuns: Floor = {
  values: ({ area }, viewer) => [viewer.offices, key(area)],
  text: answer({
    matchingRuns: page({
      from: 'matching_run t', where: `${ofOffice('t')} and t.area_path <@ (select path from area where id = $2)`, orderBy: 't.run_at desc, t.id desc', count: true,
      node: json('t', '', { ...id('MatchingRun', 't'), on: 't.day::text', runAt: instant('t.run_at'), area: areaOf('t.area_id') }),
    }),
  }),
}

export const SeeMatchingRun: Floor = {
  values: ({ id }, viewer) => [viewer.offices, key(id)],
  text: answer({
    matchingRun: `(select ${json('t', 'inputsDigest', {
      ...id('MatchingRun', 't'), on: 't.day::text', runAt: instant('t.run_at'), endedAt: instant('t.ended_at'), area: areaOf('t.area_id'),
      state: `case when t.optimal is not null then 'SOLVED' when t.ended_at is null and t.run_at > now() - interval '3 minutes' then 'SOLVING' else 'GREEDY_ONLY' end`,
      weights: settings(WEIGHTS, 'weights'), guards: settings(GUARDS, 'guards'),
      kinds: list(json('made', 'lines needs', { ...texts('made', 'offered wanted matched greedyMatched score greedyScore'), kind: kindOf('made.kind', 'code name unit') }),
        `(select quick.kind, lines, needs, offered, wanted, quick.matched as greedy_matched, quick.score as greedy_score, best.matched, best.score
          from jsonb_to_recordset(t.greedy) as quick(kind text, lines int, needs int, offered bigint, wanted bigint, matched bigint, score bigint)
          left join jsonb_to_recordset(t.optimal) as best(kind text, matched bigint, score bigint) on best.kind = quick.kind) made`, 'made.kind'),
      refusals: list(json('left_out', 'needs', { code: 'left_out.refusal', text: words<Refusal>('left_out.refusal', REFUSALS, (name) => REFUSALS[name].vi) }),
        `(select refusal, count(*)::int as needs from jsonb_to_recordset(t.refused) as r(refusal text) group by refusal) left_out`, 'left_out.refusal'),
      proposals: page({
        from: 'matching_proposal t', where: `t.run_id = $2 and t.method = 'OPTIMAL' and ${ofOffice('t')}`, orderBy: 't.ordinal', count: true,
        node: json('t', 'method state declineReason', {
          ...id('MatchingProposal', 't'), ...texts('t', 'quantity'), kind: kindOf('t.kind_code', 'code name unit'), area: areaOf('t.area_id'),
          household: `(select ${json('home', '', { ...id('Household', 'home'), displayCode: `'Hộ ' || substring(home.code from '\\d+$')` })} from household home where home.id = t.household_id and ${ofOffice('home')})`,
          line: `(select ${json('line', 'detail', id('PledgeLine', 'line'))} from pledge_line line where line.id = t.line_id)`,
          need: `(select ${json('need', 'urgency', { ...id('Need', 'need'), open: '(need.quantity - need.allocated)::text' })} from need where need.id = t.need_id)`,
          reasons: list(json('', '', {
            code: 'reason', weight: `${words<ReasonCode>('reason', REASONS, (name) => String(REASONS[name].weight))}::int`, text: words<ReasonCode>('reason', REASONS, (name) => REASONS[name].sentence.vi),
          }), 'unnest(t.reasons) with ordinality as r(reason, nth)', 'nth'),
        }),
      }),
    })} from matching_run t where t.id = $2 and ${ofOffice('t')})`,
  }),
}

export const SeeMatchingSettings: Floor = {
  values: ({ area }, viewer) => [viewer.offices, key(area)],
  text: answer({
    matchingSettings: `(select ${json('t', '', {
      area: areaOf('t.id'), weights: settings(WEIGHTS, 'weights'), guards: settings(GUARDS, 'guards'), setIn: areaOf('t.set_in'),
      versions: list(json('version', 'version returnsTo', {
        changedAt: instant('version.changed_at'), isInherited: 'version.weights is null',
        changedBy: '(select display_name from account join person on person.id = person_id where account.id = version.changed_by)',
        changes: list(`json_build_object('setting', a.key, 'from', b.value #>> '{}', 'to', a.value #>> '{}')`,
          `jsonb_each(version.weights || version.guards) a join jsonb_each(${quoted(JSON.stringify({ ...WEIGHTS, ...GUARDS }))}::jsonb || coalesce(
             (select weights || guards from matching_setting earlier where earlier.area_id = version.area_id and earlier.version = version.version - 1), '{}')) b using (key) where a.value <> b.value`, 'a.key'),
      }), 'matching_setting version where version.area_id = t.id', 'version.version desc'),
    })} from (
      select area.id, held.area_id as set_in, ${quoted(JSON.stringify(WEIGHTS))}::jsonb || coalesce(held.weights, '{}') as weights, ${quoted(JSON.stringify(GUARDS))}::jsonb || coalesce(held.guards, '{}') as guards
      from area left join lateral (
        select * from (select distinct on (area_id) * from matching_setting where area_path @> area.path order by area_id, version desc) latest
        where weights is not null order by nlevel(area_path) desc limit 1) held on true
      where area.id = $2 and (area.path <@ any ($1::ltree[]) or area.path @> any ($1::ltree[]))) t)`,
  }),
}
