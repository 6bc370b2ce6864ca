// A pledge in a list: who, what, where, since when.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Ago } from '../../ui/Figure.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { LineTermsWords } from '../pledges/LineTerms.tsx'
import { Amount, KindName, kindFields } from './support.tsx'

export const pledgeRowFields = graphql(
  `
    fragment DeskPledgeRow on Pledge @_unmask {
      id
      state
      anonymous
      isLate
      registeredAt
      version
      party { id name }
      area { id fullName }
      lines { ...LineTermsWords id kind { ...DeskKind } quantities { promised allocated open dispatched received settled } }
    }
  `,
  [kindFields, LineTermsWords],
)

export const pledgeStates = ['REGISTERED', 'VERIFIED', 'DECLINED', 'WITHDRAWN', 'LAPSED'] as const
export type PledgeState = (typeof pledgeStates)[number]

export const toneOf: Record<PledgeState, Tone> = { REGISTERED: 'warn', VERIFIED: 'ok', DECLINED: 'danger', WITHDRAWN: 'neutral', LAPSED: 'neutral' }

export function StateBadge({ state }: { state: PledgeState }) {
  const t = useTranslations('desk')
  return <Badge tone={toneOf[state]}>{t(`pledges.state.${state}`)}</Badge>
}

export function PledgeRow({ pledge }: { pledge: ResultOf<typeof pledgeRowFields> }) {
  const t = useTranslations('desk')
  return (
    <span className="desk-row">
      <span className="desk-row-main">
        <b><bdi>{pledge.party?.name ?? t('pledges.anonymous')}</bdi></b>
        <span className="desk-row-kinds">
          {pledge.lines.map((line) => (
            <span key={line.id} className="row">
              <KindName kind={line.kind} /> <Amount of={line.quantities.promised} kind={line.kind} />
            </span>
          ))}
        </span>
        <span className="muted">{pledge.area.fullName}</span>
      </span>
      <span className="desk-row-end">
        <StateBadge state={pledge.state} />
        {pledge.isLate && <Badge tone="warn">{t('pledges.late')}</Badge>}
        <span className="muted">
          <Ago at={pledge.registeredAt} />
        </span>
      </span>
    </span>
  )
}
