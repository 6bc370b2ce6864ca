// How a folded text finds areas and in which order, as SQL over the `search` column: '|name|full name|code, other and old names|'.

/** Whether the area is found: the text stands somewhere in its names, or nearly so. `text` is SQL for a folded text. */
export function matchOf(row: string, text: string): string {
  const folded = `(select ${text})` // asked for once per statement, not once per row
  return `(${folded} <> '' and (${row}.search like '%' || ${folded} || '%' or ${row}.search %> ${folded}))`
}

/**
 * The smaller, the better: own name, other or old name, beginning of its own name, beginning of another, beginning of a word, inside
 * a word, nearly so; within each, living before ended, then the bigger area, then the nearer spelling.
 */
export function rankOf(row: string, text: string): string {
  const folded = `(select ${text})`
  const name = `split_part(${row}.search, '|', 2)`
  const fullName = `split_part(${row}.search, '|', 3)`
  return `((case
    when ${folded} in (${name}, ${fullName}) then 0
    when strpos(${row}.search, '|' || ${folded} || '|') > 0 then 1
    when starts_with(${name}, ${folded}) or starts_with(${fullName}, ${folded}) then 2
    when strpos(${row}.search, '|' || ${folded}) > 0 then 3
    when strpos(${row}.search, ' ' || ${folded}) > 0 then 4
    when strpos(${row}.search, ${folded}) > 0 then 5
    else 6 end) * 100
    + (case when ${row}.valid_to is null then 0 else 10 end)
    + (case ${row}.kind when 'PROVINCE' then 0 when 'DISTRICT' then 2 when 'COMMUNE' then 4 else 6 end)
    + 1 - word_similarity(${folded}, ${row}.search))::real`
}
