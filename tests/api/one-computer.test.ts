// Several people at one computer, as the hub sees it: what may be kept, for whom an answer is, and what it refuses of a page drawn for another.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { graphql } from '../support/app.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { openSocket } from '../support/live-client.ts'
import { telephone } from '../support/telephone.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let officer: Actor
let other: Actor
let officerId: string

beforeAll(async () => {
  world = await startWorld({ config: { demo: true } })
  officer = await world.signIn('mattran.haininh')
  other = await world.signIn('mattran.quangninh')
  officerId = (await officer.ask('{ viewer { account { id } } }')).viewer.account.id
})
afterAll(() => world?.end())

const ID = '00000000-0000-4000-8000-000000000000'
/** An address that each route takes, by the source of its pattern. */
const ADDRESSES: Record<string, string> = {
  '^\\/graphql$': '/graphql?query={__typename}', '^\\/graphiql$': '/graphiql', '^\\/graphql': '/graphql', '^\\/': '/', '^': '/',
  '^\\/toi-la-ai$': '/toi-la-ai',
  '^\\/h\\/?$': '/h', '^\\/h$': '/h', '^\\/h\\/ma$': '/h/ma', '^\\/h\\/thoat$': '/h/thoat', '^\\/h\\/dong-y$': '/h/dong-y', '^\\/h\\/giup-lai$': '/h/giup-lai', '^\\/h\\/anh$': '/h/anh',
  '^\\/h\\/([^/]+)$': '/h/ABCDEFGHJKMN', '^\\/h\\/': '/h/a/b',
}
/** The same for all, whoever asks: by its name the script never changes. */
const SAME_FOR_ALL = /them-/
const addressOf = (pattern: RegExp) =>
  ADDRESSES[pattern.source] ??
  pattern.source.replaceAll('([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', ID).replaceAll('(20\\d\\d)', '2024').replaceAll('([^/]{1,200})', 'khong-co').replaceAll(/\(\[\\w[^)]*\)/g, 'khong-co').replaceAll('(\\d)', '0').replaceAll(/[\\^$]/g, '')

describe('every answer to a request that brings a session or a slip', () => {
  it.each(['GET', 'POST'] as const)('is kept nowhere, of every route that takes %s', async (method) => {
    const { code } = await helpedHousehold(world, officer, [])
    const phone = telephone(world.url)
    await phone.openNew(code)
    const slip = [...phone.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const routes = world.routes.filter((route) => route.method === method && !SAME_FOR_ALL.test(route.pattern.source))
    expect(routes.length).toBeGreaterThan(8)
    const kept: string[] = []
    await Promise.all(routes.map(async ({ pattern }) => {
      const address = addressOf(pattern)
      expect([pattern.source, pattern.test(new URL(address, 'http://hub').pathname)]).toEqual([pattern.source, true])
      for (const [who, cookie] of [['session', officer.cookie!], ['slip', slip]] as const) {
        if (who === 'slip' && !address.startsWith('/h')) continue // its cookies go nowhere else
        if (method === 'POST' && address === '/h/thoat') continue // ends what the others are asked with
        const response = await fetch(world.url + address, {
          method, redirect: 'manual', headers: { cookie, accept: 'text/html,*/*', 'apollo-require-preflight': 'yes', ...(method === 'POST' && { 'content-type': address.startsWith('/h') ? 'application/x-www-form-urlencoded' : 'application/json' }) },
          ...(method === 'POST' && { body: '' }),
        })
        await response.arrayBuffer()
        if (response.headers.get('cache-control') !== 'no-store') kept.push(`${who} ${method} ${address} ${response.status} ${response.headers.get('cache-control')}`)
      }
    }))
    expect(kept).toEqual([])
  }, 120_000)

  it('leaves to visitors what they may keep', async () => {
    const cacheOf = async (path: string, cookie?: string) => (await fetch(world.url + path, { headers: { 'apollo-require-preflight': 'yes', accept: '*/*', ...(cookie && { cookie }) } })).headers.get('cache-control')
    const question = `/graphql?query=${encodeURIComponent('{ areas(first: 1) { nodes { name } } }')}`
    expect([await cacheOf('/'), await cacheOf(question)]).toEqual(['no-cache', 'public, max-age=0, s-maxage=2, stale-while-revalidate=10'])
    for (const cookie of [officer.cookie!, `${officer.cookie!.slice(0, -4)}AAAA`]) expect([await cacheOf('/', cookie), await cacheOf(question, cookie)]).toEqual(['no-store', 'no-store'])
  })
})

const REGISTER = 'mutation($input: RegisterHouseholdInput!) { registerHousehold(input: $input) { household { id } problem { code } } }'
const household = (headName: string) => ({ input: { areaId: 'Area:h06733_001', headName, members: 3, causes: ['LACK_TOOLS'], idempotencyKey: randomUUID() } })
const registered = async (headName: string) => (await world.owner.query('select from household where head_name = $1', [headName])).rowCount

describe('a page drawn for someone else', () => {
  const drawnFor = (viewer: string) => ({ 'x-viewer': viewer })

  it.each([
    ['vi', 'Trên máy này vừa có người khác đăng nhập, hoặc phiên đăng nhập đã kết thúc, nên chưa có gì được ghi. Hãy tải lại trang, đăng nhập bằng tên của mình rồi làm lại.'],
    ['en', 'Someone else has signed in on this computer, or the session has ended, so nothing was recorded. Reload the page, sign in under your own name and do it again.'],
  ] as const)('records nothing, whoever is signed in now or nobody, and is told so (%s)', async (language, says) => {
    const name = `Người Hai Thẻ ${language}`
    for (const cookie of [other.cookie, null]) {
      const { status, errors, headers } = await graphql(world, REGISTER, household(name), { cookie, language, headers: drawnFor(officerId) })
      expect([status, errors?.map(({ message, extensions }) => [message, extensions.code])]).toEqual([409, [[says, 'VIEWER_CHANGED']]])
      expect(headers.get('x-viewer')).not.toBe(officerId)
      expect(headers.get('cache-control')).toBe('no-store')
    }
    const asVisitor = await graphql(world, REGISTER, household(name), { cookie: officer.cookie, headers: drawnFor('visitor') })
    expect([asVisitor.status, asVisitor.headers.get('x-viewer')]).toEqual([409, officerId])
    expect(await registered(name)).toBe(0)
  })

  it('reads nothing, signs nobody out, and sends no photo', async () => {
    const question = '{ viewer { account { displayName } } }'
    for (const query of [question, question, '{ areas(first: 1) { nodes { name } } }', 'mutation { signOut { problem { message } } }']) {
      expect((await graphql(world, query, {}, { cookie: other.cookie, headers: drawnFor(officerId) })).status).toBe(409)
    }
    for (const query of ['{ areas(first: 1) { nodes { name } } }', '{ areas(first: 1) { nodes { name } } }']) {
      expect((await graphql(world, query, {}, { headers: drawnFor(officerId) })).status).toBe(409)
    }
    expect((await other.ask(question)).viewer.account.displayName).toEqual(expect.any(String))
    const photo = await fetch(`${world.url}/tai-len/bien-ban/${ID}`, { method: 'POST', body: new FormData(), headers: { cookie: other.cookie!, ...drawnFor(officerId) } })
    expect([photo.status, (await photo.json()).errors[0].extensions.code]).toEqual([409, 'VIEWER_CHANGED'])
    const paper = await fetch(`${world.url}/tai-ve/bien-ban/${ID}.pdf`, { headers: { cookie: other.cookie!, ...drawnFor(officerId) } })
    expect(paper.status).toBe(409)
  })

  it('follows nothing: its socket is closed', async () => {
    for (const [viewer, cookie] of [[officerId, other.cookie], [officerId, null], ['visitor', other.cookie]] as const) {
      const socket = await openSocket(world, { cookie })
      socket.say({ type: 'connection_init', payload: { viewer } })
      expect(await socket.closed).toEqual({ code: 4409, reason: 'Viewer changed' })
    }
    for (const [viewer, cookie] of [[officerId, officer.cookie], ['visitor', null], [undefined, other.cookie]] as const) {
      const socket = await openSocket(world, { cookie })
      socket.say({ type: 'connection_init', payload: { viewer } })
      expect((await socket.frames.next()).type).toBe('connection_ack')
      socket.socket.terminate()
    }
  })

  it('is the only one refused: its own person goes on, and so does a program, which draws no pages', async () => {
    for (const [name, headers] of [['Người Đúng Thẻ', drawnFor(officerId)], ['Người Chương Trình', {}]] as const) {
      const { status, data, headers: answered } = await graphql(world, REGISTER, household(name), { cookie: officer.cookie, headers })
      expect([status, data.registerHousehold.problem, answered.get('x-viewer'), await registered(name)]).toEqual([200, null, officerId, 1])
    }
    const looked = async (cookie: string | null, headers = {}) => {
      const { status, headers: answered } = await fetch(`${world.url}/toi-la-ai`, { headers: { ...(cookie && { cookie }), ...headers } })
      return [status, answered.get('x-viewer')]
    }
    expect([await looked(officer.cookie), await looked(null), await looked(other.cookie, drawnFor(officerId))]).toEqual([[204, officerId], [204, 'visitor'], [409, expect.not.stringMatching(officerId)]])
  })
})

describe('a slip', () => {
  const { vi } = words
  const fieldsOf = (text: string) => Object.fromEntries([...text.matchAll(/name="([\w-]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]))

  it('takes no answer and no digits of a page that was drawn for another', async () => {
    const [one, two] = [await helpedHousehold(world, officer, []), await helpedHousehold(world, officer, [])]
    const phone = telephone(world.url)
    const choosing = await phone.get(`/h/${two.code}`)
    await phone.post('/h/ma', { ma: one.code })
    // Digits typed for the one must not become those of the other.
    const wrong = await phone.post('/h', { ...fieldsOf(choosing.text), so: '190728', lai: '190728' })
    expect([wrong.status, wrong.text.includes(vi.notThisSlip.title)]).toEqual([412, true])
    expect((await world.owner.query('select from slip where household_id = $1 and pin_hash is not null', [one.householdId.split(':')[1]])).rowCount).toBe(0)

    await phone.post('/h', { so: '280719', lai: '280719' })
    const consent = await phone.get('/h/dong-y')
    await phone.post('/h/ma', { ma: two.code })
    await phone.post('/h', { so: '280719', lai: '280719' })
    const consents = async () => (await world.owner.query('select from consent where household_id in ($1, $2)', [one, two].map(({ householdId }) => householdId.split(':')[1]))).rowCount
    const before = await consents()
    const refused = await phone.post('/h/dong-y', { ...fieldsOf(consent.text), 'dong-y': 'co' })
    expect([refused.status, refused.text.includes(vi.notThisSlip.title), await consents()]).toEqual([412, true, before])
    const own = await phone.get('/h/dong-y')
    expect((await phone.post('/h/dong-y', { ...fieldsOf(own.text), 'dong-y': 'co' })).text).toContain(vi.consent.thanks.title)
  })

  it.each([
    ['by a link on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
    ['by a browser that fetches beforehand', { 'sec-fetch-site': 'none', 'sec-purpose': 'prefetch;prerender' }],
    ['as a picture, in an older browser', { 'sec-fetch-site': '', accept: 'image/webp,*/*' }],
  ])('is not opened %s, before a person has pressed the button', async (_how, headers) => {
    const { code } = await helpedHousehold(world, officer, [])
    const phone = telephone(world.url)
    const asked = await phone.get(`/h/${code}`, headers)
    expect([asked.status, asked.text.includes(vi.openThis.title), asked.text.includes('http-equiv="refresh"'), phone.jar.size]).toEqual([200, true, false, 0])
    expect((await phone.post('/h/ma', fieldsOf(asked.text))).text).toContain(vi.choosePin.title)
  })

  it('of another household asks first, and says whose would be closed; its own opens at once', async () => {
    const [one, two] = [await helpedHousehold(world, officer, []), await helpedHousehold(world, officer, [])]
    const phone = telephone(world.url)
    await phone.openNew(one.code)
    const asked = await phone.get(`/h/${two.code}`)
    expect([asked.text.includes(one.headName), asked.text.includes(two.headName), phone.jar.get('chungtay_phieu')]).toEqual([true, false, one.code])
    expect((await phone.get(`/h/${one.code}`)).text).toContain(vi.home.title)
    await phone.post('/h/ma', fieldsOf(asked.text))
    expect(phone.jar.get('chungtay_phieu')).toBe(two.code)
  })
})
