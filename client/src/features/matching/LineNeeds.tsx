// The needs one line could meet, best first, and the act of matching it; undone from the same place.
import { useEffect, useRef } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Asked } from '../desk/Asked.tsx'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { Amount, KindName } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { LineTerms } from '../pledges/LineTerms.tsx'
import { isolated } from '../../ui/names.ts'
import type { OpenLine } from './MatchingPage.tsx'
import { guardIn } from './OverrideField.tsx'
import { releaseAllocation } from './release.ts'
import { SuggestionList, suggestionFields, type Suggestion } from './SuggestionList.tsx'

const suggestionsQuery = graphql(
  `
    query DeskSuggestions($line: ID!) {
      suggestions(line: $line, first: 20) { ...DeskSuggestion }
    }
  `,
  [suggestionFields],
)

const allocate = graphql(
  `
    mutation DeskAllocate($input: AllocateInput!) {
      allocate(input: $input) {
        allocation { id recipientCode quantities { allocated dispatched received settled } }
        line { id quantities { promised allocated open dispatched received settled } }
        need { id allocated open }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface LineNeedsProps extends OpenLine {
  /** Grows whenever something happened in the area. */
  seen: number
  onChanged: () => void
  onBack: () => void
}

export function LineNeeds({ pledge, line, seen, onChanged, onBack }: LineNeedsProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const heading = useRef<HTMLHeadingElement>(null)
  const query = useQuery({ query: suggestionsQuery, variables: { line: line.id }, requestPolicy: 'cache-and-network' })
  const [, again] = query
  const matching = useCommand(allocate)
  const releasing = useCommand(releaseAllocation)
  const reload = () => {
    again({ requestPolicy: 'network-only' })
    onChanged()
  }
  useEffect(() => {
    if (seen > 0) again({ requestPolicy: 'network-only' })
  }, [again, seen])
  useEffect(() => heading.current?.focus(), [])

  async function match(suggestion: Suggestion, quantity: string, overrideReason?: string): Promise<boolean> {
    const done = await matching.send({ lineId: line.id, needId: suggestion.need.id, quantity, ...(overrideReason === undefined ? {} : { overrideReason }) })
    reload()
    if (!done?.allocation) return false
    const { id, recipientCode } = done.allocation
    heading.current?.focus()
    toast({ message: t('match.matched', { code: recipientCode }), onUndo: () => void undo(id) })
    return true
  }
  async function undo(allocationId: string) {
    if (await releasing.send({ allocationId, reason: t('match.undoReason') })) toast({ message: t('match.released') })
    reload()
  }

  const guard = guardIn(matching.failing)
  const isUsedUp = line.quantities.open === '0'
  return (
    <section className="desk-split-panel card stack" aria-labelledby="line-needs">
      <p className="desk-split-back">
        <Button variant="quiet" size="compact" icon="arrow-left" onClick={onBack}>
          {t('match.lines')}
        </Button>
      </p>
      <div>
        <h2 id="line-needs" ref={heading} tabIndex={-1}>
          {t('match.needsFor', { name: isolated(pledge.party?.name ?? t('pledges.anonymous')) })}
        </h2>
        <p className="row">
          <KindName kind={line.kind} /> {t('match.open')}{' '}
          <b>
            <Amount of={line.quantities.open} kind={line.kind} />
          </b>
        </p>
        <LineTerms post={line.post} agreement={line.agreement} />
      </div>
      <FailingNotice failing={matching.failing} onReload={reload} />
      {guard === null && matching.failing?.problem?.__typename === 'InvalidInput' && <p className="field-error">{matching.failing.message}</p>}
      <FailingNotice failing={releasing.failing} onReload={reload} />
      <Asked query={query}>
        {({ suggestions }) =>
          suggestions.length === 0 ? (
            <Empty icon={isUsedUp ? 'check' : 'search'} title={t(isUsedUp ? 'match.usedUp' : 'match.noNeeds')}>
              {!isUsedUp && t('match.noNeedsNote')}
            </Empty>
          ) : (
            <SuggestionList suggestions={suggestions} kind={line.kind} isBusy={matching.isBusy} guard={guard} onAllocate={match} onTurn={matching.forget} />
          )
        }
      </Asked>
    </section>
  )
}
