// Everything about one pledge, and what the office decides on it.
import { useEffect, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { Timeline } from '../../ui/Steps.tsx'
import { AllocationRow, allocationRowFields } from '../deliveries/AllocationRow.tsx'
import { Asked } from './Asked.tsx'
import { LineLedger, lineFields } from './LineLedger.tsx'
import { PledgeDecisions, pledgeDecisionFields } from './PledgeDecisions.tsx'
import { StateBadge } from './PledgeRow.tsx'

const pledgeQuery = graphql(
  `
    query DeskPledge($id: ID!) {
      pledge(id: $id) {
        ...DeskPledgeDecisions
        transferCode
        anonymous
        isDemonstration
        isLate
        expectedOn
        registeredAt
        message
        area { id fullName }
        party { id name kind contact { name phone email } }
        steps { step at reason }
        lines { ...DeskLine }
        allocations(first: 20) { totalCount nodes { ...DeskAllocationRow } }
      }
    }
  `,
  [pledgeDecisionFields, lineFields, allocationRowFields],
)

interface PledgePanelProps {
  id: string
  /** Grows whenever something happened in the area. */
  seen: number
  back: ReactNode
  onChanged: () => void
}

export function PledgePanel({ id, seen, back, onChanged }: PledgePanelProps) {
  const t = useTranslations('desk')
  const query = useQuery({ query: pledgeQuery, variables: { id }, requestPolicy: 'cache-and-network' })
  const [, again] = query
  useEffect(() => {
    if (seen > 0) again({ requestPolicy: 'network-only' })
  }, [again, seen])
  return (
    <section className="desk-split-panel card" aria-labelledby="pledge-title">
      <p className="desk-split-back">{back}</p>
      <Asked query={query} shape="text">
        {({ pledge }) =>
          pledge ? (
            <Pledge
              pledge={pledge}
              onChanged={() => {
                again({ requestPolicy: 'network-only' })
                onChanged()
              }}
            />
          ) : (
            <Empty title={t('notYours')} />
          )
        }
      </Asked>
    </section>
  )
}

function Pledge({ pledge, onChanged }: { pledge: NonNullable<ResultOf<typeof pledgeQuery>['pledge']>; onChanged: () => void }) {
  const t = useTranslations('desk')
  const { party } = pledge
  return (
    <div className="stack">
      <div>
        <h2 id="pledge-title" tabIndex={-1}>
          {party?.name ?? t('pledges.anonymous')}
        </h2>
        <p className="row">
          <StateBadge state={pledge.state} />
          {pledge.anonymous && <Badge icon="lock">{t('pledges.isAnonymous')}</Badge>}
          {pledge.isLate && <Badge tone="warn">{t('pledges.late')}</Badge>}
          {pledge.isDemonstration && <Badge>{t('demonstration')}</Badge>}
        </p>
      </div>
      <PledgeDecisions pledge={pledge} onChanged={onChanged} />
      <dl className="desk-facts">
        <Fact term={t('pledges.for')}>{pledge.area.fullName}</Fact>
        <Fact term={t('pledges.expectedOn')}>
          <When at={pledge.expectedOn} />
        </Fact>
        <Fact term={t('pledges.registeredAt')}>
          <When at={pledge.registeredAt} withTime />
        </Fact>
        {pledge.transferCode && (
          <Fact term={t('pledges.code')}>
            <code>{pledge.transferCode}</code>
          </Fact>
        )}
        {party && <Fact term={t('pledges.kind')}>{t(`party.${party.kind}`)}</Fact>}
        {party?.contact && (
          <Fact term={t('pledges.contact')}>
            {[party.contact.name, party.contact.phone, party.contact.email].filter(Boolean).join(' · ')}
          </Fact>
        )}
        {pledge.message && <Fact isLong term={t('pledges.message')}>{pledge.message}</Fact>}
      </dl>
      <h3>{t('pledges.lines')}</h3>
      {pledge.lines.map((line) => (
        <LineLedger key={line.id} line={line} />
      ))}
      {pledge.state === 'VERIFIED' && pledge.lines.some(({ quantities }) => quantities.open !== '0') && (
        <div>
          <LinkButton to="/cb/ghep" search={{ chon: pledge.lines.find(({ quantities }) => quantities.open !== '0')?.id }} icon="route">
            {t('pledges.match')}
          </LinkButton>
        </div>
      )}
      {pledge.allocations.nodes.length > 0 && (
        <>
          <h3>{t('pledges.allocations')}</h3>
          <ul role="list" className="desk-list">
            {pledge.allocations.nodes.map((allocation) => (
              <li key={allocation.id}>
                <AllocationRow allocation={allocation} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t('pledges.history')}</h3>
      <Timeline
        label={t('pledges.history')}
        moments={pledge.steps.map(({ step, at, reason }) => ({
          key: `${step} ${at}`,
          label: t(`pledges.step.${step}`),
          state: step === 'DECLINED' || step === 'WITHDRAWN' || step === 'LAPSED' ? 'stopped' : 'done',
          at: <When at={at} withTime />,
          detail: reason || undefined,
        }))}
      />
    </div>
  )
}

/** One thing known, under its name; long ones take the whole row. */
export function Fact({ term, isLong = false, children }: { term: ReactNode; isLong?: boolean; children: ReactNode }) {
  return (
    <div className={isLong ? 'desk-fact-long' : undefined}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
