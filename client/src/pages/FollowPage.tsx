// Following one pledge by its code, without an account: its life moves while one watches.
import { getRouteApi } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { LiveFeed } from '../features/activity/LiveFeed.tsx'
import { placeOf } from '../features/areas/area-words.ts'
import { CodeForm } from '../features/pledges/CodeForm.tsx'
import { codeInGroups } from '../../../common/code-in-groups.ts'
import { looksLikeTransferCode, PledgeLife } from '../features/pledges/pledge-life.ts'
import { PledgeLines } from '../features/pledges/PledgeLines.tsx'
import { NextSteps, PledgeTimeline } from '../features/pledges/PledgeTimeline.tsx'
import { graphql } from '../graphql/graphql.ts'
import { wordsOf } from '../graphql/problem.ts'
import { Badge } from '../ui/Badge.tsx'
import { AnchorButton, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Failed } from '../ui/Failed.tsx'
import { When } from '../ui/Figure.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { isolated } from '../ui/names.ts'
import '../features/pledges/pledges.css'

const FollowQuery = graphql(
  `
    query Follow($code: String!) {
      pledgeByCode(code: $code) {
        ...PledgeLife
      }
    }
  `,
  [PledgeLife],
)

export function FollowPage() {
  const { code } = getRouteApi('/theo-doi/$code').useParams()
  return <Followed key={code} code={code} />
}

function Followed({ code }: { code: string }) {
  const [{ data, error }, ask] = useQuery({ query: FollowQuery, variables: { code }, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  if (!data && error) return <div className="page"><Failed {...wordsOf(error)} onRetry={again} /></div>
  if (!data) return <div className="page page-pending"><Waiting count={5} /></div>
  const known = data.pledgeByCode?.followCode
  if (!data.pledgeByCode || !known) return <NoSuchPledge code={code} />
  return <Life code={known} pledge={data.pledgeByCode} isStale={error !== undefined} onMoved={again} />
}

function Life({ code, pledge, isStale, onMoved }: { code: string; pledge: PledgeLife; isStale: boolean; onMoved: () => void }) {
  const t = useTranslations('life')
  const language = useLocale()
  return (
    <div className="page">
      <div className="stack">
        <PageHeading title={t('pageTitle')} above={t('code', { code: codeInGroups(code) })} lede={<>{pledge.area.fullName}, {placeOf(pledge.area)}</>}>
          {pledge.party ? t('heading', { giver: isolated(pledge.party.name) }) : t(pledge.anonymous ? 'headingAnonymous' : 'headingUnnamed')}
        </PageHeading>
        <div className="row">
          {pledge.isLate && <Badge tone="warn" icon="clock">{t('isLate')}</Badge>}
          <span className="muted">{t('expected')} <When at={pledge.expectedOn} /></span>
          <LinkButton to="/bien-nhan/$code" params={{ code }} icon="print" variant="quiet">{t('receipt')}</LinkButton>
          {pledge.state === 'VERIFIED' && (
            <AnchorButton href={`/tai-ve/ghi-nhan/${code}.pdf?ngon-ngu=${language}`} icon="hands" variant="quiet" target="_blank" rel="noopener">{t('certificate')}</AnchorButton>
          )}
        </div>
        {isStale && <Notice tone="warn"><p>{t('stale')}</p></Notice>}
      </div>
      <section className="stack" aria-label={t('title')}>
        <Card><PledgeTimeline pledge={pledge} /></Card>
        <h2>{t('nextTitle')}</h2>
        <NextSteps pledge={pledge} />
      </section>
      <section className="stack">
        <h2>{t('linesTitle')}</h2>
        <PledgeLines pledge={pledge} />
        {pledge.allocations.totalCount > pledge.allocations.nodes.length && <p className="muted">{t('newestOnly', { count: pledge.allocations.nodes.length, total: pledge.allocations.totalCount })}</p>}
        <p className="muted">{t('privacy')}</p>
      </section>
      <Card>
        <LiveFeed title={t('log')} scope={{ followCode: code }} empty={t('logEmpty')} count={12} onMoved={onMoved} />
      </Card>
    </div>
  )
}

function NoSuchPledge({ code }: { code: string }) {
  const t = useTranslations('life')
  return (
    <div className="page page-narrow">
      <PageHeading above="404" title={t('unknownTitle')} lede={looksLikeTransferCode(code) ? t('transferCode', { code: code.slice(0, 40) }) : t('unknown', { code: code.slice(0, 40) })}>
        {t('unknownTitle')}
      </PageHeading>
      <CodeForm initial={code.slice(0, 40)} />
    </div>
  )
}
