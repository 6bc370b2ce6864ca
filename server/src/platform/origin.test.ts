// Whose page sent a request, whose address it came from, and in which language its reader is answered.
import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { cookieNamed } from './cookies.ts'
import { knownHosts } from './hosts.ts'
import { addressOf, languageOf, mayRead, mayWrite } from './origin.ts'

const request = (headers: Record<string, string>, remoteAddress = '10.0.0.1') =>
  ({ headers: { host: 'hub.vn', ...headers }, socket: { remoteAddress } }) as unknown as IncomingMessage

test.each<[headers: Record<string, string>, may: boolean]>([
  [{}, true],
  [{ origin: 'https://hub.vn' }, true],
  [{ origin: 'https://xau.example' }, false],
  [{ origin: 'null' }, true],
  [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
  [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, true],
  [{ origin: 'https://hub.vn', 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'none' }, true],
])('a page with %o may write: %s', (headers, may) => {
  expect(mayWrite(request(headers), knownHosts({ publicUrl: null, allowedHosts: ['hub.vn'] }))).toBe(may)
})

test.each<[headers: Record<string, string>, may: boolean]>([
  [{}, true],
  [{ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, true],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }, true],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, true],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }, false],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }, false],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'script' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
])('a page with %o may read: %s', (headers, may) => {
  expect(mayRead(request(headers))).toBe(may)
})

describe('the address', () => {
  test('is the connection’s, whatever the sender says', () => {
    expect(addressOf(request({ 'x-forwarded-for': '1.2.3.4' }), { proxies: 0 })).toBe('10.0.0.1')
  })
  test.each<[proxies: number, chain: string, address: string]>([
    [1, '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    [2, '6.6.6.6, 1.2.3.4, 172.18.0.1', '1.2.3.4'],
    [3, '1.2.3.4, 203.0.113.9, 172.18.0.1', '1.2.3.4'],
    [2, '172.18.0.1', '172.18.0.1'], // came in behind the outer one
    [1, '', '10.0.0.1'],
    [1, ' , ', '10.0.0.1'],
    [1, '1.2.3.4:5678', '1.2.3.4'],
    [1, '[2001:db8::7]:443', '2001:db8::7'],
    [1, '2001:db8::7', '2001:db8::7'],
    [1, 'unknown', '10.0.0.1'],
    [1, '1.2.3.4, <script>', '10.0.0.1'],
  ])('behind %i proxies that say «%s» is %s', (proxies, chain, address) => {
    expect(addressOf(request({ 'x-forwarded-for': chain }), { proxies })).toBe(address)
  })
})

test.each<[headers: Record<string, string>, language: 'vi' | 'en']>([
  [{}, 'vi'],
  [{ 'accept-language': 'en-US,en;q=0.9' }, 'en'],
  [{ 'accept-language': 'en;q=0.5, vi-VN;q=0.9' }, 'vi'],
  [{ 'accept-language': 'fr-FR, de;q=0.9' }, 'vi'],
  [{ 'accept-language': 'en', 'x-language': 'vi' }, 'vi'],
  [{ 'accept-language': 'vi', 'x-language': 'en' }, 'en'],
  [{ 'x-language': 'xx' }, 'vi'],
])('a reader with %o is answered in %s', (headers, language) => {
  expect(languageOf(request(headers))).toBe(language)
})

describe('a cookie', () => {
  test('over https binds itself to this host and to https', () => {
    const cookie = cookieNamed('chungtay', { secure: true })
    expect(cookie.write('abc', 60)).toBe('__Host-chungtay=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60')
    expect(cookie.read(request({ cookie: 'chungtay=forged; __Host-chungtay=abc' }))).toBe('abc')
  })
  test('over http has a plain name, and is cleared at once', () => {
    const cookie = cookieNamed('chungtay', { secure: false })
    expect(cookie.write(null)).toBe('chungtay=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
    expect(cookie.read(request({ cookie: 'a=b; chungtay=abc=; c' }))).toBe('abc=')
    expect(cookie.read(request({ cookie: 'chungtay=' }))).toBeNull()
    expect(cookie.read(request({}))).toBeNull()
  })
  test('carries no header of its own', () => {
    expect(() => cookieNamed('chungtay', { secure: false }).write('a\r\nSet-Cookie: b=c')).toThrow('not a cookie value')
    expect(() => cookieNamed('chungtay', { secure: false }).write('a; Domain=xau.example')).toThrow('not a cookie value')
  })
})
