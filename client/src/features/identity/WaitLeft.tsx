// How long to wait after too many attempts, counting down.
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Notice } from '../../ui/Notice.tsx'

export const Wait = graphql(`
  fragment Wait on Limited @_unmask {
    retryAfterSeconds
  }
`)

type Problem = { __typename: string } & Partial<ResultOf<typeof Wait>>

/** When the next attempt may be made; null for any other problem. */
export const waitUntil = (problem: Problem | null | undefined): number | null =>
  problem?.__typename === 'Limited' && problem.retryAfterSeconds ? Date.now() + problem.retryAfterSeconds * 1000 : null

/** 9:05; hours only where there are any. */
export function clockOf(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

export function WaitLeft({ until }: { until: number }) {
  const t = useTranslations('form')
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(ticking)
  }, [])
  const left = Math.ceil((until - now) / 1000)
  return (
    <Notice tone={left > 0 ? 'warn' : 'info'}>
      <p role="timer">{left > 0 ? t('waitLeft', { time: clockOf(left) }) : t('waitOver')}</p>
    </Notice>
  )
}
