// An allocation in a list: for which household, how much of what, and how far it has come.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { keyPart } from '../desk/key-part.ts'
import { Amount, KindName, kindFields } from '../desk/support.tsx'

export const allocationRowFields = graphql(
  `
    fragment DeskAllocationRow on Allocation @_unmask {
      id
      recipientCode
      decidedAt
      area { id fullName }
      kind { ...DeskKind }
      quantities { allocated dispatched received settled }
      overridden { code text }
      overrideReason
    }
  `,
  [kindFields],
)

type Row = ResultOf<typeof allocationRowFields>

export const isToDispatch = ({ quantities }: Row) => BigInt(quantities.dispatched) < BigInt(quantities.allocated)

export function AllocationRow({ allocation }: { allocation: Row }) {
  const t = useTranslations('desk')
  const { kind, quantities } = allocation
  return (
    <Link to="/cb/giao-nhan/$id" params={{ id: keyPart(allocation.id) }} className="desk-item">
      <span className="desk-row">
        <span className="desk-row-main">
          <b>{allocation.recipientCode}</b>
          <KindName kind={kind} />
          <span className="muted">{allocation.area.fullName}</span>
        </span>
        <span className="desk-row-end">
          {quantities.allocated === '0' ? (
            <Badge icon="undo">{t('match.isReleased')}</Badge>
          ) : (
            <>
              <b>
                <Amount of={quantities.allocated} kind={kind} />
              </b>
              <span className="muted">
                {t('stage.dispatched')} <Amount of={quantities.dispatched} kind={kind} />
              </span>
              <span className="muted">
                {t('stage.received')} <Amount of={quantities.received} kind={kind} />
              </span>
            </>
          )}
        </span>
        {allocation.overrideReason && (
          <span className="desk-row-note">
            <Badge tone="warn" icon="alert">
              {t('match.overridden')}
            </Badge>{' '}
            {allocation.overridden.map(({ text }) => text).join(' · ')}: <q>{allocation.overrideReason}</q>
          </span>
        )}
      </span>
    </Link>
  )
}
