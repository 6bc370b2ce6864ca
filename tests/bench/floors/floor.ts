// What a floor is: for one operation, one statement written by hand that returns the whole answer as text, with the viewer's rights in its WHERE.
import type { Viewer } from '../../../server/src/access/viewer.ts'

export interface Floor {
  /** One row, one column `value`: what stands after `{"data":`. */
  text: string
  values(variables: any, viewer: Viewer): unknown[]
}

/** A Relay id without its type. */
export const key = (id: string | null | undefined) => id?.slice(id.indexOf(':') + 1) ?? null

// ── the few forms that recur in a hand-written statement ────────────────────────────────────────────────────────────

/** `{ name: sql }` as a JSON object; names alone are columns of the row. */
export function json(row: string, columns: string, fields: Record<string, string> = {}): string {
  const pairs = [
    ...columns.split(' ').filter(Boolean).map((name) => `'${name}', ${row}.${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`),
    ...Object.entries(fields).map(([name, sql]) => `'${name}', ${sql}`),
  ]
  return `json_build_object(${pairs.join(', ')})`
}

/** Texts: bigints, days. */
export const texts = (row: string, columns: string) =>
  Object.fromEntries(columns.split(' ').map((name) => [name, `${row}.${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}::text`]))

export const instant = (sql: string) => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
export const id = (type: string, row: string, column = 'id') => ({ id: `'${type}:' || ${row}.${column}` })

/** The whole answer of one root field, or of several. */
export const answer = (fields: Record<string, string>) => `select json_build_object(${Object.entries(fields).map(([name, sql]) => `'${name}', ${sql}`).join(', ')})::text as value`

/** A list; `from` ends where ORDER BY would begin. */
export const list = (value: string, from: string, orderBy: string) => `(select coalesce(json_agg(${value} order by ${orderBy}), '[]') from ${from})`

/** A page of 20 rows of `from`, whose alias is `t`; its cursor is any text of the last row. */
export function page({ node, from, where, orderBy, size = 20, count = false, edges = false }: {
  node: string; from: string; where: string; orderBy: string; size?: number; count?: boolean; edges?: boolean
}): string {
  const kept = `filter (where t.n <= ${size})`
  const nodes = edges
    ? `'edges', coalesce(json_agg(json_build_object('cursor', t.id::text, 'node', ${node}) order by t.n) ${kept}, '[]')`
    : `'nodes', coalesce(json_agg(${node} order by t.n) ${kept}, '[]')`
  return `(select json_build_object(${nodes},
      'pageInfo', json_build_object('hasNextPage', count(*) > ${size}, 'endCursor', (array_agg(t.id::text order by t.n desc) ${kept})[1])
      ${count ? `, 'totalCount', (select count(*) from ${from} where ${where})` : ''})
    from (select t.*, row_number() over (order by ${orderBy}) as n from ${from} where ${where} order by ${orderBy} limit ${size + 1}) t)`
}

/** A nested list that is cut at a length, without anything of a page's. */
export const latest = (node: string, from: string, orderBy: string, limit: number) =>
  `json_build_object('nodes', (select coalesce(json_agg(${node} order by ${orderBy}), '[]') from (select * from ${from} order by ${orderBy} limit ${limit}) t))`

export const STAGES = 'promised allocated dispatched received settled'
export const kindOf = (code: string, columns: string) => `(select ${json('kind', columns)} from support_kind kind where kind.code = ${code})`
export const areaOf = (areaId: string, columns = 'fullName', withId = true) =>
  `(select ${json('place', columns, withId ? id('Area', 'place') : {})} from area place where place.id = ${areaId})`
export const ancestorsOf = (row: string, withId = false) =>
  list(json('above', 'fullName', withId ? id('Area', 'above') : {}), `area above where above.path @> ${row}.path and above.id <> ${row}.id`, 'nlevel(above.path)')
/** n of N as a percentage to so many decimals, halves up. */
export const percentOf = (n: string, N: string, decimals = 1) =>
  `case when ${N} > 0 then floor((2 * ${n} * 100 * ${10 ** decimals} + ${N})::numeric / (2 * ${N})) / ${10 ** decimals} end`
