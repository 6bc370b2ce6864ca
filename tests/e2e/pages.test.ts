// Every page as it opens, on a phone and on a laptop: axe finds nothing, nothing scrolls sideways, the browser complains about nothing.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { launchBrowser } from '../support/browser.ts'
import { expectAccessible, openWindow, settled, signIn } from '../support/window.ts'
import { startJourneyVillage } from '../support/journey.ts'
import { ADMIN, DONOR, DONOR_NAME, HAMLET_1, HAMLET_3, JOURNEY_PASSWORD } from '../support/journey-world.ts'
import { type Village, uuidOf } from '../support/matched.ts'
import { pledged, verified } from '../support/world.ts'

const today = dayInVietNam()

let village: Village
let browser: Browser
const ids: Record<string, string> = {}

/** Something of all that these pages show. */
async function fill({ matched, received, handedOver, done, officer, giver, head, visitor, home, hamlet, owner }: Village) {
  const { allocationId, code } = await received('GOAT', 4)
  Object.assign(ids, { code, allocation: uuidOf(allocationId), household: uuidOf(home.householdId) })
  const cow = await received('COW', 1, 36)
  ids.herd = uuidOf(cow.allocationId)
  const { herd } = await done(officer, 'registerAnimals', { allocationId: cow.allocationId, rule: 'RED_CROSS', animals: [{ tag: 'TRANG-1', sex: 'FEMALE', bornOn: later(today, { months: -60 }) }] }, 'herd { animals { id } }')
  await done(head, 'recordAnimalEvent', { animalId: herd.animals[0].id, kind: 'BORN', happenedOn: later(today, { months: -8 }), newcomer: { tag: 'TRANG-2', sex: 'FEMALE' } }, 'animal { id }')
  ids.given = uuidOf((await matched('PIG', 2)).pledgeId)
  await handedOver((await matched('POULTRY', 20)).allocationId, 20)
  const open = await pledged(visitor, { areaId: 'Area:c06733', lines: [{ kind: 'BUFFALO', quantity: '2' }, { kind: 'JOB', quantity: '3' }, { kind: 'OFFTAKE', quantity: '900' }] })
  await verified(officer, open)
  ids.line = uuidOf(open.lines[0]!.id)
  await pledged(visitor, { areaId: hamlet!, lines: [{ kind: 'GOAT', quantity: '3' }] })
  const { need } = await done(officer, 'raiseNeed', { householdId: home.householdId, kind: 'BUFFALO', quantity: '2', urgency: 3 }, 'need { id version }')
  await done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const { rows: [party] } = await owner.query(`select 'Party:' || id as id from party where name = $1`, [DONOR_NAME])
  const adopt = (area: string) => done(giver, 'adoptArea', {
    partyId: party.id, anonymous: false, areaId: `Area:${area}`, statement: 'Mỗi năm ba con bò', from: today, until: later(today, { months: 12 }), contactName: 'Đỗ Thị Giả Định' }, 'adoption { id version }')
  const { adoption } = await adopt(HAMLET_1)
  await done(officer, 'acceptAdoption', { adoptionId: adoption.id, version: adoption.version }, 'adoption { id }')
  await adopt(HAMLET_3)
  await done(officer, 'proposeMatches', { areaId: 'Area:c06733' }, 'run { id }')
}

beforeAll(async () => {
  village = await startJourneyVillage()
  browser = await launchBrowser()
  await fill(village)
})
afterAll(async () => {
  await browser?.close()
  await village?.end()
})

const PAGES: Record<string, (() => string)[]> = {
  '': [
    () => '/', () => '/thon', () => '/thon?tim=hai%20hoa', () => '/thon/p22', () => '/thon/c06733', () => '/thon/h06733_101', () => '/thon/d194', () => '/thon/khong-co',
    () => '/chung-tay/c06733', () => '/cho-thieu/c06733', () => '/cho-thieu/p22?loai=COW&muc=UNDER', () => '/viec-lam', () => '/viec-lam?tim=may&noi=c06709&loai=viec-lam&nghe=khong', () => '/viec-lam?tim=khong-co', () => '/do-dau/c06733', () => '/do-dau-cua-toi', () => '/theo-doi', () => `/theo-doi/${ids.code}`, () => '/theo-doi/VNN00000000', () => `/bien-nhan/${ids.code}`, () => '/dang-nhap', () => '/dang-ky',
    () => '/cam-ket-cua-toi', () => '/cam-ket-cua-toi/tong-ket', () => '/tai-khoan', () => '/gioi-thieu', () => '/quyen-rieng-tu', () => '/khong-co-trang-nay', () => '/cb', () => '/h',
  ],
  [DONOR]: [() => '/cam-ket-cua-toi', () => '/cam-ket-cua-toi/tong-ket', () => '/cam-ket-cua-toi/tong-ket?nam=2031', () => '/do-dau-cua-toi', () => '/do-dau/h06733_102?loai=COW', () => `/trao-tan-tay/${ids.given}`, () => '/trao-tan-tay/00000000-0000-4000-8000-000000000000', () => '/chung-tay/h06733_102?loai=COW&so=2', () => '/tai-khoan', () => '/chung-tay/c06733', () => '/cb'],
  'mattran.haininh': [
    () => '/viec-lam', () => '/cb', () => '/cb/cam-ket', () => '/cb/do-dau', () => '/cb/do-dau?loc=tat-ca', () => '/cho-thieu/c06733', () => '/cb/ghep', () => `/cb/ghep?chon=PledgeLine:${ids.line}`, () => '/cb/ghep/dot', () => '/cb/giao-nhan', () => `/cb/giao-nhan/${ids.allocation}`,
    () => '/cb/ho', () => '/cb/ho/them', () => `/cb/ho/${ids.household}`, () => '/cb/viec-lam',
  ],
  'mattran.quangninh': [() => `/cb/giao-nhan/${ids.herd}/dan`, () => '/cb/viec-lam', () => '/cb/kiem-diem'],
  'thon1.haitien': [() => '/cb', () => '/cb/giao-nhan', () => `/cb/giao-nhan/${ids.herd}/dan`, () => '/cb/viec-lam'],
  [ADMIN]: [() => '/cb/tai-khoan'],
}

// Each page is opened once, and looked at in both widths: opening takes longer than looking.
const WIDTHS = [{ width: 360, height: 740 }, { width: 1280, height: 800 }]

it.each(Object.keys(PAGES))('the pages of "%s" are sound at 360 and at 1280 px', async (login) => {
  const window = await openWindow(browser, village.url)
  const { page } = window
  try {
    if (login) await signIn(window, login)
    for (const pathOf of PAGES[login]!) {
      const path = pathOf()
      await page.setViewportSize(WIDTHS[0]!)
      await page.goto(path)
      for (const viewport of WIDTHS) {
        await page.setViewportSize(viewport)
        const what = `${path} for ${login || 'a visitor'} at ${viewport.width} px`
        await expectAccessible(page, what)
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect({ what, sideways }).toEqual({ what, sideways: 0 })
      }
    }
    expect(window.complaints).toEqual([])
  } finally {
    await window.close()
  }
})

it('an address that says what it may not is taken for what it is', async () => {
  const window = await openWindow(browser, village.url)
  const { page } = window
  const isNoPage = () => page.locator('main').getByText('404', { exact: true }).waitFor()
  try {
    for (const path of ['/thon/Area%3Ac06733', `/thon/${'a'.repeat(3_000)}`, '/thon/c%00', '/cho-thieu/Area%3Ac06733', '/chung-tay/c%00']) {
      await page.goto(path)
      await isNoPage()
    }
    await page.goto('/dang-nhap?vi=abc&ve=//vidu.example/')
    await settled(page)
    expect(await page.locator('main').innerText()).not.toMatch(/why|abc/)
    await page.getByLabel('Số điện thoại, email hoặc tên đăng nhập').fill('mattran.haininh')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(JOURNEY_PASSWORD)
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
    await page.waitForURL(`${village.url}/cb`)
    await page.goto('/cb/tai-khoan')
    await isNoPage()
    expect(window.complaints).toEqual([])
  } finally {
    await window.close()
  }
})

describe('in English', () => {
  it('every page speaks it, and none shows the key of a missing message', async () => {
    const window = await openWindow(browser, village.url)
    const { page } = window
    const paths = ['/', '/thon', '/chung-tay/c06733', '/cho-thieu/c06733', '/viec-lam', '/do-dau-cua-toi', '/theo-doi', '/dang-nhap', '/dang-ky', '/gioi-thieu', '/quyen-rieng-tu', '/khong-co-trang-nay']
    const titles = async () => {
      const found: string[] = []
      for (const path of paths) {
        await page.goto(path)
        const heading = page.getByRole('heading', { level: 1 }).first()
        await settled(page)
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
