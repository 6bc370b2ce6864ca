// Sends one thing that a person does: the same key for every retry of it, a new one once it was answered.
import type { TypedDocumentNode } from '@urql/core'
import { useRef, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../graphql/graphql.ts'
import type { FormError } from '../../ui/ErrorSummary.tsx'

/** What every payload must ask of its problem. */
export const problemFields = graphql(`
  fragment DeskProblem on Problem @_unmask {
    __typename
    code
    message
    ... on InvalidInput {
      field
    }
  }
`)

export interface Problem {
  __typename: string
  code: string
  message: string
  field?: string | null
}

export interface Failing {
  /** Null when the request itself failed: what is typed stays, and the same key goes again. */
  problem: Problem | null
  message: string | null
  errorId: string | undefined
}

type Payload<Data> = NonNullable<Data[keyof Data]>

export interface Command<Data, Input> {
  /** The payload when it was done; null when it was not, and `failing` says why. */
  send: (input: Omit<Input, 'idempotencyKey'>) => Promise<Payload<Data> | null>
  isBusy: boolean
  failing: Failing | null
  forget: () => void
}

export function useCommand<Data, Input extends object>(document: TypedDocumentNode<Data, { input: Input }>, isKeyed = true): Command<Data, Input> {
  const [{ fetching }, execute] = useMutation(document)
  const [failing, setFailing] = useState<Failing | null>(null)
  const attempt = useRef<{ asked: string; key: string } | null>(null)

  async function send(asked: Omit<Input, 'idempotencyKey'>): Promise<Payload<Data> | null> {
    const same = JSON.stringify(asked)
    if (attempt.current?.asked !== same) attempt.current = { asked: same, key: newKey() }
    const input = (isKeyed ? { ...asked, idempotencyKey: attempt.current.key } : asked) as Input
    const { data, error } = await execute({ input })
    const payload = data && (Object.values(data).find((value) => value !== null && typeof value === 'object') as (Payload<Data> & { problem?: Problem | null }) | undefined)
    if (error || !payload) {
      const first = error?.graphQLErrors[0]
      setFailing({ problem: null, message: first?.message ?? null, errorId: first?.extensions?.errorId as string | undefined })
      return null
    }
    attempt.current = null
    if (payload.problem) {
      setFailing({ problem: payload.problem, message: payload.problem.message, errorId: undefined })
      return null
    }
    setFailing(null)
    return payload
  }

  return { send, isBusy: fetching, failing, forget: () => setFailing(null) }
}

/** The fields of a form that a failure names, under the names that the form gave them. */
export function formErrors(failing: Failing | null, prefix: string): FormError[] {
  const problem = failing?.problem
  if (problem?.__typename !== 'InvalidInput') return []
  return [problem.field ? { field: `${prefix}-${problem.field}`, message: problem.message } : { message: problem.message }]
}

// Not randomUUID: it is missing where the page is served without TLS.
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
