// Matching in one batch: a run over the office's area, its figures, and its proposals to decide one by one, by keyboard alone.
import { useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { useDeskLive } from '../desk/live.ts'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { OfficeSettings, settingsFields } from './OfficeSettings.tsx'
import { guardIn } from './OverrideField.tsx'
import { type Decline, type Proposal, ProposalList, proposalFields } from './ProposalList.tsx'
import { RunFigures, figureFields, isEmpty } from './RunFigures.tsx'
import { RunSettings, UNCHANGED } from './RunSettings.tsx'
import { RunState } from './RunState.tsx'
import './Matching.css'

const latestRunQuery = graphql(
  `
    query DeskLatestRun($area: ID!) {
      hub { feedCursor }
      matchingSettings(area: $area) { ...DeskMatchingSettings }
      matchingRuns(area: $area, first: 1) {
        nodes {
          id
          state
          runAt
          ...DeskRunFigures
          proposals(first: 50, state: OPEN) {
            nodes { ...DeskProposal }
            totalCount
          }
        }
      }
    }
  `,
  [settingsFields, figureFields, proposalFields],
)

const propose = graphql(
  `
    mutation DeskProposeMatches($input: ProposeMatchesInput!) {
      proposeMatches(input: $input) { run { id } problem { ...DeskProblem } }
    }
  `,
  [problemFields],
)

const accept = graphql(
  `
    mutation DeskAcceptProposal($input: AcceptProposalInput!) {
      acceptProposal(input: $input) {
        proposal { id state }
        allocation { id recipientCode }
        line { id quantities { promised allocated open dispatched received settled } }
        need { id allocated open }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

const decline = graphql(
  `
    mutation DeskDeclineProposal($input: DeclineProposalInput!) {
      declineProposal(input: $input) { proposal { id state } problem { ...DeskProblem } }
    }
  `,
  [problemFields],
)

export function BatchPage() {
  const t = useTranslations('desk')
  const toast = useToast()
  const area = useDeskArea()
  const heading = useRef<HTMLHeadingElement>(null)
  const [changed, setChanged] = useState(UNCHANGED)
  const query = useQuery({ query: latestRunQuery, variables: { area: area.id }, requestPolicy: 'cache-and-network' })
  const [{ data }, again] = query
  const [proposing, accepting, declining] = [useCommand(propose), useCommand(accept), useCommand(decline)]
  const reload = () => again({ requestPolicy: 'network-only' })
  // The best answer comes as an event, as everything does that colleagues decide.
  const connection = useDeskLive(data?.hub.feedCursor, reload)

  async function run() {
    if (await proposing.send({ areaId: area.id, ...changed })) {
      reload()
      heading.current?.focus()
    }
  }
  async function take(proposal: Proposal, quantity: string, overrideReason?: string) {
    const done = await accepting.send({ proposalId: proposal.id, quantity, ...(overrideReason === undefined ? {} : { overrideReason }) })
    if (done?.allocation) decided(t('match.matched', { code: done.allocation.recipientCode }))
  }
  async function turnDown(proposal: Proposal, { reason, byHousehold }: Decline) {
    if (await declining.send({ proposalId: proposal.id, reason, byHousehold })) decided(t('batch.declined'))
  }
  function decided(message: string) {
    heading.current?.focus()
    toast({ message })
    reload()
  }

  return (
    <div className="desk-page stack">
      <PageHeading lede={<span className="row">{t('batch.lede', { area: area.fullName })} <LiveDot connection={connection} /></span>}>{t('batch.title')}</PageHeading>
      <Asked query={query}>
        {({ matchingSettings: office, matchingRuns: { nodes: [shown] } }) => (
          <>
            <form
              className="card stack"
              aria-label={t('batch.run')}
              onSubmit={(event) => {
                event.preventDefault()
                if (!proposing.isBusy) void run()
              }}
            >
              {office && (
                <RunSettings standing={office} changed={changed} onChange={setChanged}>
                  <OfficeSettings office={office} changed={changed} onChange={setChanged} onSaved={reload} />
                </RunSettings>
              )}
              <FailingNotice failing={proposing.failing} onReload={reload} />
              {proposing.failing?.problem?.__typename === 'InvalidInput' && <p className="field-error">{proposing.failing.message}</p>}
              <div className="row">
                <Button type="submit" variant="primary" busy={proposing.isBusy}>
                  {t('batch.run')}
                </Button>
                <LinkButton to="/cb/ghep" variant="quiet">
                  {t('batch.byHand')}
                </LinkButton>
              </div>
            </form>
            {shown ? (
              <>
                <section className="stack" aria-labelledby="proposals">
                  <h2 id="proposals" ref={heading} tabIndex={-1}>
                    {t(shown.state === 'SOLVING' ? 'batch.preview' : 'batch.open', { count: shown.proposals.totalCount })}
                  </h2>
                  <RunState state={shown.state} kinds={shown.kinds} />
                  <FailingNotice failing={accepting.failing ?? declining.failing} onReload={reload} />
                  {shown.proposals.nodes.length === 0 ? (
                    shown.state !== 'SOLVING' && (
                      isEmpty(shown.kinds)
                        ? <Empty icon="route" title={t('batch.nothing')}>{t('batch.nothingNote')}</Empty>
                        : <Empty icon="check" title={t('batch.none')}>{t('batch.noneNote')}</Empty>
                    )
                  ) : (
                    <>
                      {shown.state !== 'SOLVING' && <p className="muted">{t('match.keys')}</p>}
                      <ProposalList
                        proposals={shown.proposals.nodes}
                        isBusy={accepting.isBusy || declining.isBusy}
                        isPreview={shown.state === 'SOLVING'}
                        guard={guardIn(accepting.failing)}
                        onTurn={accepting.forget}
                        onAccept={(...given) => void take(...given)}
                        onDecline={(proposal, why) => void turnDown(proposal, why)}
                      />
                    </>
                  )}
                </section>
                <section className="stack" aria-labelledby="figures">
                  <h2 id="figures">
                    {t('batch.lastRun')} <When at={shown.runAt} withTime />
                  </h2>
                  <RunFigures kinds={shown.kinds} refusals={shown.refusals} />
                </section>
              </>
            ) : (
              <Empty icon="route" title={t('batch.never')}>{t('batch.neverNote')}</Empty>
            )}
          </>
        )}
      </Asked>
    </div>
  )
}
