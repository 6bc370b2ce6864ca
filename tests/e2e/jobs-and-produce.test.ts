// Posts and a promise to buy produce on a telephone: their terms are asked, mended and shown; the head of the hamlet refers somebody; what was bought is seen by the giver.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Window, expectAccessible, expectFocus, openWindows, signIn } from '../support/window.ts'
import { published } from '../support/published.ts'
import { type Journey, startJourney } from '../support/journey.ts'

let world: Journey
const windows = openWindows(() => world.url)
const { open } = windows
const today = dayInVietNam()

beforeAll(async () => {
  world = await startJourney()
})
afterAll(async () => {
  await windows.close()
  await world?.end()
})

const isSound = async ({ page }: Window, what: string) => {
  await expectAccessible(page, what)
  expect({ what, sideways: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) }).toEqual({ what, sideways: 0 })
}

it('posts and produce are promised on their terms, somebody is referred, and what was bought is seen', async () => {
  const giver = await open({ viewport: { width: 360, height: 740 } })
  const { page } = giver
  await page.goto('/chung-tay/c06733')
  await page.getByLabel(/Tìm loại hỗ trợ/).fill('viec lam')
  await page.getByRole('checkbox', { name: 'Việc làm' }).check()
  await page.getByLabel(/Tìm loại hỗ trợ/).fill('nong san')
  await page.getByRole('checkbox', { name: 'Nông sản bao tiêu' }).check()
  await page.locator('#quantity-JOB').fill('4')
  await page.locator('#quantity-OFFTAKE').fill('1000')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByRole('link', { name: 'Ghi giá sàn một kg: Nông sản bao tiêu.' }).click()
  await expectFocus(page, 'floorPrice-OFFTAKE')
  await isSound(giver, 'the form with its faults')

  await page.locator('#floorPrice-OFFTAKE').fill('8000')
  await page.locator('#product-OFFTAKE').fill('Khoai tây')
  await page.locator('#seasonFrom-OFFTAKE').fill(today)
  await page.locator('#seasonTo-OFFTAKE').fill(later(today, { months: 3 }))
  // The work is elsewhere: by keyboard alone.
  await page.getByRole('button', { name: 'Chọn lại: Nơi làm việc' }).press('Enter')
  await expectFocus(page, 'areaId-JOB')
  await page.keyboard.type('mong cai 2')
  await page.getByRole('button', { name: /^Phường Móng Cái 2/ }).press('Enter')
  await page.locator('#wage-JOB').fill('6500000')
  await page.locator('#startsOn-JOB').fill(later(today, { days: 10 }))
  await page.locator('#skillsTaught-JOB').fill('may công nghiệp, sửa máy may')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel('Ngày dự kiến giao').fill(later(today, { days: 20 }))
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel('Tên người hoặc đơn vị').fill('Xưởng May Ví Dụ')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  const terms = [/Làm tại Phường Móng Cái 2, 6\.500\.000\s₫ một tháng/, 'Được dạy: may công nghiệp, sửa máy may', /Khoai tây, mùa từ .* giá sàn 8\.000\s₫ một kg/]
  for (const said of terms) await page.getByText(said).waitFor()
  await isSound(giver, 'the answers to check')
  await page.getByRole('button', { name: 'Gửi cam kết' }).click()
  await page.getByRole('heading', { name: 'Cảm ơn! Cam kết đã được ghi nhận' }).waitFor()
  for (const said of terms) await page.getByText(said).waitFor()
  const code = /[0-9A-Z]{20}/.exec(page.url())![0]

  // A household needs work and wants to sell; the office has verified both, and the pledge.
  const office = await world.signIn('mattran.haininh')
  const done = async (name: string, input: Record<string, unknown>, selection: string) => {
    const { problem, ...answer } = await office.do(name, input, selection)
    if (problem) throw new Error(`${name}: ${problem.message}`)
    return answer
  }
  const { pledgeByCode: { id: pledgeId, lines } } = await world.visitor.ask(published('follow-pledge'), { code })
  const { pledge: { version } } = await office.ask(published('see-pledge'), { id: pledgeId })
  await done('verifyPledge', { pledgeId, version }, 'pledge { id }')
  const { household } = await done('registerHousehold', { areaId: 'Area:h06733_101', headName: 'Phùng Thị Hư Cấu', members: 5, causes: [] }, 'household { id version }')
  await done('recordStatus', { householdId: household.id, version: household.version, status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: '02/QĐ-UBND (minh họa)', decidedOn: '2026-01-05', effectiveOn: '2026-01-05', listYear: 2026 }, 'household { id }')
  const needs: Record<string, string> = {}
  for (const [kind, quantity] of [['JOB', '1'], ['OFFTAKE', '400']] as const) {
    const { need } = await done('raiseNeed', { householdId: household.id, kind, quantity, urgency: 2 }, 'need { id version }')
    await done('verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    needs[kind] = need.id
  }

  // Visitors of the commune read the terms, too.
  const visitor = await open()
  await visitor.page.goto('/thon/c06733')
  await visitor.page.getByText(terms[1]!).waitFor()
  await visitor.page.getByText('Chưa mua kg nào trên 1.000 kg đã hứa').waitFor()
  await isSound(visitor, 'the commune')

  // The head of the hamlet refers somebody to the post.
  const head = await open({ viewport: { width: 360, height: 740 } })
  await signIn(head, 'thon1.haitien')
  await head.page.goto(`/cb/ho/${household.id.split(':')[1]}`)
  await head.page.getByRole('button', { name: 'Giới thiệu việc làm' }).click()
  const dialog = head.page.getByRole('dialog')
  await dialog.getByText(terms[1]!).waitFor()
  await isSound(head, 'the posts')
  await dialog.getByRole('button', { name: 'Giới thiệu một người đến Xưởng May Ví Dụ' }).click()
  await head.page.getByText(/Đã giới thiệu/).first().waitFor()

  // The office hands over the agreement, the head confirms, and records a purchase: under the floor price it is refused.
  const line = lines.find((found: any) => found.kind.code === 'OFFTAKE').id
  const { allocation } = await done('allocate', { lineId: line, needId: needs.OFFTAKE, quantity: '400' }, 'allocation { id }')
  const { delivery } = await done('dispatch', { allocationId: allocation.id, quantity: '400', witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id }')
  await (await world.signIn('thon1.haitien')).do('confirmReceipt', { deliveryId: delivery.id, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
  await head.page.goto(`/cb/giao-nhan/${allocation.id.split(':')[1]}`)
  await head.page.getByRole('button', { name: 'Ghi kết quả' }).click()
  await head.page.getByLabel('Đã thu mua').check()
  await head.page.getByText(/Giá sàn đã cam kết: 8\.000/).waitFor()
  await head.page.getByLabel('Giá mua một kg').fill('7500')
  await head.page.getByRole('button', { name: 'Ghi kết quả' }).last().click()
  await head.page.getByRole('link', { name: /không ghi mua với giá thấp hơn/ }).waitFor()
  await isSound(head, 'a purchase under the floor price')
  await head.page.getByLabel('Giá mua một kg').fill('8500')
  await head.page.getByRole('button', { name: 'Ghi kết quả' }).last().click()
  await head.page.getByText('Đã mua 400 trên 1.000 kg đã hứa, trị giá 3.400.000').first().waitFor()

  await page.goto(`/theo-doi/${code}`)
  await page.getByText(/Đã mua 400 trên 1\.000 kg đã hứa, trị giá 3\.400\.000\s₫/).waitFor()
  await isSound(giver, 'the giver follows')

  // What the hamlet has of jobs that were kept: a few words for everyone, all figures for the office.
  await visitor.page.goto('/thon/h06733_101')
  await visitor.page.getByRole('heading', { name: 'Việc làm giữ được' }).waitFor()
  await isSound(visitor, 'the hamlet')
  await head.page.goto('/cb/viec-lam')
  await head.page.getByRole('table').getByRole('rowheader', { name: 'Thôn 1 Hải Tiến' }).waitFor()
  await isSound(head, 'the jobs of a hamlet')

  // The officer of the commune reads the terms where posts are matched, and every hamlet's figures with their sum.
  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto(`/cb/ghep?chon=${lines.find((found: any) => found.kind.code === 'JOB').id}`)
  await officer.page.getByText(terms[1]!).waitFor()
  await isSound(officer, 'matching a post')
  await officer.page.goto('/cb/viec-lam')
  await officer.page.getByRole('table').getByRole('rowheader', { name: 'Cộng' }).waitFor()
  await isSound(officer, 'the jobs of a commune')
  expect(windows.complaints()).toEqual([])
}, 120_000)
