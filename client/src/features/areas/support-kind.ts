// A kind of support as people read it: its name, its quantities, the picture of its family, and its place in a list to choose from.
import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Unit } from '../../../../common/number-in.ts'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { type Kind, kinds } from '../../ui/KindMark.tsx'
import type { Whole } from '../../ui/format.ts'

export const SupportKindWords = graphql(`
  fragment SupportKindWords on SupportKind @_unmask {
    code
    family
    name
    nameEn
    unit
    unitName
    unitNameEn
  }
`)

export type SupportKind = ResultOf<typeof SupportKindWords>
export type Family = SupportKind['family']

/** What is counted, as a number field reads and says it. */
export const unitOf = ({ unit, unitName, unitNameEn }: Pick<SupportKind, 'unit' | 'unitName' | 'unitNameEn'>): Unit => ({ code: unit, name: unitName, nameEn: unitNameEn })

/** The family's picture, colour and word. */
export const pictureOf = ({ family }: Pick<SupportKind, 'family'>) => family.toLowerCase() as Lowercase<Family> satisfies Kind

/** In the order in which they are shown. */
export const families = kinds.map((kind) => kind.toUpperCase() as Family)

export function useSupportWords() {
  const t = useTranslations('support')
  const language = useLocale()
  const format = useFormat()
  return useMemo(() => {
    const unit = (kind: SupportKind, n: Whole = 2) => (kind.unit === 'VND' ? t('vnd') : language === 'vi' ? kind.unitName : unitsInEnglish(kind.unitNameEn, n))
    const name = (kind: Pick<SupportKind, 'name' | 'nameEn'>) => (language === 'vi' ? kind.name : kind.nameEn)
    return {
      name,
      /** What stands behind a number: ₫, con, suất. */
      unit: (kind: SupportKind) => unit(kind),
      /** 2 con. */
      amount: (kind: SupportKind, amount: Whole) => (kind.unit === 'VND' ? format.vnd(amount) : t('amount', { n: format.count(amount), unit: unit(kind, amount) })),
      /** 2 con bò giống sinh sản; money that is given says for itself what it is. */
      what: (kind: SupportKind, amount: Whole) =>
        kind.unit === 'VND' ? format.vnd(amount) : t('what', { n: format.count(amount), unit: unit(kind, amount), name: lowered(name(kind)) }),
    }
  }, [t, language, format])
}

const lowered = (name: string) => name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)

const UNCOUNTED = new Set(['head', 'kg', 'm²'])
const unitsInEnglish = (unit: string, n: Whole) => (UNCOUNTED.has(unit) || BigInt(n) === 1n ? unit : `${unit}s`)

/** Kinds as the options of a Select, under the words of their families. */
export function useKindOptions() {
  const t = useTranslations('kind')
  const { name } = useSupportWords()
  return (all: readonly Pick<SupportKind, 'code' | 'family' | 'name' | 'nameEn'>[]) =>
    byFamily(all).flatMap(([family, own]) => own.map((kind) => ({ value: kind.code, label: name(kind), group: t(pictureOf({ family })) })))
}

/** Families that have any of these kinds, in order. */
export const byFamily = <K extends Pick<SupportKind, 'family'>>(all: readonly K[]): [Family, K[]][] =>
  families.map((family): [Family, K[]] => [family, all.filter((kind) => kind.family === family)]).filter(([, own]) => own.length > 0)

const folded = (text: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}|\p{Cf}/gu, '').replaceAll(/[đð]/gi, 'd').toLowerCase().trim()

/** Whether a name has all these words, in either language, with diacritics or without. */
export const isNamed = (kind: Pick<SupportKind, 'name' | 'nameEn'>, text: string) =>
  folded(text).split(/\s+/).every((word) => folded(`${kind.name} ${kind.nameEn}`).includes(word))
