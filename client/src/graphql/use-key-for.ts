// One idempotency key for the same answers, so that sending them again does nothing twice; another for others.
import { useState } from 'react'
import { newKey } from './new-key.ts'

export function useKeyFor(answers: string): string {
  const [kept, setKept] = useState(() => ({ answers, key: newKey() }))
  if (kept.answers === answers) return kept.key
  const next = { answers, key: newKey() }
  setKept(next)
  return next.key
}
