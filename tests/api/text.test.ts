// What people, and programs, may send as text: every entrance takes it as it was meant or says what is wrong with it, at the field, and none of it breaks a page.
import { randomUUID } from 'node:crypto'
import {
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, getNamedType, getNullableType, isEnumType, isInputObjectType, isLeafType, isListType, isObjectType, isRequiredInputField,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { schema } from '../../server/src/schema.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let actors: Actor[]
beforeAll(async () => {
  world = await startWorld()
  actors = [await world.signIn('quantri'), await world.signIn('mattran.haininh'), await world.signIn('thon1.haitien'), await world.signIn('saomai'), world.visitor]
})
afterAll(() => world?.end())

const broke = () => world.logged.filter(({ event }) => event === 'internal_error')

/** Never a person's, so that nothing that gets through is done to anything. */
const NOBODY = 'Household:00000000-0000-4000-8000-000000000000'
const FILL: Record<string, unknown> = { Boolean: false, Int: 1, Quantity: '1', VND: '1', Date: '2026-11-01', DateTime: '2026-11-01T00:00:00.000Z', ID: NOBODY, String: 'Chữ thường' }

interface Place {
  path: string
  kind: string
  with(value: unknown): Record<string, unknown>
}

/** Each text in an input, with all that is needed around it. */
function placesIn(type: GraphQLInputType, path = ''): Place[] {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return []
  const fields = Object.values(named.getFields())
  const around = (but: string) => Object.fromEntries(fields.filter((field) => field.name !== but && isRequiredInputField(field)).map((field) => [field.name, filled(field.type)]))
  return fields.flatMap((field) => {
    const isList = isListType(getNullableType(field.type))
    const here = `${path}${field.name}${isList ? '.0' : ''}`
    const put = (value: unknown) => ({ ...around(field.name), [field.name]: isList ? [value] : value })
    const inner = getNamedType(field.type)
    if (isInputObjectType(inner)) return placesIn(inner, `${here}.`).map((place) => ({ ...place, with: (value: unknown) => put(place.with(value)) }))
    return [{ path: here, kind: inner.name === 'String' ? String(field.extensions.text) : inner.name, with: put }]
  })
}

function filled(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return []
  if (isEnumType(nullable)) return nullable.getValues()[0]!.name
  if (isInputObjectType(nullable)) return Object.fromEntries(Object.values(nullable.getFields()).filter(isRequiredInputField).map((field) => [field.name, filled(field.type)]))
  return FILL[(nullable as { name: string }).name]
}

const mutations = Object.values(schema.getMutationType()!.getFields()).filter(({ args }) => args.length)
const placesOf = (mutation: GraphQLField<unknown, unknown>) => placesIn(mutation.args[0]!.type)

/** By the first who may try. */
async function tried(name: string, input: Record<string, unknown>) {
  const Name = name[0]!.toUpperCase() + name.slice(1)
  for (const actor of actors) {
    const keyed = placesIn(schema.getMutationType()!.getFields()[name]!.args[0]!.type).some(({ path }) => path === 'idempotencyKey') ? { ...input, idempotencyKey: input.idempotencyKey === 'Chữ thường' ? randomUUID() : input.idempotencyKey } : input
    const asked = await actor.try(`mutation($input: ${Name}Input!) { ${name}(input: $input) { problem { code message(in: vi) ... on InvalidInput { field } } } }`, { input: keyed })
    if (asked.errors?.some(({ extensions }) => ['FORBIDDEN', 'UNAUTHENTICATED', 'UNAUTHORIZED'].includes(extensions.code))) continue
    return asked
  }
  throw new Error(`nobody may ${name}`)
}

it('every text that a mutation takes says of which kind it is', () => {
  expect(mutations.flatMap((mutation) => placesOf(mutation).filter(({ kind }) => kind === 'undefined').map(({ path }) => `${mutation.name}.${path}`))).toEqual([])
})

const HARD = { NUL: 'Lê\0 Thử', 'a turned direction': 'Lê \u202eThử', 'half a character': 'Lê \ud800Thử', 'twenty-five kilobytes': 'ệ '.repeat(12_500), 'ten thousand marks': `e${'\u0301'.repeat(10_000)}` }
const SOFT = { 'what cannot be seen': '\u200b'.repeat(3), spaces: '   ', 'a name of machinery': '__proto__' }

describe('a text that nobody means is refused at its field, and nothing is done', () => {
  it.each(mutations.map(({ name }) => name))('%s', async (name) => {
    const mutation = schema.getMutationType()!.getFields()[name]!
    for (const place of placesOf(mutation).filter(({ kind }) => !['secret', 'key', 'ID'].includes(kind) && kind in { name: 1, line: 1, reason: 1, note: 1, code: 1, address: 1 })) {
      for (const [what, value] of Object.entries(HARD)) {
        // Whoever copies a number from a list of contacts means the number.
        if (place.kind === 'address' && what === 'a turned direction') continue
        const { status, data, errors } = await tried(name, place.with(value))
        expect([status, errors, data?.[name]?.problem], `${place.path}: ${what}`).toEqual([200, undefined, { code: expect.stringMatching(/^(BAD_TEXT|TOO_LONG)$/), message: expect.any(String), field: place.path }])
      }
      for (const [what, value] of Object.entries(SOFT)) {
        const { status, errors } = await tried(name, place.with(value))
        expect([status, errors], `${place.path}: ${what}`).toEqual([200, undefined])
      }
    }
    expect(broke()).toEqual([])
  })
})

describe('a day that no calendar here has is refused', () => {
  it.each(['0000-01-01', '0001-01-01', '1899-12-31', '2201-01-01', '9999-12-31', '2026-02-30', '2026-13-01', '2026-1-1', '\0', '٢٠٢٦-١١-٠١'])('%s', async (day) => {
    for (const mutation of mutations) {
      for (const place of placesOf(mutation).filter(({ kind }) => kind === 'Date')) {
        const { errors } = await tried(mutation.name, place.with(day))
        expect(errors?.map(({ extensions }) => extensions.code), `${mutation.name}.${place.path}`).toEqual(['BAD_USER_INPUT'])
      }
    }
    expect(broke()).toEqual([])
  })
})

describe('reading', () => {
  const queries = Object.values(schema.getQueryType()!.getFields())
  const selected = (field: GraphQLField<unknown, unknown>) => {
    const type = getNamedType(field.type)
    return isLeafType(type) ? '' : isObjectType(type) && 'nodes' in type.getFields() ? '{ nodes { __typename } pageInfo { endCursor } }' : '{ __typename }'
  }
  const ask = async (actor: Actor, field: GraphQLField<unknown, unknown>, given: Record<string, unknown>) => {
    const args = field.args.filter(({ name }) => name in given)
    return actor.try(`query(${args.map(({ name, type }) => `$${name}: ${type}`).join(', ') || '$_: Int'}) { ${field.name}${args.length ? `(${args.map(({ name }) => `${name}: $${name}`).join(', ')})` : ''} ${selected(field)} }`, given)
  }
  const texts = (args: readonly GraphQLArgument[]) => args.filter(({ name, type }) => name !== 'after' && ['String', 'ID'].includes(getNamedType(type).name))
  const needed = (field: GraphQLField<unknown, unknown>) => Object.fromEntries(field.args.filter(({ type }) => type !== getNullableType(type)).map(({ name, type }) => [name, filled(type)]))

  it.each(queries.filter(({ args }) => texts(args).length > 0).map(({ name }) => name))('%s takes any text', async (name) => {
    const field = schema.getQueryType()!.getFields()[name]!
    for (const arg of texts(field.args)) {
      for (const value of [...Object.values(HARD), ...Object.values(SOFT), '%', '_', '\\', "'", '"', '*', '()', 'a:*&|!', '🌾', 'Area:\0', `Area:${'9'.repeat(60)}`, 'Household:__proto__']) {
        for (const actor of actors.slice(0, 2)) await ask(actor, field, { ...needed(field), [arg.name]: value })
      }
    }
    expect(broke()).toEqual([])
  })

  const lists = queries.filter(({ args }) => args.some(({ name }) => name === 'after'))
  const forged = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64')
  it.each(lists.map(({ name }) => name))('%s knows its own cursors alone', async (name) => {
    const field = schema.getQueryType()!.getFields()[name]!
    const values = ['0', 'x', '\0', '9'.repeat(40), '1e999', '0000-01-01', '2026-02-30 00:00:00+00', '2026-01-01 00:00:00+99', randomUUID(), '\ud800', 'infinity', 'NaN', '-1', '']
    const cursors = [
      'bnVsbA==', 'MQ==', forged(), forged(null), forged({ __proto__: 1 }), forged('other', '2026-11-30 00:00:00+00', randomUUID()), forged(name), ...values.map((value) => forged(value)),
      ...[1, 2, 3, 4].flatMap((count) => values.flatMap((value) => [forged(name, ...Array(count).fill(value)), forged(...Array(count).fill(value))])),
    ]
    const answered: string[] = []
    for (const after of cursors) {
      const { data, errors } = await ask(actors[name === 'accounts' ? 0 : 1]!, field, { ...needed(field), after })
      // A list of names goes on after any text.
      const isOwn = (JSON.parse(Buffer.from(after, 'base64').toString() || 'null') as unknown[] | null)?.[0] === name
      answered.push(...(errors ? errors.map(({ extensions }) => extensions.reason ?? extensions.code) : [data[name] && isOwn ? 'BAD_CURSOR' : `answered after ${after}`]))
    }
    expect([...new Set(answered)].filter((code) => !['BAD_ID', 'UNAUTHENTICATED', 'FORBIDDEN'].includes(code))).toEqual(answered.includes('BAD_CURSOR') ? ['BAD_CURSOR'] : [])
    expect(broke()).toEqual([])
  })

  it('a cursor of one list is none of another', async () => {
    const { pledges } = await world.visitor.ask('{ pledges(first: 1) { pageInfo { endCursor } } }')
    expect(pledges.pageInfo.endCursor).toEqual(expect.any(String))
    const { errors } = await world.visitor.try('query($after: String) { openings(after: $after) { nodes { id } } }', { after: pledges.pageInfo.endCursor })
    expect(errors!.map(({ extensions }) => [extensions.reason, extensions.messages.vi])).toEqual([['BAD_CURSOR', 'Con trỏ trang không hợp lệ. Hãy tải lại từ trang đầu.']])
  })

  it.each(['0.99999999999999999999', '99999999999999999999.1', '1', 'x.y', '-1.1', '1.1\0', '1.9223372036854775808'])('the feed has no place %s', async (after) => {
    const { errors } = await world.visitor.try('query($after: Cursor) { __typename @include(if: true) areas(first: 1) { nodes { id } } a: events(first: 1) { nodes { id } } }', { after })
    expect(errors?.[0]?.extensions.code ?? 'UNUSED').toMatch(/^(BAD_USER_INPUT|UNUSED|GRAPHQL_VALIDATION_FAILED)$/)
    expect(broke()).toEqual([])
  })
})

describe('names of machinery', () => {
  const send = async (body: string) => {
    const response = await fetch(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return { status: response.status, ...(await response.json() as { data?: unknown; errors?: { message: string }[] }) }
  }
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'Khác', '\0', ''])('no operation is called %j', async (operationName) => {
    const { status, data, errors } = await send(JSON.stringify({ query: 'query A { __typename }', operationName }))
    expect([status < 500, data, errors!.length]).toEqual([true, undefined, 1])
    expect(broke()).toEqual([])
  })
  it('are names like any other', async () => {
    expect((await send('{"query":"query __proto__($__proto__: Int) { __proto__: areas(first: $__proto__) { constructor: __typename } }","operationName":"__proto__","variables":{"__proto__":2,"constructor":{}},"extensions":{"__proto__":1}}')).errors).toBeUndefined()
    expect(broke()).toEqual([])
  })
})

describe('what is meant is kept', () => {
  it.each(['Nguyễn Thị Thử', 'Đỗ Văn A 🌾', 'Giàng A Páo', 'Y Bkrông', 'Thạch Sô Phia', "O'Brien", '田中太郎', 'កញ្ញា សុខា', 'سميرة', '__proto__', 'Ngân hàng <b>Thử</b> & Nghiệm'])('%s', async (name) => {
    const { problem, household } = await actors[1]!.do('registerHousehold', { areaId: 'Area:c06733', headName: ` ${name.normalize('NFD')} `, members: 1, causes: [], phone: '(+84) 912.345 678' }, 'household { headName phone }')
    expect([problem, household]).toEqual([null, { headName: name.normalize('NFC'), phone: '0912345678' }])
    await world.visitor.do('makePledge', { anonymous: false, areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '1' }], party: { kind: 'PERSON', name: name.normalize('NFD'), phone: '+84 912 345 678' }, expectedOn: later(dayInVietNam(), { days: 1 }) }, 'pledge { id }')
    const { rows } = await world.owner.query('select phone from party join party_contact on party_id = party.id where party.name = $1', [name.normalize('NFC')])
    expect(rows).toEqual([{ phone: '0912345678' }])
  })
  it.each(['........', '123', 'gọi sau', '0000000000'])('%s is no telephone number', async (phone) => {
    const { problem } = await actors[1]!.do('registerHousehold', { areaId: 'Area:c06733', headName: 'Ai Đó', members: 1, causes: [], phone }, 'household { id }')
    expect(problem).toMatchObject({ __typename: 'InvalidInput', code: 'BAD_PHONE', field: 'phone' })
  })
  it('one telephone number is one account, however it is typed', async () => {
    const donor = { password: 'câu dài dễ nhớ', partyKind: 'PERSON', partyName: 'Người Một Số' }
    for (const login of ['(+84) 900 555 666', '0900.555.666']) expect((await world.visitor.do('registerDonor', { ...donor, login }, '')).problem).toBeNull()
    const { rows } = await world.owner.query('select name from party where name = $1', [donor.partyName])
    expect(rows).toHaveLength(1)
    const typed = ['0900555666', '84900555666', '０９００５５５６６６', '\u202a0900 555 666\u202c']
    const problems = await Promise.all(typed.map(async (login) => (await world.visitor.do('signIn', { login, password: donor.password }, 'viewer { account { login } }')).problem))
    expect(problems).toEqual(typed.map(() => null))
  })
})

describe('addresses', () => {
  it.each(['/h?ế', '//evil.example', '/\\evil.example', '\\\\evil.example', '/h/../..//evil.example', '/h?a\r\nset-cookie: a=b', '/h?\u0001', '/h?\ud800', 'https://evil.example/h', '/hx', '/h#ế', 'h', '', '\0'])('go on to %j stays on this site', async (tiep) => {
    const { rows: [household] } = await world.owner.query(`select id from household where area_path <@ (select path from area where id = 'c06733') order by code limit 1`)
    const { code } = await actors[1]!.do('issueSlip', { householdId: `Household:${household.id}` }, 'code')
    const response = await fetch(`${world.url}/h/ma`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ ma: code, tiep }).toString() })
    expect(response.status).toBe(303)
    expect(new URL(response.headers.get('location')!, world.url).origin).toBe(new URL(world.url).origin)
    expect(broke()).toEqual([])
  })
  it.each(['0000-01-01', '9999-12-31', '2026-02-30', '%00', 'ế', ''])('a review from %s is none', async (day) => {
    const response = await fetch(`${world.url}/tai-ve/kiem-diem/x.xlsx?tu=${day}&den=${day}`, { headers: { cookie: actors[1]!.cookie! } })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('Hãy ghi kỳ kiểm điểm')])
  })
})
