// What a `search` argument says. Nothing but spaces and characters that nobody sees is no search, and leaves a list as it is; signs without a letter,
// a number or a picture are a search that finds nothing. No sign means anything but itself.
import type { Bind } from './read.ts'

const MAX_LETTERS = 80

/** What is looked for; null when nothing is. */
export function searchedFor(search: unknown): string | null {
  const text = String(search ?? '')
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}]*$/u.test(text) ? null : text
}

/** That `text`, as SQL, has in it what is looked for, with or without diacritics. */
export function isFoundIn(text: string, search: unknown, bind: Bind): string {
  const said = searchedFor(search)
  return said === null ? 'true' : `strpos(fold_vi(${text}), (select nullif(fold_vi(${bind([...said].slice(0, MAX_LETTERS).join(''))}::text), ''))) > 0`
}
