// An area in a list: where it lies, what it lacks most, and that an ended one has successors.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Card } from '../../ui/Card.tsx'
import { AreaNeeds, isUrgent, NeedSummary } from './AreaNeeds.tsx'
import { AreaPlace, keyOfArea, placeOf } from './area-words.ts'

export const AreaCardParts = graphql(
  `
    fragment AreaCardParts on Area @_unmask {
      ...AreaPlace
      ...AreaNeeds
      kind
      isLiving
      validTo
      households {
        label
      }
      successors {
        area {
          id
          fullName
        }
      }
    }
  `,
  [AreaPlace, AreaNeeds],
)

export function AreaCard({ area }: { area: ResultOf<typeof AreaCardParts> }) {
  const t = useTranslations('area')
  const now = area.successors.map((change) => change.area.fullName).join(', ')
  return (
    <Card as="li" isLink className="area-card">
      {(isUrgent(area.needs) || !area.isLiving) && (
        <div className="row">
          {area.isLiving ? <Badge tone="warn" icon="clock">{t('urgent')}</Badge> : <Badge>{t('endedIn', { year: area.validTo?.slice(0, 4) ?? '' })}</Badge>}
        </div>
      )}
      <div>
        <h3>
          <Link to="/thon/$id" params={{ id: keyOfArea(area.id) }} className="card-link">
            {area.fullName}
          </Link>
        </h3>
        <p className="muted">{placeOf(area)}</p>
      </div>
      {area.isLiving ? <NeedSummary needs={area.needs} /> : now && <p>{t('isNow', { names: now })}</p>}
    </Card>
  )
}
