// Folds Vietnamese text for search: 'Hải Hoà', 'HẢI HÒA' and 'hai hoa' become one, in TypeScript and in SQL alike.

/** Only letters, digits and single spaces are left, so folded text is safe inside a LIKE pattern and between bars. */
export function foldVi(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’‘ʼ`´]/g, '')
    .replace(/[Đđ]/g, 'd')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .replace(/[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a0\u2000-\u206f\u3000]+/g, ' ')
    .replace(/^ | $/g, '')
}

/** Its twin for the migration. Only ASCII is lowered, so that no server's locale can make the two differ. */
export const foldViSql = String.raw`create or replace function fold_vi(text) returns text language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(
    lower(translate(regexp_replace(normalize($1, NFD), '[\u0300-\u036f''’‘ʼ${'`'}´]', '', 'g'), 'Đđ', 'dd') collate "C"),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a0\u2000-\u206f\u3000]+', ' ', 'g'))
$$;`
