// An area's name with where it lies, and its address in this site.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'

export const AreaPlace = graphql(`
  fragment AreaPlace on Area @_unmask {
    id
    fullName
    ancestors {
      id
      fullName
    }
  }
`)

export type AreaPlace = ResultOf<typeof AreaPlace>

/** c06712, as addresses carry it; the API says Area:c06712. */
export const keyOfArea = (id: string): string => id.slice(id.indexOf(':') + 1)
export const idOfArea = (key: string): string => `Area:${key}`

/** Where it lies, the nearest first: Phường Móng Cái 1, Tỉnh Quảng Ninh. */
export const placeOf = ({ ancestors }: Pick<AreaPlace, 'ancestors'>): string => ancestors.map(({ fullName }) => fullName).toReversed().join(', ')
