// Needs that a line would serve best, each with its reasons in words; one is opened, a quantity given, and it is matched.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { Amount, upTo, useUnitName, type SupportKind } from '../desk/support.tsx'
import { isolated } from '../../ui/names.ts'
import { OverrideField } from './OverrideField.tsx'
import { useRoving } from './use-roving.ts'

export const suggestionFields = graphql(`
  fragment DeskSuggestion on Suggestion @_unmask {
    score
    quantity
    reasons { code text weight }
    need {
      id
      open
      quantity
      detail
      urgency
      area { id fullName }
      household { id displayCode headName members status }
    }
  }
`)

export type Suggestion = ResultOf<typeof suggestionFields>

interface SuggestionListProps {
  suggestions: readonly Suggestion[]
  kind: SupportKind
  isBusy: boolean
  /** What stood in the way of the last try, where a reason passes over it. */
  guard?: string | null
  /** Whether it was done. */
  onAllocate: (suggestion: Suggestion, quantity: string, overrideReason?: string) => Promise<boolean>
  /** Another one is looked at, or none. */
  onTurn?: () => void
}

export function SuggestionList({ suggestions, kind, isBusy, guard = null, onAllocate, onTurn }: SuggestionListProps) {
  const t = useTranslations('desk')
  const [openId, setOpenId] = useState<string | null>(null)
  const roving = useRoving(suggestions.length)
  async function allocate(...given: Parameters<typeof onAllocate>) {
    if (await onAllocate(...given)) setOpenId(null)
  }
  function turn(id: string | null) {
    setOpenId(id)
    onTurn?.()
  }
  return (
    <ol role="list" className="desk-list" aria-label={t('match.suggestions')} {...roving.list}>
      {suggestions.map((suggestion, index) => {
        const { need } = suggestion
        const isOpen = need.id === openId
        return (
          <li key={need.id} className="suggestion">
            <button type="button" className="desk-item" aria-expanded={isOpen} onClick={() => turn(isOpen ? null : need.id)} {...roving.item(index)}>
              <span className="desk-row">
                <span className="desk-row-main">
                  <b>
                    {need.household ? `${need.household.displayCode} · ${isolated(need.household.headName)}` : t('register.household')}
                  </b>
                  <span>
                    {t('match.lacks')} <Amount of={need.open} kind={kind} />
                    {need.detail && <> · {need.detail}</>}
                  </span>
                  <span className="muted">
                    {need.area.fullName}
                    {need.household?.status && <> · {t(`status.${need.household.status}`)}</>}
                  </span>
                </span>
                <span className="desk-row-end">
                  <b className="figures suggestion-score">{t('match.score', { score: suggestion.score })}</b>
                </span>
              </span>
              <span className="row suggestion-reasons">
                {suggestion.reasons.map(({ code, text, weight }) => (
                  <Badge key={code} tone={weight < 0 ? 'warn' : 'neutral'} icon={weight < 0 ? 'alert' : undefined}>
                    {text} <span className="figures">{weight > 0 ? `+${weight}` : `−${-weight}`}</span>
                  </Badge>
                ))}
              </span>
            </button>
            {isOpen && (
              <QuantityForm
                suggestion={suggestion}
                kind={kind}
                isBusy={isBusy}
                guard={guard}
                onAllocate={(...given) => void allocate(suggestion, ...given)}
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

interface QuantityFormProps {
  suggestion: Suggestion
  kind: SupportKind
  isBusy: boolean
  guard: string | null
  onAllocate: (quantity: string, overrideReason?: string) => void
  onLeave: () => void
}

function QuantityForm({ suggestion, kind, isBusy, guard, onAllocate, onLeave }: QuantityFormProps) {
  const t = useTranslations('desk')
  const unitName = useUnitName()
  const [quantity, setQuantity] = useState(suggestion.quantity)
  const [reason, setReason] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const input = form.current?.querySelector('input')
    input?.focus()
    input?.select()
  }, [])
  const isTooMuch = quantity !== '' && BigInt(quantity) > BigInt(suggestion.quantity)
  const isNothing = quantity === '' || BigInt(quantity) < 1n
  const leave = (event: KeyboardEvent) => event.key === 'Escape' && onLeave()
  const error = isTooMuch ? t('match.tooMuch') : undefined
  return (
    <form
      ref={form}
      className="suggestion-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isBusy || isTooMuch || isNothing) return
        if (guard === null) onAllocate(quantity)
        else onAllocate(quantity, reason)
      }}
    >
      <Field
        name="allocate-quantity"
        label={t('match.quantity')}
        hint={
          <>
            {t('match.most')} <Amount of={suggestion.quantity} kind={kind} />
          </>
        }
        error={error}
      >
        <NumberInput counts={unitOf(kind)} bound={upTo(suggestion.quantity)} value={quantity} onValue={setQuantity} unit={unitName(kind)} onKeyDown={leave} />
      </Field>
      {guard !== null && <OverrideField guard={guard} value={reason} onValue={setReason} onKeyDown={leave} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t('match.allocate')}
        </Button>
        <Button variant="quiet" onClick={onLeave}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
