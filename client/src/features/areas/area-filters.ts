// What the address of the list says after the question mark, and what that asks of the API.
export interface AreaSearchParams {
  /** Words searched for. */
  tim?: string | undefined
  /** A province, by its key. */
  tinh?: string | undefined
  /** A kind of support that is lacking, by its code. */
  loai?: string | undefined
  /** The level of areas. */
  cap?: 'thon' | 'xa' | 'tinh' | 'huyen' | undefined
}

const levels = { thon: 'HAMLET', xa: 'COMMUNE', tinh: 'PROVINCE', huyen: 'DISTRICT' } as const

/** Anyone may write anything into an address: what is not understood is left out. */
export function areaSearchParamsIn(search: Record<string, unknown>): AreaSearchParams {
  const word = (value: unknown, pattern: RegExp) => (typeof value === 'string' && pattern.test(value) ? value : undefined)
  const cap = word(search.cap, /^(thon|xa|tinh|huyen)$/) as AreaSearchParams['cap']
  return {
    tim: typeof search.tim === 'string' || typeof search.tim === 'number' ? String(search.tim).trim().slice(0, 200) || undefined : undefined,
    tinh: word(search.tinh, /^[a-z]\w{1,20}$/),
    loai: word(search.loai, /^[A-Z_]{1,40}$/),
    cap,
  }
}

/** Without words: hamlets in need (or another level in need). With words: every area that has them in a name. */
export function askedOf({ tim, loai, cap }: AreaSearchParams) {
  const isSearch = tim !== undefined
  return {
    search: tim ?? null,
    kind: cap ? levels[cap] : isSearch ? null : 'HAMLET',
    inNeed: !isSearch || loai !== undefined ? true : null,
    needKind: loai ?? null,
  } as const
}

