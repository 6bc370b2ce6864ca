// Asks a schema for everything: each root field with the widest selection that the limits allow.
import {
  type GraphQLField, type GraphQLNamedType, type GraphQLSchema, getNamedType, isAbstractType, isLeafType, isObjectType, isRequiredArgument,
} from 'graphql'

/** A value for an argument, as GraphQL text; undefined leaves it out. */
export type ArgumentOf = (rootField: string, path: string[], arg: string) => string | undefined

const DEPTH = 5
const FIELDS = 400

/** The text of a field with its arguments and all that can be selected below it; of an interface, below the types that are wanted. */
export function widest(
  schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, argumentOf: ArgumentOf, wants: (type: string) => boolean = () => true,
  wantsField: (field: GraphQLField<unknown, unknown>) => boolean = () => true,
): string {
  for (let depth = DEPTH; ; depth--) {
    let fields = 0
    const text = write(field, [], depth)
    if (fields <= FIELDS || depth === 0) return text

    function write(f: GraphQLField<unknown, unknown>, path: string[], left: number): string {
      fields++
      const here = [...path, f.name]
      const args = f.args.flatMap((arg) => {
        const value = argumentOf(field.name, here, arg.name) ?? (arg.name === 'first' ? '3' : arg.name === 'year' ? '2026' : undefined)
        if (value === undefined && isRequiredArgument(arg)) throw new Error(`no value for ${here.join('.')}(${arg.name}:)`)
        return value === undefined ? [] : [`${arg.name}: ${value}`]
      })
      const type = getNamedType(f.type)
      return `${f.name}${args.length ? `(${args.join(', ')})` : ''}${isLeafType(type) ? '' : ` ${selectionOf(type, here, left)}`}`
    }

    function selectionOf(type: GraphQLNamedType, path: string[], left: number): string {
      if (isAbstractType(type)) {
        return `{ __typename ${schema.getPossibleTypes(type).filter((possible) => wants(possible.name)).map((possible) => `... on ${possible.name} ${selectionOf(possible, path, left)}`).join(' ')} }`
      }
      if (!isObjectType(type)) return ''
      const inside = Object.values(type.getFields()).flatMap((f) => {
        if (!wantsField(f)) return []
        if (isLeafType(getNamedType(f.type))) return f.args.some(isRequiredArgument) ? [] : [write(f, path, left)]
        // One list of a page is enough, and nothing is asked of itself again.
        if (left === 0 || f.name === 'edges' || path.includes(f.name)) return []
        return [write(f, path, f.name === 'nodes' || f.name === 'pageInfo' ? left : left - 1)]
      })
      return inside.length ? `{ __typename ${inside.join(' ')} }` : '{ __typename }'
    }
  }
}
