// One's own year: what was promised beside what arrived, what is missing said openly, where it went and what became of it; to print, too.
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { sections } from '../../shell/sections.ts'
import { AnchorButton, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { KindTile } from '../../ui/KindMark.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { Table } from '../../ui/Table.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, placeOf } from '../areas/area-words.ts'
import { pictureOf, SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { NotSignedIn } from '../identity/NotSignedIn.tsx'
import { partyOf, useViewer } from '../identity/viewer.ts'
import { isSetback } from '../outcomes/outcome-rules.ts'
import { LineStages } from '../pledges/LineStages.tsx'
import { dayInVietNam } from '../pledges/pledge-life.ts'
import { estimatesOf, stagesInYear } from './giving-year.ts'
import '../pledges/pledges.css'
import './giving-year.css'

const GivingYearQuery = graphql(
  `
    query GivingYear($party: ID!, $year: Int!) {
      givingYear(party: $party, year: $year) {
        year
        years
        hamlets
        households
        party {
          id
          name
        }
        kinds {
          kind {
            ...SupportKindWords
          }
          promised
          allocated
          dispatched
          received
          settled
          missing
          unanswered
          promisedValue
          receivedValue
          isEstimate
        }
        places {
          area {
            ...AreaPlace
          }
          kind {
            ...SupportKindWords
          }
          dispatched
          received
          households
        }
        outcomes {
          outcome
          quantity
          kind {
            ...SupportKindWords
          }
        }
      }
    }
  `,
  [AreaPlace, SupportKindWords],
)

type GivingYear = NonNullable<ResultOf<typeof GivingYearQuery>['givingYear']>
export type YearOfKind = GivingYear['kinds'][number]

export function GivingYearPage() {
  const { viewer, error } = useViewer()
  const party = partyOf(viewer)
  if (viewer === undefined) return <div className="page page-pending">{error ? <Failed {...wordsOf(error)} /> : <Waiting shape="card" count={3} />}</div>
  if (!viewer || !party) return <NotSignedIn returnTo="/cam-ket-cua-toi/tong-ket" />
  return <Years party={party} />
}

function Years({ party }: { party: string }) {
  const t = useTranslations('givingYear')
  const language = useLocale()
  const navigate = useNavigate()
  const { nam } = getRouteApi('/cam-ket-cua-toi/tong-ket').useSearch()
  const thisYear = Number(dayInVietNam().slice(0, 4))
  const year = nam ?? thisYear
  const [{ data, error }, ask] = useQuery({ query: GivingYearQuery, variables: { party, year }, requestPolicy: 'cache-and-network' })
  const found = data?.givingYear
  const years = [...new Set([thisYear, year, ...(found?.years ?? [])])].toSorted((a, b) => b - a)
  return (
    <div className="page">
      <div className="stack">
        <PageHeading title={t('title', { year })} lede={t('lede')}>{t('title', { year })}</PageHeading>
        <div className="row giving-year-choice">
          <Field name="year" label={t('year')}>
            <Select
              value={String(year)}
              options={years.map((each) => ({ value: String(each), label: String(each) }))}
              onChange={({ target }) => void navigate({ to: '/cam-ket-cua-toi/tong-ket', search: { nam: Number(target.value) }, replace: true })}
            />
          </Field>
          <AnchorButton href={`/tai-ve/tong-ket/${party.slice(party.indexOf(':') + 1)}/${year}.pdf?ngon-ngu=${language}`} icon="print" target="_blank" rel="noopener">{t('paper')}</AnchorButton>
          <LinkButton to="/cam-ket-cua-toi" variant="quiet" icon="hands">{t('pledges')}</LinkButton>
        </div>
      </div>
      {!found && error && <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {!found && !error && <Waiting shape="card" count={3} />}
      {found && error && <Notice tone="warn"><p>{t('stale')}</p></Notice>}
      {found && (found.kinds.length + found.outcomes.length === 0
        ? <Empty icon="hands" title={t('none', { year })} action={<LinkButton to={sections.hamlets} variant="primary">{t('find')}</LinkButton>}>{t('noneHint')}</Empty>
        : <Year of={found} />)}
    </div>
  )
}

function Year({ of }: { of: GivingYear }) {
  const t = useTranslations('givingYear')
  const format = useFormat()
  return (
    <>
      <ul role="list" className="tiles reached">
        <Figure icon="household" value={format.count(of.households)} label={t('households', { n: of.households })} />
        <Figure icon="hamlet" value={format.count(of.hamlets)} label={t('hamlets', { n: of.hamlets })} />
      </ul>
      <Shortfalls kinds={of.kinds} />
      {of.kinds.length > 0 && (
        <section className="stack">
          <h2>{t('kinds')}</h2>
          <ul role="list" className="stack">
            {of.kinds.map((each) => <KindOfYear key={each.kind.code} of={each} />)}
          </ul>
          <Values kinds={of.kinds} />
        </section>
      )}
      <Outcomes outcomes={of.outcomes} />
      <Places places={of.places} />
      <p className="muted">{t('counts')}</p>
    </>
  )
}

function Figure({ icon, value, label }: { icon: 'household' | 'hamlet'; value: string; label: string }) {
  return (
    <Card as="li" className="reached-figure">
      <Icon name={icon} size={32} />
      <p>
        <b className="figures">{value}</b> <span className="muted">{label}</span>
      </p>
    </Card>
  )
}

function KindOfYear({ of }: { of: YearOfKind }) {
  const words = useSupportWords()
  return (
    <Card as="li" className="line-life">
      <div className="row">
        <KindTile kind={pictureOf(of.kind)} />
        <h3>{words.name(of.kind)}</h3>
      </div>
      <LineStages kind={of.kind} stages={stagesInYear(of)} />
    </Card>
  )
}

/** What is missing stands before what was achieved. */
function Shortfalls({ kinds }: { kinds: readonly YearOfKind[] }) {
  const t = useTranslations('givingYear')
  const words = useSupportWords()
  if (kinds.every(({ dispatched }) => dispatched === '0')) return null
  const missing = kinds.filter((each) => each.missing !== '0')
  const unanswered = kinds.filter((each) => each.unanswered !== '0')
  if (missing.length + unanswered.length === 0) return <Notice tone="ok" live={false} title={t('noShort')} />
  const list = (of: typeof kinds, quantity: 'missing' | 'unanswered') => of.map((each) => words.what(each.kind, each[quantity])).join('; ')
  return (
    <Notice tone="warn" live={false} title={t('short')}>
      {missing.length > 0 && <p>{t('missing', { what: list(missing, 'missing') })}</p>}
      {unanswered.length > 0 && <p>{t('unanswered', { what: list(unanswered, 'unanswered') })}</p>}
    </Notice>
  )
}

function Values({ kinds }: { kinds: readonly YearOfKind[] }) {
  const t = useTranslations('givingYear')
  const format = useFormat()
  const { money, inKind } = estimatesOf(kinds)
  const rows = [{ key: 'money' as const, ...money }, { key: 'inKind' as const, ...inKind }].filter(({ promised, received }) => promised !== 0n || received !== 0n)
  if (rows.length === 0) return null
  return (
    <>
      <Table
        caption={t('values')}
        stacks
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'what', header: t('value'), isRowHeader: true, render: ({ key }) => t(key) },
          { key: 'promised', header: t('promised'), align: 'end', render: ({ promised }) => format.vnd(promised) },
          { key: 'received', header: t('received'), align: 'end', render: ({ received }) => format.vnd(received) },
        ]}
      />
      {rows.some(({ key }) => key === 'inKind') && <p className="muted">{t('estimate')}</p>}
    </>
  )
}

function Outcomes({ outcomes }: { outcomes: GivingYear['outcomes'] }) {
  const t = useTranslations()
  const words = useSupportWords()
  return (
    <section className="stack">
      <h2>{t('givingYear.outcomes')}</h2>
      {outcomes.length === 0 && <p className="muted">{t('givingYear.noOutcomes')}</p>}
      <ul role="list" className="tiles">
        {outcomes.map(({ outcome, kind, quantity }) => (
          <Card key={`${outcome} ${kind?.code ?? ''}`} as="li" className="year-outcome">
            <Icon name={isSetback(outcome) ? 'alert' : 'sprout'} size={26} />
            <p>
              {kind && <>{words.name(kind)}: </>}
              <b>{t(`outcome.${outcome}`, { n: Number(quantity) })}</b>
              {!saysHowMany(outcome) && <span className="figures unbroken"> · {kind ? words.amount(kind, quantity) : quantity}</span>}
            </p>
          </Card>
        ))}
      </ul>
    </section>
  )
}

/** Its sentence has the number in it. */
const saysHowMany = (outcome: string) => !/^(CAPITAL|CREDIT|WORK_DONE|LEFT_POVERTY|RELAPSED)/.test(outcome)

function Places({ places }: { places: GivingYear['places'] }) {
  const t = useTranslations('givingYear')
  const words = useSupportWords()
  const format = useFormat()
  if (places.length === 0) return null
  return (
    <Table
      caption={t('places')}
      stacks
      isLong={places.length > 15}
      rows={places}
      rowKey={({ area, kind }) => `${area.id} ${kind.code}`}
      columns={[
        { key: 'place', header: t('place'), isRowHeader: true, render: ({ area }) => <>{area.fullName}<span className="muted">, {placeOf(area)}</span></> },
        { key: 'kind', header: t('kind'), render: ({ kind }) => words.name(kind) },
        { key: 'dispatched', header: t('dispatched'), align: 'end', render: ({ kind, dispatched }) => words.amount(kind, dispatched) },
        { key: 'received', header: t('received'), align: 'end', render: ({ kind, received }) => words.amount(kind, received) },
        { key: 'households', header: t('homes'), align: 'end', render: ({ households }) => format.count(households) },
      ]}
    />
  )
}
