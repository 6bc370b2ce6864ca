// Choices one can see all at once: a box to tick, and cards of which one is taken.
import type { InputHTMLAttributes, ReactNode } from 'react'
import { FieldError, FieldHint } from './Field.tsx'

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: ReactNode
  note?: ReactNode
}

export function Checkbox({ label, note, ...rest }: CheckboxProps) {
  return (
    <label className="choice">
      <input {...rest} type="checkbox" />
      <ChoiceText label={label} note={note} />
    </label>
  )
}

interface RadioCardsProps<Value extends string> {
  /** Also the id of the first card, where ErrorSummary sends focus. */
  name: string
  legend: ReactNode
  hint?: ReactNode
  error?: string | undefined
  options: readonly { value: Value; label: ReactNode; note?: ReactNode; picture?: ReactNode; disabled?: boolean }[]
  value: Value | null
  onValue: (value: Value) => void
}

export function RadioCards<Value extends string>({ name, legend, hint, error, options, value, onValue }: RadioCardsProps<Value>) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <fieldset className="choice-set" aria-describedby={described || undefined}>
      <legend>{legend}</legend>
      {hint && <FieldHint name={name}>{hint}</FieldHint>}
      {error && <FieldError name={name}>{error}</FieldError>}
      <div className="choice-cards">
        {options.map((option, index) => (
          <label key={option.value} className="choice choice-card">
            <input
              type="radio"
              id={index === 0 ? name : undefined}
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onValue(option.value)}
            />
            <ChoiceText label={option.label} note={option.note} />
            {option.picture}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function ChoiceText({ label, note }: { label: ReactNode; note?: ReactNode }) {
  return (
    <span className="choice-text">
      <span>{label}</span>
      {note && <span className="choice-note">{note}</span>}
    </span>
  )
}
