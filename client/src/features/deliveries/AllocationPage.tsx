// One allocation from hand-over to outcome: everything that is done about it is done here.
import { Link, useParams } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { keyPart } from '../desk/key-part.ts'
import { useDeskLive } from '../desk/live.ts'
import { Fact } from '../desk/PledgePanel.tsx'
import { Amount, KindName, kindFields, useKindName } from '../desk/support.tsx'
import { OutcomesPart } from '../outcomes/OutcomesPart.tsx'
import { outcomeFields } from '../outcomes/outcome-fields.ts'
import { LineTerms, LineTermsWords } from '../pledges/LineTerms.tsx'
import { DeliveryCard, deliveryFields } from './DeliveryCard.tsx'
import { DispatchForm } from './DispatchForm.tsx'
import { ReleaseDialog } from './ReleaseDialog.tsx'
import { SettleForm } from './SettleForm.tsx'
import './Deliveries.css'

const allocationQuery = graphql(
  `
    query DeskAllocation($id: ID!) {
      hub { feedCursor }
      allocation(id: $id) {
        id
        recipientCode
        decidedAt
        acceptedAt
        area { id fullName }
        kind { ...DeskKind }
        quantities { allocated dispatched received settled }
        reasons { code text weight }
        overridden { code text }
        overrideReason
        completion { isComplete says }
        viewerCan { dispatch { allowed } settle { allowed } }
        household { id headName phone code }
        pledge { id state party { id name } }
        line { ...LineTermsWords quantities { promised } }
        herd { id }
        deliveries(first: 20) { totalCount nodes { ...DeskDelivery } }
        outcomes(first: 50) { totalCount nodes { ...DeskOutcome } }
      }
    }
  `,
  [kindFields, deliveryFields, outcomeFields, LineTermsWords],
)

export type AllocationInFull = NonNullable<ResultOf<typeof allocationQuery>['allocation']>

export function AllocationPage() {
  const t = useTranslations('desk')
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ query: allocationQuery, variables: { id: `Allocation:${id}` }, requestPolicy: 'cache-and-network' })
  const [{ data }, again] = query
  const reload = () => again({ requestPolicy: 'network-only' })
  const connection = useDeskLive(data?.hub.feedCursor, reload)
  return (
    <div className="desk-page">
      <Asked query={query} shape="text">
        {({ allocation }) =>
          allocation ? (
            <>
              <Heading allocation={allocation} connection={<LiveDot connection={connection} />} />
              <Stages allocation={allocation} />
              <Actions allocation={allocation} onChanged={reload} />
              <Card as="section" aria-labelledby="deliveries" className="desk-part">
                <h2 id="deliveries">{t('deliver.deliveries')}</h2>
                {allocation.deliveries.nodes.length === 0 && <p className="muted">{t('deliver.noDeliveriesYet')}</p>}
                {allocation.deliveries.nodes.map((delivery) => (
                  <DeliveryCard key={delivery.id} delivery={delivery} kind={allocation.kind} onChanged={reload} />
                ))}
              </Card>
              <OutcomesPart allocation={allocation} onChanged={reload} />
              {allocation.kind.family === 'LIVESTOCK' && !allocation.herd && allocation.quantities.received !== '0' && (
                <p>
                  <Link to="/cb/giao-nhan/$id/dan" params={{ id }}>
                    {t('herd.open')}
                  </Link>
                </p>
              )}
            </>
          ) : (
            <>
              <PageHeading>{t('deliver.title')}</PageHeading>
              <Empty title={t('notYours')} />
            </>
          )
        }
      </Asked>
    </div>
  )
}

function Heading({ allocation, connection }: { allocation: AllocationInFull; connection: ReactNode }) {
  const t = useTranslations('desk')
  const kindName = useKindName()
  const { household, pledge } = allocation
  return (
    <>
      <PageHeading
        title={`${allocation.recipientCode} · ${kindName(allocation.kind)}`}
        above={<Link to="/cb/giao-nhan">{t('deliver.title')}</Link>}
        lede={
          <span className="row">
            <KindName kind={allocation.kind} /> <Amount of={allocation.quantities.allocated} kind={allocation.kind} /> {connection}
          </span>
        }
      >
        {allocation.recipientCode}
      </PageHeading>
      {allocation.line && <LineTerms post={allocation.line.post} agreement={allocation.line.agreement} promised={allocation.line.quantities.promised} />}
      <dl className="desk-facts">
        {household && (
          <Fact term={t('register.household')}>
            <Link to="/cb/ho/$id" params={{ id: keyPart(household.id) }}>
              <bdi>{household.headName}</bdi>
            </Link>
            {household.phone && <> · {household.phone}</>}
          </Fact>
        )}
        <Fact term={t('where')}>{allocation.area.fullName}</Fact>
        {pledge && (
          <Fact term={t('deliver.from')}>
            <Link to="/cb/cam-ket" search={{ chon: pledge.id }}>
              <bdi>{pledge.party?.name ?? t('pledges.anonymous')}</bdi>
            </Link>
          </Fact>
        )}
        <Fact term={t('deliver.matchedOn')}>
          <When at={allocation.decidedAt} />
        </Fact>
        <Fact term={t('deliver.acceptedOn')}>{allocation.acceptedAt ? <When at={allocation.acceptedAt} /> : t('deliver.notAccepted')}</Fact>
        {allocation.reasons.length > 0 && <Fact isLong term={t('match.why')}>{allocation.reasons.map(({ text }) => text).join(' · ')}</Fact>}
        {allocation.overrideReason && (
          <Fact isLong term={t('match.overridden')}>
            {allocation.overridden.map(({ text }) => text).join(' · ')}: <q>{allocation.overrideReason}</q>
          </Fact>
        )}
      </dl>
    </>
  )
}

const stages = ['allocated', 'dispatched', 'received', 'settled'] as const

function Stages({ allocation }: { allocation: AllocationInFull }) {
  const t = useTranslations('desk')
  const { quantities, kind, completion } = allocation
  return (
    <div className="stack">
      <dl className="desk-quantities desk-stages">
        {stages.map((stage) => (
          <div key={stage}>
            <dt>{t(`stage.${stage}`)}</dt>
            <dd>
              <Amount of={quantities[stage]} kind={kind} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="row">
        <Badge tone={completion.isComplete ? 'ok' : 'neutral'} icon={completion.isComplete ? 'check' : 'clock'}>
          {t(completion.isComplete ? 'deliver.complete' : 'deliver.notComplete')}
        </Badge>
        {completion.says}
      </p>
    </div>
  )
}

function Actions({ allocation, onChanged }: { allocation: AllocationInFull; onChanged: () => void }) {
  const t = useTranslations('desk')
  const { isOfficer } = useDesk()
  const [isReleasing, setReleasing] = useState(false)
  const { quantities, viewerCan } = allocation
  const toSettle = BigInt(quantities.received) - BigInt(quantities.settled)
  return (
    <>
      {viewerCan.dispatch.allowed && (
        <Card as="section" aria-labelledby="dispatch" className="desk-part">
          <h2 id="dispatch">{t('deliver.dispatchTitle')}</h2>
          <DispatchForm allocation={allocation} onChanged={onChanged} />
          <div>
            <Button variant="quiet" size="compact" onClick={() => setReleasing(true)}>
              {t('deliver.release')}
            </Button>
          </div>
          <ReleaseDialog allocation={allocation} isOpen={isReleasing} onClose={() => setReleasing(false)} onChanged={onChanged} />
        </Card>
      )}
      {isOfficer && toSettle > 0n && (
        <Card as="section" aria-labelledby="settle" className="desk-part">
          <h2 id="settle">{t('deliver.settleTitle')}</h2>
          {viewerCan.settle.allowed ? (
            <SettleForm allocation={allocation} open={toSettle.toString()} onChanged={onChanged} />
          ) : (
            <Notice tone="warn" live={false} title={t('deliver.settleNotYou')}>
              {t('deliver.settleNotYouNote')}
            </Notice>
          )}
        </Card>
      )}
    </>
  )
}
