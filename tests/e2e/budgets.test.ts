// What a visit costs in bytes: the front page's scripts and styles, each page of a household, and that every text comes compressed.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { type IncomingHttpHeaders, get } from 'node:http'
import { extname, join, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { openWindow } from '../support/window.ts'
import { type Journey, startJourney } from '../support/journey.ts'

const FIRST_LOAD = 150_000
const HOUSEHOLD_PAGE = 30_000

let world: Journey
let browser: Browser

beforeAll(async () => {
  world = await startJourney()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

/** What the browser fetches while `visit` lasts, in bytes of their bodies as they travel; fonts and pictures apart. */
async function fetched(page: Page, visit: () => Promise<unknown>): Promise<{ type: string; path: string; encoding: string | undefined; bytes: number }[]> {
  const responses: Response[] = []
  const keep = (response: Response) => {
    if (!/\.(woff2?|svg|png|ico)$/.test(response.url())) responses.push(response)
  }
  page.on('response', keep)
  await visit()
  page.off('response', keep)
  return Promise.all(responses.map(async (response) => {
    const isRedirect = response.status() >= 300 && response.status() < 400
    const { 'content-type': type = '', 'content-encoding': encoding, 'content-length': length = isRedirect ? '0' : '' } = await response.allHeaders()
    const path = new URL(response.url()).pathname
    if (!length) throw new Error(`${path} does not say how long it is`)
    return { type: type.replace(/;.*/, ''), path, encoding, bytes: Number(length) }
  }))
}

const total = (parts: { bytes: number }[]) => parts.reduce((sum, { bytes }) => sum + bytes, 0)

function expectWithin(budget: number, what: string, parts: { bytes: number; path: string }[]): void {
  const list = [...parts].sort((a, b) => b.bytes - a.bytes).map(({ bytes, path }) => `${String(bytes).padStart(8)}  ${path}`)
  if (total(parts) > budget) throw new Error(`${what} takes ${total(parts)} bytes of gzip, and ${budget} are allowed:\n${list.join('\n')}`)
}

/** Asks for gzip alone: that is what budgets count, and every browser can read it. */
const openPlainWindow = (options = {}) => openWindow(browser, world.url, { extraHTTPHeaders: { 'accept-encoding': 'gzip' }, ...options })

describe('the front page', () => {
  it(`opens with at most ${FIRST_LOAD / 1000} kB of HTML, scripts and styles, whatever it fetches until it stands and is live`, async () => {
    const window = await openPlainWindow()
    try {
      const parts = await fetched(window.page, async () => {
        const live = window.page.waitForEvent('websocket')
        await window.page.goto('/')
        await Promise.all([live, window.page.getByRole('heading', { level: 1 }).waitFor(), window.page.waitForLoadState('networkidle')])
        await window.page.waitForFunction(() => !document.querySelector('.waiting, [aria-busy="true"]'))
      })
      const counted = parts.filter(({ type }) => ['text/html', 'text/javascript', 'text/css'].includes(type))
      expect(counted.map(({ type }) => type)).toEqual(expect.arrayContaining(['text/html', 'text/javascript', 'text/css']))
      expect(counted.filter(({ encoding }) => encoding !== 'gzip')).toEqual([])
      // The script of the live connection comes last.
      expect(counted.map(({ path }) => path)).toContainEqual(expect.stringContaining('/socket-'))
      expectWithin(FIRST_LOAD, '/', counted)
    } finally {
      await window.close()
    }
  })

  it('fetches what it needs at once: each script that it starts with is named in its HTML', async () => {
    const window = await openPlainWindow()
    try {
      const scripts = (await fetched(window.page, () => window.page.goto('/', { waitUntil: 'load' }))).filter(({ type }) => type === 'text/javascript').map(({ path }) => path)
      const html = await (await fetch(world.url, { headers: { accept: 'text/html' } })).text()
      // The live connection's is fetched on purpose only when the page stands.
      expect(scripts.filter((path) => !html.includes(path) && !path.includes('/socket-'))).toEqual([])
    } finally {
      await window.close()
    }
  })
})

describe('a page of a household', () => {
  it(`takes at most ${HOUSEHOLD_PAGE / 1000} kB with all that it brings, the first time that it is opened`, async () => {
    const { vi } = words
    const officer = await world.signIn('mattran.haininh')
    const { code, deliveries: [goats] } = await helpedHousehold(world, officer, [{ kind: 'GOAT', quantity: 4 }, { kind: 'COW', quantity: 1 }])
    const window = await openPlainWindow({ viewport: { width: 360, height: 740 } })
    try {
      const { page } = window
      let weighed = 0
      const weigh = async (visit: () => Promise<unknown>) => {
        const parts = await fetched(page, visit)
        const path = new URL(page.url()).pathname
        weighed++
        expectWithin(HOUSEHOLD_PAGE, path, parts)
      }
      const open = (path: string) => weigh(() => page.goto(path, { waitUntil: 'networkidle' }))
      await open('/h')
      await open(`/h/${code}`)
      await page.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
      await page.getByLabel(vi.choosePin.again).fill('280719')
      await weigh(async () => {
        await page.getByRole('button', { name: vi.choosePin.done }).click()
        await page.getByRole('heading', { name: vi.home.title }).waitFor()
      })
      for (const path of [`/h/nhan/${goats}`, `/h/nhan/${goats}/bao-nhieu`, `/h/nhan/${goats}/xem-lai?tra-loi=FULL`, '/h/thoat']) await open(path)
      expect(weighed).toBe(7)
    } finally {
      await window.close()
    }
  })
})

describe('the built client', () => {
  const dist = fileURLToPath(new URL('../../client/dist', import.meta.url))
  // Not by `fetch`, which unpacks what it gets.
  const download = (path: string, encoding: string) => new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    get(world.url + path, { headers: { 'accept-encoding': encoding } }, (response) => buffer(response).then((body) => resolve({ headers: response.headers, body }), reject)).on('error', reject)
  })
  const compressedAlready = ['.br', '.gz', '.woff', '.woff2', '.png', '.jpg', '.webp', '.ico']
  const texts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(dist, name)).isFile() && !compressedAlready.includes(extname(name)))

  it.each([['br', brotliDecompressSync], ['gzip', gunzipSync]] as const)('comes as %s, made when it was built, in every file of text', async (encoding, unpack) => {
    expect(texts.map((name) => extname(name))).toEqual(expect.arrayContaining(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']))
    const larger: string[] = []
    for (const name of texts) {
      const { headers, body } = await download(`/${name.split(sep).join('/')}`, encoding)
      expect([name, headers['content-encoding'], headers.vary]).toEqual([name, encoding, 'accept-encoding'])
      const plain = readFileSync(join(dist, name))
      expect([name, unpack(body).equals(plain)]).toEqual([name, true])
      if (plain.length > 1_000 && body.length > 0.6 * plain.length) larger.push(name)
    }
    expect(larger).toEqual([])
  })

  it('comes as it is to whoever can read neither', async () => {
    const { headers, body } = await download('/', 'identity')
    expect(headers['content-encoding']).toBeUndefined()
    expect(body.equals(readFileSync(join(dist, 'index.html')))).toBe(true)
  })
})
