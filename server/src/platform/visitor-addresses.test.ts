// A wrong number of proxies is noticed by what visitors send, once, and never where it is right.
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { watchAddresses } from './visitor-addresses.ts'

interface Sent {
  from?: string
  chain?: string
  agent?: string
}

function warnedBy(sent: Sent[], { proxies = 1, publicUrl = 'https://chungtay.example.vn' as string | null } = {}): [string, string, string][] {
  const warned: [string, string, string][] = []
  const met = watchAddresses({ proxies, publicUrl, warn: (event, { vi, en }) => warned.push([event, vi, en]) })
  for (const { from = '172.18.0.2', chain, agent } of sent) {
    met({ headers: { ...(chain && { 'x-forwarded-for': chain }), 'user-agent': agent }, socket: { remoteAddress: from } } as unknown as IncomingMessage)
  }
  return warned
}

const crowd = (sent: (n: number) => Sent) => Array.from({ length: 40 }, (_, n) => ({ agent: `Browser ${n % 8}`, ...sent(n) }))

test('all visitors by one private address: one proxy more stands there than was counted', () => {
  const warned = warnedBy(crowd((n) => ({ chain: `203.0.113.${n}, 172.18.0.1` })))
  expect(warned).toEqual([['visitors_from_one_address', expect.stringContaining('BEHIND_PROXY=2'), expect.stringContaining('set BEHIND_PROXY=2')]])
})

test('the same where no proxy was counted, whether or not it says whom it asks for', () => {
  for (const from of ['172.18.0.2', '127.0.0.1', '::ffff:10.0.0.3', 'fd00::3']) {
    expect(warnedBy(crowd((n) => ({ from, chain: `203.0.113.${n}` })), { proxies: 0 })).toEqual([['visitors_from_one_address', expect.any(String), expect.stringContaining('BEHIND_PROXY=1')]])
    expect(warnedBy(crowd(() => ({ from })), { proxies: 0 })).toHaveLength(1)
  }
})

test('a shorter chain than was counted: senders could claim any address', () => {
  const warned = warnedBy(crowd((n) => ({ chain: `203.0.113.${n}` })), { proxies: 2 })
  expect(warned).toEqual([['too_few_proxies_named', expect.stringContaining('chỉ qua 1 proxy'), expect.stringContaining('came through 1 only')]])
})

test.each<[why: string, sent: Sent[], options?: { proxies?: number; publicUrl?: string | null }]>([
  ['the number is right', crowd((n) => ({ chain: `203.0.113.${n}, 172.18.0.1` })), { proxies: 2 }],
  ['one visitor comes from elsewhere', [{ chain: '203.0.113.5' }, ...crowd(() => ({ chain: '192.168.1.5' }))]],
  ['an office network has several addresses', crowd((n) => ({ from: `192.168.1.${n % 2}` })), { proxies: 0 }],
  ['it is one person with one browser', Array.from({ length: 50 }, () => ({ chain: '192.168.1.5', agent: 'One' }))],
  ['the hub is this machine’s own', crowd(() => ({ from: '127.0.0.1' })), { proxies: 0, publicUrl: 'http://localhost:4000' }],
  ['nobody has said where the hub is opened', crowd(() => ({ from: '127.0.0.1' })), { proxies: 0, publicUrl: null }],
])('nothing is said where %s', (_why, sent, options) => {
  expect(warnedBy(sent, options)).toEqual([])
})
