// Loads plans with their targets and the figures that reports printed. Safe to repeat: what changed in the data is changed.
import { readFileSync } from 'node:fs'
import type pg from 'pg'

/** An area by the code that it had on a day. */
const areaOn = (kind: string, code: string, on: string) =>
  `(select id from area where area.kind = (${kind})::"AreaKind" and area.code = ${code} and ${on} between valid_from and coalesce(valid_to, 'infinity'))`

/** As the owner of the tables, after the areas and the standards. */
export async function loadPlans(client: pg.ClientBase): Promise<void> {
  const { plan, targets, printed } = JSON.parse(readFileSync(new URL('../../../../prisma/data/mong-cai-2024.json', import.meta.url), 'utf8'))
  await client.query(`
    insert into plan (id, area_id, number, title, title_en, issuer, issued_on, standard_id, baseline_on, households_total)
    select id, ${areaOn(`r.area ->> 'kind'`, `r.area ->> 'code'`, 'r."issuedOn"')}, number, title, "titleEn", issuer, "issuedOn", "standardId", "baselineOn", "householdsTotal"
    from json_to_record($1) as r(id text, area json, number text, title text, "titleEn" text, issuer text, "issuedOn" date, "standardId" text, "baselineOn" date, "householdsTotal" int)
    on conflict (id) do update set (area_id, number, title, title_en, issuer, issued_on, standard_id, baseline_on, households_total) =
      (excluded.area_id, excluded.number, excluded.title, excluded.title_en, excluded.issuer, excluded.issued_on, excluded.standard_id, excluded.baseline_on, excluded.households_total)`,
  [JSON.stringify(plan)])
  await client.query(`
    insert into plan_target (plan_id, area_id, due_on, indicator, numerator, denominator, cumulative, printed)
    select plan.id, plan.area_id, "dueOn", indicator, numerator, denominator, cumulative, printed
    from plan, json_to_recordset($2) as r("dueOn" date, indicator text, numerator int, denominator int, cumulative boolean, printed text)
    where plan.id = $1
    on conflict (plan_id, area_id, indicator, due_on) do update set (numerator, denominator, cumulative, printed) =
      (excluded.numerator, excluded.denominator, excluded.cumulative, excluded.printed)`,
  [plan.id, JSON.stringify(targets)])
  await client.query(`
    insert into printed_figure (plan_id, period_end, area_id, ordinal, numerator, denominator, percent)
    select $1, $2, ${areaOn('r.kind', 'r.code', '$2')}, ordinal, numerator, denominator, percent
    from rows from (json_to_recordset($3) as (kind text, code text, numerator int, denominator int, percent text)) with ordinality
      as r(kind, code, numerator, denominator, percent, ordinal)
    on conflict (plan_id, period_end, area_id) do update set (ordinal, numerator, denominator, percent) =
      (excluded.ordinal, excluded.numerator, excluded.denominator, excluded.percent)`,
  [plan.id, printed.periodEnd, JSON.stringify(printed.figures)])
}
