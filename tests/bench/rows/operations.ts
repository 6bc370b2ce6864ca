// Every query of schema/operations, as the person who asks it, beside a floor of its own: one statement by hand, run as the owner, with the
// viewer's rights in its WHERE. The hub's runs with row-level security; both resolve the session by the same query.
import { deepStrictEqual } from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { Kind, parse } from 'graphql'
import pg from 'pg'
import { addHerds } from '../../support/herds.ts'
import { addOpenings } from '../../support/openings.ts'
import { GUARDS, WEIGHTS } from '../../../server/src/features/matching/optimal/batch.ts'
import { type Ask, type Variant, answerOf, measure as measureVariants } from '../measure.ts'
import { type Person, signInAll } from '../people.ts'
import { startHub, startPeer } from '../processes.ts'
import { type Measure, type Row, row } from '../row.ts'

const FOLDER = new URL('../../../schema/operations/', import.meta.url)
const GOAL = { atLeast: 0.45 }
/** Enough for a median that says which operation is slow; the whole group takes as long as all others together. */
const TIMES = { seconds: 1, rounds: 5 }
const DIFFERENT = 20

export const measure: Measure = async (bench) => {
  const owner = new pg.Client({ connectionString: bench.ownerUrl })
  await owner.connect()
  const { cases, cookies } = await prepare(owner).finally(() => owner.end())
  const [hub, floor] = await Promise.all([startHub(bench.ownerUrl, 'fresh'), startPeer('peers/floor.ts', { OWNER_URL: bench.ownerUrl })])
  const rows: Row[] = []
  for (const { name, query } of operations()) {
    const found = cases[name]
    if (!found) throw new Error(`the bench does not know what to ask ${name}`)
    const [person, given] = found
    const asks: Ask[] = given.map((variables) => ({ query, operationName: name, variables }))
    const cookie = cookies[person]
    const variants: [Variant, Variant] = [
      { name: 'hub', peer: hub, asks, ...(cookie ? { cookie } : {}) }, { name: 'floor', peer: floor, asks, ...(cookie ? { cookie } : {}) }]
    for (const ask of asks.slice(0, 3)) deepStrictEqual(comparable(await answerOf(variants[0], ask)), comparable(await answerOf(variants[1], ask)), `${name}: the floor answers otherwise`)
    const measured = await measureVariants(bench, variants, TIMES)
    rows.push(row(`${name}, ${person} : floor`, measured.ratio('hub', 'floor'), GOAL, measured.of('hub', 'floor')))
    bench.say(`${name}: ${rows.at(-1)!.ratio.toFixed(2)}`)
  }
  const worst = rows.reduce((a, b) => (b.ratio < a.ratio ? b : a))
  return [...rows, row('the worst of all operations : its floor', worst.ratio, GOAL, worst.name)]
}

function operations(): { name: string; query: string }[] {
  return readdirSync(FOLDER).filter((file) => file.endsWith('.graphql')).sort().flatMap((file) => {
    const query = readFileSync(new URL(file, FOLDER), 'utf8')
    const definition = parse(query).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)
    return definition?.kind === Kind.OPERATION_DEFINITION && definition.operation === 'query' ? [{ name: definition.name!.value, query }] : []
  })
}

/** Each server makes its own cursors; clocks move on; and what is complete, or owed, only the hub's rules know. */
const OWN = new Set(['cursor', 'endCursor', 'feedCursor', 'lastSeenAt', 'expiresAt', 'isComplete', 'says', 'duty'])
const comparable = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (name, part: unknown) => (OWN.has(name) ? null : part)))

type Cases = Record<string, [Person, Record<string, unknown>[]]>

/** Whom to ask as, and what: different rows of one commune with much to show, and of its province. */
async function prepare(owner: pg.Client): Promise<{ cases: Cases; cookies: Record<Person, string | undefined> }> {
  const ids = async (sql: string, ...values: unknown[]): Promise<string[]> => {
    const { rows } = await owner.query<{ id: string }>(`${sql} limit ${DIFFERENT}`, values)
    if (rows.length === 0) throw new Error(`the data has nothing for: ${sql}`)
    return rows.map(({ id }) => id)
  }
  const [place] = (await owner.query<{ commune: string; province: string; path: string; party: string }>(
    `select ltree2text(subpath(area_path, 1, 1)) as commune, ltree2text(subpath(area_path, 0, 1)) as province, subpath(area_path, 0, 2)::text as path,
            mode() within group (order by party_id) as party
     from delivery where nlevel(area_path) > 2 group by 1, 2, 3 order by count(*) desc limit 1`)).rows
  if (!place) throw new Error('the data has no commune with deliveries')
  await addHerds(owner, place.path)
  await addOpenings(owner, place.path)
  const commune = `Area:${place.commune}`
  const here = 'area_path <@ $1'
  const all = (name: string, values: string[]) => values.map((value) => ({ [name]: value }))
  const [plan] = await ids(`select 'Plan:' || id as id from plan order by 1`)
  const period = { plan, from: '2024-01-01', to: '2024-03-31' }
  const cookies = await signInAll(owner, place)
  const runs: string[] = []
  for (let i = 0; i < DIFFERENT; i++) runs.push(await matchingRun(owner, place))
  await owner.query(
    `insert into matching_setting (area_id, version, weights, guards, changed_by)
     select area_id, version, $3::jsonb || jsonb_build_object('poor', 10 + version), $4, (select id from account where login like 'bench.%' limit 1)
     from unnest(array[$1, $2]) area_id, generate_series(1, 5) version`, [place.province, place.commune, WEIGHTS, GUARDS])
  await owner.query(
    `insert into rights_change (kind, role, area_id, area_path, account_id, person_name, by_id, by_name, at)
     select 'GRANTED', 'HAMLET_HEAD', area.id, area.path, account.id, 'Người Đo', account.id, 'Người Đo', now() - nth * interval '1 hour'
     from area, generate_series(1, 3) nth, (select id from account where login like 'bench.%' limit 1) account where area.path <@ $1`, [place.path])
  const communes = await ids(`select 'Area:' || id as id from area where kind = 'COMMUNE' and valid_to is null and path <@ $1 order by 1`, place.province)
  return {
    cookies,
    cases: {
      SearchAreas: ['visitor', all('search', ['mong cai', 'hai hoa', 'quang ninh', 'van', 'Hải Tiến'])],
      SeeArea: ['visitor', all('id', communes)],
      SeeTotals: ['visitor', all('area', communes)],
      ListPledges: ['visitor', all('area', communes)],
      ListPlans: ['visitor', all('area', ['Area:p22'])],
      SeePlan: ['visitor', all('id', [plan!])],
      SeePovertyStandards: ['visitor', [{}]],
      SeeSupportKinds: ['visitor', [{}]],
      SearchOpenings: ['visitor', ['may cong nghiep', 'khoai tây', 'xe'].flatMap((search) => [{ area: commune, search }, { area: `Area:${place.province}`, search }])],
      SeeGaps: ['visitor', all('area', communes)],
      ListAdoptions: ['visitor', all('area', communes)],
      SeeEvents: ['visitor', communes.map((area) => ({ scope: { area } }))],
      FollowPledge: ['visitor', all('code', await ids(`select code as id from follow_code join pledge on pledge.id = pledge_id where pledge_id in (select pledge_id from allocation where ${here}) and state = 'VERIFIED' order by 1`, place.path))],
      Viewer: ['officer', [{}]],
      ListRightsChanges: ['officer', [{}]],
      Accounts: ['admin', all('search', ['nguoi do', 'can bo'])],
      ListHouseholds: ['officer', [{ area: commune }]],
      ListNeeds: ['officer', [{ area: commune, openOnly: true }]],
      ListAllocations: ['officer', [{ area: commune }]],
      ListDeliveries: ['officer', [{ area: commune }]],
      ListTasks: ['officer', [{ area: commune }]],
      ListOfficeHolders: ['officer', [{ area: commune }]],
      SeeHousehold: ['officer', all('id', await ids(`select 'Household:' || household_id as id from need where ${here} order by 1`, place.path))],
      SeePledge: ['officer', all('id', await ids(`select 'Pledge:' || id as id from pledge where ${here} order by 1`, place.path))],
      SeeAllocation: ['officer', all('id', await ids(`select 'Allocation:' || id as id from allocation where ${here} and received > 0 order by 1`, place.path))],
      SeeDelivery: ['officer', all('id', await ids(`select 'Delivery:' || id as id from delivery where ${here} order by 1`, place.path))],
      SeeGivingYear: ['giver', [2026, 2025].map((year) => ({ party: `Party:${place.party}`, year }))],
      SeeRotationRules: ['visitor', [{}]],
      SeeHerd: ['officer', all('allocation', await ids(`select 'Allocation:' || id as id from herd where ${here} order by 1`, place.path))],
      SeeAnimal: ['officer', all('id', await ids(`select 'Animal:' || id as id from animal where ${here} order by 1`, place.path))],
      ListHerdQueue: ['officer', [{ area: commune, rule: 'RED_CROSS' }]],
      SuggestNeeds: ['officer', all('line', await ids(
        `select 'PledgeLine:' || line.id as id from pledge_line line where state = 'VERIFIED' and allocated < promised and ($1::ltree <@ area_path or area_path <@ $1) order by 1`, place.path))],
      ListMatchingRuns: ['officer', [{ area: commune }]],
      SeeMatchingRun: ['officer', all('id', runs)],
      SeeMatchingSettings: ['officer', [{ area: commune }]],
      SeeReview: ['province', [period]],
      SeeReviewHouseholds: ['province', [{ ...period, figure: 'LEFT' }]],
    },
  }
}

/** A run that proposes what was in fact allocated in the commune. */
async function matchingRun(owner: pg.Client, { commune, path }: { commune: string; path: string }): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `with kinds as (
       select jsonb_agg(jsonb_build_object('kind', kind_code, 'lines', 5, 'needs', 9, 'offered', 90, 'wanted', 99, 'matched', 70, 'score', 3900)) as quick,
              jsonb_agg(jsonb_build_object('kind', kind_code, 'matched', 80, 'score', 4000)) as best
       from (select distinct kind_code from allocation where area_path <@ $2) found),
     run as (
       insert into matching_run (area_id, day, weights, guards, inputs, inputs_digest, greedy, optimal, ended_at, refused, run_by)
       select $1, current_date, $3, $4, '{}', encode(sha256('{}'), 'hex'), quick, best, now(), '[{"refusal": "NOT_LISTED"}, {"refusal": "NOT_LISTED"}, {"refusal": "HOUSE_RECENTLY"}]',
              (select id from account where login like 'bench.%' limit 1) from kinds returning id),
     proposed as (
       insert into matching_proposal (run_id, method, ordinal, line_id, need_id, household_id, area_id, kind_code, quantity, reasons)
       select run.id, 'OPTIMAL', row_number() over (order by allocation.id), line_id, need_id, household_id, area_id, kind_code, allocated, array['URGENT', 'POOR', 'IN_TARGET_AREA']
       from run, allocation where area_path <@ $2 and allocated > 0)
     select 'MatchingRun:' || id as id from run`, [commune, path, WEIGHTS, GUARDS])
  return rows[0]!.id
}
