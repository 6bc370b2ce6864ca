// What visitors ask: the published operations, branches of areas of every level, and made-up queries, all of it with an answer.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { type GraphQLArgument, type GraphQLField, OperationTypeNode, getNamedType, getOperationAST, isEnumType, parse } from 'graphql'
import type pg from 'pg'
import { type Action, may } from '../../server/src/access/policy.ts'
import { visitor } from '../../server/src/access/viewer.ts'
import type { Read } from '../../server/src/graphql/read.ts'
import { schema } from '../../server/src/schema.ts'
import { makeUp } from './made-up.ts'

export interface Asking {
  query: string
  variables: Record<string, unknown>
}

/** A hamlet, what is above it, what it was part of, and places far from it. */
const AREAS = ['p22', 'c06733', 'h06733_001', 'd194', 'c06733_2025', 'p82']

const roots = Object.values(schema.getQueryType()!.getFields()).filter((field) =>
  field.name !== 'viewer' && may(visitor, (field.extensions.pothosOptions as { authScopes: { may: Action } }).authScopes.may))
const isPlain = (field: GraphQLField<unknown, unknown>) => field.name !== 'feedCursor' && (field.extensions.read as Read | undefined)?.kind !== 'needs'

export async function publicQuestions(owner: pg.Client, { seed, madeUp }: { seed: number; madeUp: number }): Promise<Asking[]> {
  const one = async (sql: string) => (await owner.query<{ id: string }>(sql)).rows[0]!.id
  const pledge = `Pledge:${await one(`select id from pledge where state = 'VERIFIED' and area_path <@ 'p22.c06733' order by id limit 1`)}`
  const plan = `Plan:${await one('select id from plan order by id limit 1')}`
  const areas = AREAS.map((id) => `Area:${id}`)
  const ids: Record<string, string[]> = { area: areas, within: areas, pledge: [pledge], plan: [plan] }

  function good(field: GraphQLField<unknown, unknown>, { name, type }: GraphQLArgument): readonly unknown[] {
    const named = getNamedType(type)
    if (isEnumType(named)) return named.getValues().map((value) => value.name)
    if (named.name === 'Boolean') return [true, false]
    if (name === 'id' || name in ids) return ids[name === 'id' ? field.name : field.name === 'plans' ? 'area' : name]!
    const known: Record<string, readonly unknown[]> = {
      first: [1, 3, 20], after: [null], code: ['none'], search: ['hai', 'mong cai'], kind: ['GOAT', 'CASH_CAPITAL'], needKind: ['GOAT', 'PIG'],
      on: ['2025-06-30', '2026-06-01'], year: [2025, 2026], from: ['2026-01-01'], to: ['2026-12-31'], scope: [{ area: 'Area:p22' }, {}],
    }
    return known[name]!
  }

  const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url))
  const published = readdirSync(folder).flatMap((file): Asking[] => {
    const query = readFileSync(folder + file, 'utf8')
    const { operation, selectionSet, variableDefinitions = [] } = getOperationAST(parse(query))!
    const names = selectionSet.selections.map((root) => (root.kind === 'Field' ? root.name.value : ''))
    if (operation !== OperationTypeNode.QUERY || !names.every((name) => roots.some((root) => root.name === name))) return []
    const known: Record<string, unknown> = { area: 'Area:c06733', search: 'hai', first: 5, code: 'none', scope: { area: 'Area:p22' }, id: ids[names[0]!]?.[1] ?? ids[names[0]!]?.[0] }
    return [{ query, variables: Object.fromEntries(variableDefinitions.flatMap(({ variable: { name } }) => (name.value in known ? [[name.value, known[name.value]]] : []))) }]
  })

  // One question for all that is kept by the same places.
  const branches = [
    `id name validTo households { label value } ancestors { fullName } needs { kind { name } quantity allocated received open urgency }
     totals { kind { name } pledges quantities { promised allocated dispatched received settled open } } recent: totals(from: "2026-01-01") { kind { code } pledges quantities { promised } }
     pledges(first: 20) { totalCount nodes { id version expectedOn isLate party { name } area { fullName } lines { kind { name } detail quantities { promised allocated received settled } } } }
     children(first: 20) { nodes { id fullName totals { pledges quantities { allocated } } needs { quantity allocated urgency } pledges { totalCount } } }`,
    'children(first: 20, on: "2025-06-30") { nodes { id fullName totals { pledges quantities { allocated } } needs { quantity allocated } pledges(first: 2) { totalCount } households { label } } }',
    'children(first: 20, on: "2025-06-30") { nodes { children(first: 20, on: "2025-06-30") { nodes { id needs { open } totals { pledges } } } } }',
    'parent { totals { pledges } needs { open } } successors { area { id name totals { pledges } } } predecessors { area { id pledges { totalCount } } }',
  ].flatMap((branch) => areas.map((id) => ({ query: `query($id: ID!) { area(id: $id) { ${branch} } }`, variables: { id } })))
  const lists = areas.flatMap((area) => [
    { query: 'query($area: ID) { totals(area: $area) { kind { code } pledges quantities { promised allocated dispatched received settled } } pledges(area: $area, first: 30) { totalCount edges { cursor node { id party { name } isLate } } } }', variables: { area } },
    { query: 'query($area: ID) { openings(area: $area, first: 30) { totalCount nodes { detail quantities { open } post { wage } agreement { product } pledge { party { name } } } } }', variables: { area } },
    { query: 'query($area: ID) { areas(within: $area, inNeed: true, first: 5) { totalCount nodes { fullName needs { open } } } plans(area: $area) { nodes { title targets { numerator } } } }', variables: { area } },
  ])

  const sources = {
    schema, roots: roots.map((root) => root.name), isPlain,
    valuesOf: (field: GraphQLField<unknown, unknown>, argument: GraphQLArgument) => ({ good: good(field, argument), bad: [] }),
  }
  const invented = fc.sample(fc.gen(), { seed, numRuns: madeUp }).flatMap((g) => {
    const { text, variables } = makeUp(g, sources)
    return variables.map((values) => ({ query: text, variables: values }))
  })
  return [...published, ...branches, ...lists, ...invented]
}
