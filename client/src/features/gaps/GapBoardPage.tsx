// The gap board of an area: what each hamlet lacks of each kind, how that compares, who is there, and ways to help.
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { namesNothing, wordsOf } from '../../graphql/problem.ts'
import { useLive } from '../../graphql/use-live.ts'
import { NotFoundPage } from '../../shell/NotFoundPage.tsx'
import { sections } from '../../shell/sections.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { Notice, type Tone } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { ProgressThreePart } from '../../ui/ProgressThreePart.tsx'
import { Select } from '../../ui/Select.tsx'
import { Table } from '../../ui/Table.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, idOfArea, keyOfArea, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { Adopters } from './Adopters.tsx'
import { type BoardSearch, type Level, levels } from './board-search.ts'
import '../areas/areas.css'
import './gaps.css'

const GapRow = graphql(
  `
    fragment GapRow on Gap @_unmask {
      area {
        id
        fullName
      }
      kind {
        ...SupportKindWords
      }
      quantity
      allocated
      received
      open
      pledgedOpen
      met
      average
      level
      activeParties {
        isAdopting
        party {
          id
          name
        }
      }
      causes {
        open
        cause {
          code
          name
          nameEn
        }
      }
    }
  `,
  [SupportKindWords],
)

type GapRow = ResultOf<typeof GapRow>

const BoardQuery = graphql(
  `
    query GapBoard($area: ID!, $kind: String, $level: GapLevel, $after: String) {
      hub {
        feedCursor
      }
      area(id: $area) {
        ...AreaPlace
        isLiving
      }
      supportKinds {
        ...SupportKindWords
      }
      gaps(area: $area, kind: $kind, level: $level, first: 30, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...GapRow
        }
      }
    }
  `,
  [AreaPlace, SupportKindWords, GapRow],
)

const BoardEvents = graphql(`
  subscription GapBoardGoesOn($scope: EventScope, $after: Cursor) {
    events(scope: $scope, after: $after) {
      __typename
      id
      cursor
    }
  }
`)

/** What a filter says when it leaves nothing out. */
const ALL = 'tat-ca'

export function GapBoardPage() {
  const { id } = getRouteApi('/cho-thieu/$id').useParams()
  const search = getRouteApi('/cho-thieu/$id').useSearch()
  return <Board key={`${id} ${search.loai} ${search.muc}`} areaKey={id} {...search} />
}

function Board({ areaKey, loai, muc }: BoardSearch & { areaKey: string }) {
  const t = useTranslations('gaps')
  const words = useSupportWords()
  const navigate = useNavigate()
  const area = idOfArea(areaKey)
  const [after, setAfter] = useState<string | null>(null)
  const variables = { area, kind: loai ?? null, level: muc ?? null, after }
  const [{ data, error, fetching }, ask] = useQuery({ query: BoardQuery, variables, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  const connection = useLive(BoardEvents, { scope: { area } }, { after: data?.hub.feedCursor, refresh: again })
  if (!data && namesNothing(error)) return <NotFoundPage />
  if (!data && error) return <div className="page"><Failed {...wordsOf(error)} onRetry={again} /></div>
  if (!data) return <div className="page page-pending"><Waiting shape="row" count={6} /></div>
  if (!data.area) return <NotFoundPage />
  const { fullName, isLiving } = data.area
  const choose = (change: BoardSearch) => void navigate({ to: '/cho-thieu/$id', params: { id: areaKey }, search: { loai, muc, ...change }, replace: true })
  return (
    <div className="page">
      <div className="stack">
        <PageHeading title={t('title')} above={<Link to="/thon/$id" params={{ id: areaKey }}>‹ {fullName}</Link>} lede={t('lede')}>
          {t('heading', { area: fullName })}
        </PageHeading>
        <p className="muted">{placeOf(data.area)}</p>
        {error && <Notice tone="warn"><p>{t('stale')}</p></Notice>}
        <div className="row">
          <LiveDot connection={connection} />
          {isLiving && <LinkButton to="/do-dau/$id" params={{ id: areaKey }} search={{ loai }} icon="shield">{t('adoptArea', { area: fullName })}</LinkButton>}
        </div>
      </div>
      <div className="area-filters">
        <Field name="loai" label={t('kind')}>
          <Select
            value={loai ?? ALL}
            options={[{ value: ALL, label: t('everyKind') }, ...data.supportKinds.map((kind) => ({ value: kind.code, label: words.name(kind) }))]}
            onChange={({ target: { value } }) => choose({ loai: value === ALL ? undefined : value })}
          />
        </Field>
        <Field name="muc" label={t('level')}>
          <Select
            value={muc ?? ALL}
            options={[{ value: ALL, label: t('everyLevel') }, ...levels.map((value) => ({ value, label: t(`is.${value}`) }))]}
            onChange={({ target: { value } }) => choose({ muc: levels.find((level) => level === value) })}
          />
        </Field>
      </div>
      {data.gaps.nodes.length === 0 ? (
        <Empty icon="check" title={t('none')} action={<LinkButton to={sections.hamlets}>{t('elsewhere')}</LinkButton>}>{t('noneHint')}</Empty>
      ) : (
        <div className="stack">
          <p className="muted">{t('count', { count: data.gaps.totalCount })} · {t('note')}</p>
          <GapTable rows={data.gaps.nodes} />
          {data.gaps.pageInfo.hasNextPage && (
            <div>
              <Button busy={fetching} onClick={() => setAfter(data.gaps.pageInfo.endCursor)}>{t('more')}</Button>
            </div>
          )}
        </div>
      )}
      <Adopters area={area} />
    </div>
  )
}

const toneOf: Record<Level, Tone> = { UNDER: 'warn', EVEN: 'neutral', OVER: 'ok' }

function GapTable({ rows }: { rows: readonly GapRow[] }) {
  const t = useTranslations('gaps')
  const words = useSupportWords()
  return (
    <div className="gap-table">
      <Table
        caption={t('caption')}
        captionHidden
        stacks
        rows={rows}
        rowKey={({ area, kind }) => `${area.id} ${kind.code}`}
        columns={[
          {
            key: 'hamlet', header: t('hamlet'), isRowHeader: true,
            render: ({ area, kind }) => (
              <>
                <Link to="/thon/$id" params={{ id: keyOfArea(area.id) }}>{area.fullName}</Link>
                <br />
                <b>{words.name(kind)}</b>
              </>
            ),
          },
          { key: 'picture', header: <span>{t('picture')}</span>, render: (gap) => <Picture gap={gap} /> },
          {
            key: 'compared', header: t('compared'),
            render: ({ level, met, average }) => (
              <span className="gap-level">
                <Badge tone={toneOf[level]}>{t(`is.${level}`)}</Badge>
                <span className="muted figures">{t('met', { met, average })}</span>
              </span>
            ),
          },
          { key: 'active', header: t('active'), render: ({ activeParties }) => <Active parties={activeParties} /> },
          { key: 'do', header: <span>{t('do')}</span>, render: (gap) => <Ways gap={gap} /> },
        ]}
      />
    </div>
  )
}

function Picture({ gap: { kind, quantity, allocated, received, open, pledgedOpen, causes } }: { gap: GapRow }) {
  const t = useTranslations('gaps')
  const words = useSupportWords()
  const language = useLocale()
  return (
    <div className="stack gap-picture">
      <ProgressThreePart
        delivered={received}
        atHand={BigInt(allocated) - BigInt(received)}
        pledgedOnly={BigInt(pledgedOpen) < BigInt(open) ? pledgedOpen : open}
        needed={quantity}
        atHandIs="allocated"
        format={(amount) => words.amount(kind, amount)}
      />
      {causes.length > 0 && (
        <details>
          <summary>{t('causes')}</summary>
          <ul>
            {causes.map((each) => (
              <li key={each.cause.code}>{t('cause', { cause: language === 'vi' ? each.cause.name : each.cause.nameEn, open: words.amount(kind, each.open) })}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Active({ parties }: { parties: GapRow['activeParties'] }) {
  const t = useTranslations('gaps')
  if (parties.length === 0) return <span className="muted">{t('nobody')}</span>
  return (
    <ul role="list">
      {parties.map(({ party, isAdopting }) => (
        <li key={party.id}>
          <bdi>{party.name}</bdi> <span className="muted">({t(isAdopting ? 'adopting' : 'giving')})</span>
        </li>
      ))}
    </ul>
  )
}

function Ways({ gap: { area, kind, open } }: { gap: GapRow }) {
  const t = useTranslations('gaps')
  const words = useSupportWords()
  const params = { id: keyOfArea(area.id) }
  return (
    <span className="gap-ways">
      {open === '0' ? (
        <Badge tone="ok" icon="check">{t('covered')}</Badge>
      ) : (
        <LinkButton to="/chung-tay/$id" params={params} search={{ loai: kind.code, so: open }} variant="primary">
          {t('pledge')}
          <span className="visually-hidden"> {t('pledgeFor', { what: words.what(kind, open), area: area.fullName })}</span>
        </LinkButton>
      )}
      <LinkButton to="/do-dau/$id" params={params} search={{ loai: kind.code }} variant="quiet">
        {t('adopt')}
        <span className="visually-hidden"> {t('adoptFor', { kind: words.name(kind), area: area.fullName })}</span>
      </LinkButton>
    </span>
  )
}
