// The households behind one number of the review.
import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Asked } from '../desk/Asked.tsx'
import { keyPart } from '../desk/key-part.ts'
import { StatusBadge } from '../households/household-status.tsx'
import type { Figure, ReviewRow } from './review-fields.ts'

const recordsQuery = graphql(`
  query DeskReviewRecords($plan: ID!, $from: Date!, $to: Date!, $figure: ReviewFigure!, $isTotal: Boolean!) {
    review(plan: $plan, from: $from, to: $to) {
      rows @skip(if: $isTotal) {
        kind
        unit { id }
        households(figure: $figure, first: 100) { totalCount nodes { id code headName status } }
      }
      total @include(if: $isTotal) {
        kind
        households(figure: $figure, first: 100) { totalCount nodes { id code headName status } }
      }
    }
  }
`)

export interface Records {
  row: ReviewRow
  figure: Figure
  name: string
}

interface RecordsDialogProps {
  records: Records | null
  planId: string
  from: string
  to: string
  onClose: () => void
}

export function RecordsDialog({ records, onClose, ...review }: RecordsDialogProps) {
  const t = useTranslations('desk')
  return (
    <Dialog isOpen={records !== null} onClose={onClose} title={records && t('review.recordsTitle', { what: t(`review.figure.${records.figure}`), unit: records.name })}>
      {records && <Behind records={records} {...review} />}
    </Dialog>
  )
}

function Behind({ records: { row, figure }, planId, from, to }: { records: Records; planId: string; from: string; to: string }) {
  const t = useTranslations('desk')
  const query = useQuery({ query: recordsQuery, variables: { plan: planId, from, to, figure, isTotal: row.kind === 'TOTAL' } })
  return (
    <Asked query={query}>
      {({ review }) => {
        const found = row.kind === 'TOTAL' ? review?.total : review?.rows?.find(({ kind, unit }) => kind === row.kind && (unit?.id ?? null) === (row.unit?.id ?? null))
        const households = found?.households
        return (
          <>
            <p className="muted">{t('register.count', { count: households?.totalCount ?? 0 })}</p>
            <ul role="list" className="desk-list">
              {households?.nodes.map((household) => (
                <li key={household.id} className="row">
                  <Link to="/cb/ho/$id" params={{ id: keyPart(household.id) }}>
                    <bdi>{household.headName}</bdi>
                  </Link>
                  <span className="muted figures">{household.code}</span>
                  <StatusBadge status={household.status} />
                </li>
              ))}
            </ul>
          </>
        )
      }}
    </Asked>
  )
}
