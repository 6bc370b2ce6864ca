// Finishes an answer that was made in SQL but for the fields that rules in JavaScript say: there, the statement left what those rules need.
import {
  type FieldNode, type GraphQLField, type GraphQLObjectType, type GraphQLOutputType,
  getNamedType, isAbstractType, isLeafType, isListType, isNonNullType, isObjectType,
} from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import { type Info, type Roots, NotCompilable } from './compile.ts'
import type { Context } from './context.ts'
import type { Read } from './read.ts'

/** Puts into an object, in place, what its statement could not say. */
export type Finish = (value: any, context: Context) => void

const readOf = (field: GraphQLField<any, any>) => field.extensions.read as Read | undefined

/** The field's value is made by its own resolver, from what the statement gives in its place. */
export const isComputed = (field: GraphQLField<any, any>) => {
  const read = readOf(field)
  return ((read?.kind === 'needs' && !read.whole) || (read?.kind === 'column' && !isLeafType(getNamedType(field.type)))) &&
    (field.extensions.pothosOptions as { authScopes?: unknown }).authScopes === undefined
}

/**
 * Null when the statement says it all.
 * @throws NotCompilable for what only graphql-js can finish
 */
export function finishOf(info: Info, roots: Roots): Finish | null {
  const subfields = (type: GraphQLObjectType, nodes: readonly FieldNode[]) =>
    collectSubfields(info.schema, info.fragments as never, info.variableValues, type, nodes as FieldNode[])

  function fields(type: GraphQLObjectType, selection: Roots): Finish | null {
    const steps: [key: string, finish: (value: any, context: Context) => unknown][] = []
    for (const [key, nodes] of selection) {
      const field = type.getFields()[nodes[0]!.name.value]
      if (!field) continue // __typename
      const made = isComputed(field) ? computed(field, nodes) : below(field.type, nodes)
      if (made) steps.push([key, made])
    }
    return steps.length === 0 ? null : (value, context) => {
      for (const [key, step] of steps) value[key] = step(value[key], context)
    }
  }

  /** What the statement made, with all that is left to do in it; null when there is none. */
  function below(type: GraphQLOutputType, nodes: readonly FieldNode[]): ((value: any, context: Context) => unknown) | null {
    const named = getNamedType(type)
    if (isAbstractType(named)) {
      // Of which type a row is, only the statement knows.
      if (info.schema.getPossibleTypes(named).some((possible) => fields(possible, subfields(possible, nodes)))) throw new NotCompilable(named.name)
      return null
    }
    const finish = isObjectType(named) ? fields(named, subfields(named, nodes)) : null
    if (!finish) return null
    return (value, context) => {
      if (Array.isArray(value)) for (const one of value) finish(one, context)
      else if (value !== null) finish(value, context)
      return value
    }
  }

  /** As graphql-js would: the resolver, then the same for everything that is asked of what it gives. */
  function computed(field: GraphQLField<any, any>, nodes: readonly FieldNode[]): (parent: any, context: Context) => unknown {
    const args = getArgumentValues(field, nodes[0]!, info.variableValues)
    const complete = completed(field.type, nodes)
    const { resolve } = field
    if (readOf(field)?.kind === 'column') return complete
    return (parent, context) => complete(resolve ? resolve(parent, args, context, info as never) : parent[field.name], context)
  }

  function completed(type: GraphQLOutputType, nodes: readonly FieldNode[]): (value: any, context: Context) => unknown {
    if (isNonNullType(type)) {
      const complete = completed(type.ofType, nodes)
      return (value, context) => {
        if (value === null || value === undefined) throw new Error(`null in ${nodes[0]!.name.value}`)
        return complete(value, context)
      }
    }
    if (isListType(type)) {
      const complete = completed(type.ofType, nodes)
      return (value, context) => (value ?? null) && (value as unknown[]).map((one) => complete(one, context))
    }
    if (isLeafType(type)) return (value) => (value === null || value === undefined ? null : type.serialize(value))
    if (!isObjectType(type)) throw new NotCompilable(type.name)
    const parts = [...subfields(type, nodes)].map(([key, below]) => {
      const field = type.getFields()[below[0]!.name.value]
      if (!field) return [key, () => type.name] as const
      if (readOf(field)) throw new NotCompilable(`${type.name}.${field.name}`)
      return [key, computed(field, below)] as const
    })
    return (value, context) => (value ?? null) && Object.fromEntries(parts.map(([key, part]) => [key, part(value, context)]))
  }

  return fields(info.schema.getQueryType()!, roots)
}
