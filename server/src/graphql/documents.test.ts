// Hostile documents of up to 100 kB: each is refused before GraphQL's own rules, which compare every field with every other, begin.
import { type ValidationRule, buildSchema, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { checkDocuments } from './documents.ts'
import { fingerprint } from './trusted.ts'

const schema = buildSchema(`
  input Wish { of: Wish, all: [[Int]] }
  type Query { place(id: ID, wish: Wish): Place }
  type Place { name: String size: Int parent: Place }
`)

/** The check, and how often GraphQL's own rules were begun. */
function counting(trusted: Map<string, string> | null = null) {
  let begun = 0
  const rule: ValidationRule = () => {
    begun += 1
    return {}
  }
  return { check: checkDocuments({ schema, trusted, introspection: false, maxErrors: 1, rules: [rule] }), begun: () => begun }
}

const codesOf = (checked: ReturnType<ReturnType<typeof checkDocuments>>) => ('errors' in checked ? checked.errors.map(({ extensions }) => extensions.code) : [])
const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join(' ')
const inside = (fields: string) => `{ place { ${fields} } }`

const HOSTILE: [what: string, document: string][] = [
  ['one field again and again', inside(times(1_000, () => 'name'))],
  ['fewer of them than there may be fields', inside(times(400, () => 'name'))],
  ['one field with others below it', inside(times(200, () => 'parent { name }'))],
  ['the same on three levels', inside(times(7, () => `parent { ${times(7, () => `parent { ${times(7, () => 'name')} }`)} }`))],
  ['one field under one alias', inside(times(300, () => 'a: name'))],
  ['inline fragments', inside(times(300, () => '... { name }'))],
  ['inline fragments within one another', inside(`${'... { '.repeat(600)}name${' }'.repeat(600)}`)],
  ['fields in a fragment that nobody spreads', `{ place { name } } fragment F on Place { ${times(400, () => 'name')} }`],
  ['a thousand fragments', `{ place { name } } ${times(1_000, (i) => `fragment F${i} on Place { name }`)}`],
  ['fragments side by side', inside(times(150, (i) => `...F${i}`)) + times(150, (i) => `fragment F${i} on Place { name }`)],
  ['fragments in a row', inside('...F0') + times(100, (i) => `fragment F${i} on Place { name ...F${i + 1} }`) + 'fragment F100 on Place { name }'],
  ['fragments that multiply', inside('...F0') + times(25, (i) => `fragment F${i} on Place { ...F${i + 1} ...F${i + 1} }`) + 'fragment F25 on Place { name }'],
  ['fragments that multiply without a field', inside('...F0') + times(25, (i) => `fragment F${i} on Place { ... { ...F${i + 1} } ... { ...F${i + 1} } }`) + 'fragment F25 on Place { ...F25 }'],
  ['fragments that go round and multiply', inside('...A') + 'fragment A on Place { ' + times(100, () => 'parent { ...B }') + ' } fragment B on Place { ' + times(100, () => 'parent { ...A }') + ' }'],
  ['many operations', times(100, (i) => `query Q${i} { place { name } }`)],
  ['many variables', `query (${times(100, (i) => `$v${i}: ID`)}) { place(id: $v0) { name } }`],
  ['many aliases', inside(times(100, (i) => `a${i}: name`))],
  ['many directives', inside(times(100, () => 'name @include(if: true)'))],
  ['many directives on the operation', `query ${times(200, () => '@skip(if: false)')} { place { name } }`],
  ['a long name', `{ ${'x'.repeat(90_000)} }`],
  ['a long text', `{ place(id: "${'x'.repeat(90_000)}") { name } }`],
  ['a text of escapes', `{ place(id: "${'\\u0061'.repeat(15_000)}") { name } }`],
  ['a long block of text', `{ place(id: """${'\n x'.repeat(20_000)}""") { name } }`],
  ['a flood of comments', `${'#\n'.repeat(50_000)}{ place { name } }`],
  ['a flood of commas', `{ place { name } }${','.repeat(90_000)}`],
  ['lists in lists', `{ place(wish: { all: ${'['.repeat(300)}${']'.repeat(300)} }) { name } }`],
  ['lists in lists without an end', `{ place(wish: ${'['.repeat(90_000)}`],
  ['objects in objects', `{ place(wish: ${'{ of: '.repeat(100)}null${' }'.repeat(100)}) { name } }`],
  ['objects in objects as a default', `query ($w: Wish = ${'{ of: '.repeat(100)}null${' }'.repeat(100)}) { place(wish: $w) { name } }`],
  ['levels', `${'{ parent '.repeat(200)}{ name }${' }'.repeat(200)}`],
]

describe('before GraphQL compares anything', () => {
  test.each(HOSTILE)('%s is refused as too much', (_what, document) => {
    const { check, begun } = counting()
    expect(document.length).toBeLessThanOrEqual(100 * 1024)
    expect(codesOf(check(document))).toEqual(['LIMIT_EXCEEDED'])
    expect(begun()).toBe(0)
  })

  test('a document that is not trusted is refused, whatever it asks', () => {
    const known = inside('name')
    const { check, begun } = counting(new Map([[fingerprint(parse(known)), known]]))
    expect(codesOf(check(inside('size')))).toEqual(['UNKNOWN_DOCUMENT'])
    expect(codesOf(check('{ nothing { of: this } }'))).toEqual(['UNKNOWN_DOCUMENT'])
    expect(begun()).toBe(0)
    expect(check(known)).toHaveProperty('document')
    expect(begun()).toBe(1)
  })

  test('a trusted document keeps the limits, too: its fingerprint leaves __typename out', () => {
    const known = inside('name')
    const { check, begun } = counting(new Map([[fingerprint(parse(known)), known]]))
    expect(codesOf(check(inside(`name ${times(300, () => '__typename')}`)))).toEqual(['LIMIT_EXCEEDED'])
    expect(begun()).toBe(0)
  })
})

describe('what passed', () => {
  test('is checked once, until so much else has been asked that there is no room for it', () => {
    const { check, begun } = counting()
    const known = inside('name')
    expect(check(known)).toBe(check(known))
    expect(begun()).toBe(1)
    for (let i = 0; i < 80; i++) check(`${inside('name')} #${i}${'x'.repeat(15_000)}`)
    expect(begun()).toBe(81)
    check(known)
    expect(begun()).toBe(82)
  })

  test('what did not is not kept', () => {
    const { check, begun } = counting()
    for (let i = 0; i < 3; i++) check('{ place { ')
    expect(begun()).toBe(0)
  })
})
