// What production runs: every document that is listed with the built client is one that the hub takes, under all of its rules and limits.
import { readFileSync, readdirSync } from 'node:fs'
import { type GraphQLError, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkDocuments } from '../../server/src/graphql/documents.ts'
import { documentsOf, fingerprint } from '../../server/src/graphql/trusted.ts'
import { schema } from '../../server/src/schema.ts'

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const listed = new Map(Object.entries(JSON.parse(file('client/dist/trusted-documents.json')) as Record<string, string>))
const operations = readdirSync(new URL('../../schema/operations', import.meta.url)).filter((name) => name.endsWith('.graphql'))
const check = checkDocuments({ schema, trusted: listed, introspection: false, maxErrors: 20 })
const refusals = (text: string): readonly GraphQLError[] => {
  const checked = check(text)
  return 'errors' in checked ? checked.errors : []
}

describe('the documents that are listed', () => {
  it('pass every rule and limit of production, each under its own fingerprint', () => {
    expect(listed.size).toBeGreaterThan(operations.length)
    const wrong = [...listed].flatMap(([id, text]) => {
      const faults = refusals(text).map(({ message }) => message)
      if (fingerprint(parse(text)) !== id) faults.push('is listed under another fingerprint')
      return faults.length ? [{ text: text.slice(0, 60), faults }] : []
    })
    expect(wrong).toEqual([])
  })

  it('hold every operation of schema/operations', () => {
    const published = documentsOf(operations.map((name) => file(`schema/operations/${name}`)))
    expect(published.size).toBe(operations.length)
    expect([...published.keys()].filter((id) => !listed.has(id))).toEqual([])
  })

  it('are no longer run once a field, an alias or a directive is added', () => {
    const [text] = listed.values()
    const changed = print(parse(text!)).replace(/\{/, '{ added: __typename ')
    expect(refusals(changed).map(({ message }) => message)).toEqual([expect.stringContaining('schema/operations')])
  })
})
