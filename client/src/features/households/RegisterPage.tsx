// The register of households: found by name or code, with or without diacritics, and by status.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { Table } from '../../ui/Table.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { keyPart } from '../desk/key-part.ts'
import { MoreButton } from '../desk/MoreButton.tsx'
import type { DeskSearch } from '../desk-routes.ts'
import { StatusBadge, statuses } from './household-status.tsx'
import { NeedsToVerify } from './NeedsToVerify.tsx'
import './Households.css'

const householdsQuery = graphql(`
  query DeskHouseholds($area: ID, $search: String, $status: HouseholdStatus, $after: String) {
    households(area: $area, search: $search, status: $status, first: 50, after: $after) {
      totalCount
      nodes { id code headName members status area { id fullName } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

const PAUSE_MS = 300

export function RegisterPage() {
  const t = useTranslations('desk')
  const area = useDeskArea()
  const { loc } = useSearch({ strict: false }) as DeskSearch
  const navigate = useNavigate()
  const status = statuses.find((known) => known === loc) ?? null
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [after, setAfter] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed.trim())
      setAfter(null)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const query = useQuery({ query: householdsQuery, variables: { area: area.id, search: search || null, status, after }, requestPolicy: 'cache-and-network' })
  const [{ fetching }] = query
  return (
    <div className="desk-page">
      <div className="desk-part-head">
        <PageHeading lede={area.fullName}>{t('register.title')}</PageHeading>
        <LinkButton to="/cb/ho/them" variant="primary" icon="plus">
          {t('register.add')}
        </LinkButton>
      </div>
      <NeedsToVerify />
      <search className="desk-pair">
        <Field name="household-search" label={t('register.search')} hint={t('register.searchHint')} optional>
          <TextInput type="search" required={false} value={typed} maxLength={80} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Field name="household-status" label={t('register.status')} hint={t('register.statusHint')} optional>
          <Select
            value={status ?? ''}
            required={false}
            onChange={(event) => {
              setAfter(null)
              void navigate({ to: '/cb/ho', search: { loc: event.target.value || undefined }, replace: true, resetScroll: false })
            }}
            options={[{ value: '', label: t('register.anyStatus') }, ...statuses.map((value) => ({ value, label: t(`status.${value}`) }))]}
          />
        </Field>
      </search>
      <Asked query={query} count={8}>
        {({ households }) =>
          households.nodes.length === 0 ? (
            <Empty icon={search || status ? 'search' : 'household'} title={t(search || status ? 'nothingFound' : 'register.none')} action={<LinkButton to="/cb/ho/them">{t('register.add')}</LinkButton>} />
          ) : (
            <div className="stack">
              <Table
                caption={t('register.count', { count: households.totalCount })}
                stacks
                columns={[
                  {
                    key: 'name',
                    header: t('register.head'),
                    isRowHeader: true,
                    render: ({ id, headName }) => (
                      <Link to="/cb/ho/$id" params={{ id: keyPart(id) }}>
                        <bdi>{headName}</bdi>
                      </Link>
                    ),
                  },
                  { key: 'code', header: t('register.code'), render: ({ code }) => <span className="figures unbroken">{code}</span> },
                  { key: 'area', header: t('where'), render: (household) => household.area.fullName },
                  { key: 'members', header: t('register.members'), render: ({ members }) => members },
                  { key: 'status', header: t('register.status'), render: ({ status: recognised }) => <StatusBadge status={recognised} /> },
                ]}
                rows={households.nodes}
                rowKey={({ id }) => id}
              />
              <MoreButton pageInfo={households.pageInfo} isBusy={fetching} onMore={setAfter} />
            </div>
          )
        }
      </Asked>
    </div>
  )
}
