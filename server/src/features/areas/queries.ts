// How a text finds areas and in which order, as SQL over the `search` column: '|name|full name|code, other and old names|', all folded.
import type { Context } from '../../graphql/context.ts'

const PATHS_KEPT_MS = 60_000
const paths = new WeakMap<object, Map<string, Promise<string | null>>>()

/** Where an area lies, as labels joined by dots; null for an id of none. Asked once a minute, however many follow it. */
export function pathOf({ hub: { db } }: Context, id: string): Promise<string | null> {
  let known = paths.get(db)
  if (!known) paths.set(db, (known = new Map()))
  let path = known.get(id)
  if (!path) {
    path = db.open.query<{ path: string }>('select path::text from area where id = $1', [id]).then(({ rows }) => rows[0]?.path ?? null)
    known.set(id, path)
    const forget = () => known.delete(id)
    path.then(() => setTimeout(forget, PATHS_KEPT_MS).unref(), forget)
  }
  return path
}


/** Whether the area has the text in one of its names; only when no area has it, whether one is nearly so. `text`: SQL for a folded text. */
export function matchOf(row: string, text: string): string {
  const has = `search like '%' || ${text} || '%'`
  return `(${text} <> '' and ${row}.id in (
    select id from area where ${has}
    union all
    select id from area where search %> ${text} and not exists (select from area where ${has})))`
}

/**
 * The smaller, the better: own name, other or old name, beginning of its own name, beginning of another, beginning of a word, inside
 * a word, nearly so; within each, living before ended, then the bigger area, then the nearer spelling.
 */
export function rankOf(row: string, text: string): string {
  const name = `split_part(${row}.search, '|', 2)`
  const fullName = `split_part(${row}.search, '|', 3)`
  return `((case
    when ${text} in (${name}, ${fullName}) then 0
    when strpos(${row}.search, '|' || ${text} || '|') > 0 then 100
    when starts_with(${name}, ${text}) or starts_with(${fullName}, ${text}) then 200
    when strpos(${row}.search, '|' || ${text}) > 0 then 300
    when strpos(${row}.search, ' ' || ${text}) > 0 then 400
    when strpos(${row}.search, ${text}) > 0 then 500
    else 601 - word_similarity(${text}, ${row}.search) end)
    + case when ${row}.valid_to is null then 0 else 10 end
    + case ${row}.kind when 'PROVINCE' then 0 when 'DISTRICT' then 2 when 'COMMUNE' then 4 else 6 end)::real`
}
