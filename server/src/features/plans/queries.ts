// Where a review's rows come from: SQL shared by the API and the Excel sheet, over the functions of the registers migration.
import type { Hub } from '../../access/hub.ts'
import type { Bind } from '../../graphql/read.ts'
import { asViewer } from '../../access/hub.ts'
import { invalid } from '../../platform/failure.ts'
import type { Printed } from './rules.ts'

export interface Period {
  /** YYYY-MM-DD, both inclusive. */
  from: string
  to: string
}

/** @throws InvalidInput */
export function checkPeriod({ from, to }: Period): void {
  if (from > to) throw invalid('to', 'BAD_PERIOD', 'Ngày cuối kỳ phải sau ngày đầu kỳ.', 'The period must end after it begins.')
  if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > 10) throw invalid('from', 'BAD_PERIOD', 'Kỳ kiểm điểm dài tối đa mười năm.', 'A period may be ten years at most.')
}

/**
 * The plan with its period and its figures, only for an office over the plan's area: exact numbers of households can name one. Each household
 * of the area is looked at for the figures, so they are made once (`offset 0` keeps the planner from making them wherever they are used).
 */
export const reviewSql = (bind: Bind, planId: string, { from, to }: Period) => `(
  select plan.*, period.*, (select jsonb_agg(to_jsonb(figure)) from review_rows(plan.id, period_from, period_to) figure) as figures
  from plan join area on area.id = plan.area_id cross join (select ${bind(from)}::date as period_from, ${bind(to)}::date as period_to) period
  where plan.id = ${bind(planId)} and area.path <@ any ((select viewer_offices())::ltree[]) offset 0)`

/** `review` is the alias of a row of reviewSql. */
export const rowsSql = (review: string) => `(
  select * from jsonb_to_recordset(${review}.figures) as figure(plan_id text, period_from date, period_to date, kind text, ordinal int, unit_id text,
    had_at_baseline int, escaped_since_baseline int, had int, escaped int, worsened int, joined int, remaining int,
    printed_numerator int, printed_denominator int, printed_percent text))`

/** In the report's order, then by name; those in no unit last. */
export const rowOrder = (row: string) => `${row}.kind desc, ${row}.ordinal, (select name from area where id = ${row}.unit_id) collate "vi-x-icu"`

/** Units right below the plan's area of which neither the register nor the report says anything. */
export const silentSql = (review: string) => `(
  select area.* from area_place place join area on area.id = place.area_id
  where place.parent_id = ${review}.area_id
    and review_day(${review}.id, ${review}.period_to) between place.valid_from and coalesce(place.valid_to, 'infinity')
    and place.area_id not in (select unit_id from ${rowsSql(review)} row where kind = 'UNIT'))`

/** Targets of the plan's whole area, each with what has been reached by the end of the period. */
export const targetsSql = (review: string) => `(
  select target.*, case when target.cumulative then total.escaped_since_baseline else total.escaped end as reached
  from plan_target target, ${rowsSql(review)} total
  where target.plan_id = ${review}.id and target.area_id = ${review}.area_id and target.indicator = 'NEAR_POOR_REDUCED' and total.kind = 'TOTAL')`

export interface ReviewRow {
  kind: 'UNIT' | 'OTHER' | 'TOTAL'
  /** Null where no unit is known, and for the total. */
  name: string | null
  had: number
  escaped: number
  worsened: number
  joined: number
  remaining: number
  printed: Printed | null
}

export interface Review extends Period {
  number: string
  issuer: string
  issuedOn: string
  areaName: string
  standardName: string
  standardNameEn: string
  baselineOn: string
  householdsTotal: number | null
  hadAtBaseline: number
  rows: ReviewRow[]
  silent: string[]
  targets: { dueOn: string; numerator: number; denominator: number; cumulative: boolean; reached: number; printed: string }[]
}

/** The whole review, or null for whoever may not see it. */
export async function reviewOf(hub: Hub, planId: string, period: Period): Promise<Review | null> {
  checkPeriod(period)
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const text = `
    select json_build_object(
      'from', r.period_from::text, 'to', r.period_to::text, 'number', r.number, 'issuer', r.issuer, 'issuedOn', r.issued_on::text,
      'areaName', area.full_name, 'standardName', standard.name, 'standardNameEn', standard.name_en,
      'baselineOn', r.baseline_on::text, 'householdsTotal', r.households_total,
      'hadAtBaseline', (select had_at_baseline from ${rowsSql('r')} total where kind = 'TOTAL'),
      'rows', (select json_agg(json_build_object(
          'kind', row.kind, 'name', (select full_name from area where id = row.unit_id), 'had', row.had, 'escaped', row.escaped, 'worsened', row.worsened,
          'joined', row.joined, 'remaining', row.remaining,
          'printed', case when row.printed_percent is not null then
            json_build_object('numerator', row.printed_numerator, 'denominator', row.printed_denominator, 'percent', row.printed_percent) end)
        order by row.kind = 'TOTAL', ${rowOrder('row')}) from ${rowsSql('r')} row),
      'silent', (select coalesce(json_agg(s.full_name order by s.name collate "vi-x-icu"), '[]') from ${silentSql('r')} s),
      'targets', (select coalesce(json_agg(json_build_object('dueOn', t.due_on::text, 'numerator', t.numerator, 'denominator', t.denominator,
          'cumulative', t.cumulative, 'reached', t.reached, 'printed', t.printed) order by t.due_on), '[]') from ${targetsSql('r')} t)) as review
    from ${reviewSql(bind, planId, period)} r join area on area.id = r.area_id join poverty_standard standard on standard.id = r.standard_id`
  const [row] = await asViewer(hub, (tx) => tx.$queryRawUnsafe<{ review: Review }[]>(text, ...values))
  return row?.review ?? null
}
