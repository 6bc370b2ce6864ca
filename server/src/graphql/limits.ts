// What one operation may ask for, over HTTP and socket alike: counted through fragments, before anything runs.
import {
  type ASTVisitor, type FieldNode, type GraphQLField, type GraphQLNamedType, type OperationDefinitionNode, type SelectionNode,
  type SelectionSetNode, type ValidationContext, type ValidationRule, GraphQLError, Kind, NoSchemaIntrospectionCustomRule,
  OperationTypeNode, SchemaMetaFieldDef, TypeMetaFieldDef, getNamedType, getNullableType, isInterfaceType, isListType, isObjectType,
} from 'graphql'
import { PAGE_DEFAULT, PAGE_MAX } from './compile.ts'
import { type Trusted, onlyTrusted } from './trusted.ts'

export const LIMITS = {
  /** Before parsing ends: a longer document is not even read. */
  tokens: 2_000,
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
}

const SHORT_LIST = 5

export const parseOptions = { maxTokens: LIMITS.tokens }

/** The rules on top of GraphQL's own. */
export const rulesFor = ({ introspection, trusted }: { introspection: boolean; trusted: Trusted | null }): ValidationRule[] => [
  withinLimits,
  ...(trusted ? [onlyTrusted(trusted)] : []),
  ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
]

interface Size {
  depth: number
  introspectionDepth: number
  aliases: number
  directives: number
  fields: number
  roots: number
  nodes: number
}

const NOTHING: Size = { depth: 0, introspectionDepth: 0, aliases: 0, directives: 0, fields: 0, roots: 0, nodes: 0 }

const together = (a: Size, b: Size): Size => ({
  depth: Math.max(a.depth, b.depth),
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
  fields: a.fields + b.fields,
  roots: a.roots + b.roots,
  nodes: a.nodes + b.nodes,
})

function withinLimits(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema()
  // Each fragment is measured once, however often it is spread: measuring costs no more than reading.
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
    const condition = node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition : node.kind === Kind.FRAGMENT_SPREAD ? context.getFragment(node.name.value)?.typeCondition : undefined
    return condition && isObjectType(schema.getType(condition.name.value)) ? condition.name.value : undefined
  }

  function ofSelection(node: SelectionNode, type: GraphQLNamedType | undefined): Size {
    const directives = node.directives?.length ?? 0
    switch (node.kind) {
      case Kind.FIELD:
        return ofField(node, type, directives)
      case Kind.INLINE_FRAGMENT: {
        const size = ofAll(node.selectionSet, node.typeCondition ? schema.getType(node.typeCondition.name.value) : type)
        return { ...size, directives: size.directives + directives }
      }
      case Kind.FRAGMENT_SPREAD: {
        const size = ofFragment(node.name.value)
        return { ...size, directives: size.directives + directives }
      }
    }
  }

  function ofFragment(name: string): Size {
    const known = fragments.get(name)
    if (known) return known
    fragments.set(name, NOTHING) // should it spread itself: GraphQL's own rules report that
    const fragment = context.getFragment(name)
    if (!fragment) return NOTHING
    const size = ofAll(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
    fragments.set(name, { ...size, directives: size.directives + (fragment.directives?.length ?? 0) })
    return fragments.get(name)!
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined, directives: number): Size {
    const field = fieldOf(node.name.value, parent)
    const below = node.selectionSet ? ofAll(node.selectionSet, field && getNamedType(field.type)) : NOTHING
    const isIntrospection = field === SchemaMetaFieldDef || field === TypeMetaFieldDef
    return {
      depth: isIntrospection ? 1 : below.depth + 1,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      aliases: below.aliases + (node.alias ? 1 : 0),
      directives: below.directives + directives,
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

  return {
    OperationDefinition(node) {
      const size = ofAll(node.selectionSet, schema.getRootType(node.operation) ?? undefined)
      const onOperation = [node, ...(node.variableDefinitions ?? [])].reduce((sum, { directives }) => sum + (directives?.length ?? 0), 0)
      for (const problem of problemsOf({ ...size, directives: size.directives + onOperation }, node)) context.reportError(problem)
      return false
    },
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

function problemsOf(size: Size, operation: OperationDefinitionNode): GraphQLError[] {
  const isMutation = operation.operation === OperationTypeNode.MUTATION
  const checks: [what: string, found: number, allowed: number][] = [
    ['levels', size.depth, LIMITS.depth],
    ['introspection levels', size.introspectionDepth, LIMITS.introspectionDepth],
    ['aliases', size.aliases, LIMITS.aliases],
    ['directives', size.directives, LIMITS.directives],
    ['fields', size.fields, LIMITS.fields],
    ['root fields', size.roots, isMutation ? LIMITS.mutationRootFields : LIMITS.rootFields],
    ['objects in its answer', size.nodes, LIMITS.nodes],
  ]
  return checks.flatMap(([what, found, allowed]) =>
    found <= allowed ? [] : [
      new GraphQLError(`This operation has ${found} ${what}; at most ${allowed} are allowed.`, { nodes: operation, extensions: { reason: 'LIMIT_EXCEEDED' } }),
    ])
}
