// Matching in one batch: a run over the office's area, its figures, and its proposals to decide one by one, by keyboard alone.
import { useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { type Decline, type Proposal, ProposalList, proposalFields } from './ProposalList.tsx'
import { RunFigures, figureFields } from './RunFigures.tsx'
import { RunSettings, type Settings } from './RunSettings.tsx'
import './Matching.css'

const latestRunQuery = graphql(
  `
    query DeskLatestRun($area: ID) {
      matchingRuns(area: $area, first: 1) {
        nodes {
          id
          runAt
          weights { need deprivation cause urgency waiting neverHelped poor distance fairness }
          guards { sameKindMonths houseYears consentMonths listedOnly targetBinds }
          ...DeskRunFigures
          proposals(first: 50, state: OPEN) {
            nodes { ...DeskProposal }
            totalCount
          }
        }
      }
    }
  `,
  [figureFields, proposalFields],
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

const UNCHANGED: Settings = { weights: {}, guards: {} }

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
  const last = data?.matchingRuns.nodes[0]

  async function run() {
    const settings = { weights: { ...last?.weights, ...changed.weights }, guards: { ...last?.guards, ...changed.guards } }
    if (await proposing.send({ areaId: area.id, ...settings })) {
      setChanged(UNCHANGED)
      reload()
      heading.current?.focus()
    }
  }
  async function take(proposal: Proposal, quantity: string) {
    const done = await accepting.send({ proposalId: proposal.id, quantity })
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
      <PageHeading lede={t('batch.lede', { area: area.fullName })}>{t('batch.title')}</PageHeading>
      <Asked query={query}>
        {({ matchingRuns: { nodes: [shown] } }) => (
          <>
            <form
              className="card stack"
              aria-label={t('batch.run')}
              onSubmit={(event) => {
                event.preventDefault()
                if (!proposing.isBusy) void run()
              }}
            >
              <RunSettings last={shown ?? UNCHANGED} changed={changed} onChange={setChanged} />
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
                    {t('batch.open', { count: shown.proposals.totalCount })}
                  </h2>
                  <FailingNotice failing={accepting.failing ?? declining.failing} onReload={reload} />
                  {shown.proposals.nodes.length === 0 ? (
                    <Empty icon="check" title={t('batch.none')}>{t('batch.noneNote')}</Empty>
                  ) : (
                    <>
                      <p className="muted">{t('match.keys')}</p>
                      <ProposalList
                        proposals={shown.proposals.nodes}
                        isBusy={accepting.isBusy || declining.isBusy}
                        onAccept={(proposal, quantity) => void take(proposal, quantity)}
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
