// What an area lacks, kind by kind: how much has arrived, is matched, is only pledged, and is still missing.
import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/Badge.tsx'
import { KindTile } from '../../ui/KindMark.tsx'
import { ProgressThreePart } from '../../ui/ProgressThreePart.tsx'
import { URGENT, type AreaNeed } from './AreaNeeds.tsx'
import { pictureOf, useSupportWords } from './support-kind.ts'
import './areas.css'

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

/** What is pledged beyond the need fills no bar. */
const least = (one: string, other: string): string => (BigInt(one) < BigInt(other) ? one : other)
