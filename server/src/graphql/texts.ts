// The edge for text: each input field of a mutation says what kind of text it takes, and no command sees another form than the one that is kept.
import {
  type GraphQLInputObjectType, type GraphQLInputType, type GraphQLResolveInfo, getNamedType, getNullableType, isInputObjectType, isListType,
} from 'graphql'
import { TEXTS, type TextKind, textIn } from '../platform/text.ts'

/** Beside the kinds of text: a password is taken as it is typed, and the command itself looks at a client's key. */
type Taken = TextKind | 'secret' | 'key'

/** Of an input field, among its other options. */
export const text = (taken: Taken) => ({ extensions: { text: taken } })

/** The input of a mutation with every text in the form in which it is kept. @throws InvalidInput that names the field */
export function textsIn(info: GraphQLResolveInfo, input: unknown): unknown {
  const argument = info.parentType.getFields()[info.fieldName]!.args[0]
  return argument ? made(argument.type, undefined, input, '') : input
}

function made(type: GraphQLInputType, taken: Taken | undefined, value: any, path: string): unknown {
  if (value == null) return value
  const nullable = getNullableType(type)
  if (isListType(nullable)) return value.map((each: unknown, i: number) => made(nullable.ofType, taken, each, `${path}.${i}`))
  const named = getNamedType(type)
  if (isInputObjectType(named)) return object(named, value, path)
  return typeof value === 'string' && taken && taken in TEXTS ? textIn(path, value, taken as TextKind) : value
}

const object = (type: GraphQLInputObjectType, value: Record<string, unknown>, path: string) =>
  Object.fromEntries(Object.entries(value).map(([name, part]) => {
    const field = type.getFields()[name]!
    return [name, made(field.type, field.extensions.text as Taken | undefined, part, path ? `${path}.${name}` : name)]
  }))
