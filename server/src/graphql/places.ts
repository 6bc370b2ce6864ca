// Where the rows lie that an answer is made of: a change elsewhere leaves it as it is.
import { type FieldNode, type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, getNamedType, isAbstractType, isObjectType } from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import type { Info, Roots } from './compile.ts'
import type { Read } from './read.ts'

/** The ids of areas in or below which all of it lies; '' for what may change anywhere. */
export type Places = ReadonlySet<string>

/** What changes so seldom, and is shown in so many places, that every change of it counts for all answers. */
const SETTLED = new Set([
  'area', 'area_place', 'area_succession', 'area_decision', 'poverty_standard', 'deprivation_indicator', 'poverty_cause', 'support_kind', 'rotation_rule', 'plan', 'plan_target',
])

/** Null when the answer goes stale without any change, with time alone. */
export function placesOf(info: Info, roots: Roots): Places | null {
  const places = new Set<string>()
  let isVolatile = false

  function field(type: GraphQLObjectType, nodes: readonly FieldNode[], isPlaced: boolean) {
    const found = type.getFields()[nodes[0]!.name.value]
    const read = found?.extensions.read as Read | undefined
    if (!found || !read || read.kind === 'given') return
    if (read.kind === 'inline') return object(found.type, nodes, isPlaced)
    if (read.kind === 'column' || read.kind === 'needs') {
      // More than a column of its own row: who knows from where.
      if (!isPlaced && !(read.kind === 'column' && read.column !== undefined)) places.add('')
      return
    }
    if (read.isVolatile) isVolatile = true
    const isInside = placeOf(found, read, nodes, isPlaced)
    if (!isInside && !(read.from === undefined && SETTLED.has(tableOf(read, found.type)))) places.add('')
    object(found.type, nodes, isInside)
  }

  function placeOf(found: GraphQLField<any, any>, read: Extract<Read, { where?: unknown }>, nodes: readonly FieldNode[], isPlaced: boolean): boolean {
    const place = typeof read.place === 'function' ? read.place(getArgumentValues(found, nodes[0]!, info.variableValues)) : read.place
    if (place === 'inside') return isPlaced
    if (place !== undefined) places.add(place)
    return Boolean(place)
  }

  function object(type: GraphQLOutputType, nodes: readonly FieldNode[], isPlaced: boolean) {
    const named = getNamedType(type)
    const objects = isAbstractType(named) ? info.schema.getPossibleTypes(named) : isObjectType(named) ? [named] : []
    for (const one of objects) {
      for (const below of collectSubfields(info.schema, info.fragments as never, info.variableValues, one, nodes as FieldNode[]).values()) {
        const isPart = one.getFields()[below[0]!.name.value]?.extensions.read === undefined
        if (isPart && below[0]!.selectionSet) object(one.getFields()[below[0]!.name.value]!.type, below, isPlaced) // nodes, edges, node
        else field(one, below, isPlaced)
      }
    }
  }

  for (const nodes of roots.values()) field(info.schema.getQueryType()!, nodes, false)
  return isVolatile ? null : places
}

function tableOf(read: Read, type: GraphQLOutputType): string {
  const named = getNamedType(type) as GraphQLObjectType
  return String((read.kind === 'page' ? getNamedType(named.getFields().nodes!.type) : named).extensions.table)
}
