// Loads poverty standards, deprivation indicators, causes and kinds of support. Safe to repeat: what changed in the data is changed.
import { readFileSync } from 'node:fs'
import type pg from 'pg'

const factsIn = (name: string) => JSON.parse(readFileSync(new URL(`../../../../prisma/data/${name}.json`, import.meta.url), 'utf8'))

/** As the owner of the tables. */
export async function loadStandards(client: pg.ClientBase): Promise<void> {
  const indicators = Object.entries<object[]>(factsIn('deprivation-indicators').indicators)
    .flatMap(([standardId, list]) => list.map((indicator, i) => ({ standardId, ordinal: i + 1, ...indicator })))
  const numbered = (rows: object[]) => rows.map((row, i) => ({ ordinal: i + 1, ...row }))

  await client.query(`
    insert into poverty_standard (id, name, name_en, legal_basis, applies_from, applies_to)
    select * from json_to_recordset($1) as r(id text, name text, "nameEn" text, "legalBasis" text, "appliesFrom" date, "appliesTo" date)
    on conflict (id) do update set (name, name_en, legal_basis, applies_from, applies_to) =
      (excluded.name, excluded.name_en, excluded.legal_basis, excluded.applies_from, excluded.applies_to)`,
  [JSON.stringify(factsIn('poverty-standards').standards)])
  await client.query(`
    insert into deprivation_indicator (standard_id, code, ordinal, name, name_en)
    select * from json_to_recordset($1) as r("standardId" text, code text, ordinal int, name text, "nameEn" text)
    on conflict (standard_id, code) do update set (ordinal, name, name_en) = (excluded.ordinal, excluded.name, excluded.name_en)`,
  [JSON.stringify(indicators)])
  await client.query(`
    insert into poverty_cause (code, ordinal, name, name_en)
    select * from json_to_recordset($1) as r(code text, ordinal int, name text, "nameEn" text)
    on conflict (code) do update set (ordinal, name, name_en) = (excluded.ordinal, excluded.name, excluded.name_en)`,
  [JSON.stringify(numbered(factsIn('poverty-causes').causes))])
  const kinds = factsIn('support-kinds').kinds.map((kind: PricedKind) => ({ ...kind, typicalCost: kind.prices?.at(-1)?.cost ?? kind.typicalCost }))
  await client.query(`
    insert into support_kind (code, family, ordinal, name, name_en, unit, unit_name, unit_name_en, typical_cost, answers)
    select code, family, ordinal, name, "nameEn", unit, "unitName", "unitNameEn", "typicalCost", answers
    from json_to_recordset($1) as r(code text, family "SupportFamily", ordinal int, name text, "nameEn" text, unit text, "unitName" text,
      "unitNameEn" text, "typicalCost" bigint, answers text[])
    on conflict (code) do update set (family, ordinal, name, name_en, unit, unit_name, unit_name_en, typical_cost, answers) =
      (excluded.family, excluded.ordinal, excluded.name, excluded.name_en, excluded.unit, excluded.unit_name, excluded.unit_name_en, excluded.typical_cost, excluded.answers)`,
  [JSON.stringify(numbered(kinds))])
  await client.query(`
    insert into support_price (kind_code, applies_from, cost)
    select kind, "from", cost from json_to_recordset($1) as r(kind text, "from" date, cost bigint)
    on conflict (kind_code, applies_from) do update set cost = excluded.cost`,
  [JSON.stringify(kinds.flatMap(({ code, prices }: PricedKind) => (prices ?? []).map((price) => ({ kind: code, ...price }))))])
}

interface PricedKind {
  code: string
  typicalCost?: number
  /** The earliest first. */
  prices?: { from: string; cost: number }[]
}
