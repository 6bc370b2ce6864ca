// Documents to print: a definition in pdfmake's words becomes the bytes of a PDF, in a typeface that has every Vietnamese letter.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MAIN, runsOf, typefacesRead } from './typefaces.ts'

const require = createRequire(import.meta.url)

/** What pdfmake prints: a text, or an object in its words (https://pdfmake.github.io/docs/). */
export type Content = string | { readonly [key: string]: unknown } | readonly Content[]

interface Pdfmake {
  /** Files that are in memory. */
  virtualfs: { writeFileSync(name: string, bytes: Buffer): void }
  setFonts(fonts: object): void
  setUrlAccessPolicy(mayRead: (url: string) => boolean): void
  setLocalAccessPolicy(mayRead: (path: string) => boolean): void
  createPdf(definition: object): { getBuffer(): Promise<Buffer> }
}

let made: Pdfmake | undefined

/** Loaded when the first document is asked for: most processes never print one. */
function pdfmake(): Pdfmake {
  if (made) return made
  made = require('pdfmake') as Pdfmake
  const fonts = join(dirname(require.resolve('pdfmake/package.json')), 'fonts')
  made.setUrlAccessPolicy(() => false)
  made.setLocalAccessPolicy((path) => path.startsWith(fonts))
  return made
}

/** The same, each text in runs of the typefaces that have its letters. */
function inTypefaces(content: unknown): unknown {
  if (typeof content === 'string') {
    const runs = runsOf(content)
    return runs.every(({ font }) => font === MAIN) ? runs.map(({ text }) => text).join('') : { text: runs }
  }
  if (Array.isArray(content)) return content.map(inTypefaces)
  if (content === null || typeof content !== 'object') return content
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, PARTS.has(key) ? inTypefaces(value) : value]))
}
/** Under which keys pdfmake's words have texts. */
const PARTS = new Set(['text', 'stack', 'columns', 'table', 'body', 'ul', 'ol'])

const CENTIMETRE = 72 / 2.54

/** One A4 document. @returns the bytes of a .pdf file */
export function printed({ title, language, content }: { title: string; language: 'vi' | 'en'; content: readonly Content[] }): Promise<Buffer> {
  const made = pdfmake()
  const shown = inTypefaces(content)
  const others = typefacesRead().map(([name, bytes]) => {
    made.virtualfs.writeFileSync(name, bytes)
    return [name, { normal: name, bold: name, italics: name, bolditalics: name }] // one file for all
  })
  made.setFonts({ ...require('pdfmake/fonts/Roboto.js'), ...Object.fromEntries(others) })
  return made.createPdf({
    pageSize: 'A4',
    pageMargins: [2.5 * CENTIMETRE, 2 * CENTIMETRE, 2 * CENTIMETRE, 2 * CENTIMETRE],
    info: { title, creator: 'Chung Tay' },
    lang: language,
    defaultStyle: { font: MAIN, fontSize: 11, lineHeight: 1.25 },
    styles: { title: { fontSize: 15, bold: true, alignment: 'center' }, small: { fontSize: 9, color: '#444' }, heading: { bold: true, margin: [0, 8, 0, 2] } },
    footer: (page: number, pages: number) => ({ text: `${page}/${pages}`, alignment: 'center', fontSize: 9, color: '#444' }),
    content: shown,
  }).getBuffer()
}
