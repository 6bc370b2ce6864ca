// A company finds the hamlet that is served least, adopts it, and pledges four kinds from the gap board; the office answers, the board shows it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { expectAccessible, openWindows, signIn } from '../support/window.ts'
import { published } from '../support/published.ts'
import { DONOR } from '../support/journey-world.ts'
import { type Journey, startJourney } from '../support/journey.ts'
import type { Actor } from '../support/world.ts'

const HAMLET = { id: 'h06733_103', name: 'Thôn 3 Hải Tiến' }
const KINDS = [
  { code: 'COW', name: 'Bò giống', quantity: '3' }, { code: 'GOAT', name: 'Dê giống', quantity: '8' },
  { code: 'VOCATIONAL_TRAINING', name: 'Đào tạo nghề', quantity: '4' }, { code: 'CASH_CAPITAL', name: 'Hỗ trợ vốn', quantity: '7000000' },
]

let world: Journey
let office: Actor
const windows = openWindows(() => world.url)
const { open } = windows

beforeAll(async () => {
  world = await startJourney()
  office = await world.signIn('mattran.haininh')
  const { household } = await office.do('registerHousehold', { areaId: `Area:${HAMLET.id}`, headName: 'Phùng Thị Hư Cấu', members: 5, causes: ['LACK_CAPITAL'] }, 'household { id version }')
  await office.do('recordStatus', { householdId: household.id, version: household.version, status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: '02/QĐ-UBND (minh họa)', decidedOn: '2026-01-05', effectiveOn: '2026-01-05', listYear: 2026 }, 'household { id }')
  for (const { code, quantity } of KINDS) {
    const { need, problem } = await office.do('raiseNeed', { householdId: household.id, kind: code, quantity, urgency: 3 }, 'need { id version }')
    if (problem) throw new Error(problem.message)
    await office.do('verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  }
})
afterAll(async () => {
  await windows.close()
  await world?.end()
})

it('a company adopts a hamlet, is accepted, and pledges four kinds from the gap board', async () => {
  const company = await open()
  const { page } = company
  await signIn(company, DONOR)

  // From the commune's page to its board, and there to the kind it gives.
  await page.goto('/thon/c06733')
  await page.getByRole('link', { name: 'Nơi nào còn thiếu gì' }).click()
  await page.getByRole('heading', { level: 1, name: 'Xã Hải Ninh: nơi nào còn thiếu gì' }).waitFor()
  await page.getByLabel('Loại hỗ trợ').selectOption('COW')
  await page.waitForURL(/loai=COW/)
  const row = page.getByRole('row', { name: new RegExp(HAMLET.name) })
  await row.waitFor()
  await row.getByRole('link', { name: /^Đỡ đầu/ }).click()

  // It offers to stand by the whole hamlet for two years; what is missing is said.
  await page.getByRole('heading', { level: 1, name: `Nhận đỡ đầu ${HAMLET.name}` }).waitFor()
  await page.getByLabel('Đỡ đầu phần nào').selectOption('')
  await page.getByRole('button', { name: 'Gửi đăng ký' }).click()
  await page.getByRole('link', { name: /Viết vài lời/ }).waitFor()
  await expectAccessible(page, 'the form with what is missing')
  await page.getByLabel('Bạn sẽ làm gì').fill('Mỗi năm ba con bò, một lớp nghề, và về thôn mỗi quý')
  await page.getByLabel('Từ ngày').fill(dayInVietNam())
  await page.getByLabel('Đến hết ngày').fill(later(dayInVietNam(), { months: 24 }))
  await page.getByLabel('Người liên hệ của bạn').fill('Đỗ Thị Giả Định')
  await page.getByRole('button', { name: 'Gửi đăng ký' }).click()
  await page.waitForURL('**/do-dau-cua-toi')
  const mine = page.getByRole('listitem').filter({ hasText: HAMLET.name })
  await mine.getByText('Chờ Mặt trận trả lời').waitFor()

  // Its officer finds the task and accepts.
  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto('/cb')
  await officer.page.getByRole('link', { name: 'Mở đăng ký' }).first().click()
  const waiting = officer.page.getByRole('listitem').filter({ hasText: HAMLET.name })
  await waiting.getByRole('button', { name: 'Đồng ý, tôi phụ trách' }).click()
  await officer.page.getByText(/Đã đồng ý/).first().waitFor()
  await page.reload()
  await mine.getByText('Đang đỡ đầu').waitFor()
  await mine.getByText('Lê Thị Thử').waitFor()

  // From the board it pledges what is open; three more kinds go with it.
  await mine.getByRole('link', { name: 'Nơi đó còn thiếu gì' }).click()
  const gap = page.getByRole('row', { name: new RegExp(KINDS[0]!.name) })
  await gap.getByText('Công ty Sao Mai (minh họa)').waitFor()
  await gap.getByRole('link', { name: /^Cam kết/ }).click()
  await page.getByRole('heading', { level: 1, name: `Chung tay cùng ${HAMLET.name}` }).waitFor()
  const { gaps } = await world.visitor.ask(published('see-gaps'), { area: `Area:${HAMLET.id}`, first: 100 })
  const openOf = (code: string) => gaps.nodes.find((node: any) => node.kind.code === code).open as string
  await expect.poll(async () => (await page.locator('#quantity-COW').inputValue()).replaceAll('.', '')).toBe(openOf('COW'))
  for (const { code, name, quantity } of KINDS.slice(1)) {
    await page.getByRole('checkbox', { name }).check()
    await page.locator(`#quantity-${code}`).fill(quantity)
  }
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel('Ngày dự kiến giao').fill(later(dayInVietNam(), { days: 20 }))
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByRole('button', { name: 'Gửi cam kết' }).click()
  await page.getByRole('heading', { name: 'Cảm ơn! Cam kết đã được ghi nhận' }).waitFor()

  // Someone watches the board on a phone; once the office has verified the pledge, it counts there without a reload.
  const watcher = await open({ viewport: { width: 360, height: 740 } })
  await watcher.page.goto(`/cho-thieu/${HAMLET.id}?loai=COW`)
  await watcher.page.getByText('Trực tiếp').first().waitFor()
  const offered = new RegExp(`mới cam kết\\s*${openOf('COW')} con`, 'i')
  expect(await watcher.page.getByText(offered).count()).toBe(0)
  const { pledges } = await office.ask(published('list-pledges'), { area: `Area:${HAMLET.id}`, state: 'REGISTERED', first: 100 })
  const [{ node: pledge }, ...others] = pledges.edges // the only one here
  expect(others).toEqual([])
  expect(pledge.lines.map((line: any) => line.kind.name)).toHaveLength(KINDS.length)
  expect((await office.do('verifyPledge', { pledgeId: pledge.id, version: pledge.version }, 'pledge { state }')).problem).toBeNull()
  await watcher.page.getByText(offered).first().waitFor({ timeout: 15_000 })

  // The adoption's progress says what was pledged.
  await page.goto('/do-dau-cua-toi')
  await mine.getByRole('row', { name: new RegExp(`${KINDS[0]!.name}.*${openOf('COW')} con`) }).waitFor()
  expect(windows.complaints()).toEqual([])
})
