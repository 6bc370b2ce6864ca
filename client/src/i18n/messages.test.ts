// Both languages say everything, with the same values in it.
import { createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import aboutEn from '../pages/about.en.json'
import aboutVi from '../pages/about.vi.json'
import noticeEn from '../pages/privacy-notice.en.json'
import noticeVi from '../pages/privacy-notice.vi.json'
import en from './en.json'
import vi from './vi.json'

const messages = { vi: leaves(vi), en: leaves(en) }

test('both languages have exactly the same keys', () => {
  expect([...messages.en.keys()].sort()).toEqual([...messages.vi.keys()].sort())
})

test('a message takes the same values in both languages', () => {
  for (const [key, text] of messages.vi) expect([key, valuesIn(messages.en.get(key) ?? '')]).toEqual([key, valuesIn(text)])
})

describe.each(['vi', 'en'] as const)('in %s', (locale) => {
  test('every message can be written out', () => {
    const t = createTranslator({ locale, messages: locale === 'vi' ? vi : en })
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
