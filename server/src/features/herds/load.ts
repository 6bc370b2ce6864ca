// Loads the rules of rotation. Safe to repeat: what changed in the data is changed.
import { readFileSync } from 'node:fs'
import type pg from 'pg'

/** As the owner of the tables, after the kinds of support. */
export async function loadRotationRules(client: pg.ClientBase): Promise<void> {
  const { rules } = JSON.parse(readFileSync(new URL('../../../../prisma/data/rotation-rules.json', import.meta.url), 'utf8')) as { rules: object[] }
  await client.query(`
    insert into rotation_rule (code, ordinal, name, name_en, kind_code, source, source_en, note, note_en, return_ordinal, male_calf, return_from_months, return_by_months, keep_months)
    select code, ordinal, name, "nameEn", kind, source, "sourceEn", note, "noteEn", "returnOrdinal", "maleCalf", "returnFromMonths", "returnByMonths", "keepMonths"
    from json_to_recordset($1) as r(code text, ordinal int, name text, "nameEn" text, kind text, source text, "sourceEn" text, note text, "noteEn" text,
      "returnOrdinal" int, "maleCalf" "MaleCalfPolicy", "returnFromMonths" int, "returnByMonths" int, "keepMonths" int)
    on conflict (code) do update set
      (ordinal, name, name_en, kind_code, source, source_en, note, note_en, return_ordinal, male_calf, return_from_months, return_by_months, keep_months) =
      (excluded.ordinal, excluded.name, excluded.name_en, excluded.kind_code, excluded.source, excluded.source_en, excluded.note, excluded.note_en,
       excluded.return_ordinal, excluded.male_calf, excluded.return_from_months, excluded.return_by_months, excluded.keep_months)`,
  [JSON.stringify(rules.map((rule, i) => ({ ordinal: i + 1, ...rule })))])
}
