// Compiles a selection into ONE SQL statement that returns finished JSON, so that no read can be N+1.
//
// A GraphQL type names its table (`extensions.table`), each of its fields says in `extensions.read` what it is in SQL (read.ts).
// A whole operation of such fields becomes one statement whose text is the answer; any other asks for each root field with one.
import {
  type FieldNode, type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, type GraphQLResolveInfo,
  type OperationDefinitionNode, GraphQLBoolean, GraphQLInt, getNamedType, isAbstractType, isLeafType, isNonNullType,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import { BOUNDS } from '../../../common/bounds.ts'
import { type Table, visibility } from '../access/visibility.ts'
import { invalid } from '../platform/failure.ts'
import { type Finish, type Rule, finishing, isComputed, left, ruleOf } from './finish.ts'
import { type Args, type Bind, type From, type Known, type Read, besideNeeds, isReading } from './read.ts'

export const PAGE_DEFAULT = 20
export const PAGE_MAX = Number(BOUNDS.pageSize.most)

/** What a statement is made for. */
export interface Purpose {
  /** Columns that cannot be null, as "table.column". */
  required: ReadonlySet<string>
  /** It runs as the public role: what that role's views show needs no predicate. */
  isPublic: boolean
}

/** What an operation is compiled from. */
export type Info = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>

interface Statement extends Purpose {
  info: Info
  /** Its text is the answer: nothing is in it but what was asked, and nothing is left to resolvers. */
  isWhole: boolean
  /** In place of a field that rules say, its text holds what they need (finish.ts); null where resolvers do the rest. */
  rules: Rule[] | null
  values: unknown[]
  bind: Bind
  alias(): string
}

/** A statement ready to run. A value that is a function is told what only the request knows. */
export interface Compiled {
  text: string
  values: unknown[]
}

/** Thrown for what only a resolver can answer. */
export class NotCompilable extends Error {}

function statement(info: Info, purpose: Purpose, isWhole: boolean, rules: Rule[] | null = null): Statement {
  const values: unknown[] = []
  let aliases = 0
  return { ...purpose, info, isWhole, rules, values, bind: (value) => `$${values.push(value)}`, alias: () => `t${++aliases}` }
}

/** The statement for a root field: one row, one column `value`. */
export function compile(info: GraphQLResolveInfo, read: Extract<Read, From>, source: any, purpose: Purpose): Compiled {
  const s = statement(info, purpose, false)
  const field = info.parentType.getFields()[info.fieldName]!
  return compiled(s, `select ${rowsOf(s, field, read, info.fieldNodes, '', argsOf(s, field, info.fieldNodes), source)} as value`)
}

/** Rows of a table, for `compileRows`. */
export interface Shape {
  from: string
  /** What is asked of each row beside the field's value. */
  columns: string
  where: string
  orderBy: string
  limit: number
}

/** The statement that lists rows of the field's type as `value`. With `isWhole`, each value's text is finished. */
export function compileRows(
  info: Info & Pick<GraphQLResolveInfo, 'parentType' | 'fieldName' | 'fieldNodes'>,
  shape: (row: string, bind: Bind, args: Args) => Shape, purpose: Purpose, isWhole = false,
): Compiled {
  const s = statement(info, purpose, isWhole)
  const field = info.parentType.getFields()[info.fieldName]!
  const row = s.alias()
  const { from, columns, where, orderBy, limit } = shape(row, s.bind, argsOf(s, field, info.fieldNodes))
  const table = tableOf(field.type)
  const object = objectOf(s, field.type, info.fieldNodes, row, table)
  const inner = `select ${row}.* from ${from} ${row} where ${where}${seen(s, table, row)} order by ${orderBy} limit ${limit}`
  return compiled(s, `select ${object}${isWhole ? '::text' : ''} as value, ${columns} from (${inner}) ${row} order by ${orderBy}`)
}

/** The fields at the root of a query, by response key. */
export type Roots = ReadonlyMap<string, readonly FieldNode[]>

export const rootsOf = (info: Info, operation: OperationDefinitionNode): Roots =>
  collectFields(info.schema, info.fragments as never, info.variableValues, info.schema.getQueryType()!, operation.selectionSet)

/**
 * The statement for a whole query: one row, one column `value`, the text of `data`, to be finished (finish.ts).
 * @throws NotCompilable when a field is not declared in SQL; whatever the fields' own code throws for bad arguments
 */
export function compileOperation(info: Info, roots: Roots, purpose: Purpose): Compiled & { finish: Finish | null } {
  const rules: Rule[] = []
  const s = statement(info, purpose, true, rules)
  const query = info.schema.getQueryType()!
  const pairs = new Map<string, string>()
  for (const [key, fieldNodes] of roots) {
    const name = fieldNodes[0]!.name.value
    if (name === '__typename') pairs.set(key, quote(query.name))
    else pairs.set(key, valueOf(s, query, query.getFields()[name], fieldNodes, '', null))
  }
  return { ...compiled(s, `select ${build(pairs)}::text as value`), finish: finishing(rules) }
}

/**
 * Told who asks: where predicates look at the transaction's settings, a statement has the rights as values, once each. Nobody in particular
 * has none: what compares with them is false, so that the planner leaves out what hangs on it.
 */
function told({ isPublic, bind }: Statement, text: string): string {
  for (const { asked, compared, type, right } of RIGHTS) {
    if (!text.includes(asked)) continue
    text = isPublic
      ? text.replaceAll(compared, 'false').replaceAll(asked, `'{}'::${type}`)
      : text.replaceAll(asked, `${bind(({ viewer }: Known) => viewer[right])}::${type}`)
  }
  return text
}
const literally = (text: string) => text.replaceAll(/[()[\]]/g, '\\$&')
const RIGHTS = (['offices', 'parties', 'households', 'pledges'] as const).map((right) => {
  const type = right === 'offices' ? 'ltree[]' : 'uuid[]'
  const asked = `(select viewer_${right}())::${type}`
  return { asked, compared: new RegExp(`[\\w.]+ (=|<@|@>) any \\(${literally(asked)}\\)`, 'g'), type, right } as const
})

/** Without the values that the text does not mention, which PostgreSQL refuses: of a page that is asked for its count, the order is left out. */
function compiled(s: Statement, untold: string): Compiled {
  const text = told(s, untold)
  const { values } = s
  const kept: unknown[] = []
  const numbers = new Map<string, string>()
  const numbered = text.replaceAll(/\$(\d+)/g, (name, n: string) => {
    if (!numbers.has(name)) numbers.set(name, `$${kept.push(values[Number(n) - 1])}`)
    return numbers.get(name)!
  })
  return { text: numbered, values: kept }
}

// ── objects ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a selection is of one row: the values by key, or, of an abstract type, the JSON of whichever it is. */
type Selected = Map<string, string> | string

/** `table` is where the row comes from, when it is one's own. */
function selected(s: Statement, type: GraphQLOutputType, nodes: readonly FieldNode[], row: string, table: string | null): Selected {
  const named = getNamedType(type)
  if (isAbstractType(named)) {
    const cases = s.info.schema.getPossibleTypes(named).map((possible) => {
      const is = possible.extensions.is as ((row: string) => string) | undefined
      if (!is) throw new NotCompilable(`${possible.name} does not say when a row is one`)
      return `when ${is(row)} then ${objectOf(s, possible, nodes, row, table)}`
    })
    return `case ${cases.join(' ')} end`
  }
  const object = named as GraphQLObjectType
  const pairs = new Map<string, string>(s.isWhole ? [] : [['__typename', quote(object.name)]])
  for (const [key, fieldNodes] of selectionOf(s, object, nodes)) {
    const name = fieldNodes[0]!.name.value
    if (name === '__typename') {
      pairs.set(key, quote(object.name))
      continue
    }
    const field = object.getFields()[name]!
    const read = readOf(field)
    if (!s.isWhole && !read) continue // resolved from the row's own pairs, or from nothing
    if (!s.isWhole && read?.kind === 'needs') for (const [column, sql] of Object.entries(read.columns)) pairs.set(`_${column}`, sql(row))
    else pairs.set(s.isWhole ? key : besideNeeds(key), valueOf(s, object, field, fieldNodes, row, table))
  }
  return pairs
}

/** JSON of a selection on one row. */
const objectOf = (s: Statement, type: GraphQLOutputType, nodes: readonly FieldNode[], row: string, table: string | null): string =>
  inJson(selected(s, type, nodes, row, table))

/**
 * What is made of the objects of some rows; `from …` says which. A record is written in half the time of `json_build_object`, which looks up of
 * what type each of its arguments is, the keys among them. But a column's name is cut at 63 bytes, and none is empty.
 */
function inJson(what: Selected, from = '', made = (object: string) => `to_json(${object})`): string {
  if (typeof what === 'string' || what.size === 0 || what.size > 1_000 || [...what.keys()].some((key) => key === '' || key.length > 63)) {
    const object = typeof what === 'string' ? what : build(what)
    return from === '' ? made(object) : `(select ${made(object)} ${from})`
  }
  return `(select ${made(RECORD)} from (select ${[...what].map(([key, sql]) => `${sql} as "${key}"`).join(', ')} ${from}) ${RECORD})`
}
/** No field can be called so. */
const RECORD = '"{}"'

/** PostgreSQL takes at most 100 arguments: wider objects are joined from parts, as text, since jsonb would put the keys in an order of its own. */
function build(pairs: Map<string, string>): string {
  const all = [...pairs].map(([key, sql]) => `${quote(key)}, ${sql}`)
  const parts: string[] = []
  for (let i = 0; i < all.length || i === 0; i += 50) parts.push(`json_build_object(${all.slice(i, i + 50).join(', ')})`)
  return parts.reduce((before, part) => `(left(${before}::text, -1) || ', ' || substr(${part}::text, 2))::json`)
}

function valueOf(
  s: Statement, type: GraphQLObjectType, field: GraphQLField<any, any> | undefined, nodes: readonly FieldNode[], parent: string, table: string | null,
): string {
  const read = field && readOf(field)
  if (s.rules && parent !== '' && field && isComputed(field)) return left(s.rules.push(ruleOf(s.info, field, nodes)) - 1, neededBy(s, field, nodes, parent))
  if (!field || !read || (s.isWhole && !isPlain(field, parent === ''))) throw new NotCompilable(`${type.name}.${nodes[0]!.name.value}`)
  const whole = (sql: string, example: string) => (s.isWhole && isNonNullType(field.type) ? `coalesce(${sql}, never_null(${example}))` : sql)
  switch (read.kind) {
    case 'column': {
      if (s.isWhole && !isLeafType(getNamedType(field.type))) throw new NotCompilable(`${type.name}.${field.name}`)
      const sql = read.sql(parent, s.bind, argsOf(s, field, nodes))
      if (read.column !== undefined && s.required.has(`${table}.${read.column}`)) return sql
      return whole(sql, EXAMPLES.get(getNamedType(field.type)) ?? sql)
    }
    case 'given':
      return `${s.bind(({ context }: Known) => read.value(context!))}::${read.type}`
    case 'inline':
      return objectOf(s, field.type, nodes, parent, table)
    case 'needs':
      if (read.whole && !isFlat(s, field, nodes)) throw new NotCompilable(`${type.name}.${field.name}`)
      if (read.whole) return rowsOf(s, field, read.whole, nodes, parent, argsOf(s, field, nodes), undefined)
      return neededBy(s, field, nodes, parent)
    default: {
      const sql = rowsOf(s, field, read, nodes, parent, argsOf(s, field, nodes), undefined)
      return read.kind === 'one' ? whole(sql, 'null::json') : sql
    }
  }
}

/** What a field's rule needs of its row. */
function neededBy(s: Statement, field: GraphQLField<any, any>, nodes: readonly FieldNode[], parent: string): string {
  const read = readOf(field)
  if (read?.kind === 'column') return read.sql(parent, s.bind, argsOf(s, field, nodes))
  if (read?.kind !== 'needs') throw new NotCompilable(field.name)
  return build(new Map(Object.entries(read.columns).map(([name, sql]) => [`_${name}`, sql(parent)])))
}

// ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A scalar subquery for a field whose rows come from a table. */
function rowsOf(
  s: Statement, field: GraphQLField<any, any>, read: Extract<Read, From>, nodes: readonly FieldNode[], parent: string, args: Args, source: any,
): string {
  const row = s.alias()
  const rowType = read.kind === 'page' ? nodeTypeOf(field.type) : field.type
  const at = { parent, args, bind: s.bind, source }
  const table = read.from ? null : tableOf(rowType)
  const from = `${read.from ? read.from(s.bind, args, parent, source) : table} ${row}`
  const where = `${read.where ? `(${read.where(row, at)})` : 'true'}${table && !read.isShown ? seen(s, table, row) : ''}`
  if (read.kind === 'one') return inJson(selected(s, rowType, nodes, row, table), `from ${from} where ${where}`)
  if (read.kind === 'many') {
    const value = isLeafType(getNamedType(rowType)) ? `${row}.value` : selected(s, rowType, nodes, row, table)
    return inJson(value, `from (select ${row}.* from ${from} where ${where} order by ${read.orderBy(row)} limit ${read.limit}) ${row}`, (object) => `coalesce(json_agg(${object}), '[]'::json)`)
  }
  return pageOf(s, field, read, nodes, { row, from, where, args, table, oneOf: read.oneOf?.(row, at) ?? null })
}

/** A keyset connection: pages stay right while rows come and go, and cost the same however far one reads. */
function pageOf(
  s: Statement, field: GraphQLField<any, any>, read: Extract<Read, { kind: 'page' }>, nodes: readonly FieldNode[],
  at: { row: string; from: string; where: string; args: Args; table: string | null; oneOf: string[] | null },
): string {
  const { row, from, where, args, table, oneOf } = at
  const first = pageSizeIn(args.first)
  const direction = read.descending ? ' desc' : ''
  const keys = read.order.map((order) => order.by(row, s.bind, args))
  const after = args.after == null ? '' : ` and (${keys.join(', ')}) ${read.descending ? '<' : '>'} (${cursorValues(args.after, read.order.length)
    .map((value, i) => `${s.bind(value)}::${read.order[i]!.type}`).join(', ')})`
  const orderBy = keys.map((key) => `${key}${direction}`).join(', ')
  const connection = getNamedType(field.type) as GraphQLObjectType
  const parts = selectionOf(s, connection, nodes)
  const asked = new Set([...parts.values()].map(([node]) => node!.name.value))
  // Numbering rows and looking one row ahead is for those who ask where the page ends.
  const isNumbered = asked.has('pageInfo') || asked.has('edges')
  const limit = isNumbered ? first + 1 : first
  const inOrder = (condition: string) => `from ${from} where ${where}${condition}${after} order by ${orderBy} limit ${limit}`
  // So many of each are enough, whichever they come from.
  const source = oneOf
    ? `from (${oneOf.map((condition) => `(select ${row}.* ${inOrder(` and ${condition}`)})`).join(' union all ')}) ${row} order by ${orderBy} limit ${limit}`
    : inOrder('')
  const rows = isNumbered
    ? `(select ${row}.*, row_number() over (order by ${orderBy}) as n, ` +
      `translate(encode(convert_to(json_build_array(${keys.map((key) => `(${key})::text`).join(', ')})::text, 'UTF8'), 'base64'), E'\\n', '') as cursor ` +
      `${source}) ${row}`
    : asked.has('nodes') ? `(select ${row}.* ${source}) ${row}` : '(select) nothing'
  const kept = isNumbered ? `filter (where ${row}.n <= ${first})` : ''
  const listOf = (object: string) => `coalesce(json_agg(${object}${isNumbered ? ` order by ${row}.n` : ''}) ${kept}, '[]'::json)`
  const pairs = new Map<string, string>()
  for (const [key, fieldNodes] of parts) {
    const part = fieldNodes[0]!.name.value
    const type = connection.getFields()[part]?.type
    if (part === '__typename') pairs.set(key, quote(connection.name))
    else if (part === 'totalCount') pairs.set(key, `(${(oneOf ?? ['true']).map((condition) => `(select count(*) from ${from} where ${where} and ${condition})`).join(' + ')})`)
    else if (part === 'nodes') pairs.set(key, listOf(objectOf(s, nodeTypeOf(field.type), fieldNodes, row, table)))
    else if (part === 'edges') {
      const edge = getNamedType(type!) as GraphQLObjectType
      const edgePairs = new Map<string, string>()
      for (const [edgeKey, edgeNodes] of selectionOf(s, edge, fieldNodes)) {
        const edgePart = edgeNodes[0]!.name.value
        if (edgePart === 'node') edgePairs.set(edgeKey, objectOf(s, edge.getFields().node!.type, edgeNodes, row, table))
        else edgePairs.set(edgeKey, edgePart === 'cursor' ? `${row}.cursor` : quote(edge.name))
      }
      pairs.set(key, listOf(inJson(edgePairs)))
    } else if (part === 'pageInfo') {
      const info = getNamedType(type!) as GraphQLObjectType
      const infoPairs = new Map<string, string>()
      for (const [infoKey, infoNodes] of selectionOf(s, info, fieldNodes)) {
        const sql: Record<string, string> = {
          hasNextPage: `count(*) > ${first}`,
          hasPreviousPage: args.after == null ? 'false' : 'true',
          startCursor: `(array_agg(${row}.cursor order by ${row}.n) ${kept})[1]`,
          endCursor: `(array_agg(${row}.cursor order by ${row}.n desc) ${kept})[1]`,
          __typename: quote(info.name),
        }
        infoPairs.set(infoKey, sql[infoNodes[0]!.name.value]!)
      }
      pairs.set(key, build(infoPairs))
    }
  }
  // One row, also where nothing but a count is asked for.
  return `(select ${build(pairs)} from ${rows} group by ())`
}

/** @throws InvalidInput */
export function pageSizeIn(first: unknown, most: bigint = BOUNDS.pageSize.most): number {
  const size = first == null ? PAGE_DEFAULT : Number(first)
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw invalid('first', 'BAD_PAGE_SIZE', `Mỗi trang từ 1 đến ${most} mục.`, `A page holds 1 to ${most} items.`)
  }
  return size
}

/** The values in a cursor, as texts. @throws InvalidInput when the cursor was not made here. */
export function cursorValues(cursor: unknown, count: number): string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(String(cursor), 'base64').toString('utf8'))
    if (Array.isArray(values) && values.length === count && values.every((value) => typeof value === 'string')) return values
  } catch {
    // falls through to the one answer for every cursor that is not ours
  }
  throw invalid('after', 'BAD_CURSOR', 'Con trỏ trang không hợp lệ. Hãy tải lại từ trang đầu.', 'This cursor is not valid. Start again from the first page.')
}

// ── looking things up ───────────────────────────────────────────────────────────────────────────────────────────────

/** Of which type a column is, by the field's; of others its own expression says it once more. */
const EXAMPLES = new Map<unknown, string>([[GraphQLBoolean, 'null::boolean'], [GraphQLInt, 'null::int']])
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
const readOf = (field: GraphQLField<any, any>) => field.extensions.read as Read | undefined
/** Nothing but columns of the row itself. */
const isFlat = (s: Statement, field: GraphQLField<any, any>, nodes: readonly FieldNode[]) => {
  const object = getNamedType(field.type) as GraphQLObjectType
  return [...selectionOf(s, object, nodes).values()].every(([node]) => {
    const read = node!.name.value === '__typename' ? undefined : readOf(object.getFields()[node!.name.value]!)
    return node!.name.value === '__typename' || (read?.kind === 'column' && read.column !== undefined)
  })
}
const saysWhole = (read: Read | undefined) => read?.kind === 'needs' && read.whole !== undefined
/** Nothing stands between the field and its SQL. Who may use a root field is asked before; should another one begin to say so, it is left to resolvers. */
const isPlain = (field: GraphQLField<any, any>, isRoot: boolean) =>
  (isReading(field.extensions.pothosOriginalResolve) || saysWhole(readOf(field))) && (isRoot || (field.extensions.pothosOptions as { authScopes?: unknown }).authScopes === undefined)

function tableOf(type: GraphQLOutputType): string {
  const table = getNamedType(type).extensions.table
  if (typeof table !== 'string') throw new Error(`${getNamedType(type).name} names no table`)
  return table
}

const seen = (s: Statement, table: string, row: string) => (!s.isPublic && table in visibility ? ` and ${visibility[table as Table](row)}` : '')

const nodeTypeOf = (connection: GraphQLOutputType): GraphQLOutputType =>
  getNamedType((getNamedType(connection) as GraphQLObjectType).getFields().nodes!.type)

const selectionOf = (s: Statement, type: GraphQLObjectType, nodes: readonly FieldNode[]) =>
  collectSubfields(s.info.schema, s.info.fragments as never, s.info.variableValues, type, nodes as FieldNode[])

const argsOf = (s: Statement, field: GraphQLField<any, any>, nodes: readonly FieldNode[]): Args => getArgumentValues(field, nodes[0]!, s.info.variableValues)
