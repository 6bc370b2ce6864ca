// Finishes an answer that was made in SQL but for the fields that rules in JavaScript say: there, the statement left what those rules need.
import { type FieldNode, type GraphQLField, type GraphQLOutputType, getNamedType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { argumentsOf } from './arguments.ts'
import { type Info, NotCompilable } from './compile.ts'
import type { Context } from './context.ts'
import type { Read } from './read.ts'

/** Puts into an answer's text what its statement could not say. */
export type Finish = (text: string, context: Context) => string

/** Makes a field's value from what the statement left in its place. */
export type Rule = (left: any, context: Context) => unknown

const readOf = (field: GraphQLField<any, any>) => field.extensions.read as Read | undefined

/** The field's value is made by its own resolver, from what the statement gives in its place. */
export const isComputed = (field: GraphQLField<any, any>) => {
  const read = readOf(field)
  return ((read?.kind === 'needs' && !read.whole) || (read?.kind === 'column' && !isLeafType(getNamedType(field.type)))) &&
    (field.extensions.pothosOptions as { authScopes?: unknown }).authScopes === undefined
}

// In the text, what a rule needs stands between these: keys that no field has, with quotes that no text of a user's can have unescaped.
const OPENS = '\uE000'
const CLOSES = '\uE001'
const START = `{"${OPENS}`
const END = `, "${CLOSES}" : 0}`

/** What the rule of this number needs, so that `finishing` finds it. */
export const left = (rule: number, sql: string) => `json_build_object('${OPENS}${rule}', ${sql}, '${CLOSES}', 0)`

/** Only what rules need is read and written; all else stays as the statement wrote it. Null when it said it all. */
export const finishing = (rules: readonly Rule[]): Finish | null => rules.length === 0 ? null : (text, context) => {
  let finished = ''
  let from = 0
  for (let start = text.indexOf(START); start !== -1; start = text.indexOf(START, from)) {
    const colon = text.indexOf('" : ', start)
    const end = text.indexOf(END, colon)
    const rule = rules[Number(text.slice(start + START.length, colon))]!
    finished += text.slice(from, start) + JSON.stringify(rule(JSON.parse(text.slice(colon + 4, end)), context))
    from = end + END.length
  }
  return finished + text.slice(from)
}

/**
 * As graphql-js would: the field's resolver, then the same for everything that is asked of what it gives.
 * @throws NotCompilable for what only graphql-js can finish
 */
export function ruleOf(info: Info, field: GraphQLField<any, any>, nodes: readonly FieldNode[]): Rule {
  const args = argumentsOf(field, nodes[0]!, info.variableValues)
  const complete = completed(info, field.type, nodes)
  const { resolve } = field
  if (readOf(field)?.kind === 'column') return complete
  return (parent, context) => complete(resolve ? resolve(parent, args, context, info as never) : parent[field.name], context)
}

function completed(info: Info, type: GraphQLOutputType, nodes: readonly FieldNode[]): Rule {
  if (isNonNullType(type)) {
    const complete = completed(info, type.ofType, nodes)
    return (value, context) => {
      if (value === null || value === undefined) throw new Error(`null in ${nodes[0]!.name.value}`)
      return complete(value, context)
    }
  }
  if (isListType(type)) {
    const complete = completed(info, type.ofType, nodes)
    return (value, context) => (value ?? null) && (value as unknown[]).map((one) => complete(one, context))
  }
  if (isLeafType(type)) return (value) => (value === null || value === undefined ? null : type.serialize(value))
  if (!isObjectType(type)) throw new NotCompilable(type.name)
  const parts = [...collectSubfields(info.schema, info.fragments as never, info.variableValues, type, nodes as FieldNode[])].map(([key, below]) => {
    const field = type.getFields()[below[0]!.name.value]
    if (!field) return [key, () => type.name] as const
    if (readOf(field)) throw new NotCompilable(`${type.name}.${field.name}`)
    return [key, ruleOf(info, field, below)] as const
  })
  return (value, context) => (value ?? null) && Object.fromEntries(parts.map(([key, part]) => [key, part(value, context)]))
}
