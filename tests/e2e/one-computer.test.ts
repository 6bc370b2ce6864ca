// Several people at one computer, in a browser that keeps pages for Back: nobody sees, sends or finds what was another's.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../server/src/demo/accounts.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { type Window, openWindow, signIn as signInWith } from '../support/window.ts'
import { type World, startWorld } from '../support/world.ts'

const { vi } = words
const ENDED = 'Phiên đăng nhập đã kết thúc: hết hạn, hoặc đã đăng xuất ở nơi khác.'
const ANOTHER = 'Một người khác vừa đăng nhập trên máy này, nên trang trước đã đóng.'
const NOT_RECORDED = 'Nếu vừa bấm gửi, việc đó chưa được ghi. Hãy đăng nhập bằng tên của mình rồi làm lại.'

let world: World
let browser: Browser
let window: Window
let names: string[]

beforeAll(async () => {
  world = await startWorld({ config: { demo: true } })
  browser = await launchBrowser({ keepsPages: true })
  names = (await world.owner.query<{ name: string }>(`select head_name as name from household where area_path <@ 'p22.c06733'`)).rows.map(({ name }) => name)
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})
afterEach(() => window?.close())

const signIn = (at: Window, login: string) => signInWith(at, login, DEMO_PASSWORD)

const namesOn = async (page: Page) => {
  const text = await page.locator('body').innerText()
  return names.filter((name) => text.includes(name))
}

/** The register of Hải Ninh, with the names of its households. */
async function openRegister(page: Page): Promise<void> {
  await page.goto('/cb/ho')
  await page.locator('table tbody tr').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('.waiting, [aria-busy="true"]'))
  expect((await namesOn(page)).length).toBeGreaterThan(0)
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/tai-khoan')
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** The page that stands where another's was, and says why; what of the other's is on it still. */
async function leftOn(page: Page, why: string): Promise<string[]> {
  await page.getByText(why).waitFor()
  await page.getByText(NOT_RECORDED).waitFor()
  return namesOn(page)
}

/** Neither hears the other tabs nor follows anything: as a tab that slept meanwhile. */
const deaf = (page: Page) => page.addInitScript(() => {
  Reflect.deleteProperty(globalThis, 'BroadcastChannel')
  Object.assign(globalThis, { WebSocket: class { close() {} addEventListener() {} } })
})
const woken = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('online')))

describe('after signing out', () => {
  it('Back and Forward show nothing of whoever was there before', async () => {
    window = await openWindow(browser, world.url)
    const { page } = window
    await signIn(window, 'mattran.haininh')
    await openRegister(page)
    await signOut(page)
    const shown: string[] = []
    for (const step of [-1, -1, 1, 1]) {
      await page.evaluate((by) => history.go(by), step).catch(() => {}) // the page goes while it answers
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      shown.push(...(await namesOn(page)), ...(await page.getByText('mattran.haininh').allInnerTexts()))
    }
    expect(shown).toEqual([])
  })

  it('every other tab shows nothing any more, at once and by itself, and says why', async () => {
    window = await openWindow(browser, world.url)
    await signIn(window, 'mattran.haininh')
    const other = await window.context.newPage()
    await openRegister(other)
    await signOut(window.page)
    expect(await leftOn(other, ENDED)).toEqual([])
    // Who signs in again goes on where they were.
    await other.getByLabel('Số điện thoại, email hoặc tên đăng nhập').fill('mattran.haininh')
    expect(new URL(other.url()).searchParams.get('ve')).toBe('/cb/ho')
  })

  it('a tab that slept meanwhile asks when it wakes', async () => {
    window = await openWindow(browser, world.url)
    await signIn(window, 'mattran.haininh')
    const other = await window.context.newPage()
    await deaf(other)
    await openRegister(other)
    await signOut(window.page)
    expect((await namesOn(other)).length).toBeGreaterThan(0)
    await woken(other)
    expect(await leftOn(other, ENDED)).toEqual([])
  })
})

it('a session that the server ends is thrown out of every tab, without a touch', async () => {
  window = await openWindow(browser, world.url)
  await signIn(window, 'mattran.haininh')
  const live = window.page.waitForEvent('websocket')
  await window.page.goto('/cb')
  await live
  await window.page.getByRole('heading', { level: 1 }).waitFor()
  const other = await window.context.newPage()
  await openRegister(other)
  await world.owner.query(`update session set revoked_at = now() where revoked_at is null and account_id = (select id from account where login = 'mattran.haininh')`)
  await woken(other)
  expect(await leftOn(window.page, ENDED)).toEqual([])
  expect(await leftOn(other, ENDED)).toEqual([])
})

describe('two people in two tabs', () => {
  it('who signs in closes the pages of the one before, in every tab', async () => {
    window = await openWindow(browser, world.url)
    await signIn(window, 'mattran.haininh')
    const other = await window.context.newPage()
    await openRegister(other)
    const visitor = await window.context.newPage()
    await signIn({ ...window, page: visitor }, 'thon1.haitien')
    expect(await leftOn(other, ANOTHER)).toEqual([])
  })

  it('what one has typed is never recorded under the other: it is refused, and the page goes', async () => {
    window = await openWindow(browser, world.url)
    const { page } = window
    await deaf(page)
    await signIn(window, 'mattran.haininh')
    await page.goto('/cb/ho/them')
    await page.getByLabel('Chủ hộ', { exact: true }).fill('Người Của Cán Bộ Xã')
    await page.locator('#household-members').fill('4')
    const other = await window.context.newPage()
    await signIn({ ...window, page: other }, 'mattran.quangninh')
    const before = (await world.owner.query('select count(*)::int as n from household')).rows
    const refused = page.waitForResponse((response) => response.status() === 409)
    await page.locator('form button[type=submit]').last().click()
    await refused
    expect(await leftOn(page, ANOTHER)).toEqual([])
    expect((await world.owner.query('select count(*)::int as n from household')).rows).toEqual(before)
  })

  it('a draft stays for the one who wrote it until they sign out, and no other ever finds it', async () => {
    window = await openWindow(browser, world.url)
    const { page } = window
    const quantity = page.getByLabel(/^Số lượng|^Bao nhiêu|^Số/).first()
    const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft ')))
    const write = async () => {
      await page.goto('/chung-tay/h06733_002?loai=COW')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await quantity.fill('7')
    }
    await signIn(window, 'saomai')
    await write()
    expect(await drafts()).toHaveLength(1)
    await signIn(window, 'mattran.haininh')
    await page.goto('/chung-tay/h06733_002?loai=COW')
    await quantity.waitFor()
    expect(await quantity.inputValue()).toBe('')
    await signIn(window, 'saomai')
    await page.goto('/chung-tay/h06733_002?loai=COW')
    await quantity.waitFor()
    expect(await quantity.inputValue()).toBe('7')
    await signOut(page)
    expect(await drafts()).toEqual([])
  })
})

describe('two slips on one telephone', () => {
  const open = async (page: Page, code: string) => {
    await page.goto(`/h/${code}`)
    await page.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
    await page.getByLabel(vi.choosePin.again).fill('280719')
    await page.getByRole('button', { name: vi.choosePin.done }).click()
    await page.getByRole('heading', { name: vi.home.title }).waitFor()
  }

  it.each([[false], [true]])('an answer drawn for one is refused while the other is open, and is not lost (scripts: %s)', async (javaScriptEnabled) => {
    const officer = await world.signIn('mattran.haininh')
    const [one, other] = [await helpedHousehold(world, officer, [{ kind: 'GOAT', quantity: 3 }]), await helpedHousehold(world, officer, [{ kind: 'COW', quantity: 1 }])]
    window = await openWindow(browser, world.url, { viewport: { width: 360, height: 740 }, javaScriptEnabled })
    const { page } = window
    await open(page, one.code)
    await page.goto(`/h/nhan/${one.deliveries[0]}/xem-lai?tra-loi=SHORT&so=2`)
    await page.getByLabel(vi.check.note).fill('Một con bị ốm.')

    const second = await window.context.newPage()
    await second.goto(`/h/${other.code}`)
    await second.getByText(vi.openThis.closes(one.headName)[0]!).waitFor()
    await second.getByRole('button', { name: vi.openThis.open }).click()
    await second.getByRole('heading', { name: vi.choosePin.title }).waitFor()

    await page.getByRole('button', { name: vi.check.send }).click()
    await page.getByRole('heading', { name: vi.notThisSlip.title }).waitFor()
    expect(await page.locator('body').innerText()).not.toContain(other.headName)
    const answers = async () => (await world.owner.query('select answer::text, received::int, note from receipt where delivery_id = $1', [one.deliveries[0]])).rows
    expect(await answers()).toEqual([])

    // Its own slip again: the answer is still there, and where a script kept it, it goes by itself.
    await page.getByLabel(vi.code.label).fill(one.code)
    await page.getByRole('button', { name: vi.code.open }).click()
    if (!javaScriptEnabled) await page.getByRole('button', { name: vi.check.send }).click()
    await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
    expect(await answers()).toEqual([{ answer: 'SHORT', received: 2, note: 'Một con bị ốm.' }])
  })
})

describe('a link on another site', () => {
  it('opens no slip before a person has pressed the button', async () => {
    const officer = await world.signIn('mattran.haininh')
    const [own, foreign] = [await helpedHousehold(world, officer, []), await helpedHousehold(world, officer, [])]
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<h1>Trang khác</h1><a href="http://localhost:${world.port}/h/${foreign.code}">xem</a><img src="http://localhost:${world.port}/h/${foreign.code}">`)
    })
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
    try {
      window = await openWindow(browser, `http://localhost:${world.port}`)
      const { page, context } = window
      await page.goto(`/h/${own.code}`)
      await page.getByRole('heading', { name: vi.choosePin.title }).waitFor()
      const slip = async () => (await context.cookies()).find(({ name }) => name === 'chungtay_phieu')?.value
      expect(await slip()).toBe(own.code)
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`, { waitUntil: 'load' })
      expect(await slip()).toBe(own.code)
      await page.getByRole('link', { name: 'xem' }).click()
      await page.getByRole('heading', { name: vi.openThis.title }).waitFor()
      await page.waitForLoadState('load')
      expect(await slip()).toBe(own.code)
      await page.getByRole('button', { name: vi.openThis.open }).click()
      await page.getByRole('heading', { name: vi.choosePin.title }).waitFor()
      expect(await slip()).toBe(foreign.code)
    } finally {
      await new Promise((closed) => site.close(closed))
    }
  })
})
