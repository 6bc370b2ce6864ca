// What the address of the openings says after the question mark, and what that asks of the API.
import { idOfArea } from '../areas/area-words.ts'

export interface OpeningSearch {
  /** Words searched for. */
  tim?: string | undefined
  /** A place, by its key. */
  noi?: string | undefined
  loai?: 'viec-lam' | 'nong-san' | undefined
  /** Only what asks for no skill. */
  nghe?: 'khong' | undefined
}

const families = { 'viec-lam': 'JOB', 'nong-san': 'OFFTAKE' } as const

/** Anyone may write anything into an address: what is not understood is left out. */
export function openingSearchIn({ tim, noi, loai, nghe }: Record<string, unknown>): OpeningSearch {
  return {
    tim: typeof tim === 'string' || typeof tim === 'number' ? String(tim).trim().slice(0, 80) || undefined : undefined,
    noi: typeof noi === 'string' && /^[a-z]\w{1,20}$/.test(noi) ? noi : undefined,
    loai: loai === 'viec-lam' || loai === 'nong-san' ? loai : undefined,
    nghe: nghe === 'khong' ? nghe : undefined,
  }
}

export const askedOf = ({ tim, noi, loai, nghe }: OpeningSearch) => ({
  search: tim ?? null,
  area: noi ? idOfArea(noi) : null,
  family: loai ? families[loai] : null,
  // Produce asks for none.
  withoutSkills: nghe && loai !== 'nong-san' ? true : null,
})

/** What an opening like those that are looked for is pledged as. */
export const kindToPledge = ({ loai }: OpeningSearch) => families[loai ?? 'viec-lam']
