// Needs that a line would serve best, each with its reasons in words; one is opened, a quantity given, and it is matched.
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Amount, useUnitName, type SupportKind } from '../desk/support.tsx'
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
  /** Whether it was done. */
  onAllocate: (suggestion: Suggestion, quantity: string) => Promise<boolean>
}

export function SuggestionList({ suggestions, kind, isBusy, onAllocate }: SuggestionListProps) {
  const t = useTranslations('desk')
  const [openId, setOpenId] = useState<string | null>(null)
  const roving = useRoving(suggestions.length)
  async function allocate(suggestion: Suggestion, quantity: string) {
    if (await onAllocate(suggestion, quantity)) setOpenId(null)
  }
  return (
    <ol role="list" className="desk-list" aria-label={t('match.suggestions')} {...roving.list}>
      {suggestions.map((suggestion, index) => {
        const { need } = suggestion
        const isOpen = need.id === openId
        return (
          <li key={need.id} className="suggestion">
            <button type="button" className="desk-item" aria-expanded={isOpen} onClick={() => setOpenId(isOpen ? null : need.id)} {...roving.item(index)}>
              <span className="desk-row">
                <span className="desk-row-main">
                  <b>
                    {need.household ? `${need.household.displayCode} · ${need.household.headName}` : t('register.household')}
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
                onAllocate={(quantity) => void allocate(suggestion, quantity)}
                onLeave={() => {
                  setOpenId(null)
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
  onAllocate: (quantity: string) => void
  onLeave: () => void
}

function QuantityForm({ suggestion, kind, isBusy, onAllocate, onLeave }: QuantityFormProps) {
  const t = useTranslations('desk')
  const unitName = useUnitName()
  const [quantity, setQuantity] = useState(suggestion.quantity)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const input = form.current?.querySelector('input')
    input?.focus()
    input?.select()
  }, [])
  const isTooMuch = quantity !== '' && BigInt(quantity) > BigInt(suggestion.quantity)
  const isNothing = quantity === '' || BigInt(quantity) < 1n
  const error = isTooMuch ? t('match.tooMuch') : undefined
  return (
    <form
      ref={form}
      className="suggestion-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy && !isTooMuch && !isNothing) onAllocate(quantity)
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
        <NumberInput value={quantity} onValue={setQuantity} unit={unitName(kind)} onKeyDown={(event) => event.key === 'Escape' && onLeave()} />
      </Field>
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
