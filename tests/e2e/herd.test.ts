// The herd's page in a real browser: a birth, who waits, the hand-over, the next household's word by a telephone without JavaScript, and by its
// proxy on a phone; each dialog is sound at 360 px, and says beside the field what is wrong.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openUnansweredHandoverTasks } from '../../server/src/features/herds/tasks.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { startJourneyVillage } from '../support/journey.ts'
import { type Village, uuidOf } from '../support/matched.ts'
import { type Window, expectAccessible, openWindow, signIn } from '../support/window.ts'

const { vi } = words
const PHONE = { viewport: { width: 360, height: 740 } }
const today = dayInVietNam()

let village: Village
let browser: Browser
const windows: Window[] = []

beforeAll(async () => {
  village = await startJourneyVillage()
  browser = await launchBrowser()
})
afterEach(() => Promise.all(windows.splice(0).map((window) => window.close())))
afterAll(async () => {
  await browser?.close()
  await village?.end()
})

const open = async (options = {}) => {
  const window = await openWindow(browser, village.url, options)
  windows.push(window)
  return window
}
const complaints = () => windows.flatMap((window) => window.complaints)
const asOffice = async (login: string, options = {}) => {
  const window = await open(options)
  await signIn(window, login)
  return window.page
}

/** A cow that came three years ago. */
async function herd(tag: string): Promise<{ path: string; cowId: string; code: string }> {
  const { allocationId, code } = await village.received('COW', 1, 36)
  const { herd: { animals } } = await village.done(village.officer, 'registerAnimals', {
    allocationId, rule: 'TAY_NINH', animals: [{ tag, sex: 'FEMALE', bornOn: later(today, { months: -60 }) }] }, 'herd { animals { id } }')
  return { path: `/cb/giao-nhan/${uuidOf(allocationId)}/dan`, cowId: animals[0].id, code }
}

/** The dialog that opens, found sound as it stands. */
async function dialogOf(page: Page, title: string | RegExp) {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.waitFor()
  await page.waitForFunction(() => !document.querySelector('dialog .waiting'))
  await expectAccessible(page, `the dialog ${title}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  return dialog
}

it('a calf is born, goes to the household whose turn it is, and that household says so by its slip', async () => {
  const { path } = await herd('DUYET-1')
  const next = await helpedHousehold(village, village.officer, [], 'Phùng Thị Kế Tiếp')
  const page = await asOffice('mattran.haininh', PHONE)
  await page.goto(path)
  await page.getByRole('heading', { level: 1, name: '1 con bò → 1 hộ' }).waitFor()

  await page.getByRole('button', { name: 'Ghi con sinh ra' }).click()
  const birth = await dialogOf(page, 'Sổ của DUYET-1')
  await birth.getByLabel('Ngày').fill(later(today, { months: -8 }))
  await birth.getByLabel('Số tai con mới').fill('duyet-1')
  await birth.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await birth.getByText('Số tai này đã có trong chương trình').last().waitFor()
  expect(await birth.getByLabel('Số tai con mới').getAttribute('aria-invalid')).toBe('true')
  await birth.getByLabel('Số tai con mới').fill('DUYET-2')
  await birth.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await birth.waitFor({ state: 'hidden' })
  await page.getByText(/DUYET-2 cần được trao cho hộ kế tiếp/).waitFor()

  // Its whole book, and a vaccination.
  await page.getByRole('button', { name: /^DUYET-2/ }).click()
  const book = await dialogOf(page, 'Sổ của DUYET-2')
  await book.getByText('con của DUYET-1').waitFor()
  await book.getByLabel('Việc gì?').selectOption('VACCINATED')
  await book.getByLabel('Tiêm phòng bệnh gì').fill('lở mồm long móng')
  await book.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await book.waitFor({ state: 'hidden' })

  await page.getByRole('button', { name: 'Thêm hộ chờ' }).click()
  const join = await dialogOf(page, 'Thêm hộ chờ')
  await join.getByLabel('Hộ nào').fill('Kế Tiếp')
  await join.getByRole('button', { name: /Phùng Thị Kế Tiếp/ }).click()
  await join.getByRole('button', { name: 'Thêm vào danh sách' }).click()
  const place = page.getByRole('listitem').filter({ hasText: 'Phùng Thị Kế Tiếp' })
  await place.waitFor()
  await leaveAllBut('Phùng Thị Kế Tiếp', page)
  await place.getByText('Đến lượt').waitFor()

  await page.getByRole('button', { name: 'Trao cho hộ kế tiếp' }).click()
  const handing = await dialogOf(page, 'Trao DUYET-2 cho hộ kế tiếp')
  expect(await handing.getByRole('radio', { name: /Phùng Thị Kế Tiếp/ }).isChecked()).toBe(true)
  await handing.getByLabel('Người làm chứng').fill('Đinh Văn Làm Chứng')
  await handing.getByRole('button', { name: 'Ghi việc trao' }).click()
  await page.getByRole('article', { name: 'DUYET-2 đang trao cho hộ kế tiếp' }).waitFor()
  await expectAccessible(page, 'a herd with an animal on its way')

  // The household's telephone knows no scripts.
  const { page: phone } = await open({ ...PHONE, javaScriptEnabled: false })
  await phone.goto(`/h/${next.code}`)
  await phone.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
  await phone.getByLabel(vi.choosePin.again).fill('280719')
  await phone.getByRole('button', { name: vi.choosePin.done }).click()
  await phone.getByRole('link', { name: /DUYET-2/ }).click()
  await phone.getByRole('link', { name: vi.animal.answers.RECEIVED }).click()
  await phone.getByRole('button', { name: vi.check.send }).click()
  await phone.getByText(vi.animal.thanks[0]!).waitFor()
  await phone.getByRole('link', { name: vi.goHome }).click()
  await phone.getByRole('heading', { name: vi.animal.kept }).waitFor()

  // The office sees it arrive without a reload.
  await page.getByRole('heading', { level: 1, name: '1 con bò → 2 hộ' }).waitFor({ timeout: 15_000 })
  await page.getByRole('article', { name: /nuôi DUYET-2$/ }).waitFor()
  expect(complaints()).toEqual([])
})

/** The demonstration's households wait, too. */
async function leaveAllBut(name: string, page: Page) {
  for (;;) {
    const left = page.getByRole('listitem').filter({ hasNotText: name }).getByRole('button', { name: /^Bỏ khỏi danh sách: / })
    const count = await left.count()
    if (count === 0) return
    await left.first().click()
    const dialog = await dialogOf(page, /^Bỏ .* khỏi danh sách chờ$/)
    await dialog.getByLabel('Lý do').fill('đã có bò')
    await dialog.getByRole('button', { name: 'Bỏ khỏi danh sách', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => left.count()).toBe(count - 1)
  }
}

it('the hamlet head answers for a household that has no telephone, and records a death with its cause and witness', async () => {
  const { path, cowId } = await herd('THAY-1')
  const { animal } = await village.done(village.head, 'recordAnimalEvent', {
    animalId: cowId, kind: 'BORN', happenedOn: later(today, { months: -8 }), newcomer: { tag: 'THAY-2', sex: 'FEMALE' } }, 'animal { id }')
  const next = await helpedHousehold(village, village.officer, [])
  const { handover } = await village.done(village.officer, 'handOnAnimal', {
    animalId: animal.id, toHouseholdId: next.householdId, handedOn: today, witnessName: 'Đinh Văn Làm Chứng', reason: 'nhà gần' }, 'handover { id }')

  await village.owner.query(`update animal_handover set recorded_at = recorded_at - interval '9 days' where id = $1`, [uuidOf(handover.id)])
  await openUnansweredHandoverTasks(village)

  // The silence is somebody's task, which leads to the herd and can be answered where it stands.
  const page = await asOffice('thon1.haitien', PHONE)
  await page.goto('/cb')
  const task = page.getByRole('article').filter({ hasText: 'Hộ chưa trả lời: hãy hỏi lại' }).filter({ hasText: 'THAY-2' })
  await task.getByRole('button', { name: 'Xác nhận thay cho hộ nhận' }).click()
  await (await dialogOf(page, 'Xác nhận thay cho hộ nhận')).getByRole('button', { name: 'Thôi' }).click()
  await task.getByRole('link', { name: 'Mở sổ đàn của THAY-2' }).click()
  await page.waitForURL(`**${path}`)
  await task.waitFor({ state: 'detached' }) // the address changes before the page does, and both have that button
  await page.getByRole('button', { name: 'Xác nhận thay cho hộ nhận' }).click()
  const answering = await dialogOf(page, 'Xác nhận thay cho hộ nhận')
  await answering.getByLabel('Người làm chứng').fill('Mạc Thị Chứng Kiến')
  await answering.getByRole('button', { name: 'Ghi lời hộ nhận' }).click()
  await answering.getByText('Hãy chọn điều hộ nhận nói.').waitFor()
  await answering.getByLabel('Đã nhận, nhưng con ốm').check()
  await answering.getByLabel('Người làm chứng').fill('Lê Thị Thử')
  await answering.getByRole('button', { name: 'Ghi lời hộ nhận' }).click()
  await answering.locator('#confirm-' + uuidOf(handover.id) + '-witnessName[aria-invalid]').waitFor() // who handed it on is no witness of its coming
  await answering.getByLabel('Người làm chứng', { exact: true }).fill('Mạc Thị Chứng Kiến')
  await answering.getByRole('button', { name: 'Ghi lời hộ nhận' }).click()
  await answering.waitFor({ state: 'hidden' })
  await page.getByRole('heading', { level: 1, name: '1 con bò → 2 hộ' }).waitFor()
  expect((await village.owner.query('select answer::text, channel::text from animal_handover where id = $1', [uuidOf(handover.id)])).rows).toEqual([{ answer: 'ILL', channel: 'PROXY' }])

  await page.getByRole('button', { name: /^THAY-1/ }).click()
  const book = await dialogOf(page, 'Sổ của THAY-1')
  await book.getByLabel('Việc gì?').selectOption('DIED')
  await book.getByRole('button', { name: 'Ghi vào sổ' }).click() // what is missing is asked for by the browser itself
  expect(await book.getByLabel('Nguyên nhân').evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true)
  await book.getByLabel('Nguyên nhân').fill('rét đậm, viêm phổi')
  await book.getByLabel('Người làm chứng').fill('Đinh Văn Làm Chứng')
  await book.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await book.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /^THAY-1.*Đã chết/ }).waitFor()
  expect(complaints()).toEqual([])
})

it('a male calf is sold and a female bought for the next household, by what the page says is next', async () => {
  const { allocationId } = await village.received('COW', 1, 36)
  const { herd: { animals } } = await village.done(village.officer, 'registerAnimals', {
    allocationId, rule: 'RED_CROSS', animals: [{ tag: 'BAN-1', sex: 'FEMALE', bornOn: later(today, { months: -60 }) }] }, 'herd { animals { id } }')
  await village.done(village.head, 'recordAnimalEvent', { animalId: animals[0].id, kind: 'BORN', happenedOn: later(today, { months: -9 }), newcomer: { tag: 'BAN-2', sex: 'MALE' } }, 'animal { id }')
  const page = await asOffice('mattran.haininh')
  await page.goto(`/cb/giao-nhan/${uuidOf(allocationId)}/dan`)

  await page.getByRole('button', { name: 'Ghi việc bán con đực' }).click()
  const sale = await dialogOf(page, 'Sổ của BAN-2')
  expect(await sale.getByLabel('Việc gì?').inputValue()).toBe('SOLD')
  await sale.getByLabel('Giá tiền').fill('12500000')
  await sale.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await sale.waitFor({ state: 'hidden' })

  await page.getByRole('button', { name: 'Ghi việc mua con cái' }).click()
  const purchase = await dialogOf(page, 'Sổ của BAN-2')
  await purchase.getByText('12.500.000').waitFor()
  await purchase.getByLabel('Số tai con mới').fill('BAN-3')
  await purchase.getByLabel('Ngày sinh').fill(later(today, { months: -7 }))
  await purchase.getByLabel('Giá tiền').fill('11000000')
  await purchase.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await purchase.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /^BAN-3.*Mua thay bê đực/ }).waitFor()
  await page.getByText(/BAN-3 cần được trao cho hộ kế tiếp/).waitFor()
  expect(complaints()).toEqual([])
})

it('whoever follows by code sees the birth and the next household arrive, by codes alone, on a page that is loaded once', async () => {
  const { cowId, code } = await herd('THEO-1')
  const { page: giver } = await open(PHONE)
  await giver.goto(`/theo-doi/${code}`)
  await giver.getByText('1 con bò → 1 hộ').waitFor()
  await giver.getByText('Chờ con tiếp theo ra đời.').waitFor()
  await giver.getByText('Trực tiếp').first().waitFor()
  await giver.evaluate(() => Object.assign(globalThis, { neverReloaded: true }))

  const { animal } = await village.done(village.head, 'recordAnimalEvent', {
    animalId: cowId, kind: 'BORN', happenedOn: later(today, { months: -8 }), newcomer: { tag: 'THEO-2', sex: 'FEMALE' } }, 'animal { id }')
  await giver.getByText('1 con con ra đời').first().waitFor({ timeout: 15_000 })
  await giver.getByText('2 con đang sống').waitFor()

  const next = await helpedHousehold(village, village.officer, [], 'Phùng Thị Theo Sau')
  const { handover } = await village.done(village.officer, 'handOnAnimal', {
    animalId: animal.id, toHouseholdId: next.householdId, handedOn: today, witnessName: 'Đinh Văn Làm Chứng', reason: 'nhà gần' }, 'handover { id }')
  await village.done(village.head, 'confirmAnimal', { handoverId: handover.id, answer: 'RECEIVED', witnessName: 'Mạc Thị Chứng Kiến' }, 'handover { id }')
  await giver.getByText('1 con bò → 2 hộ').waitFor({ timeout: 15_000 })
  const generations = giver.getByRole('list', { name: 'Các hộ đã nhận, từ hộ đầu tiên' })
  await expect.poll(() => generations.getByText(/^Hộ \d+$/).count()).toBe(2)
  expect(await giver.evaluate(() => (globalThis as { neverReloaded?: boolean }).neverReloaded)).toBe(true)
  const shown = await giver.locator('main').innerText()
  for (const secret of [village.home.headName, 'Phùng Thị Theo Sau', 'Đinh Văn Làm Chứng', 'THEO-2']) expect(shown).not.toContain(secret)
  await expectAccessible(giver, 'a pledge whose cow has gone round')
  expect(await giver.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  expect(complaints()).toEqual([])
})
