// A commune's office adds a hamlet on a telephone: what is wrong is said at its field; then it is there for everyone. The administrator may, too.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayInVietNam, later, spoken } from '../../server/src/platform/day.ts'
import { type Journey, startJourney } from '../support/journey.ts'
import { ADMIN } from '../support/journey-world.ts'
import { expectAccessible, openWindows, signIn } from '../support/window.ts'

const today = dayInVietNam()

let world: Journey
const windows = openWindows(() => world.url)
const { open } = windows

beforeAll(async () => {
  world = await startJourney()
})
afterAll(async () => {
  await windows.close()
  await world?.end()
})

it('an officer adds a hamlet, mends what is wrong at its field, and a visitor finds it with its decision', async () => {
  const { page } = await open({ viewport: { width: 360, height: 740 } }).then(async (window) => {
    await signIn(window, 'mattran.haininh')
    return window
  })
  await page.goto('/thon/c06733')
  await page.getByRole('button', { name: 'Thêm thôn, tổ dân phố' }).click()
  const form = page.getByRole('dialog', { name: 'Thêm thôn, tổ dân phố' })
  await form.getByLabel('Tên').fill('thôn 1  HẢI TIẾN')
  await form.getByLabel('Có từ ngày').fill(later(today, { days: 1 }))
  await form.getByLabel('Cơ quan ra quyết định').fill('UBND xã Hải Ninh')
  await form.getByLabel('Số quyết định').fill('34/QĐ-UBND')
  await form.getByLabel('Ngày ký').fill(today)
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await form.getByText('Ngày bắt đầu không thể ở tương lai').last().waitFor()
  expect(await form.getByLabel('Có từ ngày').getAttribute('aria-invalid')).toBe('true')
  await expectAccessible(page, 'the form with a day to come')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  await form.getByLabel('Có từ ngày').fill(today)
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await form.getByText('Ở đây đã có Thôn 1 Hải Tiến').last().waitFor()
  await form.getByLabel('Tên').fill('Tổ dân phố Đông Hải')
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await page.getByText('Đã thêm Tổ dân phố Đông Hải').waitFor()
  await page.getByRole('link', { name: 'Tổ dân phố Đông Hải' }).waitFor()
  await expectAccessible(page, 'the commune with one more')

  const visitor = await open()
  await visitor.page.goto('/thon?tim=to%20dan%20pho%20dong%20hai')
  await visitor.page.getByRole('link', { name: /Tổ dân phố Đông Hải/ }).first().click()
  await visitor.page.getByRole('heading', { level: 1, name: 'Tổ dân phố Đông Hải' }).waitFor()
  await visitor.page.getByText(`Quyết định 34/QĐ-UBND ngày ${spoken(today)} của UBND xã Hải Ninh, có hiệu lực từ ${spoken(today)}`).waitFor()
  await expectAccessible(visitor.page, 'a hamlet with its decision')
  await visitor.page.goto('/thon/c06733')
  await visitor.page.getByRole('link', { name: 'Tổ dân phố Đông Hải' }).waitFor()
  expect(await visitor.page.getByRole('button', { name: 'Thêm thôn, tổ dân phố' }).count()).toBe(0)
  expect(windows.complaints()).toEqual([])
})

it('the administrator adds one anywhere, an office nowhere else', async () => {
  const admin = await open()
  await signIn(admin, ADMIN)
  await admin.page.goto('/thon/c06709')
  await admin.page.getByRole('button', { name: 'English' }).click()
  await admin.page.getByRole('button', { name: 'Add a hamlet' }).click()
  const form = admin.page.getByRole('dialog', { name: 'Add a hamlet' })
  for (const [label, value] of [['Name', '5'], ['Since', today], ['Who decided', 'UBND phường Móng Cái 2'], ['Number of the decision', '7/QĐ-UBND'], ['Signed on', today]] as const) await form.getByLabel(label).fill(value)
  await expectAccessible(admin.page, 'the form, filled in')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await admin.page.getByRole('link', { name: 'Tổ dân phố 5' }).waitFor()

  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto('/thon/c06709')
  await officer.page.getByRole('link', { name: 'Tổ dân phố 5' }).waitFor()
  expect(await officer.page.getByRole('button', { name: 'Thêm thôn, tổ dân phố' }).count()).toBe(0)
  expect(windows.complaints()).toEqual([])
})
