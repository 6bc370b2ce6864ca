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
      ...id('MatchingRun', 't'), on: 't.day::text', runAt: instant('t.run_at'), area: areaOf('t.area_id'),
      weights: settings(WEIGHTS, 'weights'), guards: settings(GUARDS, 'guards'),
      kinds: list(json('made', 'lines needs', { ...texts('made', 'offered wanted matched greedyMatched score greedyScore'), kind: kindOf('made.kind', 'code name unit') }),
        `jsonb_to_recordset(t.kinds) as made(kind text, lines int, needs int, offered bigint, wanted bigint, matched bigint, greedy_matched bigint, score bigint, greedy_score bigint)`, 'made.kind'),
      refusals: list(json('left_out', 'needs', { code: 'left_out.refusal', text: words<Refusal>('left_out.refusal', REFUSALS, (name) => REFUSALS[name].vi) }),
        `(select refusal, count(*)::int as needs from jsonb_to_recordset(t.refused) as r(refusal text) group by refusal) left_out`, 'left_out.refusal'),
      proposals: page({
        from: 'matching_proposal t', where: `t.run_id = $2 and ${ofOffice('t')}`, orderBy: 't.ordinal', count: true,
        node: json('t', 'state declineReason', {
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
