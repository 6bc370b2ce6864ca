// Which typeface prints which letters: the documents' own has Latin, Greek and Cyrillic; others are read from disk when a text has letters of theirs.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

const require = createRequire(import.meta.url)

/** What fontkit, which pdfmake draws with, tells of a typeface. */
interface Face {
  hasGlyphForCodePoint(codePoint: number): boolean
}
const { create } = require('fontkit') as { create(bytes: Buffer): Face }

export const MAIN = 'Roboto'
/** In the order in which they are asked. The last one has a plain letter for nearly every script, and pictures. */
const OTHERS = {
  Arabic: '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  Hebrew: '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  Thai: '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
  Devanagari: '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf',
  Khmer: '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
  Lao: '@expo-google-fonts/noto-sans-lao/400Regular/NotoSansLao_400Regular.ttf',
  Japanese: '@expo-google-fonts/kosugi/Kosugi_400Regular.ttf',
  Korean: '@expo-google-fonts/gowun-dodum/400Regular/GowunDodum_400Regular.ttf',
  Every: '@fontsource/unifontex/files/unifontex-latin-400-normal.woff',
} as const

const WORTH_ASKING: Partial<Record<keyof typeof OTHERS, RegExp>> = {
  Arabic: /\p{Script=Arabic}/u, Hebrew: /\p{Script=Hebrew}/u, Thai: /\p{Script=Thai}/u,
  Devanagari: /\p{Script=Devanagari}/u, Khmer: /\p{Script=Khmer}/u, Lao: /\p{Script=Lao}/u,
  Japanese: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u,
  Korean: /\p{Script=Hangul}/u,
}
/** Of the main typeface, without reading it. */
const IN_MAIN = /[\t\n\r\u0020-\u007e\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0384-\u03ce\u0400-\u045f\u0490\u0491\u1e80-\u1ef9\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ab\u20ac\u2122\u2212]/u
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
/** Seen by nobody, and drawn as a box by many typefaces. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu
const STAYS_WITH_LAST = /^[\p{M}\u200c\u200d]$/u

type Name = keyof typeof OTHERS

const faces = new Map<Name, { bytes: Buffer; face: Face }>()

/** Those that were needed so far. */
export const typefacesRead = (): [name: string, bytes: Buffer][] => [...faces].map(([name, { bytes }]) => [name, bytes])

function faceOf(name: Name): Face {
  let read = faces.get(name)
  if (!read) {
    const file = readFileSync(require.resolve(OTHERS[name]))
    const bytes = file.toString('latin1', 0, 4) === 'wOFF' ? unpacked(file) : file
    faces.set(name, (read = { bytes, face: create(bytes) }))
  }
  return read.face
}

/** Of a typeface packed for the web, the typeface: drawing from the packed one unpacks it for every letter. https://www.w3.org/TR/WOFF/ */
function unpacked(woff: Buffer): Buffer {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, i) => {
    const [at, size, length] = [4, 8, 12].map((part) => woff.readUInt32BE(44 + 20 * i + part)) as [number, number, number]
    const packed = woff.subarray(at, at + size)
    return { entry: woff.subarray(44 + 20 * i, 64 + 20 * i), bytes: size < length ? inflateSync(packed) : packed }
  })
  const head = Buffer.alloc(12 + 16 * tables.length)
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(tables.length, 4)
  let end = head.length
  const parts = tables.map(({ entry, bytes }, i) => {
    entry.copy(head, 12 + 16 * i, 0, 4)
    entry.copy(head, 16 + 16 * i, 16, 20)
    head.writeUInt32BE(end, 20 + 16 * i)
    head.writeUInt32BE(bytes.length, 24 + 16 * i)
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    end += padded.length
    return padded
  })
  return Buffer.concat([head, ...parts])
}

function typefaceFor(letter: string): string | null {
  if (IN_MAIN.test(letter)) return MAIN
  for (const name of Object.keys(OTHERS) as Name[]) {
    if ((WORTH_ASKING[name]?.test(letter) ?? true) && faceOf(name).hasGlyphForCodePoint(letter.codePointAt(0)!)) return name
  }
  return null
}

export interface Run {
  text: string
  font: string
}

/** The text in runs of one typeface each; a letter that none has is said by its code. Words that are read from the right stand in that order. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  for (const letter of text.replace(UNSEEN, '')) {
    const last = runs.at(-1)
    if (last && (STAYS_WITH_LAST.test(letter) || (letter === ' ' && last.font !== MAIN))) {
      if (letter === '\u200d' && last.font === 'Every') continue // pictures that are joined stand side by side
      last.text += letter
      continue
    }
    const font = typefaceFor(letter)
    const shown = font === null ? `[U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]` : letter
    if (last?.font === (font ?? MAIN)) last.text += shown
    else runs.push({ text: shown, font: font ?? MAIN })
  }
  return runs.flatMap((run) => (RIGHT_TO_LEFT.test(run.text) ? fromTheRight(run) : [run]))
}

/** The words of a run as they stand on the line, with spaces that are no part of them; within each word, the typeface itself sees to its letters. */
function fromTheRight({ text, font }: Run): Run[] {
  const words = text.trimEnd().split(' ').toReversed().flatMap((word, i) => [...(i > 0 ? [{ text: ' ', font: MAIN }] : []), { text: word, font }])
  return text.endsWith(' ') ? [...words, { text: ' ', font: MAIN }] : words
}
