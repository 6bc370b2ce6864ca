// Typed documents: the schema's printed form is the only thing the client knows of the server.
import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'

export const graphql = initGraphQLTada<{
  introspection: introspection
  scalars: { VND: string; Quantity: string; Date: string; DateTime: string; Cursor: string }
}>()

export { readFragment } from 'gql.tada'
export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
