// What people type, in the one form in which it is kept: composed, nothing hidden in it, no longer than its kind may be. Pure.
import { type Failure, invalid } from './failure.ts'

interface Kind {
  /** In characters as people count them. */
  most: number
  /** Line breaks are kept. */
  isLong?: true
  /** What turns the direction comes along from where it was copied, and means nothing. */
  isPasted?: true
  /** Says something only with these. */
  needs?: RegExp
}

const LETTER = /\p{L}/u
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

/** Every text that people give is one of these. */
export const TEXTS = {
  /** Of a person, a party, a household's head, a witness. */
  name: { most: 200, needs: LETTER },
  /** What fits on one line: a detail, a place, a skill. */
  line: { most: 200, needs: LETTER_OR_DIGIT },
  /** Why something is done or undone. */
  reason: { most: 500, isLong: true, needs: LETTER_OR_DIGIT },
  /** A note, a cause, a word to the other side. */
  note: { most: 1_000, isLong: true },
  /** A code from a list of the hub's, or a number on paper: a decision, an ear tag, an identity card. */
  code: { most: 100, needs: LETTER_OR_DIGIT },
  /** A login, a telephone number, an e-mail address: each has rules of its own besides. Lists of contacts wrap them in marks of direction. */
  address: { most: 200, isPasted: true },
} as const satisfies Record<string, Kind>

export type TextKind = keyof typeof TEXTS

/**
 * The text as it is kept; '' where nothing can be seen in it.
 * @param most of characters, where this field may have fewer than its kind
 * @throws InvalidInput BAD_TEXT, TOO_LONG
 */
export function textIn(field: string, typed: string | null | undefined, name: TextKind, most: number = TEXTS[name].most): string {
  if (!typed) return ''
  const kind: Kind = TEXTS[name]
  // Neither composing nor counting is done for what is far too long; one character takes four code points on average, at the very most.
  if (typed.length > most * 16) throw tooLong(field, most)
  const text = cleaned(field, kind.isPasted ? typed.replaceAll(TURNS, '') : typed, kind.isLong ?? false)
  if (!VISIBLE.test(text)) return ''
  if (lengthOf(text) > most || text.length > most * 4) throw tooLong(field, most)
  if (kind.needs && !kind.needs.test(text)) {
    throw kind.needs === LETTER
      ? invalid(field, 'BAD_TEXT', 'Phần này cần có chữ cái. Hãy ghi họ tên.', 'This needs letters. Write a name.')
      : invalid(field, 'BAD_TEXT', 'Phần này cần có chữ hoặc số. Hãy ghi bằng lời.', 'This needs letters or digits. Say it in words.')
  }
  return text
}

/** In characters as people count them: "ế" is one, and so is a family of four in one emoji. */
export function lengthOf(text: string): number {
  // Nearly every text is plain, and then a code unit is a character.
  if (/^[\n\u0020-\u02ff\u1e00-\u1eff\u2010-\u2027]*$/.test(text)) return text.length
  return [...graphemes.segment(text)].length
}
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/** What a text that is only looked for may hold: a character that no row can hold is one that no row has. */
export const searchable = (text: string): string => text.replaceAll(/\0|\p{Cs}/gu, '\ufffd')

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** No keyboard sends them, and nobody means them: they break storage, or show another text than the one that is kept. */
const NEVER_MEANT = new RegExp([
  '[\\p{Cc}--[\\t\\n\\r\\u0085]]', // controls, NUL among them
  '\\p{Cs}|\\p{Co}|\\p{Noncharacter_Code_Point}', // halves of characters, private ones, none
  '\\ufffd', // what a broken encoding leaves behind
  '[\\u202a-\\u202e\\u2066-\\u206f]', // turning the direction of what follows, beyond the text, too
  '[\\ufff9-\\ufffb]',
  '[\\u{e0000}-\\u{e00ff}]', // letters that cannot be seen; those of flags are taken out before
  '\\p{M}{9,}', // marks upon marks, over the lines above
].join('|'), 'v')

const TURNS = /[\u202a-\u202e\u2066-\u2069]/g
/** 🏴󠁧󠁢󠁳󠁣󠁴󠁿: a black flag, letters of a region, an end. */
const REGION_FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{2,6}\u{e007f}/gu
/** Joiners between letters of scripts that are written with them, and inside an emoji; what chooses a form of the character before it. */
const JOINS = /(?<=\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|(?<=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Mong}])[\u200c\u200d]|(?<=[\p{scx=Khmr}\p{scx=Thai}\p{scx=Laoo}\p{scx=Mymr}])\u200b(?=[\p{scx=Khmr}\p{scx=Thai}\p{scx=Laoo}\p{scx=Mymr}])|(?<=[\p{Emoji}])[\ufe0e\ufe0f]|(?<=\p{scx=Hani})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=\p{scx=Mong})[\u180b-\u180f]/gu
/** What cannot be seen, and comes along when text is copied: zero-width spaces, soft hyphens, fillers, marks of direction. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu

function cleaned(field: string, typed: string, isLong: boolean): string {
  const text = typed.normalize('NFC')
  if (NEVER_MEANT.test(text.replaceAll(REGION_FLAG, ''))) throw badText(field)
  const kept = new Set<number>()
  for (const pattern of [REGION_FLAG, JOINS]) for (const { index, 0: match } of text.matchAll(pattern)) for (let i = 0; i < match.length; i++) kept.add(index + i)
  const seen = text.replaceAll(UNSEEN, (character, index: number) => (kept.has(index) ? character : ''))
  // Without what stood between them, letters and marks may compose.
  const lines = seen.normalize('NFC').split(/\r\n|[\n\r\u0085\u2028\u2029\v\f]/).map((line) => line.replaceAll(/[\s\u2800]+/gu, ' ').trim())
  return isLong ? lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim() : lines.filter(Boolean).join(' ')
}

const badText = (field: string): Failure => invalid(field, 'BAD_TEXT',
  'Phần này có ký tự ẩn hoặc bị lỗi, thường do sao chép từ nơi khác. Hãy xóa đi và gõ lại.', 'This has hidden or broken characters, often from copying. Clear it and type it again.')
const tooLong = (field: string, most: number): Failure =>
  invalid(field, 'TOO_LONG', `Phần này dài tối đa ${most.toLocaleString('vi')} ký tự. Hãy viết ngắn hơn.`, `This may have up to ${most.toLocaleString('en')} characters. Make it shorter.`)
