// What somebody who means harm would try, each shown to be closed: over HTTP, over the socket, and below both.
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { getIntrospectionQuery } from 'graphql'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../server/src/graphql/limits.ts'
import { type Asked, type TestApp, graphql, startApp } from '../support/app.ts'
import { connectLive, openGreeted, openSocket } from '../support/live-client.ts'

/** As people run it: nothing is left on for developers. */
let app: TestApp
let development: TestApp

beforeAll(async () => {
  app = await startApp({ config: { production: true }, trusted: null, patience: { requestMs: 1_000, headersMs: 1_000, socketInitMs: 300, socketsPerNetwork: 30 } })
  development = await startApp({ database: app.database })
})
afterAll(async () => {
  await development?.stop()
  await app?.stop()
})

const post = (body: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${app.url}/graphql`, { method: 'POST', headers, body: body as BodyInit })
const many = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join(' ')
/** Why nothing of the document was run. */
const refusal = async (hub: TestApp, query: string, variables?: Record<string, unknown>) => {
  const { data, errors } = await graphql(hub, query, variables)
  expect(data).toBeUndefined()
  return errors!.map(({ message }) => message).join('\n')
}
/** What production says of a document that does not fit the schema, whatever is wrong with it. */
const UNFIT = /^Câu hỏi GraphQL này không hợp với lược đồ\./
/** What a page of a hostile site makes its visitor's browser send. */
const FOREIGN = { origin: 'https://xau.example', 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }

describe('documents that ask for too much', () => {
  test('many aliases', async () => {
    expect(await refusal(app, `{ ${many(16, (i) => `a${i}: __typename`)} }`)).toMatch(/16 aliases; at most 15/)
    expect(await refusal(app, `{ area(id: "Area:p22") { ${many(300, (i) => `a${i}: name`)} } }`)).toMatch(/300 aliases/)
  })

  test('many aliases behind fragments', async () => {
    const spread = 'fragment F on Area { a: name b: name c: name d: name e: name f: name }'
    expect(await refusal(app, `{ x: area(id: "Area:p22") { ...F } y: area(id: "Area:p22") { ...F } z: area(id: "Area:p22") { ...F } } ${spread}`)).toMatch(/21 aliases/)
  })

  test('many root fields', async () => {
    expect(await refusal(app, `{ ...F } fragment F on Query { ${many(9, (i) => `${'x'.repeat(i + 1)}: __typename`)} }`)).toMatch(/9 root fields/)
  })

  test('several mutations at once, as guesses of a password would be sent', async () => {
    const guess = (i: number) => `g${i}: signIn(input: { login: "quantri", password: "${i}" }) { problem { code } }`
    expect(await refusal(app, `mutation { ${guess(1)} ${guess(2)} }`)).toMatch(/2 root fields; at most 1/)
  })

  test('deep nesting', async () => {
    expect(await refusal(app, `{ area(id: "Area:p22") ${'{ parent '.repeat(10)} { id } ${'}'.repeat(10)} }`)).toMatch(/12 levels; at most 10/)
  })

  test('deep nesting behind fragments', async () => {
    const fragments = many(11, (i) => `fragment F${i} on Area { parent { ${i < 10 ? `...F${i + 1}` : 'id'} } }`)
    expect(await refusal(app, `{ area(id: "Area:p22") { ...F0 } } ${fragments}`)).toMatch(/13 levels/)
  })

  test('fragments that multiply', async () => {
    const fragments = many(8, (i) => `fragment F${i} on Area { parent { ...F${i + 1} } ancestors { ...F${i + 1} } }`)
    expect(await refusal(app, `{ area(id: "Area:p22") { ...F0 } } ${fragments} fragment F8 on Area { id name }`)).toMatch(/fields; at most 500/)
  })

  test('fragments in a circle', async () => {
    expect(await refusal(app, '{ area(id: "Area:p22") { ...A } } fragment A on Area { parent { ...B } } fragment B on Area { parent { ...A } }')).toMatch(UNFIT)
  })

  test('many directives', async () => {
    expect(await refusal(app, `{ area(id: "Area:p22") { ${many(21, () => 'name @include(if: true)')} } }`)).toMatch(/21 directives/)
    expect(await refusal(app, `query ${many(30, () => '@skip(if: false)')} { __typename }`)).toMatch(/30 directives/)
  })

  test('more tokens than any client of ours needs', async () => {
    expect(await refusal(app, `{ ${many(LIMITS.tokens, () => 'id')} }`)).toMatch(/contains more that 1500 tokens/)
  })

  test.each([many(1_400, () => 'id'), many(400, () => 'id'), many(240, () => 'parent { id }'), many(120, () => 'parent { parent { id name } }')])(
    'the same fields again and again, which are slow to compare',
    async (fields) => {
      expect(await refusal(app, `{ area(id: "Area:p22") { ${fields} } }`)).toMatch(/fields; at most 500|pairs of fields under one name; at most 1500/)
    },
  )

  test('pages within pages', async () => {
    expect(await refusal(app, '{ areas(first: 100) { nodes { children(first: 100) { nodes { id } } } } }')).toMatch(/objects in its answer; at most 10000/)
    const withVariable = 'query ($n: Int) { areas(first: $n) { nodes { children(first: $n) { nodes { id } } } } }'
    expect(await refusal(app, withVariable, { n: 1 })).toMatch(/objects in its answer/)
  })

  test('a page that is too large, or of no size at all', async () => {
    for (const n of [101, 2_147_483_647, 0, -1]) {
      const { errors } = await graphql(app, 'query ($n: Int) { areas(first: $n) { nodes { id } } }', { n }, { language: 'en' })
      expect(errors?.[0]).toMatchObject({ message: 'A page holds 1 to 100 items.', extensions: { code: 'BAD_USER_INPUT' } })
    }
  })

  test('several operations in one request', async () => {
    const response = await post(JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]))
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(/batching disabled/)
  })

  test('a document under a hash, to fill a cache with', async () => {
    const persisted = { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38' } } }
    const { errors } = (await (await post(JSON.stringify(persisted))).json()) as Asked
    expect(errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED')
  })
})

describe('looking behind the curtain', () => {
  test('introspection is off in production, also piece by piece', async () => {
    for (const query of ['{ __type(name: "Query") { fields { name } } }', '{ ...F } fragment F on Query { __schema { types { name } } }', '{ __schema { queryType { name } } }']) {
      expect(await refusal(app, query)).toMatch(UNFIT)
      expect((await graphql(development, query)).errors).toBeUndefined()
    }
    expect((await graphql(app, getIntrospectionQuery())).data).toBeUndefined()
  })

  test('what GraphiQL asks is answered in development, what is deeper is not', async () => {
    const everything = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true })
    expect((await graphql(development, everything)).errors).toBeUndefined()
    expect(await refusal(development, `{ __type(name: "Area") { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } }`)).toMatch(/introspection depth/i)
    expect(await refusal(development, `{ __type(name: "Area") { ${'ofType { '.repeat(20)} name ${'}'.repeat(20)} } }`)).toMatch(/introspection levels/)
  })

  test('a misspelt field is not told its neighbours', async () => {
    expect(await refusal(app, '{ arae(id: "Area:p22") { id } }')).toMatch(UNFIT)
    expect((await graphql(development, '{ arae(id: "Area:p22") { id } }')).text).toMatch(/Did you mean/)
  })

  describe.each([['any document is run', null], ['only published ones are', new Map()]] as const)('in production, where %s', (_which, trusted) => {
    let hub: TestApp
    beforeAll(async () => {
      hub = await startApp({ database: app.database, config: { production: true }, trusted })
    })
    afterAll(() => hub?.stop())

    const CODES = trusted ? ['UNKNOWN_DOCUMENT', 'LIMIT_EXCEEDED', 'GRAPHQL_PARSE_FAILED'] : ['GRAPHQL_VALIDATION_FAILED', 'LIMIT_EXCEEDED', 'GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT']
    const area = (fields: string) => `{ area(id: "Area:p22") { ${fields} } }`
    const pledge = 'mutation ($input: MakePledgeInput!) { makePledge(input: $input) { problem { code } } }'
    const PROBES: [what: string, query: string, variables?: Record<string, unknown>][] = [
      ['ten misspelt fields', area(many(10, (i) => `nmae${i}`))],
      ['a misspelt argument', '{ area(ide: "Area:p22") { id } }'],
      ['a misspelt type', '{ ...F } fragment F on Qurey { id }'],
      ['a misspelt value', '{ supportKinds(family: LIVESTOKC) { code } }'],
      ['a misspelt directive', area('id @inclde(if: true)')],
      ['a field without its parts', '{ area(id: "Area:p22") }'],
      ['an argument that is missing', '{ area { id } }'],
      ['a fragment that cannot be', area('... on Pledge { id }')],
      ['two fields under one name', area('a: id a: name')],
      ['an unknown variable', '{ area(id: $id) { id } }'],
      ['a variable of another type', 'query ($id: Int) { area(id: $id) { id } }'],
      ['a variable of no type', 'query ($id: Nothing) { area(id: $id) { id } }'],
      ['the schema', '{ __schema { types { name } } }'],
      ['syntax', '{ area('],
      ['two operations without a name', '{ __typename } { __typename }'],
      ['a definition of the schema', 'type Query { a: Int }'],
      ['an input with ten wrong parts', pledge, { input: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`linse${i}`, i])) }],
      ['an input that is no object', pledge, { input: 'x' }],
      ['an input that is absent', pledge, {}],
      ['more parts than anyone sends', pledge, { input: Object.fromEntries(Array.from({ length: 6_000 }, (_, i) => [`a${i}`, i])) }],
      ['a null where there must be a value', 'query ($id: ID = "Area:p22") { area(id: $id) { id } }', { id: null }],
      ['a place in the feed that is none', 'query ($after: Cursor) { events { nodes { id @skip(if: $after) } } }', { after: 'hôm qua' }],
      ['the same again and again', area(many(400, () => 'id'))],
      ['a thousand fragments', `{ __typename } ${many(200, (i) => `fragment F${i} on Area { id }`)}`],
      ['a fragment that nobody spreads', `{ __typename } fragment F on Area { ${many(400, () => 'id')} }`],
    ]

    test.each(PROBES)('%s: one reason with a code, and no word of the schema', async (_what, query, variables = {}) => {
      const { data, errors, status, text } = await graphql(hub, query, variables, { language: 'en' })
      expect(data == null || Object.values(data).every((value) => value === null)).toBe(true)
      expect(errors).toHaveLength(1)
      expect(CODES).toContain(errors![0]!.extensions.code)
      expect(status).toBe(200)
      expect(text).not.toMatch(/Did you mean|Expected|on type|of type|is not defined|non-null|"(Area|Query|Pledge|ID|Int|LIVESTOCK|MakePledgeInput|LineInput)!?"/)
      const strict = await fetch(`${hub.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' }, body: JSON.stringify({ query, variables }),
      })
      expect(strict.status).toBe(data === undefined ? 400 : 200)
    })

    test('the same over the socket', async () => {
      const socket = await openGreeted(hub)
      const tries = ['subscription { evnets { id } }', 'subscription { events { idd cursro } }', 'subscription ($a: Nope) { events(after: $a) { id } }', 'subscription {', `subscription { events { area { ${many(400, () => 'id')} } } }`]
      for (const query of tries) {
        socket.say({ id: '1', type: 'subscribe', payload: { query } })
        const frame = await socket.frames.next()
        expect(frame).toMatchObject({ type: 'error', payload: [{ extensions: { code: expect.any(String) } }] })
        expect(CODES).toContain(frame.payload[0].extensions.code)
        expect(frame.payload).toHaveLength(1)
        expect(JSON.stringify(frame)).not.toMatch(/Did you mean|on type|Nope|Event|Cannot query/)
      }
      socket.socket.close()
    })
  })

  test('wrong values over the socket have one reason, too', async () => {
    const socket = await openGreeted(app)
    const query = 'subscription ($after: Cursor, $scope: EventScope) { events(after: $after, scope: $scope) { id } }'
    socket.say({ id: '1', type: 'subscribe', payload: { query, variables: { after: 'x', scope: { arae: 1, b: 2 } } } })
    const { payload } = await socket.frames.next()
    expect(payload.errors).toEqual([{ message: expect.stringMatching(/không đúng dạng/), extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }])
    socket.socket.close()
  })

  test('an error from within is masked, logged, and given an id to quote, also in development', async () => {
    const broken = await startApp()
    await asOwner(broken, 'alter view open.area rename to area_gone')
    const { errors, text } = await graphql(broken, '{ areas { nodes { id } } }')
    const errorId = errors?.[0]?.extensions.errorId
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining(errorId), extensions: { code: 'INTERNAL_SERVER_ERROR', errorId } })])
    expect(text).not.toMatch(/chungtay|select|server\/src|node_modules|postgres|ECONN|\bat \w/i)
    expect(broken.logged).toContainEqual(expect.objectContaining({ event: 'internal_error', errorId }))
    await broken.stop()
  })

  test('a syntax error says where, and nothing of the server', async () => {
    const { errors, status } = await graphql(development, '{ areas { ')
    expect(status).toBe(200)
    expect(errors).toEqual([{ message: 'Syntax Error: Expected Name, found <EOF>.', locations: [{ line: 1, column: 11 }], extensions: { code: 'GRAPHQL_PARSE_FAILED' } }])
  })

  test('one database error is like the other: a login that exists answers as one that does not', async () => {
    const signIn = (login: string) => graphql(app, `mutation { signIn(input: { login: "${login}", password: "khong phai" }) { problem { code message } } }`)
    expect((await signIn("x' or 1=1 --")).data).toEqual((await signIn('khong.co')).data)
  })
})

describe('pages of other sites', () => {
  const mutation = JSON.stringify({ query: 'mutation { signOut { problem { code } } }' })

  test('cannot send JSON with a visitor’s cookie', async () => {
    expect((await post(mutation, FOREIGN)).status).toBe(403)
    expect((await post(mutation, { origin: 'https://xau.example', 'content-type': 'application/json' })).status).toBe(403)
    expect((await post(mutation, { origin: app.url, 'content-type': 'application/json' })).status).toBe(200)
  })

  test('cannot send what forms can send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-7', 'application/jsonx']) {
      expect([type, (await post(mutation, { 'content-type': type })).status]).toEqual([type, 415])
    }
  })

  test('cannot ask by address, and nobody can change anything by address', async () => {
    const ask = (query: string, headers = {}) => fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, { headers })
    expect((await ask('{ __typename }')).status).toBe(400)
    expect((await ask('{ __typename }', { 'apollo-require-preflight': '1' })).status).toBe(200)
    expect((await ask('mutation { signOut { problem { code } } }', { 'apollo-require-preflight': '1' })).status).toBe(405)
  })

  test('are not invited to read answers', async () => {
    const { headers } = await fetch(`${app.url}/graphql`, { method: 'OPTIONS', headers: { ...FOREIGN, 'access-control-request-method': 'POST' } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('broken and oversized requests', () => {
  test('a body of more than 100 KB is refused in both languages, announced or not', async () => {
    const large = JSON.stringify({ query: `{ __typename } # ${'x'.repeat(101 * 1024)}` })
    const announced = await post(large)
    expect(announced.status).toBe(413)
    expect(((await announced.json()) as Asked).errors?.[0]?.extensions.messages).toEqual({ vi: expect.stringContaining('100 KB'), en: expect.stringContaining('100 KB') })
    const stream = new ReadableStream({ start: (body) => (body.enqueue(new TextEncoder().encode(large)), body.close()) })
    const unannounced = await fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: stream, duplex: 'half' } as RequestInit)
    expect(unannounced.status).toBe(413)
  })

  test('a body that is no UTF-8, no JSON, or compressed', async () => {
    expect((await post(Uint8Array.from([...Buffer.from('{"query":"{ __typename } # '), 0xff, 0xfe, ...Buffer.from('"}')]))).status).toBe(400)
    expect((await post('{"query": ')).status).toBe(400)
    expect((await post('null')).status).toBe(400)
    expect((await post(gzipSync('{"query":"{ __typename }"}'), { 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(415)
  })

  test('a body nested thousands deep', async () => {
    const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`
    expect((await post(`{"query":"{ __typename }","variables":{"x":${deep}}}`)).status).toBeLessThan(500)
    expect((await post(`{"query":"query ($x: ID!) { area(id: $x) { id } }","variables":{"x":${deep}}}`)).status).toBeLessThan(500)
    expect((await post(deep)).status).toBe(400)
  })

  test('a body that never ends', async () => {
    const answer = await raw(`POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"query":`)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('headers that never end, or are huge', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: x\r\nX-A: ')).toMatch(/^HTTP\/1\.1 408 /)
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
  })

  test('methods that nothing here takes', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await fetch(`${app.url}/graphql`, { method })).status).toBe(405)
    expect(await raw('TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
  })

  test('paths that climb out of the client’s folder', async () => {
    for (const path of ['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/..\\..\\package.json', '//etc/passwd', '/index.html%00.js', '/%', '*', 'http://xau.example/']) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(path + answer).toMatch(/HTTP\/1\.1 (400|404|503) /)
      expect(path + answer).not.toMatch(/chung-tay|root:/)
    }
  })
})

describe('the socket', () => {
  test('opens for pages of this hub only', async () => {
    for (const origin of ['https://xau.example', 'null', `${app.url}.xau.example`, 'http://127.0.0.1:1']) {
      await expect(openSocket(app, { origin })).rejects.toThrow('403')
    }
    const published = await startApp({ database: app.database, config: { publicUrl: 'https://chungtay.example.vn' } })
    for (const origin of [published.url, 'https://chungtay.example.vn']) (await openSocket(published, { origin })).socket.close()
    await expect(openSocket(published, { origin: 'http://chungtay.example.vn' })).rejects.toThrow('403')
    await published.stop()
  })

  test('is at one path and speaks one protocol', async () => {
    await expect(openSocket({ url: `${app.url}/elsewhere` })).rejects.toThrow('404')
    const old = await openSocket(app, { protocol: 'graphql-ws' }).catch((error: Error) => error)
    expect(old instanceof Error ? old.message : (await old.closed).code).toSatisfy((end) => end === 4406 || /subprotocol/i.test(String(end)))
  })

  test('carries subscriptions, and neither queries nor mutations', async () => {
    const socket = await openGreeted(app)
    for (const query of ['{ __typename }', 'mutation { signOut { problem { code } } }', 'query A { __typename } subscription B { events { id } }']) {
      socket.say({ id: '1', type: 'subscribe', payload: { query, operationName: query.startsWith('query A') ? 'A' : undefined } })
      expect(await socket.frames.next()).toMatchObject({ type: 'error', payload: [{ message: expect.stringMatching(/Only subscriptions/) }] })
    }
    socket.socket.close()
  })

  test('keeps the limits of HTTP', async () => {
    const socket = await openGreeted(app)
    const tries: [query: string, why: RegExp][] = [
      [`subscription { events { ${many(16, (i) => `a${i}: id`)} } }`, /16 aliases/],
      [`subscription { events { area { ${'parent { '.repeat(10)} id ${'}'.repeat(10)} } } }`, /levels/],
      [`subscription { ${many(LIMITS.tokens / 2, () => 'id')} ${many(LIMITS.tokens / 2, () => 'id')} }`, /1500 tokens/],
      [`subscription { events { id area { ${many(400, () => 'id')} } } }`, /pairs of fields under one name/],
      [`subscription { events { ...F } } fragment F on Event { ${many(25, () => 'id @include(if: true)')} }`, /25 directives/],
      ['subscription { __schema { types { name } } }', UNFIT],
      ['subscription { evnets { id } }', UNFIT],
      ['subscription { events { ', /^Không đọc được câu hỏi GraphQL này/],
    ]
    for (const [query, why] of tries) {
      socket.say({ id: '1', type: 'subscribe', payload: { query } })
      const frame = await socket.frames.next()
      expect(frame).toMatchObject({ type: 'error', payload: expect.arrayContaining([expect.objectContaining({ message: expect.stringMatching(why) })]) })
      expect(JSON.stringify(frame)).not.toMatch(/Did you mean|node_modules/)
    }
    socket.socket.close()
  })

  test('takes twenty subscriptions and no more', async () => {
    const socket = await openGreeted(app)
    for (let i = 1; i <= 21; i++) socket.say({ id: `${i}`, type: 'subscribe', payload: { query: 'subscription { events { id } }' } })
    expect(await socket.frames.next()).toMatchObject({ id: '21', type: 'error', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] })
    socket.say({ id: '1', type: 'complete' })
    socket.say({ id: '22', type: 'subscribe', payload: { query: 'subscription { events { id } }' } })
    socket.say({ type: 'ping' })
    await socket.frames.next((frame) => frame.type === 'pong')
    socket.frames.none((frame) => frame.type === 'error')
    socket.socket.close()
  })

  const misbehaviours: [what: string, say: (socket: Awaited<ReturnType<typeof openGreeted>>) => void, code: number][] = [
    ['one id for two subscriptions', ({ say }) => [1, 2].forEach(() => say({ id: '1', type: 'subscribe', payload: { query: 'subscription { events { id } }' } })), 4409],
    ['two greetings', ({ say }) => say({ type: 'connection_init' }), 4429],
    ['what is not JSON', ({ say }) => say('{'), 4400],
    ['a message of no kind', ({ say }) => say({ type: 'chao' }), 4400],
    ['a subscription without a document', ({ say }) => say({ id: '1', type: 'subscribe', payload: {} }), 4400],
    ['bytes', ({ socket }) => socket.send(Buffer.from('{"type":"ping"}'), { binary: true }), 4400],
    ['a message of more than 64 KB', ({ say }) => say({ type: 'ping', payload: { x: 'x'.repeat(65 * 1024) } }), 1009],
    ['a message in more than 64 pieces', ({ socket }) => Array.from({ length: 70 }, (_, i) => socket.send('x', { fin: i === 69 })), 1008],
  ]
  test.each(misbehaviours)('closes on %s', async (_what, misbehave, code) => {
    const socket = await openGreeted(app)
    misbehave(socket)
    expect((await socket.closed).code).toBe(code)
  })

  test('closes on whoever does not greet, or asks before greeting', async () => {
    expect((await (await openSocket(app)).closed).code).toBe(4408)
    const hasty = await openSocket(app)
    hasty.say({ id: '1', type: 'subscribe', payload: { query: 'subscription { events { id } }' } })
    expect((await hasty.closed).code).toBe(4401)
  })

  test('gives one network so many and no more, until some are closed', async () => {
    const open = await Promise.all(Array.from({ length: 30 }, () => openGreeted(app)))
    await expect(openSocket(app)).rejects.toThrow('429')
    open[0]!.socket.close()
    await open[0]!.closed
    const another = await openGreeted(app)
    for (const { socket } of [...open, another]) socket.close()
    await Promise.all([...open, another].map(({ closed }) => closed))
  })

  test('an error from within is masked there, too, and the client may come back', async () => {
    const broken = await startApp()
    await asOwner(broken, 'alter view open.area rename to area_gone')
    const live = connectLive(broken)
    const feed = live.subscribe('subscription { events { id area { name } } }')
    await live.greeted.next()
    await asOwner(broken, `insert into event (type, audience, area_id) values ('NEED_RAISED', 'PUBLIC', 'c06733')`)
    const told = JSON.stringify([await live.closed.next(), feed.items])
    expect(told).not.toMatch(/chungtay|select|server\/src|node_modules|postgres|ECONN/i)
    expect(told).toContain('1013')
    await broken.stop()
  })
})

async function asOwner({ database }: TestApp, sql: string) {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(sql).finally(() => owner.end())
}

/** Says just these bytes, and listens until the hub closes. */
function raw(bytes: string): Promise<string> {
  return new Promise((heard, failed) => {
    let answer = ''
    const socket = connect(app.port, '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('utf8').on('data', (chunk) => (answer += chunk)).on('error', failed).on('close', () => heard(answer))
  })
}
