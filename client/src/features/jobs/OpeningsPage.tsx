// Work and buyers for produce that are still open, for whoever looks: all that is asked stands in the address.
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { sections } from '../../shell/sections.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { PlaceField } from '../areas/PlaceField.tsx'
import { idOfArea, keyOfArea } from '../areas/area-words.ts'
import { OpeningCard, OpeningParts } from './OpeningCard.tsx'
import { OpeningWays, useOffices } from './OpeningWays.tsx'
import { askedOf, kindToPledge } from './asked-openings.ts'
import type { OpeningSearch } from './opening-search.ts'
import './openings.css'

const OpeningsQuery = graphql(
  `
    query Openings($area: ID, $search: String, $family: SupportFamily, $withoutSkills: Boolean, $after: String) {
      openings(area: $area, search: $search, family: $family, withoutSkills: $withoutSkills, first: 12, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...OpeningParts
        }
      }
    }
  `,
  [OpeningParts],
)

const PlaceQuery = graphql(`
  query OpeningPlace($id: ID!) {
    area(id: $id) {
      id
      fullName
    }
  }
`)

export function OpeningsPage() {
  const t = useTranslations('openings')
  const search = getRouteApi('/viec-lam').useSearch()
  return (
    <div className="page">
      <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
      <div className="stack">
        <Words search={search} />
        <Filters search={search} />
      </div>
      <Results key={JSON.stringify(search)} search={search} />
      <Ways search={search} />
    </div>
  )
}

function useAsk(search: OpeningSearch) {
  const navigate = useNavigate()
  return (next: Partial<OpeningSearch>) => void navigate({ to: '/viec-lam', search: { ...search, ...next }, replace: true, resetScroll: false })
}

function Words({ search }: { search: OpeningSearch }) {
  const t = useTranslations('openings')
  const ask = useAsk(search)
  const { tim = '' } = search
  const [{ typed, of }, setTyped] = useState({ typed: tim, of: tim })
  // The address changed: by what was typed, or by something else.
  if (of !== tim) setTyped({ typed: tim, of: tim })
  const send = (event: FormEvent) => {
    event.preventDefault()
    ask({ tim: typed.trim() || undefined })
  }
  return (
    <form role="search" className="opening-search" noValidate onSubmit={send}>
      <Field name="tim" label={t('words')} hint={t('wordsHint')} optional>
        <TextInput type="search" autoComplete="off" enterKeyHint="search" maxLength={80} value={typed} onChange={(event) => setTyped({ typed: event.target.value, of: tim })} />
      </Field>
      <Button type="submit" variant="primary" icon="search">{t('submit')}</Button>
    </form>
  )
}

function Filters({ search }: { search: OpeningSearch }) {
  const t = useTranslations('openings')
  const ask = useAsk(search)
  const { noi, loai, nghe } = search
  const id = idOfArea(noi ?? '')
  const [{ data, fetching }] = useQuery({ query: PlaceQuery, variables: { id }, pause: !noi })
  const name = data?.area?.id === id ? data.area.fullName : fetching ? '…' : noi
  return (
    <div className="opening-filters">
      <PlaceField
        name="noi"
        label={t('place')}
        optional
        chosen={(noi && name) ?? ''}
        onChoose={(place) => ask({ noi: place ? keyOfArea(place.id) : undefined })}
      />
      <Field name="loai" label={t('what')}>
        <Select
          value={loai ?? ''}
          options={[{ value: '', label: t('both') }, { value: 'viec-lam', label: t('jobs') }, { value: 'nong-san', label: t('produce') }]}
          onChange={({ target: { value } }) => ask({ loai: (value || undefined) as OpeningSearch['loai'] })}
        />
      </Field>
      {loai !== 'nong-san' && <Checkbox label={t('noSkill')} checked={nghe === 'khong'} onChange={({ target: { checked } }) => ask({ nghe: checked ? 'khong' : undefined })} />}
    </div>
  )
}

function Results({ search }: { search: OpeningSearch }) {
  const t = useTranslations('openings')
  const offices = useOffices()
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error, fetching }, ask] = useQuery({ query: OpeningsQuery, variables: { ...askedOf(search), after }, requestPolicy: 'cache-and-network' })
  if (error && !data) return <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  if (!data) return <Waiting shape="card" count={6} />
  const { nodes, totalCount, pageInfo } = data.openings
  if (nodes.length === 0) return <NothingFound search={search} />
  return (
    <section className="stack" aria-labelledby="found">
      <h2 id="found" aria-live="polite">{t('found', { count: totalCount })}</h2>
      {error && <Notice tone="warn"><p>{t('stale')}</p></Notice>}
      <ul role="list" className="tiles openings">
        {nodes.map((opening) => <OpeningCard key={opening.id} opening={opening} ways={<OpeningWays opening={opening} offices={offices} />} />)}
      </ul>
      {pageInfo.hasNextPage && (
        <div>
          <Button busy={fetching} onClick={() => setAfter(pageInfo.endCursor)}>{t('more')}</Button>
        </div>
      )}
    </section>
  )
}

function NothingFound({ search }: { search: OpeningSearch }) {
  const t = useTranslations('openings')
  const navigate = useNavigate()
  const isAsked = Object.values(search).some((value) => value !== undefined)
  return (
    <Empty
      icon="job"
      title={t(isAsked ? 'nothingLikeIt' : 'nothing')}
      action={isAsked && <Button onClick={() => void navigate({ to: '/viec-lam', search: {} })}>{t('clear')}</Button>}
    >
      {t(isAsked ? 'nothingHint' : 'nothingYet')}
    </Empty>
  )
}

/** How a household gets there, and how a business gets in. */
function Ways({ search }: { search: OpeningSearch }) {
  const t = useTranslations('openings')
  const { noi } = search
  return (
    <div className="tiles opening-ways">
      <Card as="section">
        <h2>{t('householdTitle')}</h2>
        <p>{t('household')}</p>
      </Card>
      <Card as="section">
        <h2>{t('businessTitle')}</h2>
        <p>{t('business')}</p>
        <div>
          {noi ? (
            <LinkButton to="/chung-tay/$id" params={{ id: noi }} search={{ loai: kindToPledge(search) }} icon="hands">{t('pledge')}</LinkButton>
          ) : (
            <LinkButton to={sections.hamlets} iconEnd="arrow-right">{t('choosePlace')}</LinkButton>
          )}
        </div>
      </Card>
    </div>
  )
}
