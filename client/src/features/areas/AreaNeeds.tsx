// What an area lacks, in a few words.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { KindTile } from '../../ui/KindMark.tsx'
import { pictureOf, SupportKindWords, useSupportWords } from './support-kind.ts'
import './area-card.css'

export const AreaNeeds = graphql(
  `
    fragment AreaNeeds on Area @_unmask {
      id
      needs {
        kind {
          ...SupportKindWords
        }
        quantity
        allocated
        received
        open
        urgency
      }
    }
  `,
  [SupportKindWords],
)

export type AreaNeed = ResultOf<typeof AreaNeeds>['needs'][number]

export const URGENT = 3

/** The needs of an area in a few words, the most urgent first. */
export function NeedSummary({ needs }: { needs: readonly AreaNeed[] }) {
  const t = useTranslations('area')
  const words = useSupportWords()
  const lacking = needs.filter(({ open }) => open !== '0')
  if (lacking.length === 0) return <p className="muted">{t('nothingLacking')}</p>
  return (
    <ul role="list" className="need-summary">
      {lacking.slice(0, 3).map(({ kind, open }) => (
        <li key={kind.code}>
          <KindTile kind={pictureOf(kind)} size={32} />
          <span>{t('lacks', { what: words.what(kind, open) })}</span>
        </li>
      ))}
      {lacking.length > 3 && <li className="muted">{t('andMore', { count: lacking.length - 3 })}</li>}
    </ul>
  )
}

export const isUrgent = (needs: readonly AreaNeed[]): boolean => needs.some(({ urgency, open }) => urgency >= URGENT && open !== '0')
