// A kind of support as people read it: its name, its quantities, and the picture of its family.
import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { Kind } from '../../ui/KindMark.tsx'
import type { Whole } from '../../ui/format.ts'

export const SupportKindWords = graphql(`
  fragment SupportKindWords on SupportKind @_unmask {
    code
    family
    name
    nameEn
    unit
  }
`)

export type SupportKind = ResultOf<typeof SupportKindWords>

const pictures: Record<SupportKind['family'], Kind> = { CAPITAL: 'capital', LIVESTOCK: 'livestock', TRAINING: 'training' }

/** The family's picture and colour. */
export const pictureOf = (kind: SupportKind): Kind => pictures[kind.family]

export function useSupportWords() {
  const t = useTranslations('support')
  const language = useLocale()
  const format = useFormat()
  return useMemo(() => {
    const unit = (kind: SupportKind) => (kind.unit === 'head' || kind.unit === 'seat' ? kind.unit : 'vnd')
    const name = (kind: SupportKind) => (language === 'vi' ? kind.name : kind.nameEn)
    return {
      name,
      /** What stands behind a number: ₫, con, suất. */
      unit: (kind: SupportKind) => t(`unit.${unit(kind)}`),
      /** 2 con. */
      amount: (kind: SupportKind, amount: Whole) => (unit(kind) === 'vnd' ? format.vnd(amount) : t('amount', { unit: unit(kind), n: Number(amount) })),
      /** 2 con bò giống sinh sản; money says for itself what it is. */
      what: (kind: SupportKind, amount: Whole) =>
        unit(kind) === 'vnd' ? format.vnd(amount) : t('what', { unit: unit(kind), n: Number(amount), name: lowered(name(kind)) }),
    }
  }, [t, language, format])
}

const lowered = (name: string) => name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)
