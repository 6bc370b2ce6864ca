// All pledges of one's own party, newest first: how far each has come, and what may still be changed.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { useLive } from '../../graphql/use-live.ts'
import { sections } from '../../shell/sections.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { When } from '../../ui/Figure.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { ProgressThreePart } from '../../ui/ProgressThreePart.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { NotSignedIn } from '../identity/NotSignedIn.tsx'
import { partyOf, useViewer } from '../identity/viewer.ts'
import { AmendDialog, WithdrawDialog } from './change-dialogs.tsx'
import { LineTerms, LineTermsWords } from './LineTerms.tsx'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import { LineWaits, spreadOf } from './pledge-life.ts'
import { Waits } from './Waits.tsx'
import '../areas/areas.css'
import './pledges.css'

const MyPledge = graphql(
  `
    fragment MyPledge on Pledge @_unmask {
      id
      followCode
      transferCode
      version
      state
      isLate
      anonymous
      expectedOn
      registeredAt
      area {
        ...AreaPlace
      }
      lines {
        ...LineTermsWords
        id
        detail
        kind {
          ...SupportKindWords
        }
        quantities {
          promised
          allocated
          dispatched
          received
        }
        allocations(first: 20) {
          nodes {
            id
            herd {
              id
              founders
              households
              living
            }
          }
        }
        ...LineWaits
      }
      viewerCan {
        amend {
          allowed
        }
        withdraw {
          allowed
        }
      }
    }
  `,
  [AreaPlace, LineWaits, LineTermsWords, SupportKindWords],
)

export type MyPledge = ResultOf<typeof MyPledge>

const MyPledgesQuery = graphql(
  `
    query MyPledges($after: String) {
      hub {
        feedCursor
      }
      pledges(mine: true, first: 20, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...MyPledge
        }
      }
    }
  `,
  [MyPledge],
)

const MyEvents = graphql(
  `
    subscription MyPledgesGoOn($scope: EventScope, $after: Cursor) {
      events(scope: $scope, after: $after) {
        __typename
        id
        cursor
      }
    }
  `,
)

export function MyPledgesPage() {
  const { viewer, error } = useViewer()
  const party = partyOf(viewer)
  if (viewer === undefined) return <div className="page page-pending">{error ? <Failed {...wordsOf(error)} /> : <Waiting shape="card" count={3} />}</div>
  if (!viewer || !party) return <NotSignedIn returnTo="/cam-ket-cua-toi" />
  return <MyPledges party={party} />
}

function MyPledges({ party }: { party: string }) {
  const t = useTranslations('myPledges')
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error, fetching }, ask] = useQuery({ query: MyPledgesQuery, variables: { after }, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  const connection = useLive(MyEvents, { scope: { party } }, { after: data?.hub.feedCursor, refresh: again })
  return (
    <div className="page">
      <div className="stack">
        <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
        <div className="row">
          <LiveDot connection={connection} />
          <LinkButton to="/cam-ket-cua-toi/tong-ket" variant="quiet" icon="print">{t('year')}</LinkButton>
          <LinkButton to="/do-dau-cua-toi" variant="quiet" icon="shield">{t('adoptions')}</LinkButton>
          <LinkButton to="/tai-khoan" variant="quiet" icon="user">{t('account')}</LinkButton>
        </div>
      </div>
      {!data && error && <Failed {...wordsOf(error)} onRetry={again} />}
      {!data && !error && <Waiting shape="card" count={3} />}
      {data && data.pledges.nodes.length === 0 && (
        <Empty icon="hands" title={t('none')} action={<LinkButton to={sections.hamlets} variant="primary">{t('find')}</LinkButton>}>
          {t('noneHint')}
        </Empty>
      )}
      <ul role="list" className="stack">
        {data?.pledges.nodes.map((pledge) => (
          <PledgeCard key={pledge.id} pledge={pledge} again={again} />
        ))}
      </ul>
      {data?.pledges.pageInfo.hasNextPage && (
        <div>
          <Button busy={fetching} onClick={() => setAfter(data.pledges.pageInfo.endCursor)}>{t('more')}</Button>
        </div>
      )}
    </div>
  )
}

const stateTone: Record<MyPledge['state'], Tone> = { REGISTERED: 'neutral', VERIFIED: 'info', DECLINED: 'danger', WITHDRAWN: 'neutral', LAPSED: 'warn' }

function PledgeCard({ pledge, again }: { pledge: MyPledge; again: () => void }) {
  const t = useTranslations('myPledges')
  const words = useSupportWords()
  const [open, setOpen] = useState<'amend' | 'withdraw' | null>(null)
  const close = () => setOpen(null)
  const { followCode: code, transferCode } = pledge
  return (
    <Card as="li">
      <div className="row">
        <Badge tone={stateTone[pledge.state]}>{t(`state.${pledge.state}`)}</Badge>
        {pledge.isLate && <Badge tone="warn" icon="clock">{t('late')}</Badge>}
        {pledge.anonymous && <Badge icon="lock">{t('anonymous')}</Badge>}
      </div>
      <div>
        <h2>{code ? <Link to="/theo-doi/$code" params={{ code }}>{pledge.area.fullName}</Link> : pledge.area.fullName}</h2>
        <p className="muted">
          {placeOf(pledge.area)} · {t('expected')} <When at={pledge.expectedOn} />{transferCode && <> · {t('transferCode')} <span className="figures">{codeInGroups(transferCode)}</span></>}
        </p>
      </div>
      {pledge.lines.map(({ id, kind, post, agreement, waitsFor, allocations, quantities: { promised, allocated, received } }) => (
        <div key={id} className="stack need-words">
          <h3>{words.what(kind, promised)}</h3>
          <LineTerms post={post} agreement={agreement} promised={promised} />
          <ProgressThreePart
            delivered={received}
            atHand={BigInt(allocated) - BigInt(received)}
            pledgedOnly={BigInt(promised) - BigInt(allocated)}
            needed={promised}
            atHandIs="allocated"
            format={(amount) => words.amount(kind, amount)}
          />
          <Waits waits={waitsFor} kind={kind} area={pledge.area.fullName} />
          <Spread kind={kind.code} {...spreadOf(allocations.nodes)} />
        </div>
      ))}
      <div className="row">
        {code && <LinkButton to="/theo-doi/$code" params={{ code }} icon="route">{t('follow')}</LinkButton>}
        {pledge.lines.some(({ quantities }) => quantities.dispatched !== quantities.allocated) && (
          <LinkButton to="/trao-tan-tay/$id" params={{ id: pledge.id.slice('Pledge:'.length) }} icon="hands">{t('handOver')}</LinkButton>
        )}
        {pledge.viewerCan.amend.allowed && <Button variant="quiet" onClick={() => setOpen('amend')}>{t('amend')}</Button>}
        {pledge.viewerCan.withdraw.allowed && <Button variant="quiet" onClick={() => setOpen('withdraw')}>{t('withdraw')}</Button>}
      </div>
      <AmendDialog pledge={pledge} isOpen={open === 'amend'} onClose={close} again={again} />
      <WithdrawDialog pledge={pledge} isOpen={open === 'withdraw'} onClose={close} again={again} />
    </Card>
  )
}

/** Of livestock that goes round: from how many animals to how many households. */
function Spread({ kind, founders, households, living }: { kind: string } & ReturnType<typeof spreadOf>) {
  const t = useTranslations('life.herd')
  if (founders === 0) return null
  return (
    <p>
      <b className="figures">{t('spread', { founders, households, kind })}</b> <span className="muted">· {t('living', { n: living })}</span>
    </p>
  )
}
