// The formatters of ui/format.ts, already told which language the reader uses.
import { useMemo } from 'react'
import { useLocale } from 'use-intl'
import { formatAgo, formatCount, formatDate, formatDateTime, formatPercent, formatTime, formatVnd, formatVndShort, type Whole } from '../ui/format.ts'

export function useFormat() {
  const language = useLocale()
  return useMemo(
    () => ({
      vnd: (amount: Whole) => formatVnd(amount, language),
      vndShort: (amount: Whole) => formatVndShort(amount, language),
      count: (count: Whole) => formatCount(count, language),
      percent: (part: number, whole: number, digits?: number) => formatPercent(part, whole, language, digits),
      date: (at: string | Date) => formatDate(at, language),
      /** 04/2026 · Apr 2026 */
      month: (at: string | Date) => formatDate(at, language).replace(/^\d+[/ ]/, ''),
      time: (at: string | Date) => formatTime(at, language),
      dateTime: (at: string | Date) => formatDateTime(at, language),
      ago: (at: string | Date, now: Date) => formatAgo(at, now, language),
    }),
    [language],
  )
}
