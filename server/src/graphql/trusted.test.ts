// Which documents are the same document.
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { documentsOf, fingerprint } from './trusted.ts'

const of = (text: string) => fingerprint(parse(text))

describe('a fingerprint', () => {
  it("is the same with and without a cache's __typename, whatever the spaces and the order of definitions", () => {
    const plain = 'query Q($a: ID!) { area(id: $a) { ...F } } fragment F on Area { name }'
    expect(of('fragment F on Area { __typename name } query Q($a:ID!){area(id:$a){__typename ...F}}')).toBe(of(plain))
  })
  it.each([
    ['another field', 'query Q { areas { nodes { code } } }'],
    ['another argument', 'query Q { areas(first: 100) { nodes { name } } }'],
    ['an alias', 'query Q { x: areas { nodes { name } } }'],
    ['a directive', 'query Q { areas { nodes { name @skip(if: false) } } }'],
  ])('differs for %s', (_name, text) => {
    expect(of(text)).not.toBe(of('query Q { areas { nodes { name } } }'))
  })
})

describe('fingerprints of many texts', () => {
  it('take fragments from wherever they stand, those that fragments spread too', () => {
    const documents = documentsOf(['query Q { areas { nodes { ...A } } }', 'fragment A on Area { ...B }', 'fragment B on Area { name }'])
    expect([...documents.keys()]).toEqual([of('query Q { areas { nodes { ...A } } } fragment A on Area { ...B } fragment B on Area { name }')])
    expect([...documents].map(([, text]) => of(text))).toEqual([...documents.keys()])
  })
  it('are refused when two fragments share a name', () => {
    expect(() => documentsOf(['fragment A on Area { name }', 'fragment A on Area { code }'])).toThrow(/named A/)
  })
})
