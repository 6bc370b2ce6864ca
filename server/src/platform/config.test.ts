// Settings: what is wrong or missing is said at start, in both languages, with the name of the setting and what to put there.
import { describe, expect, test } from 'vitest'
import { opensDemonstration, readConfig, readServingConfig } from './config.ts'

const production = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://hub:x@db/chungtay', HUB_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://chungtay.example.vn', BEHIND_PROXY: '2' }
const refusal = (env: Record<string, string>): string => {
  try {
    readServingConfig(env)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it was taken')
}

test('`npm start` needs no setting', () => {
  expect(readServingConfig({})).toMatchObject({ production: false, demo: true, host: '127.0.0.1', publicUrl: null, proxies: 0, allowedHosts: [] })
})

describe('in production', () => {
  test('what the hub cannot guess must be said', () => {
    expect(readServingConfig(production)).toMatchObject({ production: true, demo: false, proxies: 2, publicUrl: 'https://chungtay.example.vn', host: '0.0.0.0' })
    const said = refusal({ NODE_ENV: 'production', DATABASE_URL: production.DATABASE_URL })
    expect(said).toMatch(/PUBLIC_URL: hãy đặt địa chỉ mà mọi người mở.* \/ set the address that people open/)
    expect(said).toMatch(/BEHIND_PROXY: hãy đặt số proxy.*0 nếu.* \/ set how many proxies.*0 when/)
    expect(said).toMatch(/HUB_SECRET: hãy đặt.*openssl rand -hex 32.* \/ set at least 32/)
  })

  test.each(['PUBLIC_URL', 'BEHIND_PROXY', 'HUB_SECRET'] as const)('%s alone is missed by its name', (name) => {
    const lines = refusal({ ...production, [name]: '' }).split('\n').slice(1)
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^  ${name}: `))])
  })

  test('the embedded database keeps its secret itself', () => {
    expect(readServingConfig({ ...production, DATABASE_URL: '', HUB_SECRET: '' }).secret).toBeNull()
  })

  test('a script that serves nobody needs none of it', () => {
    expect(readConfig({ NODE_ENV: 'production', DATABASE_URL: production.DATABASE_URL }).production).toBe(true)
  })

  test('the demonstration is refused', () => {
    expect(refusal({ ...production, DEMO: 'yes' })).toMatch(/DEMO: .*hãy bỏ một trong hai \/ .*leave out one of the two/)
    expect(readServingConfig({ ...production, DEMO: 'no' }).demo).toBe(false)
  })

  test.each(['http://chungtay.example.vn', 'http://203.0.113.5:4000', 'http://[2001:db8::1]'])('%s would send passwords in clear', (url) => {
    expect(refusal({ ...production, PUBLIC_URL: url })).toContain(`PUBLIC_URL: hãy dùng https://${new URL(url).host}`)
  })

  test.each(['http://localhost:4000', 'http://127.0.0.1', 'http://192.168.1.5:4000', 'http://may-chu.lan'])('%s stays in a network of one’s own', (url) => {
    expect(readServingConfig({ ...production, PUBLIC_URL: url }).publicUrl).toBe(url)
  })
})

test.each([
  'https://chungtay.example.vn/hub', 'https://chungtay.example.vn/?a=b', 'https://chungtay.example.vn/#top', 'https://ai:x@chungtay.example.vn', 'https://chungtay.example.vn//',
])('PUBLIC_URL %s is scheme and host alone', (url) => {
  expect(refusal({ PUBLIC_URL: url })).toMatch(/PUBLIC_URL: chỉ ghi giao thức và tên miền, ví dụ https:\/\/chungtay\.example\.vn; .* \/ give scheme and host alone/)
})

test.each(['chungtay.example.vn', 'localhost:4000', 'ftp://chungtay.example.vn', 'https://', '//chungtay.example.vn', 'có địa chỉ'])('PUBLIC_URL %s is no address', (url) => {
  expect(refusal({ PUBLIC_URL: url })).toMatch(/PUBLIC_URL: hãy ghi đủ địa chỉ.* \/ give a whole address/)
})

test('PUBLIC_URL has one spelling', () => {
  expect(['https://ChungTay.example.vn/', 'https://chungtay.example.vn:443', 'HTTPS://chungtay.example.vn'].map((url) => readConfig({ PUBLIC_URL: url }).publicUrl))
    .toEqual(Array(3).fill('https://chungtay.example.vn'))
})

test('ALLOWED_HOSTS are names, separated by commas or spaces', () => {
  expect(readConfig({ ALLOWED_HOSTS: 'Hub.lan, 192.168.1.5  [fd00::0007],chung-tay.việtnam' }).allowedHosts).toEqual(['hub.lan', '192.168.1.5', '[fd00::7]', 'chung-tay.xn--vitnam-jk8b'])
  for (const wrong of ['https://hub.lan', 'hub.lan:4000', '*', '*.lan', 'a/b', 'ai@hub.lan']) {
    expect(refusal({ ALLOWED_HOSTS: `localhost ${wrong}` })).toMatch(/ALLOWED_HOSTS: .*chỉ ghi tên.* \/ .*names alone/)
  }
})

test.each([['yes', 1], ['no', 0], ['0', 0], ['1', 1], ['3', 3]] as const)('BEHIND_PROXY=%s is %i proxies', (given, proxies) => {
  expect(readConfig({ BEHIND_PROXY: given }).proxies).toBe(proxies)
})
test.each(['-1', '10.0.0.0/8', 'true', '1.5', '12'])('BEHIND_PROXY=%s is refused', (given) => {
  expect(refusal({ BEHIND_PROXY: given })).toMatch(/BEHIND_PROXY: là số proxy.* \/ is how many proxies/)
})

test.each<[config: Partial<Parameters<typeof opensDemonstration>[0]>, open: boolean]>([
  [{}, true],
  [{ demo: true, publicUrl: 'https://thu.example.vn' }, true],
  [{ publicUrl: 'http://localhost:4000' }, true],
  [{ publicUrl: 'https://chungtay.example.vn' }, false], // a proxy on this machine lets others in
  [{ host: '0.0.0.0' }, false],
  [{ host: '192.168.1.5' }, false],
  [{ production: true }, false],
  [{ production: true, demo: true }, false],
])('with %o, what a demonstration left is open: %s', (config, open) => {
  expect(opensDemonstration({ production: false, host: '127.0.0.1', demo: false, publicUrl: null, ...config })).toBe(open)
})
