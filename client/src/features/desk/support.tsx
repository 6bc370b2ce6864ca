// Kinds of support and quantities of them, as officers read them.
import { useLocale } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Quantity, type Unit } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Kind } from '../../ui/KindMark.tsx'

export const kindFields = graphql(`
  fragment DeskKind on SupportKind @_unmask {
    code
    family
    name
    nameEn
    unit
    unitName
    unitNameEn
  }
`)

export type SupportKind = ResultOf<typeof kindFields>

export const families = ['CAPITAL', 'LIVESTOCK', 'TRAINING'] as const
export type Family = (typeof families)[number]
export const pictureOf = (family: Family) => family.toLowerCase() as Kind

export function useKindName() {
  const language = useLocale()
  return (kind: Pick<SupportKind, 'name' | 'nameEn'>) => (language === 'vi' ? kind.name : kind.nameEn)
}

export function useUnitName() {
  const language = useLocale()
  return (kind: Pick<SupportKind, 'unitName' | 'unitNameEn'>) => (language === 'vi' ? kind.unitName : kind.unitNameEn)
}

/** "Bò giống sinh sản" with the picture of its family. */
export function KindName({ kind }: { kind: SupportKind }) {
  const name = useKindName()
  return (
    <span className={`kind-mark kind-${pictureOf(kind.family)}`}>
      <Icon name={pictureOf(kind.family)} />
      {name(kind)}
    </span>
  )
}

export function Amount({ of, kind }: { of: string; kind: Pick<SupportKind, 'unit'> }) {
  return <Quantity amount={of} unit={unitOf(kind)} />
}

export const unitOf = (kind: Pick<SupportKind, 'unit'>) => kind.unit.toLowerCase() as Unit
