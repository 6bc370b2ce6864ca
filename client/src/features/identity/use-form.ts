// The part that every small form shares: what must be corrected, and sending once.
import { useRef, useState, type FormEvent } from 'react'
import type { CombinedError } from '@urql/core'
import { useTranslations } from 'use-intl'
import { fieldOf, wordsOf, type ProblemWords } from '../../graphql/problem.ts'
import { faultsIn, firstOfEach, type FormError } from '../../ui/ErrorSummary.tsx'

interface Answer {
  error?: CombinedError | undefined
  problem?: ProblemWords | null | undefined
}

/**
 * `check` names what is missing before anything is sent; `send` asks the server; `done` runs only when it was done.
 * The server's `input` prefix is no part of a control's name.
 */
export function useForm(check: () => readonly FormError[], send: () => Promise<Answer>, done: () => void | Promise<void>) {
  const t = useTranslations('form')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [isBusy, setBusy] = useState(false)
  const isSending = useRef(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isSending.current) return
    const missing = firstOfEach([...faultsIn(event.currentTarget), ...check()])
    setErrors(missing)
    if (missing.length > 0) return
    isSending.current = true
    setBusy(true)
    const { error, problem } = await send()
    isSending.current = false
    setBusy(false)
    if (error) return setErrors([{ message: wordsOf(error).message ?? t('notSent') }])
    if (problem) {
      const field = fieldOf(problem)
      return setErrors([{ message: problem.message, ...(field ? { field } : {}) }])
    }
    await done()
  }

  return { errors, isBusy, submit, errorOf: (field: string) => errors.find((error) => error.field === field)?.message }
}
