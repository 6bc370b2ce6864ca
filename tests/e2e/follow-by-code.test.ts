// A giver without an account follows by code while the office matches and hands over and the household, without JavaScript, says that
// seven of ten came: each step arrives on the giver's page, which is loaded once.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { published } from '../support/published.ts'
import { startJourneyVillage } from '../support/journey.ts'
import type { Village } from '../support/matched.ts'
import { expectAccessible, openWindows, signIn } from '../support/window.ts'
import { pledged } from '../support/world.ts'

const { vi } = words
const GIVER = 'Quán Cơm Bà Ví Dụ'

let village: Village
const windows = openWindows(() => village.url)
const { open } = windows

beforeAll(async () => {
  village = await startJourneyVillage()
})
afterAll(async () => {
  await windows.close()
  await village?.end()
})

it('the slip confirms short; the giver follows by code, without an account, and sees each step arrive live', async () => {
  const { officer: office, home } = village
  const { need } = await village.done(office, 'raiseNeed', { householdId: home.householdId, kind: 'GOAT', quantity: '10', urgency: 3 }, 'need { id version }')
  await village.done(office, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const pledge = await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '10' }], party: { kind: 'PERSON', name: GIVER } } as Parameters<typeof pledged>[1])

  // The giver types the code of the receipt; from here on the page is never loaded again.
  const { page: giver } = await open({ viewport: { width: 360, height: 740 } })
  await giver.goto('/theo-doi')
  await giver.getByRole('textbox').fill(pledge.code.toLowerCase().replace(/^(...)(....)/, '$1 $2 '))
  await giver.keyboard.press('Enter')
  await giver.waitForURL(`**/theo-doi/${pledge.code}`)
  await giver.getByText('Trực tiếp').first().waitFor()
  await giver.evaluate(() => Object.assign(globalThis, { neverReloaded: true }))
  const reachesGiver = async (text: string | RegExp) => {
    await giver.getByText(text).first().waitFor({ timeout: 15_000 })
    expect(await giver.evaluate(() => (globalThis as { neverReloaded?: boolean }).neverReloaded)).toBe(true)
  }
  /** A moment of the pledge's life, with what a screen reader says of it. */
  const moment = (label: string, state: string) => giver.locator('.moment').filter({ hasText: `${label} (${state})` }).waitFor({ timeout: 15_000 })
  await moment('Mặt trận xác minh', 'đang ở bước này')

  // The office verifies, matches and hands over before a witness.
  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto('/cb/cam-ket')
  await officer.page.getByRole('link', { name: new RegExp(GIVER) }).or(officer.page.getByRole('button', { name: new RegExp(GIVER) })).first().click()
  await officer.page.getByRole('button', { name: 'Xác minh', exact: true }).click()
  await moment('Mặt trận xác minh', 'đã xong')

  await officer.page.goto('/cb/ghep')
  await officer.page.getByRole('button', { name: new RegExp(`Dê giống[\\s\\S]*${GIVER}`) }).click()
  await officer.page.getByRole('button', { name: new RegExp(home.headName) }).click()
  await officer.page.getByRole('button', { name: 'Ghép', exact: true }).click()
  await moment('Ghép cho hộ', 'đã xong')
  await reachesGiver('Chưa giao.')
  await reachesGiver(/Chờ người giúp và Mặt trận Xã Hải Ninh giao 10 con/)

  const { allocations } = await office.ask(published('list-allocations'), { area: 'Area:c06733', first: 100 })
  const allocation = allocations.nodes.find((node: any) => node.pledge.id === pledge.id)
  await officer.page.goto(`/cb/giao-nhan/${allocation.id.split(':')[1]}`)
  await officer.page.getByLabel('Họ tên người làm chứng').fill('Đinh Văn Làm Chứng')
  await officer.page.getByRole('button', { name: 'Ghi đã giao' }).click()
  await moment('Đã giao', 'đã xong')
  await reachesGiver('Chờ hộ trả lời')
  await reachesGiver(/Chờ hộ xác nhận đã nhận 10 con/)

  // The household has its slip, a telephone and no JavaScript: three are missing.
  const { page: phone } = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  await phone.goto(`/h/${home.code}`)
  await phone.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
  await phone.getByLabel(vi.choosePin.again).fill('280719')
  await phone.getByRole('button', { name: vi.choosePin.done }).click()
  await phone.getByRole('link', { name: vi.home.answer }).click()
  await phone.getByRole('link', { name: vi.answers.SHORT }).click()
  await phone.getByLabel('Số con đã nhận').fill('7')
  await phone.getByRole('button', { name: vi.howMany.next }).click()
  await phone.getByRole('button', { name: vi.check.send }).click()
  await phone.getByRole('heading', { name: vi.receipt.title }).waitFor()

  // The giver reads what came, what is missing and whose step it is; and no more of the household than its code.
  await reachesGiver('Hộ: thiếu, chỉ nhận 7 con')
  await reachesGiver(/chưa xác nhận nhận: 3 con/)
  await reachesGiver('Mặt trận kiểm tra chỗ hộ báo thiếu hoặc sai')
  await reachesGiver(/Chờ Mặt trận Xã Hải Ninh làm rõ 3 con hộ báo chưa nhận/)
  await moment('Hộ xác nhận', 'đang ở bước này')
  const shown = await giver.locator('main').innerText()
  expect(shown).toContain(allocation.recipientCode)
  for (const secret of [home.headName, 'Đinh Văn Làm Chứng']) expect(shown).not.toContain(secret)
  await expectAccessible(giver, 'a pledge of which a part is missing')

  // What is said later arrives, too: the rest came after all, and is alive.
  await phone.getByRole('link', { name: vi.home.answerAgain }).click()
  await phone.getByRole('link', { name: vi.answers.FULL }).click()
  await phone.getByRole('button', { name: vi.check.send }).click()
  await moment('Hộ xác nhận', 'đã xong')
  await phone.getByRole('link', { name: vi.goHome }).click()
  await phone.getByRole('link', { name: vi.tell.link }).click()
  await phone.getByRole('link', { name: vi.tell.questions.LIVESTOCK_ALIVE!.yes }).click()
  await phone.getByRole('button', { name: vi.howMany.next }).click()
  await phone.getByRole('button', { name: vi.check.send }).click()
  await phone.getByRole('heading', { name: vi.tell.thanks.title }).waitFor()
  await reachesGiver(/10 con sống khỏe/i)
  await reachesGiver('hộ tự trả lời')
  expect(windows.complaints()).toEqual([])
})
