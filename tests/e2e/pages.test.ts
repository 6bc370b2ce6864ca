// Every page as it opens, on a phone and on a laptop: axe finds nothing, nothing scrolls sideways, the browser complains about nothing.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { expectAccessible, openWindow, signIn } from '../support/window.ts'
import { addHerds } from '../support/herds.ts'
import { type World, startWorld } from '../support/world.ts'

let world: World
let browser: Browser
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await startWorld({ config: { demo: true, contact: 'Mặt trận xã Hải Ninh, 0203 388 1234' } })
  browser = await launchBrowser()
  const one = async (name: string, sql: string) => (ids[name] = (await world.owner.query<{ id: string }>(sql)).rows[0]!.id)
  await one('code', `select code as id from follow_code join pledge on pledge.id = pledge_id where state = 'VERIFIED' order by registered_at limit 1`)
  await one('household', `select household_id as id from allocation where area_path <@ 'p22.c06733' limit 1`)
  await one('allocation', `select id from allocation where area_path <@ 'p22.c06733' and received > 0 limit 1`)
  await addHerds(world.owner)
  await one('herd', 'select id from herd order by started_on limit 1')
  await one('line', `select line.id from pledge_line line where state = 'VERIFIED' and allocated < promised and area_path <@ 'p22.c06733' limit 1`)
  await one('given', `select pledge_id as id from allocation join party on party.id = party_id where party.name like 'Công ty Sao Mai%' and dispatched < allocated limit 1`)
  await one('plan', 'select id from plan limit 1')
  const officer = await world.signIn('mattran.haininh')
  await officer.do('proposeMatches', { areaId: 'Area:c06733' }, 'run { id }')
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

const PAGES: Record<string, (() => string)[]> = {
  '': [
    () => '/', () => '/thon', () => '/thon?tim=hai%20hoa', () => '/thon/p22', () => '/thon/c06733', () => '/thon/h06733_001', () => '/thon/d194', () => '/thon/khong-co',
    () => '/chung-tay/c06733', () => '/cho-thieu/c06733', () => '/cho-thieu/p22?loai=COW&muc=UNDER', () => '/viec-lam', () => '/viec-lam?tim=may&noi=c06709&loai=viec-lam&nghe=khong', () => '/viec-lam?tim=khong-co', () => '/do-dau/c06733', () => '/do-dau-cua-toi', () => '/theo-doi', () => `/theo-doi/${ids.code}`, () => '/theo-doi/VNN00000000', () => `/bien-nhan/${ids.code}`, () => '/dang-nhap', () => '/dang-ky',
    () => '/cam-ket-cua-toi', () => '/cam-ket-cua-toi/tong-ket', () => '/tai-khoan', () => '/gioi-thieu', () => '/quyen-rieng-tu', () => '/khong-co-trang-nay', () => '/cb', () => '/h',
  ],
  saomai: [() => '/cam-ket-cua-toi', () => '/cam-ket-cua-toi/tong-ket', () => '/cam-ket-cua-toi/tong-ket?nam=2031', () => '/do-dau-cua-toi', () => '/do-dau/h06733_002?loai=COW', () => `/trao-tan-tay/${ids.given}`, () => '/trao-tan-tay/00000000-0000-4000-8000-000000000000', () => '/chung-tay/h06733_002?loai=COW&so=2', () => '/tai-khoan', () => '/chung-tay/c06733', () => '/cb'],
  'mattran.haininh': [
    () => '/viec-lam', () => '/cb', () => '/cb/cam-ket', () => '/cb/do-dau', () => '/cb/do-dau?loc=tat-ca', () => '/cho-thieu/c06733', () => '/cb/ghep', () => `/cb/ghep?chon=PledgeLine:${ids.line}`, () => '/cb/ghep/dot', () => '/cb/giao-nhan', () => `/cb/giao-nhan/${ids.allocation}`,
    () => '/cb/ho', () => '/cb/ho/them', () => `/cb/ho/${ids.household}`, () => '/cb/viec-lam',
  ],
  'mattran.quangninh': [() => `/cb/giao-nhan/${ids.herd}/dan`, () => '/cb/viec-lam', () => '/cb/kiem-diem', () => `/cb/kiem-diem/${ids.plan}`],
  'thon1.haitien': [() => '/cb', () => '/cb/giao-nhan', () => `/cb/giao-nhan/${ids.herd}/dan`, () => '/cb/viec-lam'],
  quantri: [() => '/cb/tai-khoan'],
}

describe.each([[360, 740], [1280, 800]])('at %i px', (width, height) => {
  it.each(Object.keys(PAGES))('the pages of "%s" are sound', async (login) => {
    const window = await openWindow(browser, world.url, { viewport: { width, height } })
    try {
      if (login) await signIn(window, login)
      for (const pathOf of PAGES[login]!) {
        const path = pathOf()
        await window.page.goto(path)
        await window.page.getByRole('heading', { level: 1 }).first().waitFor()
        await window.page.waitForFunction(() => !document.querySelector('.waiting, [aria-busy="true"]'))
        await expectAccessible(window.page, `${path} for ${login || 'a visitor'} at ${width} px`)
        const sideways = await window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect({ path, sideways }).toEqual({ path, sideways: 0 })
      }
      expect(window.complaints).toEqual([])
    } finally {
      await window.close()
    }
  })
})

describe('in English', () => {
  it('every page speaks it, and none shows the key of a missing message', async () => {
    const window = await openWindow(browser, world.url)
    const { page } = window
    const paths = ['/', '/thon', '/chung-tay/c06733', '/cho-thieu/c06733', '/viec-lam', '/do-dau-cua-toi', '/theo-doi', '/dang-nhap', '/dang-ky', '/gioi-thieu', '/quyen-rieng-tu', '/khong-co-trang-nay']
    const titles = async () => {
      const found: string[] = []
      for (const path of paths) {
        await page.goto(path)
        const heading = page.getByRole('heading', { level: 1 }).first()
        await heading.waitFor()
        found.push((await heading.textContent()) ?? '')
        expect(await page.locator('main').innerText()).not.toMatch(/\b(shell|home|areas|pledgeForm|gaps|openings|adopt|myAdoptions|follow|signIn|register|about|privacyNotice|notFound)\.[a-z]+[A-Za-z.]*\b/)
      }
      return found
    }
    try {
      const vietnamese = await titles()
      await page.goto('/')
      await page.getByRole('button', { name: 'English' }).click()
      await page.waitForFunction(() => document.documentElement.lang === 'en')
      const english = await titles()
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
      expect(english.filter((title, i) => title === vietnamese[i])).toEqual([])
      expect(window.complaints).toEqual([])
    } finally {
      await window.close()
    }
  })
})
