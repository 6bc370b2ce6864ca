// Where whole numbers are typed: grouped as they grow (25.000.000), handed on as bare digits.
import { useLayoutEffect, useRef, type ChangeEvent, type InputHTMLAttributes } from 'react'
import { useLocale } from 'use-intl'
import { useControl } from './Field.tsx'
import { formatCount } from './format.ts'

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type'> {
  /** Digits only, or empty. A string, because đồng pass 2^53. */
  value: string
  onValue: (value: string) => void
  /** What the number counts, written after it: ₫, con, suất. */
  unit?: string
  maxDigits?: number
}

export function NumberInput({ value, onValue, unit, maxDigits = 15, ...rest }: NumberInputProps) {
  const language = useLocale()
  const control = useControl()
  const input = useRef<HTMLInputElement>(null)
  const digitsBeforeCaret = useRef<number>(null)
  const shown = value === '' ? '' : formatCount(value, language)

  // Regrouping moves the separators under the caret: keep it after the same digit.
  useLayoutEffect(() => {
    if (digitsBeforeCaret.current === null || document.activeElement !== input.current) return
    const position = positionAfter(digitsBeforeCaret.current, shown)
    input.current?.setSelectionRange(position, position)
    digitsBeforeCaret.current = null
  })

  function change(event: ChangeEvent<HTMLInputElement>) {
    const typed = event.target.value
    const caret = event.target.selectionStart ?? typed.length
    let before = digitsOf(typed.slice(0, caret))
    let after = digitsOf(typed.slice(caret))
    // Only a separator was deleted: the reader meant the digit next to it.
    if (before + after === value && typed.length < shown.length) {
      if (deletesForward(event.nativeEvent)) after = after.slice(1)
      else before = before.slice(0, -1)
    }
    const next = (before + after).replace(/^0+(?=\d)/, '').slice(0, maxDigits)
    digitsBeforeCaret.current = Math.min(before.length, next.length)
    onValue(next)
  }

  const field = (
    <input className="control control-number" {...control} {...rest} ref={input} type="text" inputMode="numeric" autoComplete="off" value={shown} onChange={change} />
  )
  if (!unit) return field
  return (
    <span className="control-affixed">
      {field}
      <span className="control-affix">{unit}</span>
    </span>
  )
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function deletesForward(event: Event): boolean {
  return event instanceof InputEvent && event.inputType === 'deleteContentForward'
}

function positionAfter(digits: number, text: string): number {
  let seen = 0
  for (let at = 0; at < text.length; at++) {
    if (seen === digits) return at
    if (/\d/.test(text[at] ?? '')) seen++
  }
  return text.length
}
