// The table of the review; each number opens the records behind it.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Table, type Column } from '../../ui/Table.tsx'
import { RecordsDialog, type Records } from './RecordsDialog.tsx'
import type { Figure, Review, ReviewRow } from './review-fields.ts'
import { flagOf } from './review-rules.ts'

type Numbered = ReviewRow & { number: number | null }

export function ReviewTable({ review, planId }: { review: Review; planId: string }) {
  const t = useTranslations('desk')
  const format = useFormat()
  const [records, setRecords] = useState<Records | null>(null)
  const rows: Numbered[] = review.rows.map((row, index) => ({ ...row, number: index + 1 }))
  const all = [...review.rows, review.total]
  const nameOf = (row: ReviewRow) => (row.kind === 'TOTAL' ? t('review.total') : (row.unit?.name ?? t('review.otherUnits')))

  const figure = (row: ReviewRow, of: Figure, count: number, text = String(count)) =>
    count === 0 ? (
      text
    ) : (
      <button type="button" className="review-figure" aria-label={t('review.open', { text, what: t(`review.figure.${of}`), unit: nameOf(row) })} onClick={() => setRecords({ row, figure: of, name: nameOf(row) })}>
        {text}
      </button>
    )
  const moved = (key: 'worsened' | 'joined', of: Figure): Column<Numbered>[] =>
    all.some((row) => row[key] > 0) ? [{ key, header: t(`review.figure.${of}`), align: 'end', render: (row) => figure(row, of, row[key]) }] : []

  const columns: Column<Numbered>[] = [
    { key: 'number', header: t('review.number'), render: ({ number }) => number ?? '' },
    { key: 'unit', header: t('review.unit'), isRowHeader: true, render: (row) => (row.kind === 'UNIT' ? nameOf(row) : <b>{nameOf(row)}</b>) },
    { key: 'had', header: t('review.had'), align: 'end', render: (row) => figure(row, 'HAD', row.had) },
    { key: 'left', header: t('review.left'), align: 'end', render: (row) => figure(row, 'LEFT', row.left, `${row.left}/${row.had}`) },
    { key: 'percent', header: t('review.percent'), align: 'end', render: (row) => format.percent(row.left, row.had) },
    ...moved('worsened', 'WORSENED'),
    ...moved('joined', 'JOINED'),
    { key: 'remaining', header: t('review.remaining'), align: 'end', render: (row) => figure(row, 'REMAINING', row.remaining) },
    { key: 'bar', header: t('review.progress'), render: (row) => <Bar row={row} /> },
    { key: 'check', header: t('review.check'), render: (row) => <FlagBadge row={row} /> },
  ]
  const total: Numbered = { ...review.total, number: null }
  return (
    <>
      <Table caption={<>{t('review.caption')} <span className="no-print">{t('review.captionPress')}</span></>} columns={columns} rows={rows} rowKey={(row) => row.unit?.id ?? row.kind} footer={columns.map(({ render }) => render(total))} />
      <RecordsDialog records={records} planId={planId} from={review.from} to={review.to} onClose={() => setRecords(null)} />
    </>
  )
}

/** The words beside it say the same. */
function Bar({ row: { left, had } }: { row: ReviewRow }) {
  return (
    <span className="review-bar" aria-hidden>
      <span style={{ inlineSize: `${had === 0 ? 0 : (left / had) * 100}%` }} />
    </span>
  )
}

function FlagBadge({ row }: { row: ReviewRow }) {
  const t = useTranslations('desk')
  const { tone, says, percent, counts } = flagOf(row)
  return (
    <Badge tone={tone} icon={tone === 'ok' ? 'check' : 'alert'}>
      {t(`review.${says}`, { percent, counts })}
    </Badge>
  )
}
