// One line of a pledge: its five quantities, and the immutable movements that they are the sums of.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { When } from '../../ui/Figure.tsx'
import { Table } from '../../ui/Table.tsx'
import { LineTerms, LineTermsWords } from '../pledges/LineTerms.tsx'
import { Amount, KindName, kindFields } from './support.tsx'

export const lineFields = graphql(
  `
    fragment DeskLine on PledgeLine @_unmask {
      ...LineTermsWords
      id
      detail
      kind { ...DeskKind }
      quantities { promised allocated open dispatched received settled shortfall }
      facts { stage amount at reason }
    }
  `,
  [kindFields, LineTermsWords],
)

const stages = ['promised', 'allocated', 'dispatched', 'received', 'settled'] as const

export function LineLedger({ line }: { line: ResultOf<typeof lineFields> }) {
  const t = useTranslations('desk')
  return (
    <div className="desk-line">
      <p className="row">
        <KindName kind={line.kind} /> {line.detail}
      </p>
      <LineTerms post={line.post} agreement={line.agreement} promised={line.quantities.promised} />
      <dl className="desk-quantities">
        {stages.map((stage) => (
          <div key={stage}>
            <dt>{t(`stage.${stage}`)}</dt>
            <dd>
              <Amount of={line.quantities[stage]} kind={line.kind} />
            </dd>
          </div>
        ))}
        {line.quantities.shortfall !== '0' && (
          <div className="desk-shortfall">
            <dt>{t('stage.shortfall')}</dt>
            <dd>
              <Amount of={line.quantities.shortfall} kind={line.kind} />
            </dd>
          </div>
        )}
      </dl>
      <details>
        <summary>{t('pledges.ledger', { count: line.facts.length })}</summary>
        <Table
          caption={t('pledges.ledgerCaption')}
          captionHidden
          columns={[
            { key: 'at', header: t('pledges.ledgerAt'), render: ({ at }) => <When at={at} withTime />, isRowHeader: true },
            { key: 'stage', header: t('pledges.ledgerStage'), render: ({ stage }) => t(`stage.${stage.toLowerCase() as (typeof stages)[number]}`) },
            { key: 'amount', header: t('pledges.ledgerAmount'), align: 'end', render: ({ amount }) => <Amount of={amount} kind={line.kind} /> },
            { key: 'reason', header: t('pledges.ledgerReason'), render: ({ reason }) => reason || '–' },
          ]}
          rows={line.facts}
          rowKey={({ at, stage, amount }) => `${at} ${stage} ${amount}`}
        />
      </details>
    </div>
  )
}
