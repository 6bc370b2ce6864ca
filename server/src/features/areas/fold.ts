// Folds Vietnamese text for search: 'Hải Hoà', 'HẢI HÒA' and 'hai hoa' become one. Its twin in SQL is fold_vi in prisma/migrations.

/**
 * Only letters, digits and single spaces are left, so folded text is safe inside a LIKE pattern and between bars.
 * Only ASCII is lowered, so that no server's locale can make the twins differ.
 */
export function foldVi(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’‘ʼ`´]/g, '')
    .replace(/[Đđ]/g, 'd')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .replace(/[^0-9a-z\u00a1-\u1fff\u2070-\u2fff\u3001-\uffff]+/g, ' ')
    .replace(/^ | $/g, '')
}

/** What an area is found by, as its column `search` holds it: its folded name, full name, code and English name, and whatever else it is called. */
export const searchTextOf = (folded: readonly string[]): string => `|${[...new Set(folded)].join('|')}|`
