// How quantities, days and codes are said to a household. Pure.
import type { Unit } from '../../../../common/number-in.ts'
import type { Language } from './words.ts'

/** What is given, as far as words and picture need it. */
export interface Kind {
  code: string
  family: string
  unit: string
  name: string
  nameEn: string
  unitName: string
  unitNameEn: string
}

const numbers = { vi: new Intl.NumberFormat('vi'), en: new Intl.NumberFormat('en') }

/** As the number stands in a field: 1.500.000 · 1,500,000 */
export const figure = (quantity: bigint, language: Language) => numbers[language].format(quantity)

// A number never stands at the end of a line without its unit.
const NBSP = '\u00a0'

/** 2 con · 1,5 triệu đồng · 2 head */
export function amount(quantity: bigint, kind: Kind, language: Language): string {
  if (kind.unit === 'VND') return money(quantity, language)
  return `${figure(quantity, language)}${NBSP}${language === 'vi' ? kind.unitName : kind.unitNameEn}`
}

/** 8.000 đồng · 1,5 triệu đồng · VND 8,000 */
export function money(quantity: bigint, language: Language): string {
  if (language === 'en') return `VND${NBSP}${figure(quantity, 'en')}`
  const isRound = quantity >= 1_000_000n && quantity % 100_000n === 0n
  return isRound ? `${numbers.vi.format(Number(quantity / 100_000n) / 10)}${NBSP}triệu${NBSP}đồng` : `${figure(quantity, 'vi')}${NBSP}đồng`
}

/** 2 con bò giống sinh sản · 10 triệu đồng hỗ trợ vốn · breeding cow, 2 head */
export function what(quantity: bigint, kind: Kind, language: Language): string {
  const said = amount(quantity, kind, language)
  const inSentence = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
  return language === 'vi' ? `${said} ${inSentence(kind.name)}` : `${inSentence(kind.nameEn)}, ${said}`
}

const zone = { timeZone: 'Asia/Ho_Chi_Minh' } as const
const weekdays = new Intl.DateTimeFormat('vi', { weekday: 'long', ...zone })
const days = new Intl.DateTimeFormat('vi', { day: 'numeric', month: 'numeric', year: 'numeric', ...zone })
const daysInEnglish = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...zone })

/** thứ Bảy 25/4/2026 · Saturday 25 April 2026; a SQL date, which comes as midnight UTC, is that day in Viet Nam, too. */
export const day = (at: Date, language: Language) =>
  language === 'en' ? daysInEnglish.format(at).replace(',', '') : `${weekdays.format(at).replace(/^Thứ/, 'thứ')} ${days.format(at)}`.replaceAll(' ', NBSP)

/** By how much one press changes the number: a round step of which twenty at most lead to the whole. */
export function stepOf(quantity: bigint): bigint {
  const twentieth = quantity / 20n
  if (twentieth <= 1n) return 1n
  const power = 10n ** BigInt(String(twentieth).length - 1)
  return [5n, 2n, 1n].map((times) => times * power).find((step) => step <= twentieth)!
}

/** What is counted, as far as a number beside it is read and said. */
export const unitOf = (kind: Kind): Unit => ({ code: kind.unit, name: kind.unitName, nameEn: kind.unitNameEn })

/** 3F9A-02C1: the beginning of the receipt's id, by which an office finds it. */
export const receiptCode = (receiptId: string) => receiptId.slice(0, 8).toUpperCase().replace(/^.{4}/, '$&-')

/** The first telephone number in a text: as it stands there, and as a telephone dials it. */
export function phoneIn(text: string): { shown: string; dialled: string } | null {
  const shown = /\+?\(?\d[\d .()-]{6,}\d/.exec(text)?.[0]
  const dialled = shown?.replaceAll(/[^\d+]/g, '')
  return shown && dialled && dialled.length >= 8 ? { shown, dialled } : null
}
