// Looking for work or a buyer on a telephone: by a skill typed without diacritics, by place, by whether a skill is needed; then those who can, refer or match.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Window, expectAccessible, expectFocus, openWindows, signIn } from '../support/window.ts'
import { type Journey, startJourney } from '../support/journey.ts'
import { pledged, verified } from '../support/world.ts'

const PHONE = { viewport: { width: 360, height: 740 } }
const today = dayInVietNam()

let world: Journey
const windows = openWindows(() => world.url)
const { open } = windows

beforeAll(async () => {
  world = await startJourney()
  const province = await world.signIn('mattran.quangninh')
  const post = { areaId: 'Area:c06709', wage: '9000000', startsOn: later(today, { days: 20 }) }
  const agreement = { product: 'Khoai sọ', seasonFrom: today, seasonTo: later(today, { months: 3 }), floorPrice: '12000' }
  for (const [anonymous, line] of [
    [true, { kind: 'JOB', quantity: '3', detail: 'Ở lại xưởng', post: { ...post, skillsWanted: ['Hàn điện'], skillsTaught: ['Đọc bản vẽ'] } }],
    [false, { kind: 'JOB', quantity: '4', detail: 'Ca ngày', post: { ...post, skillsWanted: [], skillsTaught: ['Đóng gói'] } }],
    [false, { kind: 'OFFTAKE', quantity: '900', agreement }],
  ] as const) await verified(province, await pledged(world.visitor, { areaId: 'Area:c06733', anonymous, lines: [line] }))
})
afterAll(async () => {
  await windows.close()
  await world?.end()
})

const isSound = async ({ page }: Window, what: string) => {
  await expectAccessible(page, what)
  expect({ what, sideways: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) }).toEqual({ what, sideways: 0 })
}
const cards = ({ page }: Window) => page.locator('.opening')

it('a visitor finds work by skill and place, and the address says what was asked', async () => {
  const window = await open(PHONE)
  const { page } = window
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Việc làm, nơi mua nông sản' }).click()
  await page.getByRole('heading', { level: 1, name: 'Việc làm và nơi mua nông sản' }).waitFor()
  await page.getByRole('heading', { name: '3 nơi còn nhận' }).waitFor()
  await isSound(window, 'all openings')

  const words = page.getByLabel(/Nghề hoặc nông sản/)
  await words.fill('han dien')
  await words.press('Enter')
  await page.waitForURL(/tim=han/)
  await page.getByRole('heading', { name: '1 nơi còn nhận' }).waitFor()
  await expectFocus(page, 'tim')
  const said = await cards(window).innerText()
  for (const part of ['Còn 3 trên 3 suất', 'Làm việc tại Phường Móng Cái 2', '9.000.000', 'Cần biết Hàn điện', 'Được dạy Đọc bản vẽ', 'Xã Hải Ninh', 'Người ủng hộ không nêu tên']) expect(said).toContain(part)
  await isSound(window, 'what was searched for')

  await words.fill('')
  await words.press('Enter')
  await page.getByRole('heading', { name: '3 nơi còn nhận' }).waitFor()
  await page.getByLabel(/Nơi làm, hoặc nơi hộ ở/).fill('mong cai 2')
  await page.getByRole('button', { name: /^Phường Móng Cái 2/ }).press('Enter')
  await page.waitForURL(/noi=c06709/)
  await page.getByRole('heading', { name: '2 nơi còn nhận' }).waitFor()
  await expectFocus(page, 'noi')
  await page.getByLabel('Không cần tay nghề').check()
  await page.getByRole('heading', { name: '1 nơi còn nhận' }).waitFor()
  await page.getByText('Được dạy Đóng gói').waitFor()
  await isSound(window, 'by place and skill')

  await page.reload()
  await page.getByRole('heading', { name: '1 nơi còn nhận' }).waitFor()
  await page.getByText('Phường Móng Cái 2', { exact: true }).first().waitFor()
  await expect.poll(() => page.getByLabel('Không cần tay nghề').isChecked()).toBe(true)
  await page.getByRole('link', { name: 'Đăng việc làm, nơi mua' }).click()
  await page.waitForURL(/chung-tay\/c06709\?loai=JOB/)
  expect(window.complaints).toEqual([])
})

it('says what to do where nothing is found, and where nothing can be loaded', async () => {
  const window = await open(PHONE)
  const { page } = window
  await page.goto('/viec-lam?tim=khong-co-gi')
  await page.getByText('Chưa có nơi nào như vậy').waitFor()
  await isSound(window, 'nothing found')
  await page.getByRole('button', { name: 'Bỏ mọi điều kiện' }).click()
  await page.getByRole('heading', { name: '3 nơi còn nhận' }).waitFor()
  await expect.poll(() => page.getByLabel(/Nghề hoặc nông sản/).inputValue()).toBe('')

  await window.context.setOffline(true)
  await page.getByLabel('Tìm gì').selectOption('nong-san')
  await page.getByRole('alert').getByRole('button', { name: 'Thử lại' }).waitFor()
  await isSound(window, 'offline')
  await window.context.setOffline(false)
  await page.getByRole('button', { name: 'Thử lại' }).click()
  await page.getByText('Thu mua: Khoai sọ').waitFor()
})

it('the head of a hamlet goes on to refer somebody, and an officer to match', async () => {
  const head = await open(PHONE)
  await signIn(head, 'thon1.haitien')
  await head.page.goto('/viec-lam?tim=han%20dien')
  await head.page.getByRole('link', { name: 'Giới thiệu người trong thôn' }).click()
  await head.page.waitForURL(/\/cb\/ho$/)
  await head.page.goto('/viec-lam?loai=nong-san')
  await head.page.getByText('Thu mua: Khoai sọ').waitFor()
  expect(await cards(head).getByRole('link', { name: /Ghép|Giới thiệu/ }).count()).toBe(0)

  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto('/viec-lam?loai=nong-san&tim=khoai%20so')
  const match = officer.page.getByRole('link', { name: 'Ghép với hộ' })
  await match.waitFor()
  await isSound(officer, 'as an officer')
  await match.click()
  await officer.page.waitForURL(/\/cb\/ghep\?chon=PledgeLine/)
  await officer.page.getByText(/Khoai sọ, mùa từ/).waitFor()
  expect([...head.complaints, ...officer.complaints]).toEqual([])
})
