// Where help is needed: the most urgent hamlets first, or what was searched for; all filters stand in the address.
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Field } from '../../ui/Field.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaCard, AreaCardParts } from './AreaCard.tsx'
import { AreaSearch } from './AreaSearch.tsx'
import { idOfArea, keyOfArea } from './area-words.ts'
import { type AreaSearchParams, askedOf } from './area-filters.ts'
import { SupportKindWords, useKindOptions } from './support-kind.ts'
import './areas.css'

const AreasQuery = graphql(
  `
    query Areas($search: String, $kind: AreaKind, $within: ID, $inNeed: Boolean, $needKind: String, $after: String) {
      areas(search: $search, kind: $kind, within: $within, inNeed: $inNeed, needKind: $needKind, first: 18, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...AreaCardParts
        }
      }
    }
  `,
  [AreaCardParts],
)

const ChoicesQuery = graphql(
  `
    query AreaChoices {
      areas(kind: PROVINCE, living: true, first: 100) {
        nodes {
          id
          fullName
        }
      }
      supportKinds {
        ...SupportKindWords
      }
    }
  `,
  [SupportKindWords],
)

const route = getRouteApi('/thon')

export function AreasPage() {
  const t = useTranslations('areas')
  const params = route.useSearch()
  return (
    <div className="page">
      <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
      <div className="stack">
        <AreaSearch key={params.tim} initial={params.tim ?? ''} />
        <Filters params={params} />
      </div>
      <Results key={JSON.stringify(params)} params={params} />
    </div>
  )
}

function Filters({ params }: { params: AreaSearchParams }) {
  const t = useTranslations('areas')
  const optionsOf = useKindOptions()
  const navigate = useNavigate()
  const [{ data }] = useQuery({ query: ChoicesQuery })
  const change = (next: Partial<AreaSearchParams>) => void navigate({ to: '/thon', search: { ...params, ...next }, replace: true, resetScroll: false })
  return (
    <div className="area-filters">
      <Field name="tinh" label={t('province')} optional>
        <Select
          placeholder={t('anywhere')}
          value={params.tinh ?? ''}
          options={(data?.areas.nodes ?? []).map(({ id, fullName }) => ({ value: keyOfArea(id), label: fullName }))}
          onChange={(event) => change({ tinh: event.target.value || undefined })}
        />
      </Field>
      <Field name="loai" label={t('needKind')} optional>
        <Select
          placeholder={t('anyKind')}
          value={params.loai ?? ''}
          options={optionsOf(data?.supportKinds ?? [])}
          onChange={(event) => change({ loai: event.target.value || undefined })}
        />
      </Field>
      <Field name="cap" label={t('level')} optional>
        <Select
          placeholder={t('anyLevel')}
          value={params.cap ?? ''}
          options={(['thon', 'xa', 'tinh', 'huyen'] as const).map((value) => ({ value, label: t(`levels.${value}`) }))}
          onChange={(event) => change({ cap: (event.target.value || undefined) as AreaSearchParams['cap'] })}
        />
      </Field>
    </div>
  )
}

function Results({ params }: { params: AreaSearchParams }) {
  const t = useTranslations('areas')
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error, fetching }, ask] = useQuery({
    query: AreasQuery,
    variables: { ...askedOf(params), within: params.tinh ? idOfArea(params.tinh) : null, after },
  })
  if (error && !data) return <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  if (!data) return <Waiting shape="card" count={6} />
  const { nodes, totalCount, pageInfo } = data.areas
  if (nodes.length === 0) return <NothingFound params={params} />
  return (
    <section className="stack" aria-labelledby="found">
      <h2 id="found" aria-live="polite">
        {params.tim ? t('found', { count: totalCount, text: params.tim }) : t('inNeed', { count: totalCount })}
      </h2>
      <ul role="list" className="tiles">
        {nodes.map((area) => (
          <AreaCard key={area.id} area={area} />
        ))}
      </ul>
      {pageInfo.hasNextPage && (
        <div>
          <Button busy={fetching} onClick={() => setAfter(pageInfo.endCursor)}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function NothingFound({ params }: { params: AreaSearchParams }) {
  const t = useTranslations('areas')
  const navigate = useNavigate()
  return (
    <Empty title={params.tim ? t('notFound', { text: params.tim }) : t('nothing')} action={<Button onClick={() => void navigate({ to: '/thon', search: {} })}>{t('clear')}</Button>}>
      {t('nothingHint')}
    </Empty>
  )
}
