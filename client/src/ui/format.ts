// How numbers, money, dates and times are written for people, in Vietnamese and in English.
import type { Language } from '../i18n/words.ts'

/** Whole đồng (or whole units) as the API sends them: a decimal string, because sums pass 2^53. */
export type Whole = string | number | bigint

export const zone = 'Asia/Ho_Chi_Minh'

/** 25.000.000 ₫ · VND 25,000,000 */
export function formatVnd(amount: Whole, language: Language): string {
  return numbers(language, { style: 'currency', currency: 'VND', currencyDisplay: language === 'vi' ? 'symbol' : 'code' }).format(BigInt(amount))
}

/** 1,28 tỷ ₫ · VND 1.28 billion. Rounded towards zero: a short figure never claims more than there is. */
export function formatVndShort(amount: Whole, language: Language): string {
  const value = BigInt(amount)
  const size = value < 0n ? -value : value
  const [scale, vi, en] = size >= 1_000_000_000n ? [1_000_000_000n, 'tỷ', 'billion'] : [1_000_000n, 'triệu', 'million']
  if (size < scale) return formatVnd(value, language)
  const hundredths = Number((value * 100n) / scale) / 100
  const figure = numbers(language, { maximumFractionDigits: 2 }).format(hundredths)
  return language === 'vi' ? `${figure} ${vi} ₫` : `VND ${figure} ${en}`
}

/** 29.694 · 29,694 */
export function formatCount(count: Whole, language: Language): string {
  return numbers(language, {}).format(BigInt(count))
}

/** A share is always derived from its n and N: 12 of 57 is 21,1%. With nothing to divide by it is a dash. */
export function formatPercent(part: number, whole: number, language: Language, digits = 1): string {
  if (whole === 0) return '–'
  return numbers(language, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(part / whole)
}

/** A calendar date (2026-04-25) is that day everywhere; an instant is shown as the day it is in Việt Nam. 25/04/2026 · 25 Apr 2026 */
export function formatDate(at: string | Date, language: Language): string {
  const isCalendarDate = typeof at === 'string' && at.length === 10
  const form: Intl.DateTimeFormatOptions =
    language === 'vi' ? { day: '2-digit', month: '2-digit', year: 'numeric' } : { day: 'numeric', month: 'short', year: 'numeric' }
  return dates(language, { ...form, timeZone: isCalendarDate ? 'UTC' : zone }).format(new Date(at))
}

/** 17:00 */
export function formatTime(at: string | Date, language: Language): string {
  return dates(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date(at))
}

/** 17:00 25/04/2026 · 17:00, 25 Apr 2026 */
export function formatDateTime(at: string | Date, language: Language): string {
  return `${formatTime(at, language)}${language === 'vi' ? ' ' : ', '}${formatDate(at, language)}`
}

/** vừa xong, 4 phút trước, 3 giờ trước, 2 ngày trước; the date itself once a week has passed. */
export function formatAgo(at: string | Date, now: Date, language: Language): string {
  const minutes = Math.round((new Date(at).getTime() - now.getTime()) / 60_000)
  const size = Math.abs(minutes)
  if (size < 1) return language === 'vi' ? 'vừa xong' : 'just now'
  const relative = new Intl.RelativeTimeFormat(language)
  if (size < 60) return relative.format(minutes, 'minute')
  if (size < 24 * 60) return relative.format(Math.trunc(minutes / 60), 'hour')
  if (size < 7 * 24 * 60) return relative.format(Math.trunc(minutes / (24 * 60)), 'day')
  return formatDate(at, language)
}

// Making an Intl formatter costs far more than using one, and a table uses thousands.
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function numbers(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(`n${language}${JSON.stringify(options)}`, () => new Intl.NumberFormat(language, options))
}

function dates(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return keep(`d${language}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language === 'vi' ? 'vi' : 'en-GB', options))
}

function keep<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found as T
}
