// One area of any kind, living or ended: what it lacks, who has pledged, what happens there now, and where it comes from.
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { LiveFeed } from '../features/activity/LiveFeed.tsx'
import { AreaChildren } from '../features/areas/AreaChildren.tsx'
import { AreaHistory, AreaHistoryParts, EndedNotice } from '../features/areas/AreaHistory.tsx'
import { AreaNeeds } from '../features/areas/AreaNeeds.tsx'
import { JobTarget } from '../features/areas/JobTarget.tsx'
import { JobTargetFigures } from '../features/areas/job-target.ts'
import { NeedList } from '../features/areas/NeedList.tsx'
import { AreaPlace, idOfArea, keyOfArea } from '../features/areas/area-words.ts'
import { NearbyInNeed } from '../features/areas/NearbyInNeed.tsx'
import { AreaPledges } from '../features/pledges/AreaPledges.tsx'
import { useViewer } from '../features/identity/viewer.ts'
import { dayInVietNam } from '../features/pledges/pledge-life.ts'
import { graphql, type ResultOf } from '../graphql/graphql.ts'
import { namesNothing, wordsOf } from '../graphql/problem.ts'
import { NotFoundPage } from '../shell/NotFoundPage.tsx'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { withWords } from '../i18n/words.ts'
import '../features/areas/areas.css'

// For few, and not for those who only read.
const AddHamlet = lazy(withWords(['desk'], async () => ({ default: (await import('../features/areas/AddHamlet.tsx')).AddHamlet })))

const AreaQuery = graphql(
  `
    query Area($id: ID!, $year: Int!) {
      area(id: $id) {
        ...AreaPlace
        ...AreaNeeds
        ...AreaHistoryParts
        kind
        validFrom
        isDemonstration
        households {
          label
        }
        jobTarget(year: $year) {
          ...JobTargetFigures
        }
      }
      totals(area: $id) {
        pledges
        kind {
          code
        }
        quantities {
          open
        }
      }
    }
  `,
  [AreaPlace, AreaNeeds, AreaHistoryParts, JobTargetFigures],
)

type Shown = ResultOf<typeof AreaQuery>

export function AreaPage() {
  const { id } = getRouteApi('/thon/$id').useParams()
  return <AreaOf key={id} id={idOfArea(id)} />
}

function AreaOf({ id }: { id: string }) {
  const t = useTranslations('areaPage')
  const [year] = useState(() => Number(dayInVietNam().slice(0, 4)))
  const [{ data, error }, ask] = useQuery({ query: AreaQuery, variables: { id, year }, requestPolicy: 'cache-and-network' })
  const [moves, setMoves] = useState(0)
  const [hamlets, setHamlets] = useState(0)
  const { viewer } = useViewer()
  const again = () => ask({ requestPolicy: 'network-only' })
  if (!data && namesNothing(error)) return <NotFoundPage />
  if (!data && error) return <div className="page"><Failed {...wordsOf(error)} onRetry={again} /></div>
  if (!data) return <div className="page page-pending"><Waiting count={5} /></div>
  const { area, totals } = data
  if (!area) return <NotFoundPage />
  const pledgedOnly = new Map(totals.map(({ kind, quantities }) => [kind.code, quantities.open]))
  const isPledgeable = area.isLiving
  const mayAddHamlet = area.isLiving && area.kind === 'COMMUNE' &&
    viewer?.roles.some(({ role, area: office }) => role === 'ADMIN' || (role === 'COMMUNE_OFFICER' && office?.id === id))
  return (
    <div className="page">
      <div className="stack">
        <PageHeading title={area.fullName} above={<Breadcrumbs area={area} />} lede={t(`kind.${area.kind}`)}>
          {area.fullName}
        </PageHeading>
        {error && <Notice tone="warn"><p>{t('stale')}</p></Notice>}
        <EndedNotice area={area} />
        <dl className="area-facts">
          <Fact term={t('households')}>{area.households.label}</Fact>
          <Fact term={t('lacking')}>{t('kinds', { count: area.needs.filter(({ open }) => open !== '0').length })}</Fact>
        </dl>
        {isPledgeable && (
          <div className="row">
            <LinkButton to="/chung-tay/$id" params={{ id: keyOfArea(id) }} variant="primary" icon="hands">
              {t('adopt')}
            </LinkButton>
            <LinkButton to="/cho-thieu/$id" params={{ id: keyOfArea(id) }}>
              {t('gaps')}
            </LinkButton>
            <LinkButton to="/viec-lam" search={{ noi: keyOfArea(id) }} variant="quiet" icon="job">
              {t('openings')}
            </LinkButton>
          </div>
        )}
      </div>
      <div className="area-grid">
        <div className="stack area-main">
          {area.isLiving && <Needs area={area} pledgedOnly={pledgedOnly} />}
          {area.isLiving && area.jobTarget && <JobTarget target={area.jobTarget} year={year} />}
          <section className="stack">
            <h2>{t('pledges')}</h2>
            <AreaPledges id={id} version={moves} />
          </section>
          <section className="stack">
            <AreaChildren key={hamlets} id={id} on={area.validTo} />
            {mayAddHamlet && <Suspense><AddHamlet commune={area} onAdded={() => setHamlets(hamlets + 1)} /></Suspense>}
          </section>
          <AreaHistory area={area} />
        </div>
        <Card className="area-aside">
          <LiveFeed
            title={t('feed')}
            scope={{ area: id }}
            empty={t('feedEmpty')}
            count={6}
            onMoved={() => {
              setMoves((count) => count + 1)
              again()
            }}
          />
        </Card>
      </div>
    </div>
  )
}

function Needs({ area, pledgedOnly }: { area: NonNullable<Shown['area']>; pledgedOnly: ReadonlyMap<string, string> }) {
  const t = useTranslations('areaPage')
  const isAllMet = area.needs.every(({ open }) => open === '0')
  return (
    <section className="stack">
      <h2>{t('needs')}</h2>
      {area.needs.length > 0 && (
        <Card>
          <NeedList needs={area.needs} pledgedOnly={pledgedOnly} />
          <p className="muted">{t('needsNote')}</p>
        </Card>
      )}
      {isAllMet && (
        <>
          <Empty icon="check" title={t(area.needs.length > 0 ? 'allMet' : 'noNeeds')}>
            {t('nearbyHint')}
          </Empty>
          <NearbyInNeed area={area} />
        </>
      )}
    </section>
  )
}

function Breadcrumbs({ area }: { area: NonNullable<Shown['area']> }) {
  const t = useTranslations('areaPage')
  return (
    <nav aria-label={t('place')}>
      <ol role="list" className="breadcrumbs">
        <li>
          <Link to="/thon">{t('everywhere')}</Link>
        </li>
        {area.ancestors.map(({ id, fullName }) => (
          <li key={id}>
            <span aria-hidden>›</span>
            <Link to="/thon/$id" params={{ id: keyOfArea(id) }}>
              {fullName}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="figures">{children}</dd>
    </div>
  )
}
