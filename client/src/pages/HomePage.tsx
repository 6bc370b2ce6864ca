// The front page: what this is for, what has come of it so far, what is happening now, where help is lacking, and how it works.
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { LiveFeed } from '../features/activity/LiveFeed.tsx'
import { AreaCard, AreaCardParts } from '../features/areas/AreaCard.tsx'
import { AreaSearch } from '../features/areas/AreaSearch.tsx'
import { Totals, TotalsParts } from '../features/pledges/Totals.tsx'
import { graphql } from '../graphql/graphql.ts'
import { wordsOf } from '../graphql/problem.ts'
import { sections } from '../shell/sections.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Icon } from '../ui/Icon.tsx'
import { kinds, KindTile } from '../ui/KindMark.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import './HomePage.css'

const HomeQuery = graphql(
  `
    query Home {
      totals {
        ...TotalsParts
      }
      areas(kind: HAMLET, inNeed: true, first: 6) {
        totalCount
        nodes {
          ...AreaCardParts
        }
      }
    }
  `,
  [TotalsParts, AreaCardParts],
)

export function HomePage() {
  const t = useTranslations()
  const [{ data, error }, ask] = useQuery({ query: HomeQuery, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  const trouble = error && !data ? <Failed {...wordsOf(error)} onRetry={again} /> : null
  return (
    <>
      <div className="hero">
        <div className="landscape" />
        <div className="hero-words">
          <PageHeading title={t('home.title')} lede={t('home.lede')}>
            {t('home.heading')} <span className="hero-second">{t('home.headingEnd')}</span>
          </PageHeading>
          <Card className="hero-search">
            <AreaSearch />
          </Card>
        </div>
      </div>
      <div className="page">
        <div className="home-now">
          <div className="stack home-main">
            <section className="stack" aria-labelledby="totals">
              <div>
                <h2 id="totals">{t('home.totalsTitle')}</h2>
                <p className="muted">{t('home.totalsLede')}</p>
              </div>
              {trouble ?? (data ? data.totals.length > 0 ? <Totals totals={data.totals} /> : <p className="muted">{t('home.noTotals')}</p> : <Waiting shape="card" count={3} />)}
            </section>
            <section className="stack" aria-labelledby="in-need">
              <div>
                <h2 id="in-need">{t('home.inNeedTitle')}</h2>
                <p className="muted">{t('home.inNeedLede')}</p>
              </div>
              {!data && (trouble ?? <Waiting shape="card" count={3} />)}
              {data && data.areas.nodes.length === 0 && <Empty icon="check" title={t('home.nobodyInNeed')} />}
              <ul role="list" className="tiles">
                {data?.areas.nodes.map((area) => <AreaCard key={area.id} area={area} />)}
              </ul>
              <div className="row">
                <LinkButton to={sections.hamlets} iconEnd="arrow-right">
                  {t('home.allInNeed')}
                </LinkButton>
                <LinkButton to="/viec-lam" variant="quiet" icon="job">
                  {t('shell.openings')}
                </LinkButton>
              </div>
            </section>
          </div>
          <Card className="home-feed">
            <LiveFeed title={t('feed.justNow')} empty={t('feed.emptyCountry')} onMoved={again} />
          </Card>
        </div>
        <KindsOfSupport />
        <Card as="section" className="promise-card">
          <div className="stack">
            <h2>{t('home.promiseTitle')}</h2>
            <p>{t('home.promiseLede')}</p>
            <div>
              <LinkButton to="/gioi-thieu" iconEnd="arrow-right">
                {t('home.promiseMore')}
              </LinkButton>
            </div>
          </div>
          <PromiseThread />
        </Card>
      </div>
    </>
  )
}

function KindsOfSupport() {
  const t = useTranslations()
  return (
    <section className="stack">
      <div>
        <h2>{t('home.kindsTitle')}</h2>
        <p className="muted">{t('home.kindsLede')}</p>
      </div>
      <ul role="list" className="tiles">
        {kinds.map((kind) => (
          <Card key={kind} as="li" className="kind-card">
            <KindTile kind={kind} />
            <div>
              <h3>{t(`kind.${kind}`)}</h3>
              <p className="muted">{t(`home.kinds.${kind}`)}</p>
            </div>
          </Card>
        ))}
      </ul>
    </section>
  )
}

/** The six stages as a drawing only: the page behind the link says them in words. */
function PromiseThread() {
  return (
    <div className="promise-thread" aria-hidden>
      {(['hands', 'shield', 'bank', 'truck', 'household', 'sprout'] as const).map((name) => (
        <span key={name}>
          <Icon name={name} size={24} />
        </span>
      ))}
    </div>
  )
}
