// What a field is in SQL, said beside the field: the vocabulary from which compile.ts makes statements.
//
// A field of a Reading kind resolves itself at the root of a statement and, below it, picks what the statement made.
import type { GraphQLResolveInfo } from 'graphql'
import type { Viewer } from '../access/viewer.ts'
import { compile } from './compile.ts'
import type { Context } from './context.ts'
import { purposeOf, run } from './run.ts'

/** What is known only when a statement runs. */
export interface Known {
  /** As whom. */
  viewer: Viewer
  context?: Context
  /** By the root field's `prepare`. */
  prepared?: any
}

/** Adds a value to the statement, or a function that makes it of what is `Known`, and returns its placeholder; cast it: `${bind(x)}::uuid`. */
export type Bind = (value: unknown) => string
export type Args = Record<string, any>

/** Aliases of rows, and what was asked; at the root, `source` is the resolver's parent object. */
interface At {
  parent: string
  args: Args
  bind: Bind
  source: any
}

/** Where rows come from, for one field. `row` is the alias of such a row. */
export interface From {
  /** Table, view or parenthesised subquery; the table of the field's type when absent. */
  from?: (bind: Bind, args: Args, parent: string, source: any) => string
  where?: (row: string, at: At) => string
  /** `where` lets nobody have a row whom the table's own predicate would not; row-level security holds all the same. */
  isShown?: true
  /** Of a page: conditions of which a row that is wanted meets just one. Each is read in order from an index of its own. */
  oneOf?: (row: string, at: At) => string[] | null
  /**
   * 'inside': what it shows lies in the area of its parent's row or below it. A function says this, or names the area in or below which it
   * lies: '' for anywhere. When absent: anywhere, but for facts about the country and the rules.
   */
  place?: 'inside' | ((args: Args) => string | undefined)
  /** What it gives changes with time alone, so that no answer of it is kept. */
  isVolatile?: boolean
  /** Of a root field: finds out what its statement is told. */
  prepare?: (context: Context, args: Args) => Promise<unknown>
  /** Of a root field: only the gate may read it. */
  atGate?: boolean
}

export interface Order {
  by: (row: string, bind: Bind, args: Args) => string
  /** SQL type for the cursor. */
  type: string
}

type ReadOne = { kind: 'one' } & From

export type Read =
  | { kind: 'column'; sql: (row: string, bind: Bind, args: Args) => string; /** The column that it is null with. */ column?: string }
  | { kind: 'given'; type: 'text' | 'boolean'; value: (context: Context) => unknown }
  | { kind: 'needs'; columns: Record<string, (row: string) => string>; whole: ReadOne | undefined }
  | { kind: 'inline' }
  | ReadOne
  | ({ kind: 'many'; orderBy: (row: string) => string; limit: number } & From)
  | ({ kind: 'page'; order: Order[]; descending?: boolean } & From)

/** The resolver of whatever a compiled statement has already made: found under the response's own key, alias or not. */
export const pick = (parent: any, _args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
  const aside = besideNeeds(String(info.path.key))
  return parent[aside in parent ? aside : info.path.key]
}

/** An alias that could be the name of something that a rule needs stands beside those names. */
export const besideNeeds = (key: string) => (key.startsWith('_') ? ` ${key}` : key)

type Resolve = (parent: any, args: any, context: any, info: GraphQLResolveInfo) => any

/** Who a root read is done as: the operation's viewer, or one that this field's arguments widen. */
export type Widen = (context: Context, args: Args, source: any) => Viewer | Promise<Viewer>

const readings = new WeakMap<object, { viewerFor: Widen | undefined }>()
/** The resolver does nothing but what the field's Read says. */
export const isReading = (resolve: unknown) => typeof resolve === 'function' && readings.has(resolve)
export const widenOf = (resolve: unknown) => (typeof resolve === 'function' ? readings.get(resolve)?.viewerFor : undefined)

function reading(read: Read, resolve: Resolve = pick, viewerFor?: Widen): { extensions: { read: Read }; resolve: Resolve } {
  readings.set(resolve, { viewerFor })
  return { extensions: { read }, resolve }
}

function readingRows(read: Extract<Read, From>, viewerFor?: Widen) {
  return reading(read, async (parent, args, context: Context, info) => {
    if (parent && typeof parent === 'object' && (info.path.key in parent || besideNeeds(String(info.path.key)) in parent)) return pick(parent, args, context, info)
    const { hub } = context
    const viewer = viewerFor ? await viewerFor(context, args, parent) : hub.viewer
    const prepared = await read.prepare?.(context, args)
    const [row] = await run<{ value: any }>(hub, viewer, compile(info, read, parent, purposeOf(hub, viewer)), { atGate: read.atGate, context, prepared })
    return row?.value ?? null
  }, viewerFor)
}

/** A column, or any scalar expression, of the type's row. */
export const column = (sql: string | ((row: string, bind: Bind, args: Args) => string)) =>
  reading(typeof sql === 'string' ? { kind: 'column', column: sql, sql: (row) => `${row}.${sql}` } : { kind: 'column', sql })

const formatted = (name: string, format: (column: string) => string) =>
  reading({ kind: 'column', column: name, sql: (row) => format(`${row}.${name}`) })

/** An instant as ISO 8601 in UTC. */
export const instant = (name: string) => formatted(name, (it) => `to_char(${it} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/** A day as YYYY-MM-DD. */
export const day = (name: string) => formatted(name, (it) => `${it}::text`)

/** A bigint as decimal text: JSON numbers end at 2^53, GraphQL's Int at 2.1 billion. */
export const whole = (name: string) => formatted(name, (it) => `${it}::text`)

/** A Relay id: the type's name and the row's key. */
export const globalId = (type: string, key = 'id') => formatted(key, (it) => `'${type}:' || ${it}`)

/** What the request knows without the database. */
export const given = (type: 'text' | 'boolean', value: (context: Context) => unknown) =>
  reading({ kind: 'given', type, value }, (_parent, _args, context) => value(context))

/** An object made of the same row. */
export const inline = () => reading({ kind: 'inline' })

/** An object that is there for everyone and has no row. */
export const rowless = () => reading({ kind: 'inline' }, () => ({}))

/** One row of another table, by what is unique in it; or null. */
export const one = (from: From, viewerFor?: Widen) => readingRows({ kind: 'one', ...from }, viewerFor)

/** A short list with a hard limit. */
export const many = (from: From & { orderBy: (row: string) => string; limit: number }, viewerFor?: Widen) => readingRows({ kind: 'many', ...from }, viewerFor)

/** A keyset connection. */
export const page = (from: From & { order: Order[]; descending?: boolean }, viewerFor?: Widen) => readingRows({ kind: 'page', ...from }, viewerFor)

/**
 * What a field computed in JavaScript needs of its row; its resolver finds each under `_name`.
 * With `whole`, a statement that is the whole answer says it itself, where nothing but columns of the row is asked for.
 */
export const needs = (columns: Record<string, string | ((row: string) => string)>, whole?: From) => ({
  extensions: {
    read: {
      kind: 'needs',
      columns: Object.fromEntries(Object.entries(columns).map(([name, sql]) => [name, typeof sql === 'string' ? (row: string) => `${row}.${sql}` : sql])),
      whole: whole && { kind: 'one', ...whole },
    } satisfies Read,
  },
})
