// Figures and times as they stand in running text: never broken over two lines, machine-readable where HTML can say it.
import { useEffect, useState } from 'react'
import { useFormat } from '../i18n/use-format.ts'
import type { Whole } from './format.ts'

export function Money({ amount, isShort = false }: { amount: Whole; isShort?: boolean }) {
  const format = useFormat()
  if (!isShort) return <span className="figures unbroken">{format.vnd(amount)}</span>
  return (
    <span className="figures unbroken" title={format.vnd(amount)}>
      {format.vndShort(amount)}
    </span>
  )
}

/** A calendar date, or the moment something happened. */
export function When({ at, withTime = false }: { at: string; withTime?: boolean }) {
  const format = useFormat()
  return (
    <time className="figures unbroken" dateTime={at}>
      {withTime ? format.dateTime(at) : format.date(at)}
    </time>
  )
}

/** "4 phút trước", kept true while the page stays open. */
export function Ago({ at }: { at: string }) {
  const format = useFormat()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time className="unbroken" dateTime={at} title={format.dateTime(at)}>
      {format.ago(at, now)}
    </time>
  )
}
