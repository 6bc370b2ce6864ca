// Makes up queries: whatever the schema lets one ask, with aliases, fragments, variables and directives, well or badly.
import fc from 'fast-check'
import {
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLInterfaceType, type GraphQLNamedType, type GraphQLObjectType,
  type GraphQLSchema, getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType,
  isObjectType, isRequiredArgument,
} from 'graphql'

export interface MadeUp {
  text: string
  /** Values for the variables, more than once: what is kept of one answer must not show in another. */
  variables: Record<string, unknown>[]
}

/** What there is to ask with. */
export interface Sources {
  schema: GraphQLSchema
  /** Fields at the root; who stands here more often is asked for more often. */
  roots: readonly string[]
  /** Below the root, most queries ask for such fields alone. */
  isPlain(field: GraphQLField<unknown, unknown>, of: GraphQLNamedType): boolean
  /** Values for an argument: some that have an answer, and some that are refused. */
  valuesOf(field: GraphQLField<unknown, unknown>, argument: GraphQLArgument, isRoot: boolean): { good: readonly unknown[]; bad: readonly unknown[] }
}

type Composite = GraphQLObjectType | GraphQLInterfaceType
/** What one response object already has, by key: the same key twice must be the same field with the same arguments. */
type Scope = Map<string, { args: string; below: Scope }>

/** fast-check likes the ends of a range best. */
const even = (max: number) => fc.noBias(fc.nat(max))

const DEPTH = 5
const FIELDS = 45

export function makeUp(g: fc.GeneratorValue, { schema, roots, isPlain, valuesOf }: Sources): MadeUp {
  const below = (n: number) => (n <= 1 ? 0 : g(even, n - 1))
  const chance = (percent: number) => g(even, 99) < percent
  const of = <T>(list: readonly T[]) => list[below(list.length)]!

  const onlyPlain = chance(85)
  const isCareful = chance(75)
  const variables = new Map<string, { declaration: string; draw: () => unknown; mayBeLeftOut: boolean }>()
  const fragments = new Map<string, { type: string; text: string }>()
  let fields = 0
  let names = 0
  const nextName = (prefix: string) => `${prefix}${++names}`

  const flag = () => {
    if (chance(30)) return String(chance(50))
    const name = nextName('b')
    variables.set(name, { declaration: `$${name}: Boolean!`, draw: () => chance(50), mayBeLeftOut: false })
    return `$${name}`
  }
  const directives = () => (chance(88) ? '' : ` ${chance(50) ? '@include' : '@skip'}(if: ${flag()})`)

  function argument(field: GraphQLField<unknown, unknown>, arg: GraphQLArgument, isRoot: boolean): string {
    const { good, bad } = valuesOf(field, arg, isRoot)
    const draw = () => of(bad.length && !isCareful && chance(15) ? bad : good)
    const value = draw()
    const isRequired = isRequiredArgument(arg)
    if (chance(50) && isAccepted(value, arg.type)) return `${arg.name}: ${literal(value, arg.type)}`
    const name = nextName('v')
    const byDefault = !isRequired && chance(20) && isAccepted(value, arg.type) ? ` = ${literal(value, arg.type)}` : ''
    const mayBeNull = !isRequired && chance(15)
    variables.set(name, {
      declaration: `$${name}: ${getNullableType(arg.type)}${isRequired ? '!' : ''}${byDefault}`,
      draw: () => (mayBeNull && chance(50) ? null : draw()), mayBeLeftOut: !isRequired,
    })
    return `${arg.name}: $${name}`
  }

  function fieldOf(type: Composite, scope: Scope, depth: number, isShared: boolean, among?: readonly string[]): string {
    const all = among?.map((name) => type.getFields()[name]!) ?? Object.values(type.getFields()).filter((field) =>
      (depth > 0 || isLeafType(getNamedType(field.type))) && (!onlyPlain || isPlain(field, type)))
    if (all.length === 0) return '__typename'
    const field = of(all)
    const isLeaf = isLeafType(getNamedType(field.type))
    fields++
    // What a fragment asks for is the same wherever it is spread, so it may not meet another under its key.
    const alias = (isShared && (!isLeaf || field.args.length > 0)) || chance(20) ? nextName('a') : null
    const key = alias ?? field.name
    const isRoot = type === schema.getQueryType()
    let known = scope.get(key)
    if (!known) {
      const args = field.args.filter((arg) => isRequiredArgument(arg) || chance(arg.name === 'after' ? 10 : 40)).map((arg) => argument(field, arg, isRoot))
      scope.set(key, (known = { args: args.length ? `(${args.join(', ')})` : '', below: new Map() }))
    }
    const selection = isLeaf ? '' : ` ${selectionOf(getNamedType(field.type) as Composite, known.below, depth - 1, false)}`
    return `${alias ? `${alias}: ` : ''}${field.name}${known.args}${directives()}${selection}`
  }

  /** Types on which a fragment within the type can be. */
  const conditionsOf = (type: Composite): Composite[] =>
    isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type, ...(isObjectType(type) ? type.getInterfaces() : [])]

  function spread(type: Composite): string {
    const fit = [...fragments].filter(([, fragment]) => fragment.type === type.name)
    if (fit.length && chance(50)) return `...${of(fit)[0]}${directives()}`
    const name = nextName('F')
    const text = selectionOf(type, new Map(), 1, true) // known to others once it is whole, so that none spreads itself
    fragments.set(name, { type: type.name, text })
    return `...${name}${directives()}`
  }

  function selectionOf(type: Composite, scope: Scope, depth: number, isShared: boolean): string {
    const parts: string[] = []
    for (let left = 1 + below(isAbstractType(type) ? 7 : 5); left > 0; left--) {
      if (fields >= FIELDS) break
      if (chance(10)) parts.push(chance(30) ? `${nextName('a')}: __typename` : '__typename')
      else if (chance(isAbstractType(type) ? 50 : 10)) {
        const condition = of(conditionsOf(type))
        parts.push(`...${chance(20) && condition === type ? '' : ` on ${condition.name}`}${directives()} ${selectionOf(condition, scope, depth, isShared)}`)
      } else if (!isShared && chance(12)) parts.push(spread(of(conditionsOf(type))))
      else parts.push(fieldOf(type, scope, depth, isShared))
    }
    return `{ ${parts.join(' ') || '__typename'} }`
  }

  const scope: Scope = new Map()
  const query = schema.getQueryType()!
  const asked = Array.from({ length: chance(60) ? 1 : 1 + below(4) }, () => (chance(4) ? '__typename' : fieldOf(query, scope, DEPTH, false, roots)))
  const declarations = [...variables.values()].map(({ declaration }) => declaration)
  const text = [
    `query ${declarations.length ? `Q(${declarations.join(', ')}) ` : ''}{ ${asked.join(' ')} }`,
    ...[...fragments].map(([name, fragment]) => `fragment ${name} on ${fragment.type} ${fragment.text}`),
  ].join('\n')
  const valuesFor = () => Object.fromEntries([...variables].flatMap(([name, { draw, mayBeLeftOut }]) => (mayBeLeftOut && chance(20) ? [] : [[name, draw()]])))
  return { text, variables: variables.size ? [valuesFor(), valuesFor()] : [{}] }
}

/** The value as GraphQL text. */
function literal(value: unknown, type: GraphQLInputType): string {
  const inner = getNullableType(type)
  if (value === null) return 'null'
  if (isListType(inner)) return `[${(value as unknown[]).map((item) => literal(item, inner.ofType as GraphQLInputType)).join(', ')}]`
  if (isInputObjectType(inner)) return `{ ${Object.entries(value as object).map(([name, part]) => `${name}: ${literal(part, inner.getFields()[name]!.type)}`).join(', ')} }`
  return isEnumType(inner) ? String(value) : JSON.stringify(value)
}

/** Validation lets it stand in the text. */
function isAccepted(value: unknown, type: GraphQLInputType): boolean {
  if (value === null) return !isNonNullType(type)
  const inner = getNullableType(type)
  if (!isLeafType(inner)) return true
  try {
    return inner.parseValue(value) !== undefined
  } catch {
    return false
  }
}
