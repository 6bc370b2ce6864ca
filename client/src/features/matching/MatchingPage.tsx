// The matching board: lines with something open at one side, the needs each would serve best at the other.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { families, pictureOf } from '../areas/support-kind.ts'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { useDeskLive } from '../desk/live.ts'
import { MoreButton } from '../desk/MoreButton.tsx'
import { pledgeRowFields } from '../desk/PledgeRow.tsx'
import { Amount, KindName } from '../desk/support.tsx'
import type { DeskSearch } from '../desk-routes.ts'
import { LineNeeds } from './LineNeeds.tsx'
import { useRoving } from './use-roving.ts'
import './Matching.css'

const openLinesQuery = graphql(
  `
    query DeskOpenLines($area: ID, $after: String) {
      hub { feedCursor }
      pledges(area: $area, state: VERIFIED, first: 100, after: $after) {
        nodes { ...DeskPledgeRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [pledgeRowFields],
)

type Pledges = ResultOf<typeof openLinesQuery>['pledges']['nodes']

export interface OpenLine {
  pledge: Pledges[number]
  line: Pledges[number]['lines'][number]
}

/** Every line with something left to give, of one family or all, in the order of the pledges. */
export function openLines(pledges: Pledges, family: string): OpenLine[] {
  return pledges
    .filter(({ state }) => state === 'VERIFIED')
    .flatMap((pledge) => pledge.lines.map((line) => ({ pledge, line })))
    .filter(({ line }) => BigInt(line.quantities.open) > 0n && (family === '' || line.kind.family === family))
}

export function MatchingPage() {
  const t = useTranslations('desk')
  const familyName = useTranslations('kind')
  const area = useDeskArea()
  const { chon, loc = '' } = useSearch({ strict: false }) as DeskSearch
  const navigate = useNavigate()
  const [after, setAfter] = useState<string | null>(null)
  const query = useQuery({ query: openLinesQuery, variables: { area: area.id, after }, requestPolicy: 'cache-and-network' })
  const [{ data, fetching }, again] = query
  const [seen, setSeen] = useState(0)
  const reload = () => again({ requestPolicy: 'network-only' })
  const connection = useDeskLive(data?.hub.feedCursor, () => {
    reload()
    setSeen((times) => times + 1)
  })
  const lines = useMemo(() => openLines(data?.pledges.nodes ?? [], loc), [data, loc])
  // A line that is used up leaves the list, but what was just done to it stays in view.
  const chosen = useMemo(() => {
    const all = data?.pledges.nodes.flatMap((pledge) => pledge.lines.map((line) => ({ pledge, line }))) ?? []
    return all.find(({ line }) => line.id === chon) ?? null
  }, [data, chon])
  const go = (search: DeskSearch) => void navigate({ to: '/cb/ghep', search, replace: true, resetScroll: false })

  return (
    <div className="desk-page">
      <PageHeading lede={<span className="row">{t('match.lede')} <LiveDot connection={connection} /></span>}>{t('match.title')}</PageHeading>
      <Asked query={query}>
        {({ pledges }) => (
          <div className="desk-split">
            <section aria-labelledby="open-lines" className={chosen ? 'desk-split-list desk-split-behind' : 'desk-split-list'}>
              <h2 id="open-lines">{t('match.lines')}</h2>
              <LinkButton to="/cb/ghep/dot" size="compact" iconEnd="arrow-right">
                {t('batch.link')}
              </LinkButton>
              <Field name="match-family" label={t('match.filter')}>
                <Select
                  value={loc}
                  onChange={(event) => go({ loc: event.target.value || undefined })}
                  options={[{ value: '', label: t('match.allKinds') }, ...families.map((value) => ({ value, label: familyName(pictureOf({ family: value })) }))]}
                />
              </Field>
              {lines.length === 0 ? (
                <Empty icon="check" title={t('match.noLines')}>{t('match.noLinesNote')}</Empty>
              ) : (
                <LineList lines={lines} chosen={chon} onChoose={(id) => go({ loc: loc || undefined, chon: id })} />
              )}
              <MoreButton pageInfo={pledges.pageInfo} isBusy={fetching} onMore={setAfter} />
            </section>
            {chosen ? (
              <LineNeeds key={chosen.line.id} {...chosen} seen={seen} onChanged={reload} onBack={() => go({ loc: loc || undefined })} />
            ) : (
              <div className="desk-split-none">
                <Empty icon="route" title={t('match.choose')}>{t('match.keys')}</Empty>
              </div>
            )}
          </div>
        )}
      </Asked>
    </div>
  )
}

function LineList({ lines, chosen, onChoose }: { lines: readonly OpenLine[]; chosen: string | undefined; onChoose: (id: string) => void }) {
  const t = useTranslations('desk')
  const roving = useRoving(lines.length)
  return (
    <ul role="list" className="desk-list" aria-label={t('match.lines')} {...roving.list}>
      {lines.map(({ pledge, line }, index) => (
        <li key={line.id}>
          <button type="button" className="desk-item" aria-pressed={line.id === chosen} onClick={() => onChoose(line.id)} {...roving.item(index)}>
            <span className="desk-row">
              <span className="desk-row-main">
                <KindName kind={line.kind} />
                <b><bdi>{pledge.party?.name ?? t('pledges.anonymous')}</bdi></b>
                <span className="muted">{pledge.area.fullName}</span>
              </span>
              <span className="desk-row-end">
                <span>
                  {t('match.open')}{' '}
                  <b>
                    <Amount of={line.quantities.open} kind={line.kind} />
                  </b>
                </span>
                <span className="muted">
                  {t('match.of')} <Amount of={line.quantities.promised} kind={line.kind} />
                </span>
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
