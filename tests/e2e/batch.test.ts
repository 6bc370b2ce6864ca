// An office matches: a batch whose greedy answer is there before the best one, settings of its own, and a guard passed over, by the keyboard alone.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { holdBack } from '../support/hold-back.ts'
import { type Window, expectAccessible, openWindow, signIn } from '../support/window.ts'
import { startJourneyVillage } from '../support/journey.ts'
import type { Village } from '../support/matched.ts'
import { pledged, verified } from '../support/world.ts'

let village: Village
let browser: Browser
let window: Window

beforeAll(async () => {
  village = await startJourneyVillage()
  browser = await launchBrowser()
  const { need } = await village.done(village.officer, 'raiseNeed', { householdId: village.home.householdId, kind: 'BUFFALO', quantity: '2', urgency: 3 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  await verified(village.officer, await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'BUFFALO', quantity: '2' }] }))
})
afterAll(async () => {
  await window?.close()
  await browser?.close()
  await village?.end()
})

it('a batch is run, and a proposal accepted', async () => {
  window = await openWindow(browser, village.url)
  const { page } = window
  await signIn(window, 'mattran.haininh')
  await page.goto('/cb/ghep/dot')
  await page.getByRole('button', { name: 'Ghép ngay' }).press('Enter')
  await page.getByText(/^Phương án tốt nhất đã có/).waitFor()
  await page.getByRole('button', { name: /trâu giống/i }).first().press('Enter') // opens it, and stands in its quantity
  await page.getByLabel('Ghép bao nhiêu').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await village.owner.query(`select count(*)::int as n from matching_proposal where state = 'ACCEPTED'`)).rows[0].n).toBe(1)
  await expect.poll(async () => (await village.owner.query(`select allocated::int as n from need where kind_code = 'BUFFALO' and household_id = $1`, [village.home.householdId.split(':')[1]])).rows[0].n).toBe(2)
  expect(window.complaints).toEqual([])
})

it('shows the greedy answer while the best one is held back, and changes to that one by itself', async () => {
  const { page } = window
  await verified(village.officer, await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '60' }] }))
  const { household } = await village.done(village.officer, 'registerHousehold', { areaId: 'Area:h06733_101', headName: 'Phùng Văn Thử', members: 4, causes: ['LACK_TOOLS'] }, 'household { id version }')
  await village.done(village.officer, 'recordStatus', {
    householdId: household.id, version: household.version, status: 'POOR', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM', decidedOn: '2025-12-20', effectiveOn: '2025-12-31', listYear: 2025 }, 'household { id }')
  const { need } = await village.done(village.officer, 'raiseNeed', { householdId: household.id, kind: 'PIG', quantity: '3', urgency: 3 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const letGo = await holdBack(village.owner)
  try {
    await page.getByRole('button', { name: 'Ghép ngay' }).press('Enter')
    await page.getByText('Phương án tuần tự đã có; đang tìm phương án tốt nhất').waitFor()
    const proposal = page.getByRole('button', { name: /Phùng Văn Thử/ }).first()
    await proposal.press('Enter') // to be looked at
    expect(await page.getByLabel('Ghép bao nhiêu').count()).toBe(0)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await expectAccessible(page, `the batch while it is being solved, at ${width} px`)
    }
  } finally {
    await letGo()
  }
  await page.getByText(/^Phương án tốt nhất đã có/).waitFor()
  await page.getByRole('button', { name: /Phùng Văn Thử/ }).first().press('Enter')
  await page.getByLabel('Ghép bao nhiêu').waitFor()
  await expectAccessible(page, 'the batch, solved')
  expect(window.complaints).toEqual([])
})

it('keeps what was changed as settings of the office, and takes it back', async () => {
  const { page } = window
  const poor = page.getByLabel('Hộ nghèo', { exact: true })
  await page.getByText('Trọng số và điều cấm').press('Enter')
  await poor.fill('42')
  await page.getByRole('button', { name: 'Lưu làm thiết lập của cơ quan' }).press('Enter')
  await page.getByText('Đã lưu thiết lập của cơ quan').waitFor()
  await page.getByText('Các lần đổi thiết lập (1)').press('Enter')
  await page.getByText('Hộ nghèo: 10 → 42').waitFor()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await expectAccessible(page, `settings of the office, at ${width} px`)
  }
  await page.getByRole('button', { name: 'Quay lại theo cấp trên' }).press('Enter')
  await page.getByText('Đã quay lại thiết lập trước').waitFor()
  await expect.poll(() => poor.inputValue()).toBe('10')
  expect(window.complaints).toEqual([])
})

it('says which guard is in the way of a match by hand, and matches with a reason', async () => {
  const { page } = window
  await village.matched('COW', 1)
  const { need } = await village.done(village.officer, 'raiseNeed', { householdId: village.home.householdId, kind: 'COW', quantity: '1', urgency: 3 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const pledge = await pledged(village.visitor, { areaId: 'Area:h06733_101', lines: [{ kind: 'COW', quantity: '1' }] })
  await verified(village.officer, pledge)
  await page.goto(`/cb/ghep?chon=${pledge.lines[0]!.id}`)
  await page.getByRole('button', { name: new RegExp(village.home.headName) }).press('Enter')
  await page.getByLabel('Ghép bao nhiêu').press('Enter')
  await page.getByText(/Hộ đã được ghép cùng loại trong thời hạn quy định/).waitFor()
  const reason = page.getByLabel('Lý do vẫn ghép')
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await expectAccessible(page, `a guard in the way, at ${width} px`)
  }
  await reason.fill('Con trước đã chết vì rét')
  await reason.press('Enter')
  await page.getByText(/^Đã ghép cho/).waitFor()
  const { rows: [kept] } = await village.owner.query('select id, override_reason as reason from allocation where need_id = $1', [need.id.split(':')[1]])
  expect(kept.reason).toBe('Con trước đã chết vì rét')
  await page.goto(`/cb/giao-nhan/${kept.id}`)
  await page.getByText('Con trước đã chết vì rét').waitFor()
  expect(window.complaints).toEqual([])
})
