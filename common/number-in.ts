// A whole number as people write it, in Vietnamese or in English: what it means, or what it could mean. Nothing of it is ever left out. Pure.
import { type Unit, folded, isNumberWord, isOtherCount, isOtherMoney, scalesOf, tokensIn, withoutUnit } from './number-tokens.ts'

export type { Unit }

export type Why = 'NEGATIVE' | 'FRACTION' | 'AMBIGUOUS' | 'GROUPS' | 'EXPONENT' | 'TWO_NUMBERS' | 'IN_WORDS' | 'OTHER_UNIT' | 'TEXT' | 'NOT_A_NUMBER'

export interface Unclear {
  is: 'unclear'
  why: Why
  /** What it could be, the likeliest first. */
  meant: bigint[]
}

export type Reading = { is: 'nothing' } | { is: 'number'; value: bigint } | Unclear

const MOST_LETTERS = 100
/** A number of more digits is a slip, whatever it counts. */
const MOST_DIGITS = 30
/** Nobody means so little money: it is not offered as what could be meant. */
const LEAST_MONEY_MEANT = 1_000n
const MILLION = 1_000_000n

const number = (value: bigint): Reading => ({ is: 'number', value })
const unclear = (why: Why, ...meant: bigint[]): Unclear => ({ is: 'unclear', why, meant: [...new Set(meant)].filter((value) => value > 0n) })
const valuesOf = (reading: Reading): bigint[] => (reading.is === 'number' ? [reading.value] : reading.is === 'unclear' ? reading.meant : [])

/** @param unit of what is counted: its own name may stand beside the number, and nothing else. */
export function readNumber(typed: string, unit: Unit = { code: '' }): Reading {
  if (typed.length > MOST_LETTERS) return unclear('NOT_A_NUMBER')
  const text = folded(typed)
  if (text === '') return { is: 'nothing' }
  const reading = (text.match(/\d/g) ?? []).length > MOST_DIGITS ? unclear('NOT_A_NUMBER') : read(text, unit)
  return reading.is === 'unclear' && unit.code === 'VND' ? { ...reading, meant: reading.meant.filter((value) => value >= LEAST_MONEY_MEANT) } : reading
}

function read(text: string, unit: Unit): Reading {
  const exponent = /^(\d+)(?:[.,](\d+))?e\+?(\d{1,2})$/.exec(text)
  if (exponent) return unclear('EXPONENT', ...powerOf(exponent[1]!, exponent[2] ?? '', Number(exponent[3])))
  const { tokens, isOther } = withoutUnit(tokensIn(text.replace(/^nua (?=[a-z])/, '0,5 ').replace(/(^|[ (+-])([.,])(?=\d)/g, '$10$2')), unit)
  if (isOther || (unit.code === 'VND' && tokens.some(isOtherMoney))) return unclear('OTHER_UNIT')
  if (tokens[0] === '-' || (tokens[0] === '(' && tokens.at(-1) === ')')) return unclear('NEGATIVE', ...valuesOf(read(text.replace(/^\D*[-(]\s?/, '').replace(/\)$/, ''), unit)))
  if (tokens[0] === '+') tokens.shift()
  if (!tokens.some(isNumeral)) return unclear(/^[a-z ]+$/.test(text) ? 'IN_WORDS' : 'NOT_A_NUMBER')
  const scales = scalesOf(unit)
  const strange = tokens.filter((token) => !isNumeral(token) && token !== HALF && !scales.has(token))
  return strange.length > 0 ? amidst(tokens, strange, unit) : sumOf(partsIn(tokens, scales), unit)
}

/** What is no part of a number stands beside it; the number may be what was meant. */
function amidst(tokens: string[], strange: string[], unit: Unit): Reading {
  if (strange.some(isOtherCount)) return unclear('OTHER_UNIT')
  if (strange.some(isNumberWord)) return unclear('IN_WORDS')
  const values = tokens.filter(isNumeral).flatMap((token) => valuesOf(numeralIn(token, 1n)))
  const rest = tokens.filter((token) => !strange.includes(token))
  const areBetween = strange.every((token) => /^[^a-z]$|^(?:den|to|hay|or|hoac|va|and)$/.test(token))
  if (values.length > 1) return areBetween ? unclear('TWO_NUMBERS', ...(rest.every(isNumeral) ? values : [])) : unclear('NOT_A_NUMBER')
  const isText = strange.every((token) => /^[a-z]+$/.test(token))
  return unclear(isText ? 'TEXT' : 'NOT_A_NUMBER', ...(isNumeral(rest[0]!) ? valuesOf(sumOf(partsIn(rest, scalesOf(unit)), unit)) : []))
}

// ── numbers with their scales, the larger first: 1 tỷ 200 triệu · 1tr5 · 2 tỷ rưỡi ──────────────────────────────────

/** "Rưỡi": and half of the scale before it. */
const HALF = 'ruoi'

interface Part {
  numeral: string
  scale: bigint
  isScaled: boolean
  hasHalf: boolean
}

/** @returns null where a scale stands without a number, or before a smaller one */
function partsIn(tokens: string[], scales: ReadonlyMap<string, bigint>): Part[] | null {
  const parts: Part[] = []
  let before = 0n
  for (const token of tokens) {
    const part = parts.at(-1)
    const scale = scales.get(token)
    if (isNumeral(token)) parts.push({ numeral: token, scale: 1n, isScaled: false, hasHalf: false })
    else if (!part || part.hasHalf || (scale !== undefined && part.isScaled && scale < before)) return null
    else if (scale === undefined) part.hasHalf = true
    else Object.assign(part, { scale: part.scale * scale, isScaled: true })
    before = scale ?? 0n
  }
  return parts
}

function sumOf(parts: Part[] | null, unit: Unit): Reading {
  if (!parts) return unclear('NOT_A_NUMBER')
  let sum = 0n
  for (const [at, { numeral, scale, isScaled, hasHalf }] of parts.entries()) {
    const larger = parts[at - 1]?.scale
    const isLast = at === parts.length - 1
    if (larger !== undefined && !isScaled) return isLast && !hasHalf ? tailOf(sum, larger, numeral) : unclear('NOT_A_NUMBER')
    if (larger !== undefined && scale >= larger) return unclear('TWO_NUMBERS')
    const part = numeralIn(numeral, scale)
    if (part.is === 'nothing') return part
    if (part.is === 'unclear') return isShortOfMillions(part, numeral, unit) ? unclear('FRACTION', ...valuesOf(numeralIn(numeral, MILLION))) : part
    // "Một triệu hai trăm" is 1,200,000 to most who say it, and 1,000,200 to some.
    if (larger !== undefined && larger >= MILLION && scale < 1_000n) return unclear('AMBIGUOUS', sum + (part.value * larger) / 1_000n, sum + part.value)
    if (hasHalf && (!isScaled || !isLast)) return unclear('FRACTION', sum + part.value, sum + part.value + 1n)
    sum += part.value + (hasHalf ? scale / 2n : 0n)
    if (!isScaled && !isLast) return unclear('TWO_NUMBERS', ...allOrNone(parts.map((each) => valuesOf(numeralIn(each.numeral, 1n)))))
  }
  return number(sum)
}

/** "1,5" where đồng are counted: millions of them, most likely. */
const isShortOfMillions = ({ why }: Unclear, numeral: string, { code }: Unit) => why === 'FRACTION' && code === 'VND' && digitsOf(numeral).length <= 3

const allOrNone = (values: bigint[][]): bigint[] => (values.every(([value]) => value) ? values.flat() : [])

/** What stands without a scale after what has one: 1tr5 is 1,500,000, and so is 1tr500; 1tr50 may be two things. */
function tailOf(sum: bigint, scale: bigint, numeral: string): Reading {
  const written = numeralIn(numeral, 1n)
  if (written.is !== 'number' || scale < 1_000n) return unclear('TWO_NUMBERS')
  const { value } = written
  if (!/^\d{1,3}$/.test(numeral)) return value < scale ? number(sum + value) : unclear('TWO_NUMBERS')
  if (numeral.length === 2) return unclear('AMBIGUOUS', sum + (value * scale) / 100n, sum + (value * scale) / 1_000n)
  return number(sum + (value * scale) / 10n ** BigInt(numeral.length))
}

// ── one numeral: groups of thousands, decimals ──────────────────────────────────────────────────────────────────────

const isNumeral = (token: string) => /^\d/.test(token)
const isGrouped = (text: string) => /^[1-9]\d{0,2}([.,'])\d{3}(?:\1\d{3})*$/.test(text)
const digitsOf = (text: string) => text.replaceAll(/\D/g, '')

function numeralIn(numeral: string, scale: bigint): Reading {
  const all = BigInt(digitsOf(numeral))
  const signs = numeral.match(/\D/g) ?? []
  if (signs.length === 0) return number(all * scale)
  const cut = numeral.lastIndexOf(signs.at(-1)!)
  const [whole, decimals] = [numeral.slice(0, cut), numeral.slice(cut + 1)]
  const isDecimal = signs.at(-1) !== "'" && (signs.length === 1 || (isGrouped(whole) && !whole.includes(signs.at(-1)!)))
  const exact = decimalOf(digitsOf(whole), decimals, scale)
  // Nobody writes three decimals of a whole thing, nor ends them in a nought: 1.000 is a thousand, 1.500 triệu are 1,500 of them.
  if (isGrouped(numeral) && (signs.length > 1 || !isDecimal || scale === 1n || numeral.endsWith('0'))) return number(all * scale)
  if (!isDecimal) return unclear('GROUPS', ...(numeral.startsWith('0') ? [] : [all * scale]))
  if (decimals.length === 3 && !numeral.startsWith('0') && (scale === 1n || isGrouped(numeral))) return unclear('AMBIGUOUS', ...(exact === null ? [] : [exact]), all * scale)
  if (exact === null) {
    const floor = BigInt(digitsOf(whole) + decimals) * scale / 10n ** BigInt(decimals.length)
    return unclear('FRACTION', floor, floor + 1n, ...(all < 1_000n ? [all * scale] : []))
  }
  return scale === 1n && decimals.length > 3 ? unclear('GROUPS', exact, all) : number(exact)
}

/** What whole, decimals and scale come to; null when that is no whole number. */
function decimalOf(whole: string, decimals: string, scale: bigint): bigint | null {
  const [total, power] = [BigInt(whole + decimals) * scale, 10n ** BigInt(decimals.length)]
  return total % power === 0n ? total / power : null
}

function powerOf(whole: string, decimals: string, power: number): bigint[] {
  const value = power <= 15 ? decimalOf(whole, decimals, 10n ** BigInt(power)) : null
  return value === null ? [] : [value]
}
