// Where whole numbers are typed, as people write them: grouped as they grow (25.000.000), said back in words, handed on as bare digits.
import { useEffect, useLayoutEffect, useRef, useState, type ChangeEvent, type FocusEvent, type InputHTMLAttributes } from 'react'
import { useLocale } from 'use-intl'
import type { Bound } from '../../../common/bounds.ts'
import { readNumber, type Reading, type Unit } from '../../../common/number-in.ts'
import { saidBack, whatIsWrong, YEAR } from '../../../common/number-says.ts'
import type { Language } from '../i18n/words.ts'
import { FieldError, useControl } from './Field.tsx'
import { formatCount } from './format.ts'
import './NumberInput.css'

export const VND: Unit = { code: 'VND' }
/** What is counted has no unit: people, months, points. */
const NONE: Unit = { code: '' }

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type'> {
  /** Digits only; empty also where what is typed is no number yet. A string, because đồng pass 2^53. */
  value: string
  onValue: (value: string) => void
  /** Beyond it the field says so, and its form is not sent. */
  bound: Bound
  /** What the number counts; its name may be typed beside it. */
  counts?: Unit
  /** The same, written after the field: ₫, con, suất. */
  unit?: string
}

const digitsIn = (reading: Reading) => (reading.is === 'number' ? String(reading.value) : '')

export function NumberInput({ value, onValue, bound, counts = NONE, unit, onBlur, ...rest }: NumberInputProps) {
  const language = useLocale() as Language
  const isYear = counts.code === YEAR.code
  const control = useControl()
  const input = useRef<HTMLInputElement>(null)
  const digitsBeforeCaret = useRef<number>(null)
  /** What stands in the field while it is more than a grouped number. */
  const [typed, setTyped] = useState<string | null>(null)
  const [isLeft, setLeft] = useState(false)
  const grouped = value === '' ? '' : isYear ? value : formatCount(value, language)
  // Whoever sets another value than what was typed comes to means that one.
  const shown = typed !== null && digitsIn(readNumber(typed, counts)) === value ? typed : grouped
  const reading = readNumber(shown, counts)
  const wrong = whatIsWrong(reading, bound, counts)?.[language]
  const said = isYear ? null : saidBack(reading, counts, language)

  useEffect(() => input.current?.setCustomValidity(wrong ?? ''), [wrong])

  // Regrouping moves the separators under the caret: keep it after the same digit.
  useLayoutEffect(() => {
    if (digitsBeforeCaret.current === null || document.activeElement !== input.current) return
    const position = positionAfter(digitsBeforeCaret.current, shown)
    input.current?.setSelectionRange(position, position)
    digitsBeforeCaret.current = null
  })

  function change(event: ChangeEvent<HTMLInputElement>) {
    const { value: next, selectionStart } = event.target
    const edit = isYear || shown !== grouped ? null : regrouped({ next, shown, value, caret: selectionStart ?? next.length }, event.nativeEvent)
    if (edit) {
      setTyped(null)
      digitsBeforeCaret.current = edit.caret
      return onValue(edit.digits)
    }
    const understood = digitsIn(readNumber(next, counts))
    setTyped(next)
    onValue(understood)
  }

  function leave(event: FocusEvent<HTMLInputElement>) {
    setLeft(true)
    if (reading.is === 'number') setTyped(null)
    onBlur?.(event)
  }

  const id = control.id ?? rest.id
  const isShownWrong = isLeft && wrong !== undefined && !control['aria-invalid']
  const described = [control['aria-describedby'], id && said && `${id}-said`, id && isShownWrong && `${id}-number-error`].filter(Boolean).join(' ')
  const field = (
    <input
      className="control control-number" {...control} {...rest} ref={input} type="text" inputMode="numeric" autoComplete="off" value={shown} onChange={change} onBlur={leave} onInvalid={() => setLeft(true)}
      aria-describedby={described || undefined} aria-invalid={isShownWrong || control['aria-invalid'] ? true : undefined}
    />
  )
  return (
    <>
      {unit ? <span className="control-affixed">{field}<span className="control-affix">{unit}</span></span> : field}
      {said && !wrong && <span className="control-said" id={`${id}-said`} aria-live="polite">{said}</span>}
      {isShownWrong && <FieldError name={`${id}-number`}>{wrong}</FieldError>}
    </>
  )
}

interface Edit {
  next: string
  shown: string
  value: string
  caret: number
}

/** Digits that are typed into a grouped number, or taken out of it, are grouped anew; anything else stands as it is typed. */
function regrouped({ next, shown, value, caret }: Edit, event: Event): { digits: string; caret: number } | null {
  const how = event instanceof InputEvent ? event : null
  const isDeleting = how?.inputType.startsWith('delete') === true
  const isDigits = /^\d+$/.test(how?.data ?? '') && !how?.inputType.startsWith('insertFromPaste')
  if (!isDeleting && !isDigits) return null
  // What was typed over all of it is new, with whatever separators.
  if (isDigits && how!.data !== next && separatorsOf(next) > separatorsOf(shown)) return null
  let before = digitsOf(next.slice(0, caret))
  let after = digitsOf(next.slice(caret))
  // Only a separator was deleted: the reader meant the digit next to it.
  if (before + after === value && next.length < shown.length) {
    if (how?.inputType === 'deleteContentForward') after = after.slice(1)
    else before = before.slice(0, -1)
  }
  const digits = (before + after).replace(/^0+(?=\d)/, '')
  return digits.length > 30 ? null : { digits, caret: Math.min(before.length, digits.length) }
}

const separatorsOf = (text: string) => text.length - digitsOf(text).length

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function positionAfter(digits: number, text: string): number {
  let seen = 0
  for (let at = 0; at < text.length; at++) {
    if (seen === digits) return at
    if (/\d/.test(text[at] ?? '')) seen++
  }
  return text.length
}
