// A word longer than a telephone is wide breaks where it stands, on every page that shows it; and a printed receipt ends with its words.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { type HelpedHousehold, helpedHousehold } from '../support/helped-household.ts'
import { startJourneyVillage } from '../support/journey.ts'
import { type Village, uuidOf } from '../support/matched.ts'
import { pagesOf } from '../support/pdf-text.ts'
import { published } from '../support/published.ts'
import { openWindows, settled, signIn } from '../support/window.ts'
import { pledged, verified } from '../support/world.ts'

const PHONE = { viewport: { width: 360, height: 740 } }
const { vi } = words
/** A word of 118 letters that tells where it was written. */
const long = (where: string) => where.padEnd(118, 'dài')
const GIVER = long('Người')
const MESSAGE = long('Nhắn')
const DETAIL = long('Chi')
const NOTE = long('Dặn')
const WISH = long('Mong')
const LACK = long('Thiếu')
/** A head's name may be no longer. */
const [HEAD, NEEDING] = ['Chủ', 'Hộ'].map((where) => long(where).slice(0, 80)) as [string, string]

let village: Village
let home: HelpedHousehold
let needing: string
let waiting: { id: string; code: string }
let open: Awaited<ReturnType<typeof pledged>>
const windows = openWindows(() => village.url)

beforeAll(async () => {
  village = await startJourneyVillage()
  const { done, officer, visitor } = village
  const offered = { areaId: 'Area:c06733', party: { kind: 'BUSINESS', name: GIVER }, message: MESSAGE, lines: [{ kind: 'COW', quantity: '2', detail: DETAIL }] }
  waiting = await pledged(visitor, offered)
  open = await pledged(visitor, offered)
  await verified(officer, open)
  await verified(officer, await pledged(visitor, { ...offered, lines: [{ kind: 'JOB', quantity: '2', detail: DETAIL }] }))
  home = await helpedHousehold(village, officer, [{ kind: 'GOAT', quantity: 4, giver: GIVER, detail: DETAIL, note: NOTE }], HEAD)
  needing = (await helpedHousehold(village, officer, [], NEEDING)).householdId
  const { household } = await officer.ask(published('see-household'), { id: needing })
  await done(officer, 'updateHousehold', { householdId: needing, version: household.version, headName: NEEDING, members: 4, causes: ['LACK_TOOLS'], wish: WISH }, 'household { id }')
  const { need } = await done(officer, 'raiseNeed', { householdId: needing, kind: 'COW', quantity: '1', urgency: 3, detail: LACK }, 'need { id version }')
  await done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
})
afterAll(async () => {
  await windows.close()
  await village?.end()
})

/** Which of these pages scroll sideways, once each shows the words that it is to show. */
async function wider(page: Page, pages: (readonly [path: string, shown: string[]])[]): Promise<string[]> {
  const wide: string[] = []
  for (const [path, shown] of pages) {
    await page.goto(path)
    for (const word of shown) await page.getByText(word).filter({ visible: true }).first().waitFor()
    await settled(page)
    if (await page.evaluate(() => document.scrollingElement!.scrollWidth > document.scrollingElement!.clientWidth)) wide.push(path)
  }
  return wide
}

describe('at 360 px, a word of 118 letters scrolls nothing sideways', () => {
  it("on a visitor's pages", async () => {
    const { page } = await windows.open(PHONE)
    expect(await wider(page, [
      [`/theo-doi/${waiting.code}`, [GIVER, DETAIL]], [`/bien-nhan/${waiting.code}`, [GIVER, DETAIL]], ['/', [GIVER]], ['/thon/c06733', [GIVER]], ['/viec-lam', [GIVER, DETAIL]],
    ])).toEqual([])
  })

  it("on an office's pages", async () => {
    const window = await windows.open(PHONE)
    await signIn(window, 'mattran.haininh')
    const { rows: [goats] } = await village.owner.query('select allocation_id as id from delivery where id = $1', [home.deliveries[0]])
    expect(await wider(window.page, [
      ['/cb', []], ['/cb/cam-ket', [GIVER]], [`/cb/cam-ket?chon=${waiting.id}`, [GIVER, MESSAGE, DETAIL]],
      ['/cb/ghep', [GIVER]], [`/cb/ghep?chon=${open.lines[0]!.id}`, [NEEDING]],
      ['/cb/giao-nhan?loc=cho-tra-loi', []], [`/cb/giao-nhan/${goats.id}`, [HEAD, GIVER, NOTE]],
      ['/cb/ho', [HEAD]], [`/cb/ho/${uuidOf(needing)}`, [NEEDING, WISH, LACK]],
    ])).toEqual([])
  })

  it("on a household's pages", async () => {
    const { page } = await windows.open({ ...PHONE, javaScriptEnabled: false })
    await page.goto(`/h/${home.code}`)
    await page.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
    await page.getByLabel(vi.choosePin.again).fill('280719')
    await page.getByRole('button', { name: vi.choosePin.done }).click()
    await page.getByRole('heading', { name: vi.home.title }).waitFor()
    const [goats] = home.deliveries
    expect(await wider(page, [['/h', [HEAD, GIVER]], [`/h/nhan/${goats}`, [GIVER]], [`/h/nhan/${goats}/xem-lai?tra-loi=FULL`, []]])).toEqual([])
  })
})

it('every page of a printed receipt holds something of the receipt, and an ordinary one is a single page', async () => {
  const { page } = await windows.open()
  const ordinary = await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '3' }] })
  for (const [{ code }, most] of [[ordinary, 1], [waiting, 2]] as const) {
    await page.goto(`/bien-nhan/${code}`)
    await page.locator('.follow-code').waitFor()
    await settled(page)
    // Letters with marks come from the file apart from those beside them.
    const pages = (await pagesOf(new Uint8Array(await page.pdf({ format: 'A4' })))).map((text) => text.replaceAll(' ', ''))
    expect(pages[0]).toContain('Camkếtđãđượcghinhận')
    // Its last sentence stands on the last page, and nothing after it.
    expect(pages.at(-1)).toMatch(/chưaphảibiênnhậntiềnhayhiệnvật\.$/)
    expect(pages.length).toBeLessThanOrEqual(most)
  }
  expect(windows.complaints()).toEqual([])
})
