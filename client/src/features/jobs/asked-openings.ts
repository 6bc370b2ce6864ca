// What the address of the openings asks of the API.
import { idOfArea } from '../areas/area-words.ts'
import type { OpeningSearch } from './opening-search.ts'

const families = { 'viec-lam': 'JOB', 'nong-san': 'OFFTAKE' } as const

export const askedOf = ({ tim, noi, loai, nghe }: OpeningSearch) => ({
  search: tim ?? null,
  area: noi ? idOfArea(noi) : null,
  family: loai ? families[loai] : null,
  // Produce asks for none.
  withoutSkills: nghe && loai !== 'nong-san' ? true : null,
})

/** What an opening like those that are looked for is pledged as. */
export const kindToPledge = ({ loai }: OpeningSearch) => families[loai ?? 'viec-lam']
