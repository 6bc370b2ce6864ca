// The arguments of a field that is read: a text that no row can hold is one that no row has.
import type { FieldNode, GraphQLField } from 'graphql'
import { getArgumentValues } from 'graphql/execution/values.js'
import { searchable } from '../platform/text.ts'
import type { Args } from './read.ts'

export function argumentsOf(field: GraphQLField<any, any>, node: FieldNode, variables: Record<string, unknown>): Args {
  const args = getArgumentValues(field, node, variables)
  for (const [name, value] of Object.entries(args)) if (typeof value === 'string') args[name] = searchable(value)
  return args
}
