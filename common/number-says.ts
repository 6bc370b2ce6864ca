// What is said back of a number: what was understood, in words; what could be meant; what it may be. In both languages. Pure.
import type { Bound } from './bounds.ts'
import type { Reading, Unclear, Unit } from './number-in.ts'
import { spelled } from './spelled.ts'

type Language = 'vi' | 'en'
type Both = Record<Language, string>

const figures = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') }
/** From here on, figures alone are easily misread. */
const LONG = 1_000n

const nameOf = ({ code, name, nameEn }: Unit, language: Language) => (code === 'VND' ? 'đồng' : ((language === 'vi' ? name : nameEn) ?? ''))

/** "năm mươi triệu đồng", "fifty million đồng". */
export const inWords = (value: bigint, unit: Unit, language: Language): string => `${spelled(value, language).toLocaleLowerCase(language)} ${nameOf(unit, language)}`.trim()

/** 1.050.000 (một triệu không trăm năm mươi nghìn đồng) */
const shown = (value: bigint, unit: Unit, language: Language) => figures[language].format(value) + (value >= LONG ? ` (${inWords(value, unit, language)})` : '')

function choice(values: bigint[], unit: Unit, language: Language): string {
  const said = values.map((value) => shown(value, unit, language))
  const last = said.pop()!
  return said.length > 0 ? `${said.join(', ')} ${language === 'vi' ? 'hay' : 'or'} ${last}` : last
}

/** "năm mươi triệu đồng" for a number that figures alone do not make plain; null for a small one. */
export const saidBack = (reading: Reading, unit: Unit, language: Language): string | null =>
  reading.is === 'number' && reading.value >= LONG ? inWords(reading.value, unit, language) : null

const EXAMPLES: Record<'money' | 'other', Both> = {
  money: { vi: '5.000.000 hoặc 5 triệu', en: '5,000,000 or 5 million' },
  other: { vi: '12', en: '12' },
}

/** Why a number was not taken, and what could be meant. */
export function sayUnclear({ why, meant }: Unclear, unit: Unit): Both {
  const example = EXAMPLES[unit.code === 'VND' ? 'money' : 'other']
  const asks = (language: Language, question: string, otherwise: string) => (meant.length > 0 ? `${question} ${choice(meant, unit, language)}?` : otherwise)
  const forExample = { vi: `Ví dụ: ${example.vi}.`, en: `For instance ${example.en}.` }
  const isIt = { vi: asks('vi', 'Có phải là', forExample.vi), en: asks('en', 'Is it', forExample.en) }
  const [vi, en] = why === 'OTHER_UNIT' ? [`Đơn vị ở đây là ${nameOf(unit, 'vi')}.`, `The unit here is ${nameOf(unit, 'en')}.`] : REASONS[why]
  return { vi: `${vi} ${isIt.vi}`, en: `${en} ${isIt.en}` }
}

const REASONS: Record<Exclude<Unclear['why'], 'OTHER_UNIT'>, [vi: string, en: string]> = {
  NEGATIVE: ['Số ở đây không thể âm.', 'This number cannot be negative.'],
  FRACTION: ['Ở đây chỉ ghi số nguyên.', 'Only a whole number fits here.'],
  AMBIGUOUS: ['Số này có thể đọc hai cách.', 'This number can be read in two ways.'],
  GROUPS: ['Dấu chấm hay phẩy phân cách từng ba chữ số.', 'A point or comma sets off groups of three digits.'],
  EXPONENT: ['Hãy ghi đủ các chữ số.', 'Write all the digits.'],
  TWO_NUMBERS: ['Hãy ghi một số thôi.', 'Write one number only.'],
  IN_WORDS: ['Hãy ghi bằng chữ số.', 'Write it in figures.'],
  TEXT: ['Ở đây chỉ ghi số.', 'Only a number fits here.'],
  NOT_A_NUMBER: ['Chưa rõ đây là số nào.', 'It is not clear which number this is.'],
}

/** Từ 1 đến 10.000 con. From 1 to 10,000 head. */
export const sayBound = ({ least, most }: Bound, unit: Unit): Both => ({
  vi: `Từ ${figures.vi.format(least)} đến ${shownMost(most, unit, 'vi')}.`,
  en: `From ${figures.en.format(least)} to ${shownMost(most, unit, 'en')}.`,
})

const shownMost = (most: bigint, unit: Unit, language: Language) =>
  most >= 1_000_000_000n ? `${figures[language].format(most)} (${inWords(most, unit, language)})` : `${figures[language].format(most)} ${nameOf(unit, language)}`.trim()

/** What is wrong with a number that was typed, before anything is sent; null where nothing is. Nothing typed is not wrong yet. */
export function whatIsWrong(reading: Reading, bound: Bound, unit: Unit): Both | null {
  if (reading.is === 'unclear') return sayUnclear(reading, unit)
  return reading.is === 'number' && (reading.value < bound.least || reading.value > bound.most) ? sayBound(bound, unit) : null
}
