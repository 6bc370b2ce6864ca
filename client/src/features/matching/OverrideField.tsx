// What is in the way of a match, in the server's words, and the reason for which an officer matches all the same.
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { Failing } from '../desk/use-command.ts'

/** Which guard stands in the way; null where none does, or none that a reason could pass over. */
export const guardIn = (failing: Failing | null): string | null => (failing?.problem?.field === 'overrideReason' ? failing.message : null)

interface OverrideFieldProps {
  guard: string
  value: string
  onValue: (value: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}

export function OverrideField({ guard, value, onValue, onKeyDown }: OverrideFieldProps) {
  const t = useTranslations('desk')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <>
      <Notice tone="warn">
        <p>{guard}</p>
      </Notice>
      <Field name="override-reason" label={t('match.overrideReason')} hint={t('match.overrideHint')}>
        <TextInput ref={input} value={value} maxLength={500} required onChange={(event) => onValue(event.target.value)} onKeyDown={onKeyDown} />
      </Field>
    </>
  )
}
