// What one document may ask for, over HTTP and socket alike: measured straight after parsing, before anything compares or runs.
import {
  type DefinitionNode, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLNamedType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionNode, type SelectionSetNode, type ValueNode, GraphQLError, Kind, OperationTypeNode, SchemaMetaFieldDef,
  TypeMetaFieldDef, getNamedType, getNullableType, isInterfaceType, isListType, isObjectType,
} from 'graphql'
import { PAGE_DEFAULT, PAGE_MAX } from './compile.ts'
import { countComparisons } from './comparisons.ts'

export const LIMITS = {
  /** Of a document's text, comments and all; the longest of our own has 2,500. */
  characters: 16_000,
  /** Before parsing ends: a longer document is not even read. */
  tokens: 1_500,
  operations: 10,
  fragments: 30,
  variables: 50,
  /** Of lists and objects written in the document. */
  valueDepth: 8,
  depth: 10,
  /** Of `__schema` and `__type`, where they are on; what GraphiQL asks is 15 deep. */
  introspectionDepth: 16,
  aliases: 15,
  directives: 20,
  fields: 500,
  rootFields: 8,
  mutationRootFields: 1,
  /** Objects that the answer can hold: pages count as `first` says, short lists as five. */
  nodes: 10_000,
  /** Fields, fragments and inline fragments, with every fragment written out wherever it is spread. */
  selections: 1_000,
  /** Pairs of fields that answer under the same name at the same place: GraphQL's rules compare each (4 µs), and most of our own ask for 440. */
  comparisons: 1_500,
  /** Of all values in the variables together, and of lists and objects in one another. */
  variableValues: 5_000,
  variableDepth: 12,
}

const SHORT_LIST = 5

export const parseOptions = { maxTokens: LIMITS.tokens }

/** Names nothing of the schema, so its message stays as it is in production. */
export const limitExceeded = (message: string, definition?: DefinitionNode) =>
  new GraphQLError(message, { nodes: definition ?? [], extensions: { code: 'LIMIT_EXCEEDED' } })
const tooMany = (subject: string, found: number | string, what: string, allowed: number, definition?: DefinitionNode) =>
  limitExceeded(`${subject} has ${found} ${what}; at most ${allowed} are allowed.`, definition)

interface Size {
  depth: number
  introspectionDepth: number
  valueDepth: number
  aliases: number
  directives: number
  fields: number
  roots: number
  nodes: number
}

const NOTHING: Size = { depth: 0, introspectionDepth: 0, valueDepth: 0, aliases: 0, directives: 0, fields: 0, roots: 0, nodes: 0 }

const together = (a: Size, b: Size): Size => ({
  depth: Math.max(a.depth, b.depth),
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  valueDepth: Math.max(a.valueDepth, b.valueDepth),
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
  fields: a.fields + b.fields,
  roots: a.roots + b.roots,
  nodes: a.nodes + b.nodes,
})

/** In what a parsed document goes beyond the limits. Measuring costs no more than reading, however fragments multiply or go round. */
export function excessOf(schema: GraphQLSchema, document: DocumentNode): GraphQLError[] {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  const counts = [
    ['operations', operations.length, LIMITS.operations],
    ['fragments', fragments.length, LIMITS.fragments],
    ['variables', Math.max(0, ...operations.map(({ variableDefinitions }) => variableDefinitions?.length ?? 0)), LIMITS.variables],
  ] as const
  const first = counts.flatMap(([what, found, allowed]) => (found > allowed ? [tooMany('This document', found, what, allowed)] : []))
  if (first.length > 0) return first
  const named = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
  const sizeOf = measure(schema, named)
  const excess = operations.flatMap((operation) => problemsOf(sizeOf(operation), operation))
  // Of each fragment by itself, too: GraphQL's rules compare in those that nobody spreads as well.
  return excess.length > 0 ? excess : [...operations, ...fragments].flatMap((definition) => repetitionOf(definition, named))
}

function repetitionOf(definition: OperationDefinitionNode | FragmentDefinitionNode, named: ReadonlyMap<string, FragmentDefinitionNode>): GraphQLError[] {
  const { selections, comparisons } = countComparisons(definition.selectionSet, named, LIMITS)
  if (selections > LIMITS.selections) return [tooMany(subjectOf(definition), 'too many', 'selections with its fragments written out', LIMITS.selections, definition)]
  if (comparisons > LIMITS.comparisons) return [tooMany(subjectOf(definition), 'too many', 'pairs of fields under one name', LIMITS.comparisons, definition)]
  return []
}

const subjectOf = (definition: DefinitionNode) => (definition.kind === Kind.FRAGMENT_DEFINITION ? 'This fragment' : 'This operation')

function measure(schema: GraphQLSchema, named: ReadonlyMap<string, FragmentDefinitionNode>): (operation: OperationDefinitionNode) => Size {
  // Each fragment is measured once, however often it is spread.
  const fragments = new Map<string, Size>()

  function ofAll(set: SelectionSetNode, type: GraphQLNamedType | undefined): Size {
    const sizes = set.selections.map((selection) => ofSelection(selection, type))
    // What is asked of objects of one type alone. An object is of one type: of several, the one with the most counts.
    const alone = new Map<string, number>()
    set.selections.forEach((selection, i) => {
      const only = onlyTypeOf(selection)
      if (only && only !== type?.name) alone.set(only, (alone.get(only) ?? 0) + sizes[i]!.nodes)
    })
    const all = sizes.reduce(together, NOTHING)
    return { ...all, nodes: all.nodes - [...alone.values()].reduce((sum, nodes) => sum + nodes, 0) + Math.max(0, ...alone.values()) }
  }

  /** The one type of objects that a fragment is for. */
  function onlyTypeOf(node: SelectionNode): string | undefined {
    const condition = node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition : node.kind === Kind.FRAGMENT_SPREAD ? named.get(node.name.value)?.typeCondition : undefined
    return condition && isObjectType(schema.getType(condition.name.value)) ? condition.name.value : undefined
  }

  function ofSelection(node: SelectionNode, type: GraphQLNamedType | undefined): Size {
    const size = node.kind === Kind.FIELD ? ofField(node, type)
      : node.kind === Kind.INLINE_FRAGMENT ? ofAll(node.selectionSet, node.typeCondition ? schema.getType(node.typeCondition.name.value) : type)
        : ofFragment(node.name.value)
    return { ...size, directives: size.directives + (node.directives?.length ?? 0) }
  }

  function ofFragment(name: string): Size {
    const known = fragments.get(name)
    if (known) return known
    fragments.set(name, NOTHING) // should it spread itself: GraphQL's own rules report that
    const fragment = named.get(name)
    if (!fragment) return NOTHING
    const size = ofAll(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
    fragments.set(name, { ...size, directives: size.directives + (fragment.directives?.length ?? 0) })
    return fragments.get(name)!
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Size {
    const field = fieldOf(node.name.value, parent)
    const below = node.selectionSet ? ofAll(node.selectionSet, field && getNamedType(field.type)) : NOTHING
    const isIntrospection = field === SchemaMetaFieldDef || field === TypeMetaFieldDef
    return {
      depth: isIntrospection ? 1 : below.depth + 1,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      valueDepth: Math.max(below.valueDepth, ...(node.arguments ?? []).map(({ value }) => depthOf(value))),
      aliases: below.aliases + (node.alias ? 1 : 0),
      directives: below.directives,
      fields: below.fields + 1,
      roots: 1,
      nodes: node.selectionSet && !isIntrospection ? nodesOf(node, field, parent, below.nodes) : 0,
    }
  }

  function fieldOf(name: string, parent: GraphQLNamedType | undefined): GraphQLField<unknown, unknown> | undefined {
    if (parent === schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
  }

  return (operation) => {
    const variables = operation.variableDefinitions ?? []
    const size = ofAll(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined)
    const directives = [operation, ...variables].reduce((sum, node) => sum + (node.directives?.length ?? 0), size.directives)
    return { ...size, directives, valueDepth: Math.max(size.valueDepth, ...variables.map(({ defaultValue }) => (defaultValue ? depthOf(defaultValue) : 0))) }
  }
}

/** The objects that a field can bring, each with `below` of them. A page's size given as a variable counts as the largest. */
function nodesOf(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined, parent: GraphQLNamedType | undefined, below: number): number {
  if (field?.args.some((argument) => argument.name === 'first')) {
    const first = node.arguments?.find((argument) => argument.name.value === 'first')?.value
    const size = !first || first.kind === Kind.NULL ? PAGE_DEFAULT : first.kind === Kind.INT ? Math.max(1, Number(first.value)) : PAGE_MAX
    return 1 + size * below
  }
  const isPart = parent?.name.endsWith('Connection') // its nodes and edges were counted as the page
  return (field && !isPart && isListType(getNullableType(field.type)) ? SHORT_LIST : 1) * (1 + below)
}

function depthOf(value: ValueNode): number {
  if (value.kind === Kind.LIST) return 1 + Math.max(0, ...value.values.map(depthOf))
  if (value.kind === Kind.OBJECT) return 1 + Math.max(0, ...value.fields.map((field) => depthOf(field.value)))
  return 0
}

function problemsOf(size: Size, operation: OperationDefinitionNode): GraphQLError[] {
  const isMutation = operation.operation === OperationTypeNode.MUTATION
  const checks: [what: string, found: number, allowed: number][] = [
    ['levels', size.depth, LIMITS.depth],
    ['introspection levels', size.introspectionDepth, LIMITS.introspectionDepth],
    ['levels in a value', size.valueDepth, LIMITS.valueDepth],
    ['aliases', size.aliases, LIMITS.aliases],
    ['directives', size.directives, LIMITS.directives],
    ['fields', size.fields, LIMITS.fields],
    ['root fields', size.roots, isMutation ? LIMITS.mutationRootFields : LIMITS.rootFields],
    ['objects in its answer', size.nodes, LIMITS.nodes],
  ]
  return checks.flatMap(([what, found, allowed]) => (found <= allowed ? [] : [tooMany('This operation', found, what, allowed, operation)]))
}

export const tooManyValues = () => limitExceeded('The variables hold too many values, or lists and objects too deep in one another.')

/** Whether variables are of a size that one request needs: in values, and in lists and objects within one another. */
export function isModest(variables: unknown): boolean {
  let values = 0
  let level: unknown[] = [variables]
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length
    if (depth > LIMITS.variableDepth || values > LIMITS.variableValues) return false
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return true
}
