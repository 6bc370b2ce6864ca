// What a run proposes, the weightiest need first: one is opened, then accepted whole or in part, or declined with a reason.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { Amount, KindName, kindFields, upTo, useUnitName } from '../desk/support.tsx'
import { isolated } from '../../ui/names.ts'
import { OverrideField } from './OverrideField.tsx'
import { useRoving } from './use-roving.ts'

export const proposalFields = graphql(
  `
    fragment DeskProposal on MatchingProposal @_unmask {
      id
      quantity
      reasons { code text weight }
      kind { ...DeskKind }
      area { id fullName }
      household { id displayCode headName }
      need { id open }
      line { id pledge { id party { id name } } }
    }
  `,
  [kindFields],
)

export type Proposal = ResultOf<typeof proposalFields>

export interface Decline {
  reason: string
  byHousehold: boolean
}

interface ProposalListProps {
  proposals: readonly Proposal[]
  isBusy: boolean
  /** To be looked at while a better answer is on its way. */
  isPreview?: boolean
  /** What stood in the way of the last try, where a reason passes over it. */
  guard?: string | null
  onAccept: (proposal: Proposal, quantity: string, overrideReason?: string) => void
  onDecline: (proposal: Proposal, decline: Decline) => void
  /** Another one is looked at, or none. */
  onTurn?: () => void
}

export function ProposalList({ proposals, isBusy, isPreview = false, guard = null, onAccept, onDecline, onTurn }: ProposalListProps) {
  const t = useTranslations('desk')
  const [openId, setOpenId] = useState<string | null>(null)
  const roving = useRoving(proposals.length)
  function turn(id: string | null) {
    setOpenId(id)
    onTurn?.()
  }
  return (
    <ol role="list" className="desk-list" aria-label={t('batch.proposals')} {...roving.list}>
      {proposals.map((proposal, index) => {
        const isOpen = !isPreview && proposal.id === openId
        return (
          <li key={proposal.id} className="suggestion">
            <button
              type="button"
              className="desk-item"
              {...(isPreview ? { 'aria-disabled': true } : { 'aria-expanded': isOpen, onClick: () => turn(isOpen ? null : proposal.id) })}
              {...roving.item(index)}
            >
              <span className="desk-row">
                <span className="desk-row-main">
                  <KindName kind={proposal.kind} />
                  <b>{proposal.household ? `${proposal.household.displayCode} · ${isolated(proposal.household.headName)}` : t('register.household')}</b>
                  <span className="muted">
                    {proposal.area.fullName} · {t('batch.from', { name: isolated(proposal.line?.pledge?.party?.name ?? t('pledges.anonymous')) })}
                  </span>
                </span>
                <span className="desk-row-end">
                  <b>
                    <Amount of={proposal.quantity} kind={proposal.kind} />
                  </b>
                  {proposal.need && (
                    <span className="muted">
                      {t('match.lacks')} <Amount of={proposal.need.open} kind={proposal.kind} />
                    </span>
                  )}
                </span>
              </span>
              <span className="row suggestion-reasons">
                {proposal.reasons.map(({ code, text, weight }) => (
                  <Badge key={code} tone={weight < 0 ? 'warn' : 'neutral'} icon={weight < 0 ? 'alert' : undefined}>
                    {text}
                  </Badge>
                ))}
              </span>
            </button>
            {isOpen && (
              <Decision
                proposal={proposal}
                isBusy={isBusy}
                guard={guard}
                onAccept={(...given) => onAccept(proposal, ...given)}
                onDecline={(decline) => onDecline(proposal, decline)}
                onLeave={() => {
                  turn(null)
                  roving.focus(index)
                }}
              />
            )}
          </li>
        )
      })}
    </ol>
  )
}

interface DecisionProps {
  proposal: Proposal
  isBusy: boolean
  guard: string | null
  onAccept: (quantity: string, overrideReason?: string) => void
  onDecline: (decline: Decline) => void
  onLeave: () => void
}

function Decision({ proposal, isBusy, guard, onAccept, onDecline, onLeave }: DecisionProps) {
  const t = useTranslations('desk')
  const unitName = useUnitName()
  const [quantity, setQuantity] = useState(proposal.quantity)
  const [overrideReason, setOverrideReason] = useState('')
  const [reason, setReason] = useState('')
  const [byHousehold, setByHousehold] = useState(false)
  const first = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const input = first.current?.querySelector('input')
    input?.focus()
    input?.select()
  }, [])
  const isTooMuch = quantity !== '' && BigInt(quantity) > BigInt(proposal.quantity)
  const isNothing = quantity === '' || BigInt(quantity) < 1n
  const leave = (event: KeyboardEvent) => event.key === 'Escape' && onLeave()
  return (
    <div className="suggestion-form batch-decision">
      <form
        ref={first}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isBusy || isTooMuch || isNothing) return
          if (guard === null) onAccept(quantity)
          else onAccept(quantity, overrideReason)
        }}
      >
        <Field name="accept-quantity" label={t('match.quantity')} hint={t('batch.splitHint')} error={isTooMuch ? t('batch.tooMuch') : undefined}>
          <NumberInput counts={unitOf(proposal.kind)} bound={upTo(proposal.quantity)} value={quantity} onValue={setQuantity} unit={unitName(proposal.kind)} onKeyDown={leave} />
        </Field>
        {guard !== null && <OverrideField guard={guard} value={overrideReason} onValue={setOverrideReason} onKeyDown={leave} />}
        <div className="row">
          <Button type="submit" variant="primary" busy={isBusy}>
            {t('batch.accept')}
          </Button>
          <Button variant="quiet" onClick={onLeave}>
            {t('cancel')}
          </Button>
        </div>
      </form>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBusy && reason.trim()) onDecline({ reason, byHousehold })
        }}
      >
        <Field name="decline-reason" label={t('batch.declineReason')}>
          <TextInput value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} onKeyDown={leave} />
        </Field>
        <Checkbox label={t('batch.byHousehold')} note={t('batch.byHouseholdNote')} checked={byHousehold} onChange={(event) => setByHousehold(event.target.checked)} />
        <div className="row">
          <Button type="submit" variant="secondary" busy={isBusy}>
            {t('batch.decline')}
          </Button>
        </div>
      </form>
    </div>
  )
}
