// Both languages say everything, with the same values in it, and each page finds its words in the rooms that it names.
import { createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import aboutEn from '../pages/about.en.json'
import aboutVi from '../pages/about.vi.json'
import noticeEn from '../pages/privacy-notice.en.json'
import noticeVi from '../pages/privacy-notice.vi.json'

type Words = Record<string, object>

const rooms = { vi: import.meta.glob<Words>('./vi/*.json', { eager: true, import: 'default' }), en: import.meta.glob<Words>('./en/*.json', { eager: true, import: 'default' }) }
const names = Object.keys(rooms.vi).map((path) => path.slice('./vi/'.length, -'.json'.length))
const wordsOf = (language: 'vi' | 'en', room: string): Words => rooms[language][`./${language}/${room}.json`] ?? {}
const all = (language: 'vi' | 'en'): Words => Object.assign({}, ...Object.values(rooms[language]))

const messages = { vi: leaves(all('vi')), en: leaves(all('en')) }

test.each(names)('both languages have exactly the same keys in the room "%s"', (room) => {
  expect([...leaves(wordsOf('en', room)).keys()].sort()).toEqual([...leaves(wordsOf('vi', room)).keys()].sort())
})

test('a message takes the same values in both languages', () => {
  for (const [key, text] of messages.vi) expect([key, valuesIn(messages.en.get(key) ?? '')]).toEqual([key, valuesIn(text)])
})

test('no two rooms have a subject in common, or one would cover the other', () => {
  const subjects = Object.values(rooms.vi).flatMap((words) => Object.keys(words))
  expect(subjects.filter((subject, i) => subjects.indexOf(subject) !== i)).toEqual([])
})

describe.each(['vi', 'en'] as const)('in %s', (locale) => {
  test('every message can be written out', () => {
    const t = createTranslator({ locale, messages: all(locale) as never })
    for (const [key, text] of messages[locale]) {
      const values = Object.fromEntries([...valuesIn(text).map((name) => [name, 2]), ...tagsIn(text).map((name) => [name, (words: string) => words])])
      const written = t.markup(key as never, values as never)
      expect([key, written === '' || written === key]).toEqual([key, false])
    }
  })
})

test('the long pages have the same parts in both languages', () => {
  expect(shape(aboutEn)).toEqual(shape(aboutVi))
  expect(shape(noticeEn)).toEqual(shape(noticeVi))
})

describe('a page finds its words', () => {
  const sources = new Map(
    Object.entries(import.meta.glob<string>(['../**/*.ts', '../**/*.tsx'], { eager: true, query: '?raw', import: 'default' })).map(([path, source]) => [resolve('i18n/messages.test.ts', path), source]),
  )
  const sourceOf = (file: string) => sources.get(file) ?? ''
  const subjects = Object.keys(all('vi'))

  /** The file and all that it brings along. */
  const filesFrom = (file: string, found = new Set<string>()): Set<string> => {
    if (found.has(file) || !sources.has(file)) return found
    found.add(file)
    for (const [, to] of sourceOf(file).matchAll(/from '(\.{1,2}\/[^']+)'/g)) filesFrom(resolve(file, to!), found)
    return found
  }
  const subjectsOf = (file: string) =>
    [...filesFrom(file)].flatMap((each) => {
      const source = sourceOf(each)
      const named = [...source.matchAll(/useTranslations\('(\w+)/g)].map(([, subject]) => subject!)
      const spelledOut = source.includes('useTranslations()') ? [...source.matchAll(/['`](\w+)\.[\w$]/g)].map(([, subject]) => subject!) : []
      return [...named, ...spelledOut].filter((subject) => subjects.includes(subject))
    })
  const missing = (file: string, open: string[]) => {
    const known = ['first', ...open].flatMap((room) => Object.keys(wordsOf('vi', room)))
    return [...new Set(subjectsOf(file).filter((subject) => !known.includes(subject)))]
  }

  test('on the first page', () => {
    expect(missing('main.tsx', [])).toEqual([])
  })

  const pages = [...sourceOf('routes.tsx').matchAll(/(?:withWords\(\[([^\]]*)\], )?\(\) => import\('\.\/([^']+)'\)/g)].map(([, open = '', file]) => ({ file: file!, open: open.match(/\w+/g) ?? [] }))
  test.each(pages)('in $open, at $file', ({ file, open }) => {
    expect(missing(file, open)).toEqual([])
  })

  const desk = [...sourceOf('features/desk-routes.ts').matchAll(/import\('\.\/([^']+)'\)/g)].map(([, file]) => `features/${file}`)
  test.each(desk)('in the room of the desk, at %s', (file) => {
    expect(missing(file, ['desk'])).toEqual([])
  })

  test('and no page was overlooked', () => {
    expect([pages.length, desk.length]).toEqual([18, 16])
  })
})

/** What `path` means in `file`, from the folder of all sources. */
function resolve(file: string, path: string): string {
  return new URL(path, `file:///${file}`).pathname.slice(1)
}

function leaves(node: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[path + key, value]] : [...leaves(value as object, `${path}${key}.`)],
    ),
  )
}

/** Names of ICU arguments: what follows an opening brace and ends at a comma or the closing one. */
function valuesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name ?? ''))].sort()
}

/** Names of tags around a part of the text: <b>. */
function tagsIn(text: string): string[] {
  return [...text.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? '')
}

function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape)
  if (typeof node !== 'object' || node === null) return typeof node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shape(value)]))
}
