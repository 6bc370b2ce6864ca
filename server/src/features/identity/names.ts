// Names as people mean them, and whether two that are named are one person. Pure.
import unhomoglyph from 'unhomoglyph'

/** Someone who takes part; a witness may be a name alone. */
export interface Someone {
  personId: string | null
  name: string
  /** Of an identity card, where the name alone cannot tell two people apart. */
  document?: string | undefined
}

/**
 * Whether these are one person. Two accounts are two people, whatever they are called; where one has no account, the same name is the same
 * person until a document says that it is another.
 */
export function isSamePerson(one: Someone, other: Someone): boolean {
  if (one.personId !== null && other.personId !== null) return one.personId === other.personId
  return !one.document && !other.document && isSameName(one.name, other.name)
}

/**
 * The same words, in whatever order, an initial for a word; and a name that is typed wholly without marks is that of whoever has it with several:
 * not everybody has a Vietnamese keyboard.
 */
function isSameName(one: string, other: string): boolean {
  const [a, b] = [inOrder(meant(one)), inOrder(meant(other))]
  if (a === b || isShortened(meant(one), meant(other)) || isShortened(meant(other), meant(one))) return true
  if (bare(a) !== bare(b) || (a !== bare(a) && b !== bare(b))) return false
  return (a === bare(a) ? b : a).split(' ').filter((word) => word !== bare(word)).length >= 2
}

const inOrder = (name: string) => name.split(' ').sort().join(' ')

/** 'Lê T. Thử' for 'Lê Thị Thử': initials in the middle, the first and the last word as they are. */
function isShortened(short: string, long: string): boolean {
  const [a, b] = [short.split(' '), long.split(' ')]
  return a.length === b.length && a.length > 2 && a[0] === b[0] && a.at(-1) === b.at(-1) && a.every((word, i) => word === b[i] || (word.length === 1 && b[i]!.startsWith(word)))
}

const bare = (name: string) => name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd')

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
/** All letters but those that Vietnamese writes: of these, none stands for another. */
const FOREIGN = /[^\0-\x7f\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u017f\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff]/g
const HONORIFIC = /^(ông|bà|anh|chị|em|cô|chú|bác|cụ|thầy|mr|mrs|ms) (?=\S+ \S)/

/**
 * A name without what people do not mean by it: case, spaces, digits and signs, where a tone stands (hoà, hòa), how it is spoken to (bà Thu), what is added to it
 * ("Thu, trưởng thôn"), and letters that only look like those of Vietnamese. One tone or mark more is another name.
 */
export function meant(name: string): string {
  const [itself = ''] = inOurLetters(name).toLowerCase().split(/[,;(]| [-–—] /)
  const words = itself.replaceAll(/[^\p{L}\p{M}]+/gu, ' ').trim().replace(HONORIFIC, '').split(' ')
  return words.map((word) => {
    const marks = word.normalize('NFD')
    return marks.replaceAll(TONES, '') + (marks.match(TONES) ?? []).join('')
  }).join(' ')
}

/** In the letters of Vietnamese, where others only look like them; without what nobody sees. */
export const inOurLetters = (text: string): string =>
  text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').replaceAll(FOREIGN, (letter) => unhomoglyph(letter)).replaceAll(/([Dd])\u0335/g, (_, d) => (d === 'D' ? 'Đ' : 'đ'))
