// The adoptions of one's own party: where, until when, with whom, and what has come of each; renewed or ended here.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { sections } from '../../shell/sections.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { When } from '../../ui/Figure.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Table } from '../../ui/Table.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, keyOfArea, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { NotSignedIn } from '../identity/NotSignedIn.tsx'
import { partyOf, useViewer } from '../identity/viewer.ts'
import { EndDialog, RenewDialog } from './adoption-dialogs.tsx'
import './gaps.css'

const MyAdoption = graphql(
  `
    fragment MyAdoption on Adoption @_unmask {
      id
      state
      version
      anonymous
      statement
      startsOn
      endsOn
      endedOn
      contactName
      contactPhone
      officerName
      reason
      continues {
        id
      }
      area {
        ...AreaPlace
      }
      kind {
        ...SupportKindWords
      }
      progress {
        kind {
          ...SupportKindWords
        }
        promised
        dispatched
        received
      }
      viewerCan {
        renew {
          allowed
        }
        end {
          allowed
        }
      }
    }
  `,
  [AreaPlace, SupportKindWords],
)

export type MyAdoption = ResultOf<typeof MyAdoption>

const MyAdoptionsQuery = graphql(
  `
    query MyAdoptions($after: String) {
      adoptions(mine: true, first: 20, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...MyAdoption
        }
      }
    }
  `,
  [MyAdoption],
)

export function MyAdoptionsPage() {
  const { viewer, error } = useViewer()
  if (viewer === undefined) return <div className="page page-pending">{error ? <Failed {...wordsOf(error)} /> : <Waiting shape="card" count={3} />}</div>
  if (!partyOf(viewer)) return <NotSignedIn returnTo="/do-dau-cua-toi" />
  return <MyAdoptions />
}

function MyAdoptions() {
  const t = useTranslations('myAdoptions')
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error, fetching }, ask] = useQuery({ query: MyAdoptionsQuery, variables: { after }, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  return (
    <div className="page">
      <div className="stack">
        <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
        <div className="row">
          <LinkButton to="/cam-ket-cua-toi" variant="quiet" icon="hands">{t('pledges')}</LinkButton>
        </div>
      </div>
      {!data && error && <Failed {...wordsOf(error)} onRetry={again} />}
      {!data && !error && <Waiting shape="card" count={3} />}
      {data && data.adoptions.nodes.length === 0 && (
        <Empty icon="shield" title={t('none')} action={<LinkButton to={sections.hamlets} variant="primary">{t('find')}</LinkButton>}>
          {t('noneHint')}
        </Empty>
      )}
      <ul role="list" className="stack">
        {data?.adoptions.nodes.map((adoption) => <AdoptionCard key={adoption.id} adoption={adoption} again={again} />)}
      </ul>
      {data?.adoptions.pageInfo.hasNextPage && (
        <div>
          <Button busy={fetching} onClick={() => setAfter(data.adoptions.pageInfo.endCursor)}>{t('more')}</Button>
        </div>
      )}
    </div>
  )
}

const toneOf: Record<MyAdoption['state'], Tone> = { PROPOSED: 'neutral', ACTIVE: 'ok', DECLINED: 'danger', ENDED: 'neutral' }

function AdoptionCard({ adoption, again }: { adoption: MyAdoption; again: () => void }) {
  const t = useTranslations('myAdoptions')
  const words = useSupportWords()
  const [open, setOpen] = useState<'renew' | 'end' | null>(null)
  const { area, kind, state, startsOn, endsOn, endedOn, contactName, contactPhone, officerName, reason, viewerCan } = adoption
  const close = () => setOpen(null)
  return (
    <Card as="li">
      <div className="row">
        <Badge tone={toneOf[state]}>{t(`state.${state}`)}</Badge>
        {adoption.anonymous && <Badge icon="lock">{t('anonymous')}</Badge>}
        {adoption.continues && <Badge>{t('renewal')}</Badge>}
      </div>
      <div>
        <h2><Link to="/thon/$id" params={{ id: keyOfArea(area.id) }}>{area.fullName}</Link></h2>
        <p className="muted">{placeOf(area)} · {kind ? words.name(kind) : t('whole')}</p>
      </div>
      <p>{adoption.statement}</p>
      <dl className="adoption-facts">
        <div><dt>{t('period')}</dt><dd><When at={startsOn} /> – <When at={endedOn ?? endsOn} /></dd></div>
        {officerName && <div><dt>{t('officer')}</dt><dd><bdi>{officerName}</bdi></dd></div>}
        {contactName && <div><dt>{t('contact')}</dt><dd><bdi>{[contactName, contactPhone].filter(Boolean).join(', ')}</bdi></dd></div>}
        {reason && <div><dt>{t('reason')}</dt><dd>{reason}</dd></div>}
      </dl>
      {(state === 'ACTIVE' || state === 'ENDED') && <Progress adoption={adoption} />}
      <div className="row">
        <LinkButton to="/cho-thieu/$id" params={{ id: keyOfArea(area.id) }} search={kind ? { loai: kind.code } : {}}>{t('board')}</LinkButton>
        {viewerCan.renew.allowed && <Button variant="quiet" onClick={() => setOpen('renew')}>{t('renew')}</Button>}
        {viewerCan.end.allowed && <Button variant="quiet" onClick={() => setOpen('end')}>{t('end')}</Button>}
      </div>
      <RenewDialog adoption={adoption} isOpen={open === 'renew'} onClose={close} again={again} />
      <EndDialog adoption={adoption} isOpen={open === 'end'} onClose={close} again={again} />
    </Card>
  )
}

function Progress({ adoption: { progress } }: { adoption: MyAdoption }) {
  const t = useTranslations('myAdoptions')
  const words = useSupportWords()
  if (progress.length === 0) return <p className="muted">{t('noProgress')}</p>
  return (
    <Table
      caption={t('progress')}
      stacks
      rows={progress}
      rowKey={({ kind }) => kind.code}
      columns={[
        { key: 'kind', header: t('kind'), isRowHeader: true, render: ({ kind }) => words.name(kind) },
        { key: 'promised', header: t('promised'), align: 'end', render: ({ kind, promised }) => words.amount(kind, promised) },
        { key: 'dispatched', header: t('dispatched'), align: 'end', render: ({ kind, dispatched }) => words.amount(kind, dispatched) },
        { key: 'received', header: t('received'), align: 'end', render: ({ kind, received }) => words.amount(kind, received) },
      ]}
    />
  )
}
