// A code as keyboards, clipboards and readers leave it: what may have been meant. Pure.

/** Crockford's base 32: no I, L, O, U to misread on paper. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

// More is no code with a few words around it; a longer search would be work for whoever asks for it.
const MAX_TYPED = 400
const MAX_WORDS = 40
/** Places where a key may be put back: in one span of words, and in all of them together. */
const MAX_WORK_OF_SPAN = 10_000
export const MAX_WORK = 30_000

const HORN = '\u031b'
/** Stands for the bar of đ, which Unicode does not take apart. */
const STROKE = '\u0335'

/** The keys that Vietnamese keyboards take for a mark: Telex and VNI. Telex doubles the letter itself for a circumflex. */
const KEYS: Record<string, { telex: string | null; vni: string; isTone?: boolean }> = {
  '\u0302': { telex: null, vni: '6' }, '\u0306': { telex: 'W', vni: '8' }, [HORN]: { telex: 'W', vni: '7' },
  '\u0301': { telex: 'S', vni: '1', isTone: true }, '\u0300': { telex: 'F', vni: '2', isTone: true }, '\u0309': { telex: 'R', vni: '3', isTone: true },
  '\u0303': { telex: 'X', vni: '4', isTone: true }, '\u0323': { telex: 'J', vni: '5', isTone: true },
}

/** A letter or digit with the marks that it was left with. */
interface Sign {
  text: string
  marks: string[]
  /** Something stood before it that ends a word for a keyboard: a space, a dash. */
  startsWord: boolean
  /** It is a key that was put back. */
  isKey?: boolean
}

/** Digits of any script as 0–9. */
export const digitsIn = (text: string): string => text.normalize('NFKC').replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => {
  let value = 0
  for (let point = digit.codePointAt(0)! - 1; /\p{Nd}/u.test(String.fromCodePoint(point)); point--) value++
  return String(value % 10)
})

const BETWEEN_WORDS = /[\s:;,!?=<>()[\]{}"'`“”‘’«»/\\|&#@+*]+/u

/** The words of a text, each as its signs; dashes, dots and what cannot be seen are no signs. */
function wordsIn(typed: string): Sign[][] {
  let text = typed.slice(0, MAX_TYPED)
  try {
    text = decodeURIComponent(text)
  } catch {
    // It was no address, or a broken one: it is read as it stands.
  }
  return digitsIn(text).replaceAll(/[\p{Cf}\p{Cc}\u034f\u3164]/gu, (unseen) => (/\s/.test(unseen) ? ' ' : '')).replaceAll(/\.pdf\b/gi, ' ')
    .split(BETWEEN_WORDS).map(signsIn).filter((word) => word.length > 0).slice(0, MAX_WORDS)
}

function signsIn(word: string): Sign[] {
  const signs: Sign[] = []
  let startsWord = true
  for (const character of word.normalize('NFD').replaceAll(/[đĐÐð]/g, `D${STROKE}`).toUpperCase()) {
    if (/[\p{L}\p{N}]/u.test(character)) {
      signs.push({ text: character, marks: [], startsWord })
      startsWord = false
    } else if (/\p{M}/u.test(character)) signs.at(-1)?.marks.push(character)
    else startsWord = true
  }
  return signs
}

const isLetter = (sign: Sign | undefined) => sign !== undefined && (sign.isKey || /[A-Z]/.test(sign.text))
const isVowel = (sign: Sign | undefined) => sign !== undefined && /[AEIOUY]/.test(sign.text)

/** The key for a mark, or null when none makes it. */
function keyFor(sign: Sign, mark: string, by: 'telex' | 'vni'): string | null {
  if (mark === STROKE) return by === 'telex' ? 'D' : '9'
  const key = KEYS[mark]
  return key ? (by === 'telex' ? key.telex ?? sign.text : key.vni) : null
}

/** The word with the mark's key put back wherever it may have been typed: at once, or later in the same word. */
function withKey(signs: Sign[], marked: Sign, mark: string, key: string): Sign[][] {
  const at = signs.indexOf(marked)
  let first = at
  if (KEYS[mark]?.isTone) while (isVowel(signs[first - 1]) && !signs[first]!.startsWord) first--
  let last = at
  while (isLetter(signs[last + 1]) && !signs[last + 1]!.startsWord) last++
  return Array.from({ length: last - first + 1 }, (_, i) => signs.toSpliced(first + i + 1, 0, { text: key, marks: [], startsWord: false, isKey: true }))
}

/** As its keys were: Telex makes ư of a W alone, and no code has a U. */
const inKeys = (span: Sign[], by: 'telex' | 'vni') => (by === 'vni' ? span : span.map((sign) => (
  sign.text === 'U' && sign.marks.includes(HORN) ? { ...sign, text: 'W', marks: sign.marks.filter((mark) => mark !== HORN) } : sign)))

const lengthOf = (span: Sign[]) => span.reduce((sum, { marks }) => sum + 1 + marks.length, 0)
const textOf = (span: Sign[]) => span.map(({ text }) => text).join('')

/** Everything that these signs may have been, each as plain letters and digits; nothing where that is too much, which is known before it is done. */
function readingsOf(span: Sign[], by: 'telex' | 'vni', budget: { left: number }): string[] {
  let readings = [span]
  let work = 0
  for (const sign of span) {
    for (const mark of sign.marks) {
      const key = keyFor(sign, mark, by)
      if (key === null) return []
      const more = readings.length * readings[0]!.length
      work += more
      if (work > MAX_WORK_OF_SPAN || more > budget.left) return []
      budget.left -= more
      readings = readings.flatMap((each) => withKey(each, sign, mark, key))
    }
  }
  return readings.map(textOf)
}

/** Case does not matter, O is 0, I and L are 1. */
const inCrockford = (text: string) => text.replaceAll('O', '0').replaceAll(/[IL]/g, '1')

export interface CodeKind {
  lengths: number[]
  /** Whether it is one, in upper-case ASCII. */
  isCode: (text: string) => boolean
}

/**
 * The codes that a person may have meant: typed in any case, with spaces and dashes, full-width, with words around it, as a whole address,
 * or with a Vietnamese keyboard left on. Marks are taken back only where nothing else reads as a code.
 * @returns none when there are more than `most`: then it could be anything
 */
export function codesIn(typed: string, { lengths, isCode }: CodeKind, most = 8, budget = { left: MAX_WORK }): string[] {
  // Nearly always it stands there as it is.
  const asItStands = inCrockford(typed.trim().toUpperCase())
  if (lengths.includes(asItStands.length) && isCode(asItStands)) return [asItStands]
  const words = wordsIn(typed)
  const spans = words.flatMap((_, from) => words.slice(from).map((_word, more) => words.slice(from, from + more + 1).flat()))
  const meant = (readings: string[]) => [...new Set(readings.map(inCrockford).filter(isCode))]
  const plain = meant(spans.filter((span) => lengths.includes(span.length) && lengthOf(span) === span.length).map(textOf))
  if (plain.length > 0) return plain.length > most ? [] : plain
  const readings = (['telex', 'vni'] as const).flatMap((by) =>
    spans.map((span) => inKeys(span, by)).filter((span) => lengths.includes(lengthOf(span))).flatMap((span) => readingsOf(span, by, budget)))
  const codes = meant(readings)
  return codes.length > most ? [] : codes
}
