// Where each limit begins: what is just inside passes, one more is refused, with and without fragments between.
import { buildSchema, getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { checkDocuments } from './documents.ts'
import { LIMITS, isModest } from './limits.ts'

const schema = buildSchema(`
  directive @mark repeatable on QUERY | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
  type Query { place: Place places(first: Int, after: String): PlaceConnection news(first: Int): NewsConnection }
  type Mutation { move: Place }
  type Place { name: String size: Int parent: Place neighbours: [Place!]! places(first: Int): PlaceConnection }
  type PlaceConnection { nodes: [Place!]! edges: [PlaceEdge!]! totalCount: Int }
  type PlaceEdge { cursor: String node: Place }
  type NewsConnection { nodes: [News!]! }
  interface News { at: Place }
  type Made implements News { at: Place of: Place }
  type Ended implements News { at: Place gone: [Place!]! }
`)
const problems = (document: string, introspection = true) => {
  const checked = checkDocuments({ schema, trusted: null, introspection, maxErrors: 20 })(document)
  return 'errors' in checked ? checked.errors.map(({ message }) => message) : []
}
const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join(' ')
const tooMany = (found: number, what: string, allowed: number) => [`This operation has ${found} ${what}; at most ${allowed} are allowed.`]

const within = (levels: number, inner: string) => `${'parent { '.repeat(levels)}${inner}${' }'.repeat(levels)}`

/** So many fields, over several levels: few of them answer under one name at one place. */
const spread = (count: number): string => (count <= 13 ? times(count, (i) => (i % 2 ? 'size' : 'name')) : `${spread(12)} parent { ${spread(count - 13)} }`)

describe('a document', () => {
  test.each<[what: string, limit: number, document: (count: number) => string]>([
    ['aliases', LIMITS.aliases, (n) => `{ place { ${times(n, (i) => `a${i}: name`)} } }`],
    ['aliases', LIMITS.aliases, (n) => `{ place { ...F } } fragment F on Place { ${times(n, (i) => `a${i}: name`)} }`],
    ['aliases', LIMITS.aliases, (n) => `{ place { ...F parent { ...G } } } fragment F on Place { a: name } fragment G on Place { ${times(n - 1, (i) => `b${i}: name`)} }`],
    ['directives', LIMITS.directives, (n) => `{ place { name ${'@mark '.repeat(n)} } }`],
    ['directives', LIMITS.directives, (n) => `query ($x: Int ${'@mark '.repeat(n - 4)}) @mark { places(first: $x) { ...F @mark ... @mark { totalCount } } } fragment F on PlaceConnection @mark { totalCount }`],
    ['levels', LIMITS.depth, (n) => `{ place { ${within(n - 2, 'name')} } }`],
    ['levels', LIMITS.depth, (n) => `{ place { ...F } } fragment F on Place { ... on Place { ${within(n - 2, 'name')} } }`],
    ['fields', LIMITS.fields, (n) => `{ ${times(8, (i) => `a${i}: place { ${spread(i ? 61 : n - 8 - 7 * 61)} }`)} }`],
    ['root fields', LIMITS.rootFields, (n) => `{ ${times(n, () => 'place { name }')} }`],
    ['root fields', LIMITS.rootFields, (n) => `{ ...F ... { place { name } } } fragment F on Query { ${times(n - 1, () => '__typename')} }`],
    ['root fields', LIMITS.mutationRootFields, (n) => `mutation { ${times(n, () => 'move { name }')} }`],
  ])('may have so many %s (%i) and no more', (what, limit, document) => {
    expect(problems(document(limit))).toEqual([])
    expect(problems(document(limit + 1))).toEqual(tooMany(limit + 1, what, limit))
  })

  test('counts pages by their size: as given, 20 when absent, 100 when it is a variable', () => {
    const nested = (outer: string, inner: string) => `{ places${outer} { nodes { places${inner} { nodes { name } } } } }`
    expect(problems(nested('(first: 90)', '(first: 100)'))).toEqual([])
    expect(problems(nested('(first: 100)', '(first: 100)'))).toEqual(tooMany(10_201, 'objects in its answer', LIMITS.nodes))
    expect(problems(`query ($n: Int) ${nested('(first: $n)', '(first: $n)')}`)).toEqual(tooMany(10_201, 'objects in its answer', LIMITS.nodes))
    expect(problems(nested('', '(first: null)'))).toEqual([])
    expect(problems('{ places(first: 20000) { nodes { name } } }')).toEqual(tooMany(20_001, 'objects in its answer', LIMITS.nodes))
  })

  test('counts short lists as five each', () => {
    const nested = (levels: number) => `{ place { ${'neighbours { '.repeat(levels)} name ${'}'.repeat(levels)} } }`
    expect(problems(nested(5))).toEqual([])
    expect(problems(nested(6))).toEqual(tooMany(19_531, 'objects in its answer', LIMITS.nodes))
  })

  test('counts of what is asked of several types the most, since an object is of one', () => {
    const far = (n: number) => times(n, (i) => `f${i}: neighbours { neighbours { name } }`) // 30 each
    const news = (made: number, ended: number) =>
      `{ news(first: 100) { nodes { at { name } ...M ... on Made { of { name } } ... on Ended { gone { ${times(ended, (i) => `n${i}: neighbours { name }`)} } } } } } fragment M on Made { of { ${far(made)} } }`
    expect(problems(news(2, 2))).toEqual([]) // 1 + 1 + 60 of the one, 5 + 50 of the other: both together would be too many
    expect(problems(news(4, 2))).toEqual(tooMany(1 + 100 * (1 + 1 + (1 + 1 + 120)), 'objects in its answer', LIMITS.nodes))
  })

  test('may have its fragments multiply or go round, and is not measured in more steps than there are selections', () => {
    const doubling = times(29, (i) => `fragment F${i} on Place { parent { ...F${i + 1} } neighbours { ...F${i + 1} } }`)
    expect(problems(`{ place { ...F0 } } ${doubling} fragment F29 on Place { name }`)[0]).toMatch(/levels; at most 10/)
    const wide = times(9, (i) => `fragment F${i} on Place { ...F${i + 1} ... { ...F${i + 1} } }`)
    expect(problems(`{ place { ...F0 } } ${wide} fragment F9 on Place { name }`)[0]).toMatch(/too many|fields/)
    expect(problems('{ place { ...A } } fragment A on Place { parent { ...A } }')).toEqual(['Cannot spread fragment "A" within itself.'])
  })

  test('may ask about the schema where that is on, and nowhere else', () => {
    expect(problems(getIntrospectionQuery({ schemaDescription: true, specifiedByUrl: true, inputValueDeprecation: true }))).toEqual([])
    expect(problems(`{ __type(name: "Place") { ${'ofType { '.repeat(15)} name ${'}'.repeat(15)} } }`)).toEqual(tooMany(17, 'introspection levels', LIMITS.introspectionDepth))
    expect(problems('{ __schema { queryType { name } } }', false)).not.toEqual([])
    expect(problems('{ __typename place { __typename } }', false)).toEqual([])
  })
})

describe('variables', () => {
  const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown
  test.each<[what: string, variables: unknown, isModest: boolean]>([
    ['none', undefined, true],
    ['what a form sends', { input: { lines: Array.from({ length: 50 }, (_, i) => ({ kind: 'GOAT', quantity: String(i) })) } }, true],
    ['as many values as are allowed', { all: Array.from({ length: LIMITS.variableValues - 2 }, () => 0) }, true],
    ['one more', { all: Array.from({ length: LIMITS.variableValues - 1 }, () => 0) }, false],
    ['a hundred thousand names', Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`a${i}`, 1])), false],
    ['lists as deep as is allowed', nested(LIMITS.variableDepth), true],
    ['one deeper', { x: nested(LIMITS.variableDepth + 1) }, false],
    ['ten thousand deep', nested(10_000), false],
  ])('%s', (_what, variables, expected) => {
    expect(isModest(variables)).toBe(expected)
  })
})
