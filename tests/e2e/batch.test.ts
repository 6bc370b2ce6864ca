// An office matches a batch for the first time, with settings nobody has touched, and accepts what is proposed by the keyboard alone.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type Window, openWindow, signIn } from '../support/window.ts'
import { type Village, startVillage } from '../support/matched.ts'
import { pledged, verified } from '../support/world.ts'

let village: Village
let browser: Browser
let window: Window

beforeAll(async () => {
  village = await startVillage()
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
  await page.getByRole('button', { name: /trâu giống/i }).first().press('Enter') // opens it, and stands in its quantity
  await page.getByLabel('Ghép bao nhiêu').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await village.owner.query(`select count(*)::int as n from matching_proposal where state = 'ACCEPTED'`)).rows[0].n, { timeout: 10_000 }).toBe(1)
  await expect.poll(async () => (await village.owner.query(`select allocated::int as n from need where kind_code = 'BUFFALO' and household_id = $1`, [village.home.householdId.split(':')[1]])).rows[0].n, { timeout: 10_000 }).toBe(2)
  expect(window.complaints).toEqual([])
})
