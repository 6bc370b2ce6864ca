// Kinds of support and quantities of them, as officers read them.
import { useLocale } from 'use-intl'
import type { Bound } from '../../../../common/bounds.ts'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Icon } from '../../ui/Icon.tsx'
import { pictureOf, useSupportWords } from '../areas/support-kind.ts'

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

/** From one to as much as is there. */
export const upTo = (most: string): Bound => ({ least: 1n, most: BigInt(most) })

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
    <span className={`kind-mark kind-${pictureOf(kind)}`}>
      <Icon name={pictureOf(kind)} />
      {name(kind)}
    </span>
  )
}

/** 25.000.000 ₫, 2 con, 12 suất: never broken over two lines. */
export function Amount({ of, kind }: { of: string; kind: SupportKind }) {
  const { amount } = useSupportWords()
  return <span className="figures unbroken">{amount(kind, of)}</span>
}
