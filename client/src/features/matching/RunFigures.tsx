// What a run made of each kind, the best answer beside the greedy one, and what its guards left out.
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Table } from '../../ui/Table.tsx'
import { Amount, KindName, kindFields } from '../desk/support.tsx'

export const figureFields = graphql(
  `
    fragment DeskRunFigures on MatchingRun @_unmask {
      kinds { kind { ...DeskKind } offered wanted matched greedyMatched score greedyScore }
      refusals { code text needs }
    }
  `,
  [kindFields],
)

type Figures = ResultOf<typeof figureFields>
type KindFigures = Figures['kinds'][number]

/** Hundredths of a per cent of the best score that the greedy answer misses; null until the best is known. */
export const missed = ({ score, greedyScore }: Pick<KindFigures, 'score' | 'greedyScore'>): number | null =>
  score === null ? null : BigInt(score) === 0n ? 0 : Number(((BigInt(score) - BigInt(greedyScore)) * 10_000n) / BigInt(score))

/** The run found nothing that it could match. */
export const isEmpty = (kinds: readonly KindFigures[]): boolean => kinds.every(({ matched, greedyMatched }) => (matched ?? greedyMatched) === '0')

export function RunFigures({ kinds, refusals }: Figures) {
  const t = useTranslations('desk')
  // What is being found is said above the list.
  const notYet = <span className="muted">…</span>
  const percent = new Intl.NumberFormat(useLocale(), { style: 'percent', maximumFractionDigits: 2 })
  const amount = (name: 'offered' | 'wanted' | 'matched' | 'greedyMatched') => ({
    key: name, header: t(`batch.${name}`), align: 'end' as const,
    render: ({ [name]: of, kind }: KindFigures) => (of === null ? notYet : <Amount of={of} kind={kind} />),
  })
  const gap = (hundredths: number | null) => (hundredths === null ? notYet : <span className="figures">{percent.format(hundredths / 10_000)}</span>)
  return (
    <>
      {kinds.length > 0 && (
        <Table
          caption={t('batch.figures')}
          stacks
          rows={kinds}
          rowKey={({ kind }) => kind.code}
          columns={[
            { key: 'kind', header: t('match.filter'), isRowHeader: true, render: ({ kind }) => <KindName kind={kind} /> },
            amount('offered'), amount('wanted'), amount('greedyMatched'), amount('matched'),
            { key: 'gap', header: t('batch.gap'), align: 'end', render: (row) => gap(missed(row)) },
          ]}
        />
      )}
      {refusals.length > 0 && (
        <section aria-labelledby="refusals">
          <h3 id="refusals">{t('batch.refusals')}</h3>
          <ul>
            {refusals.map(({ code, text, needs }) => (
              <li key={code}>{t('batch.refusal', { text, count: needs })}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
