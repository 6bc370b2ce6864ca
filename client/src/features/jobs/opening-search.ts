// What the address of the openings says after the question mark.
export interface OpeningSearch {
  /** Words searched for. */
  tim?: string | undefined
  /** A place, by its key. */
  noi?: string | undefined
  loai?: 'viec-lam' | 'nong-san' | undefined
  /** Only what asks for no skill. */
  nghe?: 'khong' | undefined
}

/** Anyone may write anything into an address: what is not understood is left out. */
export function openingSearchIn({ tim, noi, loai, nghe }: Record<string, unknown>): OpeningSearch {
  return {
    tim: typeof tim === 'string' || typeof tim === 'number' ? String(tim).trim().slice(0, 80) || undefined : undefined,
    noi: typeof noi === 'string' && /^[a-z]\w{1,20}$/.test(noi) ? noi : undefined,
    loai: loai === 'viec-lam' || loai === 'nong-san' ? loai : undefined,
    nghe: nghe === 'khong' ? nghe : undefined,
  }
}
