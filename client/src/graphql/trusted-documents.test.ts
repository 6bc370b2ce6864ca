// What the client really sends: each document of every module, as gql.tada makes it at run time and the cache sends it on, is one that
// production runs. The list is that of the built client.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, createRequest, fetchExchange, mapExchange, stringifyDocument, subscriptionExchange } from 'urql'
import { Kind, OperationTypeNode, type DocumentNode, type OperationDefinitionNode, parse } from 'graphql'
import { expect, it, vi } from 'vitest'
import { fingerprint } from '../../../server/src/graphql/trusted.ts'
import { cache } from './cache.ts'

const made = vi.hoisted(() => [] as DocumentNode[])
// Its own function, which keeps what it has made.
vi.mock('gql.tada', async (original) => {
  const tada = await original<typeof import('gql.tada')>()
  const initGraphQLTada = () => {
    const graphql = tada.initGraphQLTada() as (...all: unknown[]) => DocumentNode
    return (...all: unknown[]) => {
      const document = graphql(...all)
      made.push(document)
      return document
    }
  }
  return { ...tada, initGraphQLTada }
})

const modules = import.meta.glob(['../**/*.{ts,tsx}', '!../**/*.test.*', '!../**/*.d.ts', '!../main.tsx'])
const listed = JSON.parse(readFileSync(join(import.meta.dirname, '../../dist/trusted-documents.json'), 'utf8')) as Record<string, string>
const operationOf = ({ definitions }: DocumentNode) => definitions.find((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)

/** The texts that leave the browser when these are asked; nobody answers. */
function sent(documents: readonly DocumentNode[]): string[] {
  const texts: string[] = []
  const client = new Client({
    url: 'http://hub.example/graphql', preferGetMethod: false, fetch: () => new Promise(() => {}),
    exchanges: [
      cache(),
      mapExchange({ onOperation: ({ kind, query }) => void (kind !== 'teardown' && texts.push(stringifyDocument(query))) }),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: () => ({ subscribe: () => ({ unsubscribe() {} }) }) }),
    ],
  })
  const ask = { query: 'executeQuery', mutation: 'executeMutation', subscription: 'executeSubscription' } as const
  for (const document of documents) client[ask[operationOf(document)!.operation]](createRequest(document, {}), { requestPolicy: 'network-only' }).subscribe(() => {})
  return texts
}

it('every operation that the client sends is run in production', async () => {
  await Promise.all(Object.values(modules).map((load) => load()))
  const operations = made.filter(operationOf)
  for (const kind of Object.values(OperationTypeNode)) expect(operations.filter((document) => operationOf(document)!.operation === kind).length).toBeGreaterThan(2)
  const texts = sent(operations)
  expect(texts.length).toBe(operations.length)
  const refused = texts.filter((text) => !(fingerprint(parse(text)) in listed)).map((text) => operationOf(parse(text))!.name?.value)
  expect(refused).toEqual([])
}, 60_000) // it loads every module of the client

it('what gql.tada takes out stands in no listed document', () => {
  expect(Object.values(listed).filter((text) => /@_/.test(text))).toEqual([])
})
