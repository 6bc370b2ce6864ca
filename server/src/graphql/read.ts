// Compiles the selection under a field into ONE SQL statement that returns finished JSON, so that no read can be N+1.
//
// A GraphQL type names its table (`extensions.table`); each of its fields says in `extensions.read` what it is in SQL.
// A field of a Reading kind resolves itself at the root of a statement and, below it, picks what the statement made.
import {
  type FieldNode, type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, type GraphQLResolveInfo,
  getNamedType, isAbstractType, isLeafType,
} from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import { type Hub } from '../access/hub.ts'
import { type Viewer, viewerSettings } from '../access/viewer.ts'
import type { Context } from './context.ts'
import { type Table, visibility } from '../access/visibility.ts'
import { invalid } from '../platform/failure.ts'

/** Adds a value to the statement and returns its placeholder; cast it: `${bind(x)}::uuid`. */
export type Bind = (value: unknown) => string
export type Args = Record<string, any>

/** Where rows come from, for one field. `row` and `parent` are aliases; at the root, `source` is the resolver's parent object. */
export interface From {
  /** Table, view or parenthesised subquery; the table of the field's type when absent. */
  from?: (bind: Bind, args: Args, parent: string, source: any) => string
  where?: (row: string, at: { parent: string; args: Args; bind: Bind; source: any }) => string
}

export interface Order {
  by: (row: string, bind: Bind, args: Args) => string
  /** SQL type for the cursor. */
  type: string
}

export type Read =
  | { kind: 'column'; sql: (row: string, bind: Bind, args: Args) => string }
  | { kind: 'needs'; columns: Record<string, (row: string) => string> }
  | { kind: 'inline' }
  | ({ kind: 'one' } & From)
  | ({ kind: 'many'; orderBy: (row: string) => string; limit: number } & From)
  | ({ kind: 'page'; order: Order[]; descending?: boolean } & From)

export const PAGE_DEFAULT = 20
export const PAGE_MAX = 100

interface Statement {
  info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>
  values: unknown[]
  bind: Bind
  alias(): string
}

function statement(info: Statement['info']): Statement {
  const values: unknown[] = []
  let aliases = 0
  return { info, values, bind: (value) => `$${values.push(value)}`, alias: () => `t${++aliases}` }
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

function readOf(field: GraphQLField<any, any>): Read | undefined {
  return field.extensions.read as Read | undefined
}

function tableOf(type: GraphQLOutputType): string {
  const table = getNamedType(type).extensions.table
  if (typeof table !== 'string') throw new Error(`${getNamedType(type).name} names no table`)
  return table
}

const seen = (table: string, row: string) => (table in visibility ? ` and ${visibility[table as Table](row)}` : '')

/** `json_build_object(…)` of a selection on one row. */
function objectOf(s: Statement, type: GraphQLOutputType, nodes: readonly FieldNode[], row: string): string {
  const named = getNamedType(type)
  if (isAbstractType(named)) {
    const cases = s.info.schema.getPossibleTypes(named).map((possible) => {
      const is = possible.extensions.is as ((row: string) => string) | undefined
      if (!is) throw new Error(`${possible.name} does not say when a row is one`)
      return `when ${is(row)} then ${objectOf(s, possible, nodes, row)}`
    })
    return `case ${cases.join(' ')} end`
  }
  const object = named as GraphQLObjectType
  const pairs = new Map<string, string>([['__typename', quote(object.name)]])
  for (const [key, fieldNodes] of selectionOf(s, object, nodes)) {
    const name = fieldNodes[0]!.name.value
    if (name === '__typename') {
      pairs.set(key, quote(object.name))
      continue
    }
    const field = object.getFields()[name]!
    const read = readOf(field)
    if (!read) continue // resolved from the row's own pairs, or from nothing
    if (read.kind === 'needs') for (const [column, sql] of Object.entries(read.columns)) pairs.set(`_${column}`, sql(row))
    else pairs.set(key, valueOf(s, field, read, fieldNodes, row))
  }
  return build(pairs)
}

/** PostgreSQL takes at most 100 arguments: wider objects are joined from parts. */
function build(pairs: Map<string, string>): string {
  const all = [...pairs].map(([key, sql]) => `${quote(key)}, ${sql}`)
  if (all.length <= 50) return `json_build_object(${all.join(', ')})`
  const parts: string[] = []
  for (let i = 0; i < all.length; i += 50) parts.push(`jsonb_build_object(${all.slice(i, i + 50).join(', ')})`)
  return `(${parts.join(' || ')})::json`
}

function selectionOf(s: Statement, type: GraphQLObjectType, nodes: readonly FieldNode[]) {
  return collectSubfields(s.info.schema, s.info.fragments as never, s.info.variableValues, type, nodes as FieldNode[])
}

function valueOf(s: Statement, field: GraphQLField<any, any>, read: Exclude<Read, { kind: 'needs' }>, nodes: readonly FieldNode[], parent: string): string {
  const args = getArgumentValues(field, nodes[0]!, s.info.variableValues) as Args
  switch (read.kind) {
    case 'column':
      return read.sql(parent, s.bind, args)
    case 'inline':
      return objectOf(s, field.type, nodes, parent)
    default:
      return rowsOf(s, field, read, nodes, parent, args, undefined)
  }
}

/** A scalar subquery for a field whose rows come from a table. */
function rowsOf(
  s: Statement, field: GraphQLField<any, any>, read: Extract<Read, From>, nodes: readonly FieldNode[], parent: string, args: Args, source: any,
): string {
  const row = s.alias()
  const rowType = read.kind === 'page' ? nodeTypeOf(field.type) : field.type
  const at = { parent, args, bind: s.bind, source }
  const table = read.from ? null : tableOf(rowType)
  const from = `${read.from ? read.from(s.bind, args, parent, source) : table} ${row}`
  const where = `${read.where ? `(${read.where(row, at)})` : 'true'}${table ? seen(table, row) : ''}`
  if (read.kind === 'one') return `(select ${objectOf(s, rowType, nodes, row)} from ${from} where ${where} limit 1)`
  if (read.kind === 'many') {
    const value = isLeafType(getNamedType(rowType)) ? `${row}.value` : objectOf(s, rowType, nodes, row)
    return `(select coalesce(json_agg(${value}), '[]'::json) from (select ${row}.* from ${from} where ${where} order by ${read.orderBy(row)} limit ${read.limit}) ${row})`
  }
  return pageOf(s, field, read, nodes, { row, from, where, args })
}

/** A keyset connection: pages stay right while rows come and go, and cost the same however far one reads. */
function pageOf(
  s: Statement, field: GraphQLField<any, any>, read: Extract<Read, { kind: 'page' }>, nodes: readonly FieldNode[],
  at: { row: string; from: string; where: string; args: Args },
): string {
  const { row, from, where, args } = at
  const first = pageSize(args.first)
  const direction = read.descending ? ' desc' : ''
  const keys = read.order.map((order) => order.by(row, s.bind, args))
  const after = args.after == null ? '' : ` and (${keys.join(', ')}) ${read.descending ? '<' : '>'} (${cursorValues(args.after, read.order.length)
    .map((value, i) => `${s.bind(value)}::${read.order[i]!.type}`).join(', ')})`
  const orderBy = keys.map((key) => `${key}${direction}`).join(', ')
  const rows =
    `(select ${row}.*, row_number() over (order by ${orderBy}) as n, ` +
    `translate(encode(convert_to(json_build_array(${keys.map((key) => `(${key})::text`).join(', ')})::text, 'UTF8'), 'base64'), E'\\n', '') as cursor ` +
    `from ${from} where ${where}${after} order by ${orderBy} limit ${first + 1}) ${row}`
  const kept = `filter (where ${row}.n <= ${first})`
  const connection = getNamedType(field.type) as GraphQLObjectType
  const pairs = new Map<string, string>()
  for (const [key, fieldNodes] of selectionOf(s, connection, nodes)) {
    const part = fieldNodes[0]!.name.value
    const type = connection.getFields()[part]?.type
    if (part === '__typename') pairs.set(key, quote(connection.name))
    else if (part === 'totalCount') pairs.set(key, `(select count(*) from ${from} where ${where})`)
    else if (part === 'nodes') pairs.set(key, `coalesce(json_agg(${objectOf(s, nodeTypeOf(field.type), fieldNodes, row)} order by ${row}.n) ${kept}, '[]'::json)`)
    else if (part === 'edges') {
      const edge = getNamedType(type!) as GraphQLObjectType
      const edgePairs = new Map<string, string>()
      for (const [edgeKey, edgeNodes] of selectionOf(s, edge, fieldNodes)) {
        const edgePart = edgeNodes[0]!.name.value
        if (edgePart === 'node') edgePairs.set(edgeKey, objectOf(s, edge.getFields().node!.type, edgeNodes, row))
        else edgePairs.set(edgeKey, edgePart === 'cursor' ? `${row}.cursor` : quote(edge.name))
      }
      pairs.set(key, `coalesce(json_agg(${build(edgePairs)} order by ${row}.n) ${kept}, '[]'::json)`)
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

function nodeTypeOf(connection: GraphQLOutputType): GraphQLOutputType {
  return getNamedType((getNamedType(connection) as GraphQLObjectType).getFields().nodes!.type)
}

function pageSize(first: unknown): number {
  const size = first == null ? PAGE_DEFAULT : Number(first)
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MAX) {
    throw invalid('first', 'BAD_PAGE_SIZE', `Mỗi trang từ 1 đến ${PAGE_MAX} mục.`, `A page holds 1 to ${PAGE_MAX} items.`)
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

/** A statement ready to run: its text and its values. */
export interface Compiled {
  text: string
  values: unknown[]
}

/** The statement for a root field: one row, one column `value`. */
export function compile(info: GraphQLResolveInfo, read: Extract<Read, From>, source: any): Compiled {
  const s = statement(info)
  const field = info.parentType.getFields()[info.fieldName]!
  const args = getArgumentValues(field, info.fieldNodes[0]!, info.variableValues) as Args
  return { text: `select ${rowsOf(s, field, read, info.fieldNodes, '', args, source)} as value`, values: s.values }
}

/** The statement that lists rows of the field's type as `value`, each with what else is asked of the row. */
export function compileRows(
  info: GraphQLResolveInfo, shape: (row: string, bind: Bind, args: Args) => { from: string; columns: string; where: string; orderBy: string; limit: number },
): Compiled {
  const s = statement(info)
  const field = info.parentType.getFields()[info.fieldName]!
  const args = getArgumentValues(field, info.fieldNodes[0]!, info.variableValues) as Args
  const row = s.alias()
  const { from, columns, where, orderBy, limit } = shape(row, s.bind, args)
  const object = objectOf(s, field.type, info.fieldNodes, row)
  const inner = `select ${row}.* from ${from} ${row} where ${where}${seen(tableOf(field.type), row)} order by ${orderBy} limit ${limit}`
  return { text: `select ${object} as value, ${columns} from (${inner}) ${row} order by ${orderBy}`, values: s.values }
}

/** Runs a compiled statement as the viewer: three round trips, one snapshot, row-level security on. */
export async function run<R extends Record<string, any>>(hub: Hub, viewer: Viewer, { text, values }: Compiled): Promise<R[]> {
  const client = await hub.db.pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`begin read only; ${viewerSettings(viewer)}`)
    const { rows } = await client.query(text, values)
    await client.query('commit')
    return rows
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

/** The resolver of whatever a compiled statement has already made: found under the response's own key, alias or not. */
export const pick = (parent: any, _args: unknown, _context: unknown, info: GraphQLResolveInfo) => parent[info.path.key]

type Resolve = (parent: any, args: any, context: any, info: GraphQLResolveInfo) => any

/** Who a root read is done as: the operation's viewer, or one that this field's arguments widen. */
export type Widen = (context: Context, args: Args, source: any) => Viewer | Promise<Viewer>

function reading(read: Read, viewerFor?: Widen): { extensions: { read: Read }; resolve: Resolve } {
  if (!('where' in read) && read.kind !== 'one' && read.kind !== 'many' && read.kind !== 'page') return { extensions: { read }, resolve: pick }
  const rows = read as Extract<Read, From>
  return {
    extensions: { read },
    async resolve(parent, args, context, info) {
      if (parent && typeof parent === 'object' && info.path.key in parent) return parent[info.path.key]
      const { hub } = context as Context
      const viewer = viewerFor ? await viewerFor(context, args, parent) : hub.viewer
      const [row] = await run<{ value: any }>(hub, viewer, compile(info, rows, parent))
      return row?.value ?? null
    },
  }
}

/** A column, or any scalar expression, of the type's row. */
export const column = (sql: string | ((row: string, bind: Bind, args: Args) => string)) =>
  reading({ kind: 'column', sql: typeof sql === 'string' ? (row) => `${row}.${sql}` : sql })

/** An instant as ISO 8601 in UTC. */
export const instant = (name: string) => column((row) => `to_char(${row}.${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/** A day as YYYY-MM-DD. */
export const day = (name: string) => column((row) => `${row}.${name}::text`)

/** A bigint as decimal text: JSON numbers end at 2^53, GraphQL's Int at 2.1 billion. */
export const whole = (name: string) => column((row) => `${row}.${name}::text`)

/** A Relay id: the type's name and the row's key. */
export const globalId = (type: string, key = 'id') => column((row) => `${quote(`${type}:`)} || ${row}.${key}`)

/** An object made of the same row. */
export const inline = () => reading({ kind: 'inline' })

/** One row of another table, or null. */
export const one = (from: From, viewerFor?: Widen) => reading({ kind: 'one', ...from }, viewerFor)

/** A short list with a hard limit. */
export const many = (from: From & { orderBy: (row: string) => string; limit: number }, viewerFor?: Widen) => reading({ kind: 'many', ...from }, viewerFor)

/** A keyset connection. */
export const page = (from: From & { order: Order[]; descending?: boolean }, viewerFor?: Widen) => reading({ kind: 'page', ...from }, viewerFor)

/** What a field computed in JavaScript needs of its row; its resolver finds each under `_name`. */
export const needs = (columns: Record<string, string | ((row: string) => string)>) => ({
  extensions: {
    read: {
      kind: 'needs',
      columns: Object.fromEntries(Object.entries(columns).map(([name, sql]) => [name, typeof sql === 'string' ? (row: string) => `${row}.${sql}` : sql])),
    } satisfies Read,
  },
})
