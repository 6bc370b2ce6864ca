// The hub answers to its own names alone, over HTTP and on the socket, says which setting would add one, and notices a wrong count of proxies.
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, graphql, startApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ config: { publicUrl: 'https://chungtay.example.vn', allowedHosts: ['hub.lan'], demo: true } })
})
afterAll(() => app?.stop())

/** What comes back on a connection of its own. */
async function raw(lines: string[], body = ''): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(app.port, '127.0.0.1').setEncoding('utf8')
  await once(socket, 'connect')
  socket.write([...lines, ...(body ? [`Content-Length: ${Buffer.byteLength(body)}`] : []), '', ''].join('\r\n') + body)
  let text = ''
  socket.on('data', (chunk) => (text += chunk))
  socket.on('error', () => {})
  // A socket that was upgraded stays open: its head is enough.
  await Promise.race([once(socket, 'close'), new Promise<void>((upgraded) => socket.on('data', () => text.startsWith('HTTP/1.1 101') && upgraded()))])
  socket.destroy()
  const [head, ...rest] = text.split('\r\n\r\n')
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), head: head!, body: rest.join('\r\n\r\n') }
}

const get = (path: string, host: string | null, version = '1.1') => raw([`GET ${path} HTTP/${version}`, ...(host === null ? [] : [`Host: ${host}`]), 'Connection: close'])
const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: graphql-transport-ws']
const FOREIGN = ['rebind.example', 'REBIND.example:4000', 'chungtay.example.vn.rebind.example', 'ai@chungtay.example.vn', '192.168.1.5:4000', '[::2]:4000', 'localhost.rebind.example']
const OWN = ['chungtay.example.vn', 'ChungTay.Example.VN:443', 'chungtay.example.vn.', 'hub.lan', 'localhost:4000', '127.0.0.1', '[::1]:4000', '[0:0:0:0:0:0:0:1]']

describe('a name that nobody gave the hub', () => {
  test.each(FOREIGN)('%s is refused on every way in, but for the probes', async (host) => {
    for (const path of ['/', '/graphql?query=%7B__typename%7D', '/h', '/h/ABCDEFGHJKMN', '/tai-ve/giay-chung-nhan/x.pdf', '/assets/x.js', '/graphiql', '/khong-co', '/readyzz']) {
      const { status, body } = await get(path, host)
      expect([path, status]).toEqual([path, 421])
      expect(JSON.parse(body).errors[0].extensions.code).toBe('UNKNOWN_HOST')
    }
    expect((await get('/livez', host)).status).toBe(200)
    expect((await get('/readyz', host)).status).toBe(200)
  })

  test('signs nobody in, though its page says that it is at home', async () => {
    const body = JSON.stringify({ query: 'mutation { signIn(input: { login: "quantri", password: "chung tay 2026" }) { viewer { account { id } } } }' })
    for (const more of [['Origin: http://rebind.example'], ['Origin: http://rebind.example', 'Sec-Fetch-Site: same-origin'], ['X-Forwarded-Host: chungtay.example.vn'], ['Forwarded: host=chungtay.example.vn'], []]) {
      const answer = await raw(['POST /graphql HTTP/1.1', 'Host: rebind.example', 'Content-Type: application/json', 'Connection: close', ...more], body)
      expect(answer.status).toBe(421)
      expect(answer.head).not.toMatch(/set-cookie/i)
      expect(answer.body).not.toContain('Account:')
    }
  })

  test('is told the setting, in both languages, as JSON and as a page', async () => {
    const message = /hãy đặt PUBLIC_URL đúng địa chỉ mà mọi người mở, hoặc ALLOWED_HOSTS=192\.168\.1\.5, rồi khởi động lại/
    const english = /sets PUBLIC_URL to the address that people open, or ALLOWED_HOSTS=192\.168\.1\.5, and starts it again/
    const { messages } = JSON.parse((await get('/graphql', '192.168.1.5:4000')).body).errors[0].extensions
    expect(messages).toEqual({ vi: expect.stringMatching(message), en: expect.stringMatching(english) })
    const page = await raw(['GET / HTTP/1.1', 'Host: 192.168.1.5:4000', 'Accept: text/html', 'Connection: close'])
    expect(page.body).toMatch(message)
    expect(page.body).toMatch(english)
  })

  test('opens no socket, whatever Origin comes with it, and hears the same', async () => {
    for (const host of FOREIGN) {
      for (const origin of [[], [`Origin: http://${host}`], ['Origin: https://chungtay.example.vn']]) {
        const { status, body } = await raw(['GET /graphql HTTP/1.1', `Host: ${host}`, ...UPGRADE, ...origin])
        expect([host, status]).toEqual([host, 421])
        expect(body).toContain('PUBLIC_URL')
        expect(body).toContain('ALLOWED_HOSTS')
      }
    }
  })
})

describe('no name', () => {
  test('is refused: of HTTP/1.0 by us, of HTTP/1.1 by its own rules', async () => {
    const { status, body } = await get('/graphql', null, '1.0')
    expect(status).toBe(421)
    expect(JSON.parse(body).errors[0].extensions.messages.en).toContain('ALLOWED_HOSTS')
    expect((await get('/livez', null, '1.0')).status).toBe(200)
    expect((await get('/graphql', null)).status).toBe(400)
    expect((await get('/graphql', '')).status).toBe(421)
  })

  test('is not taken from a whole address in the request line', async () => {
    expect((await get('http://chungtay.example.vn/graphql', 'rebind.example')).status).toBe(421)
    expect((await get('http://rebind.example/graphql', 'localhost')).status).toBe(400)
    expect((await get('http://rebind.example/livez', 'rebind.example')).status).toBe(421)
    expect((await raw(['GET http://rebind.example/graphql HTTP/1.1', 'Host: localhost', ...UPGRADE])).status).toBe(404)
  })
})

describe('a name of its own', () => {
  test.each(OWN)('%s is answered', async (host) => {
    expect((await get('/favicon.svg', host)).status).toBe(200)
    expect((await raw(['GET /graphql HTTP/1.1', `Host: ${host}`, ...UPGRADE])).status).toBe(101)
  })

  test.each<[host: string, origin: string, status: number]>([
    ['chungtay.example.vn', 'https://chungtay.example.vn', 101], ['127.0.0.1:4000', 'https://chungtay.example.vn', 101], ['hub.lan', 'http://hub.lan', 101],
    ['chungtay.example.vn', 'http://chungtay.example.vn', 403], ['chungtay.example.vn', 'https://rebind.example', 403], ['hub.lan', 'http://localhost', 403], ['hub.lan', 'null', 403],
  ])('at %s, a page of %s opens a socket: %i', async (host, origin, status) => {
    expect((await raw(['GET /graphql HTTP/1.1', `Host: ${host}`, `Origin: ${origin}`, ...UPGRADE])).status).toBe(status)
  })

  test('takes what its own pages write, and nothing of another of its names', async () => {
    const body = JSON.stringify({ query: 'mutation { signOut { viewer { account { id } } } }' })
    const post = (host: string, origin: string) => raw(['POST /graphql HTTP/1.1', `Host: ${host}`, `Origin: ${origin}`, 'Content-Type: application/json', 'Connection: close'], body)
    expect((await post('chungtay.example.vn', 'https://chungtay.example.vn')).status).toBe(200)
    expect((await post('hub.lan', 'http://hub.lan')).status).toBe(200)
    expect((await post('hub.lan', 'http://localhost')).status).toBe(403)
    expect((await post('chungtay.example.vn', 'http://chungtay.example.vn')).status).toBe(403)
  })
})

describe('a count of proxies that leaves everyone at one private address', () => {
  test('is said once, to the log and at the console, in both languages and with the setting', async () => {
    const said: string[] = []
    const miscounted = await startApp({ database: app.database, config: { publicUrl: 'https://chungtay.example.vn', proxies: 1 }, say: (line) => said.push(line) })
    const visit = (n: number, chain: string) => fetch(`${miscounted.url}/readyz`).then(() =>
      graphql(miscounted, '{ __typename }', {}, { headers: { 'user-agent': `Browser ${n}`, 'x-forwarded-for': chain } }))
    for (let n = 0; n < 12; n++) await visit(n, `203.0.113.${n}, 172.18.0.1`)
    expect(said).toEqual([expect.stringMatching(/BEHIND_PROXY đang là 1;.*hãy đặt BEHIND_PROXY=2.* \/ Every visitor comes from one private address.*set BEHIND_PROXY=2/)])
    expect(miscounted.logged.filter(({ event }) => event === 'visitors_from_one_address')).toEqual([{ event: 'visitors_from_one_address', reason: said[0] }])
    await miscounted.stop()
  })

  test('is not said where the count is right', async () => {
    const said: string[] = []
    const counted = await startApp({ database: app.database, config: { publicUrl: 'https://chungtay.example.vn', proxies: 2 }, say: (line) => said.push(line) })
    for (let n = 0; n < 12; n++) await graphql(counted, '{ __typename }', {}, { headers: { 'user-agent': `Browser ${n}`, 'x-forwarded-for': `203.0.113.${n}, 172.18.0.1` } })
    expect(said).toEqual([])
    await counted.stop()
  })
})
