// The words that stand in and beside numbers: thousand and million as they are said, the signs of đồng, the names of units; compared without diacritics. Pure.

/** What is counted: VND, head, kg …, and how it is called. */
export interface Unit {
  code: string
  name?: string
  nameEn?: string
}

/** Digits of any script, signs of any width, no invisible marks, no diacritics; small letters. */
export function folded(typed: string): string {
  return typed
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Nd}/gu, digitOf)
    .replaceAll(/m[²2](?!\d)/gi, 'sqm')
    .replaceAll(/(\d?) ?([½¼¾])(?= ?\p{L})|(\d) ?([½¼¾])/gu, (_, one, part, other, alone) => `${one || other || '0'}${PARTS[part ?? alone]}`)
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/[−‐‑‒–—﹣]/g, '-')
    .replaceAll(/[’‘ʼ′`´٬]/g, "'")
    .replaceAll('٫', ',')
    .toLocaleLowerCase('vi')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[đð]/g, 'd')
    .replaceAll(/[\s\p{Z}]+/gu, ' ')
    .trim()
}

const PARTS: Record<string, string> = { '½': ',5', '¼': ',25', '¾': ',75' }

/** Each script's digits stand in a row of ten, one row after the other. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return String((code - first) % 10)
}

/** Numerals, words, and every other character by itself. Spaces group thousands where all groups are whole. */
export function tokensIn(folded: string): string[] {
  // No lookbehind: telephones of before 2023 cannot read it.
  const joined = folded.replaceAll(/(^|[^\d.,'])([1-9]\d{0,2}(?: \d{3})+)(?![\d' ]*\d|[.,]\d{3})/g, (_, before, grouped) => before + grouped.replaceAll(' ', "'"))
  const tokens = joined.match(/\d+(?:[.,']\d+)*|[a-z]+|\S/g) ?? []
  // A stop at the end of what was typed ends a sentence.
  return /^[.,]$/.test(tokens.at(-1) ?? '') ? tokens.slice(0, -1) : tokens
}

const SCALES: [bigint, string][] = [
  [10n, 'chuc'],
  [100n, 'tram hundred'],
  [1_000n, 'nghin ngan ng k thousand thousands'],
  [10_000n, 'van'],
  [1_000_000n, 'trieu tr million millions mil mio mln mn'],
  [1_000_000_000n, 'ty ti billion billions bn bil'],
]
/** Where money is counted; elsewhere m are metres. */
const OF_MONEY: [bigint, string][] = [[1_000_000n, 'm'], [1_000_000_000n, 'b']]
const OF_KG: [bigint, string][] = [[10n, 'yen'], [100n, 'ta'], [1_000n, 'tan ton tons tonne tonnes']]

const byWord = (scales: [bigint, string][]) => new Map(scales.flatMap(([scale, words]) => words.split(' ').map((word) => [word, scale] as const)))
const [EVERYWHERE, WITH_MONEY, WITH_KG] = [byWord(SCALES), byWord([...SCALES, ...OF_MONEY]), byWord([...SCALES, ...OF_KG])]

export const scalesOf = ({ code }: Unit): ReadonlyMap<string, bigint> => (code === 'VND' ? WITH_MONEY : code === 'kg' ? WITH_KG : EVERYWHERE)

const DONG = ['d', '₫', 'dong', 'vnd', 'viet nam dong', 'vietnam dong', 'vietnamese dong', 'dong viet nam']
const OTHER_MONEY = new Set('$ € £ ¥ ₩ usd eur euro euros dollar dollars do jpy yen krw won cny rmb gbp aud'.split(' '))
/** Names of a unit beside those that it has on the page. */
const ALSO: Record<string, string> = { kg: 'ki ky kilo kilos', m2: 'sqm' }

/** What a number may count instead: a dozen, a pair, a bag. In kilograms, tạ is a scale. */
const OTHER_COUNTS = new Set('ta cap doi dan bao thung hop goi gam gram grams g mg lang dozen pair pairs bag bags box boxes'.split(' '))
export const isOtherCount = (token: string): boolean => OTHER_COUNTS.has(token)

/** Without diacritics, as they stand between figures: "1 triệu hai". */
const NUMBER_WORDS = new Set('mot hai ba bon tu nam lam sau bay tam chin muoi one two three four five six seven eight nine ten half'.split(' '))
export const isNumberWord = (token: string): boolean => NUMBER_WORDS.has(token)

export const isOtherMoney = (token: string): boolean => OTHER_MONEY.has(token)

function namesOf({ code, name = '', nameEn = '' }: Unit): string[] {
  if (code === 'VND') return DONG
  const names = [code, name, nameEn].map(folded).concat(ALSO[code]?.split(' ') ?? []).filter((each) => each !== '')
  return names.flatMap((each) => [each, `${each}s`])
}

/** The tokens without the name of the unit before or after the number; `isOther`: đồng stand where something else is counted. */
export function withoutUnit(tokens: string[], unit: Unit): { tokens: string[]; isOther: boolean } {
  const own = cut(tokens, namesOf(unit), scalesOf(unit))
  if (own) return { tokens: own, isOther: false }
  const money = unit.code === 'VND' ? null : cut(tokens, DONG, scalesOf(unit))
  return { tokens: money ?? [...tokens], isOther: money !== null }
}

function cut(tokens: string[], names: string[], scales: ReadonlyMap<string, bigint>): string[] | null {
  for (const name of names) {
    const length = name.split(' ').length
    if (length < tokens.length && tokens.slice(-length).join(' ') === name) return tokens.slice(0, -length)
    if (length < tokens.length && tokens.slice(0, length).join(' ') === name) return tokens.slice(length)
  }
  // The sign may touch the scale: 50trđ, 500kđ.
  const last = tokens.at(-1) ?? ''
  return last.endsWith('d') && names.includes('d') && scales.has(last.slice(0, -1)) ? [...tokens.slice(0, -1), last.slice(0, -1)] : null
}
