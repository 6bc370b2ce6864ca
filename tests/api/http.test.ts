// The hub over HTTP: GraphQL as its specification asks, the client's files, the headers, and the probes of whoever keeps it running.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, graphql, startApp } from '../support/app.ts'
import { layCable } from '../support/cable.ts'

let clientDirectory: string
let app: TestApp

beforeAll(async () => {
  clientDirectory = await mkdtemp(join(tmpdir(), 'chungtay-client-'))
  await mkdir(join(clientDirectory, 'assets'))
  await writeFile(join(clientDirectory, 'index.html'), '<!doctype html><title>Chung Tay</title>')
  await writeFile(join(clientDirectory, 'assets/main-1a2b3c.js'), 'export {}')
  await writeFile(join(clientDirectory, 'assets/main-1a2b3c.js.gz'), gzipSync('export {}'))
  app = await startApp({ clientDirectory })
})
afterAll(async () => {
  await app?.stop()
  await rm(clientDirectory, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers, redirect: 'manual' })
const PAGE = { accept: 'text/html,application/xhtml+xml' }

describe('GraphQL over HTTP', () => {
  test.each(['vi', 'en'] as const)('says in %s that subscriptions go over a socket', async (language) => {
    for (const query of ['subscription { events { __typename } }', 'query A { __typename } subscription B { events { id } }']) {
      const operationName = query.startsWith('query') ? 'B' : undefined
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', 'accept-language': language }, body: JSON.stringify({ query, operationName }),
      })
      const { data, errors } = (await response.json()) as { data?: unknown; errors: { message: string; extensions: Record<string, unknown> }[] }
      expect([response.status, data, errors.length, errors[0]!.extensions.reason]).toEqual([400, undefined, 1, 'USE_SOCKET'])
      expect(errors[0]!.message).toMatch(language === 'vi' ? /^Tin trực tiếp đi qua WebSocket/ : /^Subscriptions go over a WebSocket/)
    }
  })

  test('passes every audit of the specification without error or warning', async () => {
    const results = []
    for (const audit of serverAudits({ url: `${app.url}/graphql` })) {
      const result = await audit.fn()
      results.push({ id: audit.id, name: audit.name, status: result.status })
    }
    expect(results).toHaveLength(61)
    expect(results.filter(({ status }) => status !== 'ok' && status !== 'notice')).toEqual([])
    // Optional GETs that a page of another site could send with a visitor's cookie are refused on purpose.
    expect(results.filter(({ status }) => status === 'notice').map(({ id }) => id)).toEqual(['5A70', 'D6D5', '6A70'])
  })

  test('answers in Vietnamese, or in English when that is asked for', async () => {
    const unknown = 'query { area(id: "Pledge:x") { id } }'
    const vi = await graphql(app, unknown)
    const en = await graphql(app, unknown, {}, { language: 'en' })
    const liked = await graphql(app, unknown, {}, { headers: { 'accept-language': 'fr, en;q=0.8, vi;q=0.5' } })
    expect(vi.errors?.[0]?.message).toMatch(/Mã định danh/)
    expect(en.errors?.[0]?.message).toMatch(/This id is of the wrong kind/)
    expect(liked.errors?.[0]?.message).toBe(en.errors?.[0]?.message)
  })

  test('is never kept by a cache', async () => {
    expect((await graphql(app, '{ __typename }')).headers.get('cache-control')).toBe('no-store')
  })
})

describe('the client', () => {
  test('hashed assets are kept for ever and sent compressed, the page is asked for anew', async () => {
    const asset = await get('/assets/main-1a2b3c.js', { 'accept-encoding': 'gzip' })
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-encoding')).toBe('gzip')
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await asset.text()).toBe('export {}')

    const page = await get('/', PAGE)
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const again = await get('/', { ...PAGE, 'if-none-match': page.headers.get('etag')! })
    expect(again.status).toBe(304)
  })

  test('every address that a person opens is the one page; what is no page is not there', async () => {
    expect((await get('/dia-ban/c06712?ngay=2024-03-31', PAGE)).status).toBe(200)
    expect((await get('/assets/gone-999999.js', PAGE)).status).toBe(404)
    expect((await get('/robots.txt', PAGE)).status).toBe(404)
    expect((await get('/dia-ban/c06712', { accept: 'application/json' })).status).toBe(404)
  })

  test('says so when it was not built', async () => {
    const bare = await startApp({ database: app.database, clientDirectory: join(clientDirectory, 'nowhere') })
    expect((await fetch(bare.url)).status).toBe(503)
    await bare.stop()
  })
})

describe('headers', () => {
  test('every answer carries them, also the refusals', async () => {
    for (const path of ['/', '/graphql', '/livez', '/nowhere.txt', '/assets/main-1a2b3c.js']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toMatch(/default-src 'self'; .*frame-ancestors 'none'/)
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('geolocation=()')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('strict-transport-security')).toBeNull()
    }
  })

  test('under a public https address they ask for https and name its socket', async () => {
    const secure = await startApp({ database: app.database, config: { publicUrl: 'https://chungtay.example.vn' } })
    const { headers } = await fetch(secure.url)
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(headers.get('content-security-policy')).toContain("connect-src 'self' wss://chungtay.example.vn")
    await secure.stop()
  })
})

describe('the log', () => {
  test('names the pattern of a request, never its path or query', async () => {
    await (await get('/graphiql?code=ABCD-EFGH-JKMN')).text()
    await get('/h/ABCDEFGHJKMN')
    await expect.poll(() => app.logged.map(({ route }) => route)).toEqual(expect.arrayContaining(['GET /graphiql', 'GET -']))
    expect(JSON.stringify(app.logged)).not.toMatch(/ABCD/)
  })
})

describe('whoever keeps it running', () => {
  test('sees that it lives and that its database answers', async () => {
    expect((await get('/livez')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
  })

  test('sees it unready while it stops, when requests under way are still answered', async () => {
    const stopping = await startApp({ database: app.database })
    const closed = stopping.close(300)
    const ready = await fetch(`${stopping.url}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.text()).toBe('stopping\n')
    const late = await graphql(stopping, '{ __typename }')
    expect(late.status).toBe(200)
    expect(late.headers.get('connection')).toBe('close')
    await closed
    await expect(fetch(`${stopping.url}/livez`)).rejects.toThrow('fetch failed')
  })

  test('can stop it in the middle of a request, which is answered first', async () => {
    const stopping = await startApp({ database: app.database })
    const body = JSON.stringify({ query: '{ __typename }' })
    const socket = connect(stopping.port, '127.0.0.1').setEncoding('utf8')
    socket.write(`POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`)
    const [goOn] = await once(socket, 'data')
    expect(goOn).toMatch(/^HTTP\/1\.1 100 /)
    const stoppedAt = performance.now()
    const closed = stopping.close()
    socket.write(body)
    let answer = ''
    for await (const chunk of socket) answer += chunk
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer).toContain('{"data":{"__typename":"Query"}}')
    await closed
    expect(performance.now() - stoppedAt).toBeLessThan(5_000)
  })

  test('sees it unready while the database is out of reach, and ready once it is back', async () => {
    const cable = await layCable(app.database)
    const cut = await startApp({ database: cable.database })
    cable.pull()
    expect((await fetch(`${cut.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${cut.url}/livez`)).status).toBe(200)
    cable.plug()
    await expect.poll(async () => (await fetch(`${cut.url}/readyz`)).status).toBe(200)
    await cut.stop()
    await cable.close()
  })
})

describe('GraphiQL', () => {
  test('is there in development and loads nothing from elsewhere', async () => {
    const page = await get('/graphiql')
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="(https?:)?\/\//)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  test('is not there in production', async () => {
    const production = await startApp({ database: app.database, config: { production: true }, trusted: null })
    const response = await fetch(`${production.url}/graphiql`)
    expect(response.status).toBe(404)
    await production.stop()
  })
})

describe('in production', () => {
  let production: TestApp
  beforeAll(async () => {
    production = await startApp({ database: app.database, config: { production: true } })
  })
  afterAll(() => production?.stop())

  test('the published operations are answered', async () => {
    const text = readFileSync(new URL('../../schema/operations/search-areas.graphql', import.meta.url), 'utf8')
    const { data, errors } = await graphql(production, text, { search: 'hai ninh' })
    expect(errors).toBeUndefined()
    expect(data.areas.nodes.length).toBeGreaterThan(0)
  })

  test('any other document is refused', async () => {
    const { data, errors } = await graphql(production, '{ areas { nodes { code } } }')
    expect(data).toBeUndefined()
    expect(errors![0]!.message).toContain('schema/operations')
  })
})
