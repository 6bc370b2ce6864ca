// Whatever is asked, the compiled statement and the resolvers give the same answer, to the order of its keys; and so does row-level security.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import {
  type ExecutionResult, type GraphQLArgument, type GraphQLField, type GraphQLNamedType, Kind, OperationTypeNode, execute,
  getNamedType, getOperationAST, isEnumType, parse, specifiedRules, validate,
} from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Action, may } from '../../server/src/access/policy.ts'
import { type Viewer, visitor } from '../../server/src/access/viewer.ts'
import { NotCompilable, compileOperation, rootsOf } from '../../server/src/graphql/compile.ts'
import type { Context } from '../../server/src/graphql/context.ts'
import { type Question, answerOf } from '../../server/src/graphql/operation.ts'
import { type PublicAnswers, keepPublicAnswers } from '../../server/src/graphql/public-answers.ts'
import { type Read, isReading, widenOf } from '../../server/src/graphql/read.ts'
import { purposeOf } from '../../server/src/graphql/run.ts'
import { formatError } from '../../server/src/graphql/translate.ts'
import { type Config, readConfig } from '../../server/src/platform/config.ts'
import { type Database, connect } from '../../server/src/platform/db.ts'
import { schema } from '../../server/src/schema.ts'
import { contextOf, silent, viewerNamed } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'
import { AREAS, HOUSEHOLD, PLAN, PLEDGES, TROUBLE, addEdges } from '../support/edges.ts'
import { addHerds } from '../support/herds.ts'
import { type Sources, makeUp } from '../support/made-up.ts'
import { TEST_SECRET } from '../support/template.ts'

/** Set SEED to what a failure printed to make up the same questions again. */
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const QUESTIONS = 500

let database: FreshDatabase
let owner: pg.Client
let db: Database
let answers: PublicAnswers
let viewers: Record<string, Viewer>
const ids: Record<string, string> = {}
const codes: string[] = []

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await addEdges(owner)
  await addHerds(owner)
  db = await connect(database.ownerUrl)
  answers = await keepPublicAnswers(db)
  const here = `area_path <@ 'p22.c06733'`
  const one = async (name: string, sql: string) => (ids[name] = (await owner.query<{ id: string }>(sql)).rows[0]!.id)
  await one('household', `select 'Household:' || household_id as id from allocation where ${here} and received > 0 order by id limit 1`)
  await one('pledge', `select 'Pledge:' || id as id from pledge where ${here} and state = 'VERIFIED' order by registered_at limit 1`)
  await one('line', `select 'PledgeLine:' || line.id as id from pledge_line line where ${here} and state = 'VERIFIED' and allocated < promised order by line.id limit 1`)
  await one('allocation', `select 'Allocation:' || id as id from allocation where ${here} and received > 0 order by id limit 1`)
  await one('delivery', `select 'Delivery:' || id as id from delivery where ${here} order by id limit 1`)
  await one('herd', `select 'Allocation:' || id as id from herd where area_path <@ 'p22' order by id limit 1`)
  await one('animal', `select 'Animal:' || id as id from animal where area_path <@ 'p22' and dam_id is not null order by id limit 1`)
  await one('plan', `select 'Plan:' || id as id from plan where id <> '${PLAN}' limit 1`)
  await one('party', `select 'Party:' || party_id as id from role_grant where party_id is not null and account_id = (select id from account where login = 'saomai')`)
  codes.push(...(await owner.query<{ code: string }>(`select code from follow_code join pledge on pledge.id = pledge_id where state in ('VERIFIED', 'REGISTERED') order by code limit 3`)).rows.map(({ code }) => code))
  const accounts = ['saomai', 'mattran.haininh', 'mattran.quangninh', 'thon1.haitien', 'quantri']
  viewers = {
    visitor,
    ...Object.fromEntries(await Promise.all(accounts.map(async (login) => [login, await viewerNamed(owner, login)]))),
    household: { ...visitor, slipId: crypto.randomUUID(), households: [ids.household!.slice(10), HOUSEHOLD] },
  }
})
afterAll(async () => {
  await answers?.close()
  await db?.close()
  await owner?.end()
  await database?.drop()
})

// ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const config: Config = { ...readConfig({ HUB_SECRET: TEST_SECRET, DEMO: 'no' }), contact: TROUBLE }
const contextFor = (viewer: Viewer, of: Database = db) => contextOf(viewer, of, config)

function questionOf(text: string, variables: Record<string, unknown>): Question {
  const document = parse(text)
  return { schema, document, operation: getOperationAST(document)!, variables }
}

/** What graphql-js says, through the resolvers alone. */
const resolved = async ({ document, variables }: Question, context: Context): Promise<ExecutionResult> =>
  execute({ schema, document, variableValues: variables, contextValue: context })

/** An answer as it goes out, but for what is random in it. */
function told({ data, errors }: ExecutionResult) {
  const said = errors?.map((error) => {
    const { message, path, extensions } = formatError({ log: silent, production: false, language: 'vi' }, error.toJSON(), error)
    return JSON.stringify({ path, code: extensions?.code, reason: extensions?.reason, message: extensions?.errorId ? '' : message })
  })
  return { data: JSON.stringify(data), errors: said?.sort() ?? [] }
}

interface Asked {
  isCompiled: boolean
  /** What was said: by the resolvers and by the compiled statement; to a visitor also what was kept of it, and where row-level security stands in place of views. */
  ways: unknown[]
}

async function ask(question: Question, viewer: Viewer): Promise<Asked> {
  const { document, variables } = question
  const asked = document.loc!.source.body
  const answer = await resolved(question, contextFor(viewer))
  // An operation that was once left to the resolvers stays theirs, so it gets a second chance as another's.
  const text = (await answerOf(question, contextFor(viewer))) ?? (await answerOf(questionOf(asked, variables), contextFor(viewer)))
  const ways = [told(answer)]
  if (text !== null) ways.push(told({ data: JSON.parse(text) }))
  else if (!answer.errors && !isForResolvers(question, viewer)) ways.push({ data: '', errors: ['not compiled, and nothing says why'] })
  if (text !== null && viewer === visitor) {
    for (const kept of [await answerOf(question, contextFor(viewer), answers), await answerOf(question, contextFor(viewer), answers)]) {
      if (kept !== null) ways.push(told(JSON.parse(typeof kept === 'string' ? `{"data":${kept}}` : kept.bytes.toString()) as ExecutionResult))
    }
  }
  if (viewer === visitor) ways.push(told(await resolved(question, contextFor(viewer, { ...db, open: db.pool }))))
  return { isCompiled: text !== null, ways: ways.map((way) => ({ asked, variables, ...way })) }
}
/** As they ought to be. */
const alike = ({ ways }: Asked) => ways.map(() => ways[0])

/** An answer without errors that was not compiled has a reason: otherwise a statement failed, and nobody saw it. */
function isForResolvers({ document, operation, variables }: Question, viewer: Viewer): boolean {
  const fragments = Object.fromEntries(document.definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it]] : [])))
  const info = { schema, fragments, variableValues: getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced! }
  const roots = rootsOf(info, operation)
  try {
    compileOperation(info, roots, purposeOf(contextFor(viewer).hub, viewer))
  } catch (error) {
    return error instanceof NotCompilable
  }
  const readers = [...roots.values()].map(([node]) => query.getFields()[node!.name.value]).filter((field) => field && readOf(field)?.kind !== 'inline')
  const isAtGate = (field: (typeof readers)[number]) => (readOf(field!) as { atGate?: boolean }).atGate === true
  const isPrepared = (field: (typeof readers)[number]) => 'prepare' in readOf(field!)!
  return readers.length === 0 ||
    (readers.length > 1 && readers.some((field) => widenOf(field!.extensions.pothosOriginalResolve) || isPrepared(field) || isAtGate(field) !== isAtGate(readers[0])))
}

// ── what to ask ─────────────────────────────────────────────────────────────────────────────────────────────────────

const query = schema.getQueryType()!
const readOf = (field: GraphQLField<any, any>) => field.extensions.read as Read | undefined
const isPartOfPage = (type: GraphQLNamedType) => /(Connection|Edge|PageInfo)$/.test(type.name)
const isPlain = (field: GraphQLField<unknown, unknown>, of: GraphQLNamedType) =>
  isPartOfPage(of) || (readOf(field) !== undefined && (readOf(field)!.kind === 'needs' || isReading(field.extensions.pothosOriginalResolve)))

const NOBODY = '99999999-9999-4999-8999-999999999999'
const areas = () => ['Area:p22', 'Area:c06733', 'Area:h06733_001', 'Area:p82', 'Area:p82_2025', 'Area:d194', 'Area:nowhere', ...AREAS.map((id) => `Area:${id}`)]
const idsOf = (type: string, known: string[]) => ({
  good: [...known, ...known, `${type}:${type === 'Area' || type === 'Plan' ? 'none' : NOBODY}`],
  bad: ['', 'x', TROUBLE, `${type}:`, `${type}:'; drop table area; --`, type === 'Area' ? ids.pledge! : 'Area:p22'],
})
const pledges = () => [ids.pledge!, ...PLEDGES.map((id) => `Pledge:${id}`)]

/** Cursors that could be the field's, with values that lie somewhere in its list; and others. */
function cursorsOf(field: GraphQLField<unknown, unknown>) {
  const read = readOf(field)
  const inside: Record<string, string[]> = {
    text: ['M', TROUBLE, ''], int: ['-2', '0'], real: ['0', '0.25'], uuid: [NOBODY, '00000000-0000-4000-8000-000000000002'],
    timestamptz: ['2026-06-01 00:00:00.123+00', '1999-01-01 00:00:00+07'], date: ['2026-01-01'], xid8: ['900', '3'], bigint: ['5'],
  }
  const cursor = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64')
  const order = read?.kind === 'page' ? read.order : []
  return {
    good: [0, 1].map((n) => cursor(order.map(({ type }) => inside[type.split(' ')[0]!]![n] ?? inside[type.split(' ')[0]!]![0]))),
    bad: ['', 'x', '%%%', TROUBLE, cursor([]), cursor('text'), cursor(order.map(() => null)), cursor(order.map(() => 'not of this type')), cursor([...order.map(() => '0'), '0'])],
  }
}

const searches = ['mong cai', 'Hải', 'HAI NINH', '06733', 'a', '', '   ', "'", '\\', '%_', '🐐', TROUBLE, 'x'.repeat(200)]

function valuesOf(field: GraphQLField<unknown, unknown>, { name, type }: GraphQLArgument, isRoot: boolean): { good: readonly unknown[]; bad: readonly unknown[] } {
  const named = getNamedType(type)
  if (isEnumType(named)) return { good: named.getValues().map((value) => value.name), bad: [] }
  if (named.name === 'Boolean') return { good: [true, false], bad: [] }
  switch (name) {
    case 'first': return { good: isRoot ? [1, 2, 3, 5, 20, 100] : [1, 2, 3], bad: [0, -1, 101, 2147483647] }
    case 'after': return cursorsOf(field)
    case 'id': return field.name === 'area' ? idsOf('Area', areas()) : field.name === 'pledge' ? idsOf('Pledge', pledges())
      : idsOf(getNamedType(field.type).name, [ids[field.name]!, ...(field.name === 'plan' ? [`Plan:${PLAN}`] : field.name === 'household' ? [`Household:${HOUSEHOLD}`] : [])])
    case 'area': case 'within': return idsOf('Area', areas())
    case 'party': return idsOf('Party', [ids.party!])
    case 'plan': return idsOf('Plan', [ids.plan!, `Plan:${PLAN}`])
    case 'allocation': return idsOf('Allocation', [ids.herd!, ids.allocation!])
    case 'rule': return { good: ['RED_CROSS', 'NONE', ''], bad: ['\0'] }
    case 'line': return idsOf('PledgeLine', [ids.line!])
    case 'code': return { good: [codes[0]!, codes[1]!.toLowerCase(), ` ${codes[2]!.slice(0, 3)}-${codes[2]!.slice(3)}`, 'EDGE2', 'x', ''], bad: [TROUBLE] }
    case 'search': return { good: searches, bad: ['\0'] }
    case 'kind': case 'needKind': return { good: ['GOAT', 'TROUBLE', 'CASH_CAPITAL', 'NONE', ''], bad: ['\0'] }
    case 'on': return { good: ['2025-06-30', '2025-07-01', '2026-06-01', '1900-01-01'], bad: ['2025-02-30', 'x'] }
    case 'from': return { good: ['2023-12-31', '2026-01-01'], bad: ['2030-01-01', 'x'] }
    case 'to': return { good: ['2024-03-31', '2026-06-30'], bad: ['1999-01-01', 'x'] }
    case 'year': return { good: [2025, 2026, 2100], bad: [] }
    case 'scope': return {
      good: [{}, { area: 'Area:p22' }, { area: 'Area:h06733_901' }, { pledge: ids.pledge! }, { pledge: `Pledge:${PLEDGES[1]}` }, { party: ids.party! }, { party: `Party:${PLEDGES[0]}` },
        { followCode: codes[0]! }, { followCode: codes[1]!, area: 'Area:p22', party: null }, { pledge: null }],
      bad: [{ area: 'x' }, { pledge: 'Area:p22' }, { followCode: 'x' }],
    }
  }
  throw new Error(`no values for ${field.name}(${name}:)`)
}

/** The root fields, those that the viewer is refused last and seldom. */
function sourcesFor(viewer: Viewer): Sources {
  const isOpen = (field: GraphQLField<unknown, unknown>) => may(viewer, (field.extensions.pothosOptions as { authScopes: { may: Action } }).authScopes.may)
  const all = Object.values(query.getFields())
  const compiled = all.filter((field) => isOpen(field) && isPlain(field, query)).map((field) => field.name)
  return { schema, roots: [...Array.from({ length: 4 }, () => compiled).flat(), ...all.map((field) => field.name)], isPlain, valuesOf }
}

describe(`a made-up query (SEED=${SEED})`, () => {
  let asked = 0
  const compiled: string[] = []

  it('has one answer, compiled or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(viewers), 'visitor', 'visitor'), fc.gen(), async (who, g) => {
        const { text, variables } = makeUp(g, sourcesFor(viewers[who]!))
        const document = parse(text)
        expect({ text, complaints: validate(schema, document, specifiedRules) }).toEqual({ text, complaints: [] })
        for (const values of variables) {
          asked++
          const said = await ask({ schema, document, operation: getOperationAST(document)!, variables: values }, viewers[who]!)
          expect(said.ways).toEqual(alike(said))
          if (said.isCompiled) compiled.push(text)
        }
      }),
      { seed: SEED, numRuns: QUESTIONS, endOnFailure: true }, // one failing question is short enough to read
    )
  }, 60_000)

  it('is mostly compiled, by way of all root fields that can be, or all but the one or two that luck left out', () => {
    expect(compiled.length / asked).toBeGreaterThan(0.4)
    const roots = new Set(compiled.flatMap((text) => rootsIn(text)))
    const possible = Object.values(query.getFields()).filter((field) => isPlain(field, query)).map((field) => field.name)
    expect(possible.filter((name) => !roots.has(name)).length).toBeLessThanOrEqual(2)
  })
})
const rootsIn = (text: string) => getOperationAST(parse(text))!.selectionSet.selections.flatMap((it) => (it.kind === Kind.FIELD ? [it.name.value] : []))

describe('a query with awkward names', () => {
  it.each([
    '{ area(id: "Area:p22") { constructor: id __proto__: name toString: code hasOwnProperty: kind } }',
    '{ __proto__: area(id: "Area:p22") { id } constructor: supportKinds { __proto__: code } }',
    '{ toString: hub { contact } valueOf: povertyCauses { code } }',
    '{ pledges(first: 3) { constructor: nodes { value: id n: state } edges { __proto__: cursor toString: node { cursor: id } } t1: pageInfo { nothing: endCursor } } }',
    '{ events(first: 5) { edges { node { constructor: at ... on PledgeVerified { __proto__: pledge { toString: id } } } } } }',
    '{ pledges(first: 3) { nodes { _state: id _path: area { id } viewerCan { verify { allowed } } } } }',
  ])('has one answer: %s', async (text) => {
    for (const viewer of Object.values(viewers)) {
      const said = await ask(questionOf(text, {}), viewer)
      expect(said.ways).toEqual(alike(said))
    }
  })

  it('has one answer with more of them than a function takes arguments, in the order asked for', async () => {
    const names = Array.from({ length: 120 }, (_, i) => `${'z'.repeat(1 + (i % 7))}${i}: ${i % 2 ? 'name' : 'isLiving'}`)
    for (const viewer of Object.values(viewers)) {
      const said = await ask(questionOf(`{ area(id: "Area:h06733_901") { ${names.join(' ')} } }`, {}), viewer)
      expect(said).toEqual({ isCompiled: true, ways: alike(said) })
    }
  })
})

// ── what is asked in earnest ────────────────────────────────────────────────────────────────────────────────────────

const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url))
const operations = readdirSync(folder).sort().flatMap((file) => {
  const text = readFileSync(folder + file, 'utf8')
  const { operation, name, variableDefinitions = [] } = getOperationAST(parse(text))!
  return operation === OperationTypeNode.QUERY ? [{ name: name!.value, text, variables: variableDefinitions.map(({ variable }) => variable.name.value) }] : []
})

describe.each(operations)('$name', ({ text, variables }) => {
  it('has one answer, whoever asks', async () => {
    const known: Record<string, unknown> = {
      area: 'Area:c06733', plan: ids.plan, line: ids.line, code: codes[0], from: '2023-12-31', to: '2024-03-31', figure: 'LEFT', search: 'hai', first: 3,
      id: ids[/\b(area|pledge|plan|household|allocation|delivery)\(id: \$id\)/.exec(text)?.[1] ?? ''] ?? 'Area:c06733', scope: { area: 'Area:p22' },
    }
    for (const viewer of Object.values(viewers)) {
      const said = await ask(questionOf(text, Object.fromEntries(variables.flatMap((name) => (name in known ? [[name, known[name]]] : [])))), viewer)
      expect(said.ways).toEqual(alike(said))
    }
  })
})

// ── what cannot be answered ─────────────────────────────────────────────────────────────────────────────────────────

describe('null where none may be', () => {
  const questions = [
    '{ pledges(first: 50) { nodes { id lines { id kind { code } } } } }',
    '{ totals { pledges kind { code } } }',
    '{ area(id: "Area:p22") { id needs { quantity kind { name } } } supportKinds { code } }',
    '{ pledge(id: "Pledge:00000000-0000-4000-8000-000000000002") { id lines { detail kind { name } } } povertyCauses { code } }',
  ]

  it('is the error that the resolvers make of it', async () => {
    const askers = ['visitor', 'mattran.quangninh'].map((who) => viewers[who]!)
    const compiled = () => Promise.all(askers.flatMap((viewer) => questions.map((text) => answerOf(questionOf(text, {}), contextFor(viewer)))))
    expect(await compiled()).not.toContain(null)
    // Kinds go, and what is of them stays: no rule of the hub lets this happen.
    await owner.query(`alter table pledge_line drop constraint pledge_line_kind_code_fkey; alter table need drop constraint need_kind_code_fkey;
      alter table allocation drop constraint allocation_kind_code_fkey; alter table adoption drop constraint adoption_kind_code_fkey; delete from support_kind where code in ('TROUBLE', 'GOAT')`)
    expect((await compiled()).filter((text) => text !== null)).toEqual([])
    for (const viewer of askers) {
      const [first, ...others] = await Promise.all(questions.map(async (text) => told(await resolved(questionOf(text, {}), contextFor(viewer)))))
      expect(first!.errors.join()).toMatch(/"path":\["pledges","nodes",\d+,"lines",\d+,"kind"\],"code":"INTERNAL_SERVER_ERROR"/)
      expect(others.map(({ errors }) => errors.length > 0)).toEqual([true, true, true])
    }
  })
})
