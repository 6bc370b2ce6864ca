// Jobs that were kept, hamlet by hamlet and year by year: every number, for the offices.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { Table } from '../../ui/Table.tsx'
import { keyOfArea } from '../areas/area-words.ts'
import { JobTargetFigures, useJobShare } from '../areas/job-target.ts'
import { AreaPicker } from '../desk/AreaPicker.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import type { Found } from '../desk/SearchPicker.tsx'
import { today } from '../desk/today.ts'

const targetsQuery = graphql(
  `
    query DeskJobTargets($area: ID!, $year: Int!) {
      area(id: $area) {
        id
        fullName
        jobTarget(year: $year) { ...JobTargetFigures }
        children(first: 100) {
          nodes {
            id
            fullName
            jobTarget(year: $year) { ...JobTargetFigures }
          }
        }
      }
    }
  `,
  [JobTargetFigures],
)

const YEARS_SHOWN = 3

export function JobsKeptPage() {
  const t = useTranslations('desk')
  const area = useDeskArea()
  const thisYear = Number(today().slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const [commune, setCommune] = useState<Found | null>(null)
  const chosen = area.kind === 'PROVINCE' ? commune?.id : area.id
  return (
    <div className="desk-page">
      <PageHeading lede={t('jobs.lede')}>{t('jobs.title')}</PageHeading>
      {area.kind === 'PROVINCE' && <AreaPicker name="jobs-commune" label={t('jobs.commune')} within={area.id} kind="COMMUNE" chosen={commune} onChoose={setCommune} />}
      <Field name="jobs-year" label={t('jobs.year')}>
        <Select
          value={String(year)}
          onChange={(event) => setYear(Number(event.target.value))}
          options={Array.from({ length: YEARS_SHOWN }, (_, before) => String(thisYear - before)).map((value) => ({ value, label: value }))}
        />
      </Field>
      {chosen ? <Targets area={chosen} year={year} /> : <Empty icon="hamlet" title={t('jobs.chooseCommune')} />}
    </div>
  )
}

function Targets({ area, year }: { area: string; year: number }) {
  const t = useTranslations('desk')
  const shareOf = useJobShare()
  const query = useQuery({ query: targetsQuery, variables: { area, year }, requestPolicy: 'cache-and-network' })
  return (
    <Asked query={query} count={4}>
      {({ area: shown }) => {
        const hamlets = (shown?.jobTarget ? [shown] : (shown?.children.nodes ?? [])).flatMap(({ id, fullName, jobTarget }) => (jobTarget ? [{ id, fullName, target: jobTarget }] : []))
        if (hamlets.length === 0) return <Empty icon="hamlet" title={t('jobs.noHamlets')} />
        const sumOf = (name: 'kept' | 'households') => String(hamlets.reduce((sum, { target }) => sum + Number(target[name]), 0))
        const rows = hamlets.length === 1 ? hamlets : [...hamlets, { id: null, fullName: t('jobs.total'), target: { kept: sumOf('kept'), households: sumOf('households'), isReached: null } }]
        return (
          <Table
            caption={t('jobs.caption', { area: shown?.fullName ?? '', year: String(year) })}
            columns={[
              { key: 'hamlet', header: t('jobs.hamlet'), isRowHeader: true, render: ({ id, fullName }) => (id === null ? fullName : <Link to="/thon/$id" params={{ id: keyOfArea(id) }}>{fullName}</Link>) },
              { key: 'kept', header: t('jobs.kept'), align: 'end', render: ({ target }) => target.kept },
              { key: 'households', header: t('jobs.households'), align: 'end', render: ({ target }) => target.households },
              { key: 'share', header: t('jobs.share'), align: 'end', render: ({ target }) => shareOf(target) ?? '–' },
              { key: 'reached', header: t('jobs.target'), render: ({ target: { isReached } }) => isReached !== null && <Badge tone={isReached ? 'ok' : 'neutral'} icon={isReached ? 'check' : undefined}>{t(isReached ? 'jobs.reached' : 'jobs.notReached')}</Badge> },
            ]}
            rows={rows}
            rowKey={({ id }) => id ?? 'total'}
            stacks
          />
        )
      }}
    </Asked>
  )
}
