// What an area lacks, kind by kind: how much has arrived, is matched, is only pledged, and is still missing.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { KindTile } from '../../ui/KindMark.tsx'
import { ProgressThreePart } from '../../ui/ProgressThreePart.tsx'
import { pictureOf, SupportKindWords, useSupportWords } from './support-kind.ts'
import './areas.css'

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

const URGENT = 3

/** `pledgedOnly`: by kind, what is promised to the area and not yet matched to a household. */
export function NeedList({ needs, pledgedOnly }: { needs: readonly AreaNeed[]; pledgedOnly: ReadonlyMap<string, string> }) {
  const t = useTranslations('area')
  const words = useSupportWords()
  return (
    <ul role="list" className="need-list">
      {needs.map(({ kind, quantity, allocated, received, urgency, open }) => (
        <li key={kind.code} className="need">
          <KindTile kind={pictureOf(kind)} />
          <div className="stack need-words">
            <div className="row">
              <h3>{words.name(kind)}</h3>
              {open === '0' ? <Badge tone="ok" icon="check">{t(received === quantity ? 'met' : 'covered')}</Badge> : urgency >= URGENT && <Badge tone="warn" icon="clock">{t('urgent')}</Badge>}
            </div>
            <ProgressThreePart
              delivered={received}
              atHand={String(BigInt(allocated) - BigInt(received))}
              pledgedOnly={least(pledgedOnly.get(kind.code) ?? '0', open)}
              needed={quantity}
              atHandIs="allocated"
              format={(amount) => words.amount(kind, amount)}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}

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

/** What is pledged beyond the need fills no bar. */
const least = (one: string, other: string): string => (BigInt(one) < BigInt(other) ? one : other)
