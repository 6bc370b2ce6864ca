// One pledge of capital, livestock and training in three windows: the giver's and the officer's, and the household's telephone without
// JavaScript. What the officer and the household do reaches the giver without a reload.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { openWindows, signIn } from '../support/window.ts'
import { published } from '../support/published.ts'
import { type Journey, startJourney } from '../support/journey.ts'

const { vi } = words
const KINDS = [
  { code: 'CASH_CAPITAL', name: 'Hỗ trợ vốn', quantity: '10000000', shown: '10.000.000', outcome: 'Vốn dùng đúng việc', told: 'vốn được dùng đúng việc' },
  { code: 'GOAT', name: 'Dê giống', quantity: '10', shown: '10 con', outcome: 'Con giống còn sống, khỏe', told: '10 con sống khỏe' },
  { code: 'VOCATIONAL_TRAINING', name: 'Đào tạo nghề', quantity: '3', shown: '3 suất', outcome: 'Học xong khóa', told: '3 người học xong' },
]

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

it('a pledge of three kinds goes all the way, and its giver sees each step arrive without a reload', async () => {
  // A household of Thôn 2 Hải Tiến lacks all three; its office has verified it.
  const office = await world.signIn('mattran.haininh')
  const { household } = await office.do('registerHousehold', { areaId: 'Area:h06733_102', headName: 'Phùng Thị Hư Cấu', members: 5, causes: ['LACK_CAPITAL'], wish: 'Muốn nuôi dê' }, 'household { id version }')
  await office.do('recordStatus', { householdId: household.id, version: household.version, status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: '02/QĐ-UBND (minh họa)', decidedOn: '2026-01-05', effectiveOn: '2026-01-05', listYear: 2026 }, 'household { id }')
  for (const kind of KINDS) {
    const { need, problem } = await office.do('raiseNeed', { householdId: household.id, kind: kind.code, quantity: kind.quantity, urgency: 3 }, 'need { id version }')
    expect(problem).toBeNull()
    await office.do('verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  }

  // The giver finds the commune without diacritics and promises, without an account.
  const giver = await open()
  await giver.page.goto('/')
  await giver.page.getByLabel('Tìm thôn, xã, tỉnh').fill('hai ninh')
  await giver.page.getByRole('option', { name: /^Xã Hải Ninh/ }).first().click()
  await giver.page.getByRole('heading', { level: 1, name: 'Xã Hải Ninh' }).waitFor()
  await giver.page.getByRole('link', { name: 'Nhận giúp' }).first().click()
  for (const kind of KINDS) {
    await giver.page.getByRole('checkbox', { name: kind.name }).check()
    await giver.page.locator(`#quantity-${kind.code}`).fill(kind.quantity)
  }
  await giver.page.getByRole('button', { name: 'Tiếp tục' }).click()
  await giver.page.getByLabel('Ngày dự kiến giao').fill(later(dayInVietNam(), { days: 20 }))
  await giver.page.getByRole('button', { name: 'Tiếp tục' }).click()
  await giver.page.getByLabel('Tên người hoặc đơn vị').fill('Quán Cơm Bà Ví Dụ')
  await giver.page.getByRole('button', { name: 'Tiếp tục' }).click()
  await giver.page.getByRole('button', { name: 'Gửi cam kết' }).click()
  await giver.page.getByRole('heading', { name: 'Cảm ơn! Cam kết đã được ghi nhận' }).waitFor()
  const code = /[0-9A-Z]{20}/.exec(giver.page.url())![0]
  await giver.page.getByRole('link', { name: 'Theo dõi cam kết' }).last().click()
  await giver.page.waitForURL(`**/theo-doi/${code}`)
  await giver.page.getByText('Trực tiếp').first().waitFor()
  // From here on the giver's page is never loaded again.
  await giver.page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }))
  const reachesGiver = async (text: string | RegExp) => {
    await giver.page.getByText(text).first().waitFor({ timeout: 15_000 })
    expect(await giver.page.evaluate(() => (globalThis as { neverReloaded?: boolean }).neverReloaded)).toBe(true)
  }

  // The officer verifies it.
  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto('/cb/cam-ket')
  await officer.page.getByRole('button', { name: /Quán Cơm Bà Ví Dụ/ }).or(officer.page.getByRole('link', { name: /Quán Cơm Bà Ví Dụ/ })).first().click()
  await officer.page.getByRole('button', { name: 'Xác minh', exact: true }).click()
  await reachesGiver(/đã xác minh/i)

  const phone = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  let slipIsOpen = false
  for (const kind of KINDS) {
    // Match: the line, the household, the whole quantity.
    await officer.page.goto('/cb/ghep')
    await officer.page.getByRole('button', { name: new RegExp(`${kind.name}[\\s\\S]*Quán Cơm Bà Ví Dụ`) }).click()
    await officer.page.getByRole('button', { name: /Phùng Thị Hư Cấu/ }).click()
    await officer.page.getByRole('button', { name: 'Ghép', exact: true }).click()
    await officer.page.getByText(/Đã ghép cho Hộ/).first().waitFor()

    // Hand over before a witness.
    const { allocations } = await office.ask(published('list-allocations'), { area: 'Area:h06733_102', toDispatch: true, first: 50 })
    const allocation = allocations.nodes.find((found: any) => found.kind.code === kind.code && found.pledge?.party?.name === 'Quán Cơm Bà Ví Dụ')
    await officer.page.goto(`/cb/giao-nhan/${allocation.id.split(':')[1]}`)
    await officer.page.getByLabel('Họ tên người làm chứng').fill('Đinh Văn Làm Chứng')
    await officer.page.getByRole('button', { name: 'Ghi đã giao' }).click()
    await officer.page.getByText(/Chờ hộ trả lời/).first().waitFor()

    // The household answers by its slip.
    if (!slipIsOpen) {
      const { code: slip } = await office.do('issueSlip', { householdId: household.id }, 'code')
      await phone.page.goto(`/h/${slip.replaceAll('-', '')}`)
      await phone.page.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
      await phone.page.getByLabel(vi.choosePin.again).fill('280719')
      await phone.page.getByRole('button', { name: vi.choosePin.done }).click()
      slipIsOpen = true
    } else await phone.page.goto('/h/')
    await phone.page.getByRole('heading', { name: vi.home.title }).waitFor()
    await phone.page.getByRole('link', { name: vi.home.answer }).first().click()
    await phone.page.getByRole('link', { name: vi.answers.FULL }).click()
    await phone.page.getByRole('button', { name: vi.check.send }).click()
    await phone.page.getByRole('heading', { name: vi.receipt.title }).waitFor()

    // The officer sees the answer arrive, and records what came of it.
    await officer.page.getByText('Nhận đủ').first().waitFor()
    expect(await giver.page.getByText(new RegExp(kind.told, 'i')).count()).toBe(0)
    await officer.page.getByRole('button', { name: 'Ghi kết quả' }).first().click()
    await officer.page.getByLabel(kind.outcome).check()
    await officer.page.getByRole('button', { name: 'Ghi kết quả' }).last().click()
    await officer.page.getByText('Đã ghi. Người cam kết thấy kết quả này.').first().waitFor()
  }

  // The outcome of each kind stands on the giver's page.
  for (const kind of KINDS) await reachesGiver(new RegExp(kind.told, 'i'))
  const { pledgeByCode } = await world.visitor.ask(published('follow-pledge'), { code })
  expect(pledgeByCode.lines.map((line: any) => line.quantities.received)).toEqual(pledgeByCode.lines.map((line: any) => line.quantities.promised))
  expect(pledgeByCode.allocations.nodes.flatMap((allocation: any) => allocation.outcomes.nodes.map((outcome: any) => outcome.kind)).sort()).toEqual(['CAPITAL_USED', 'COURSE_FINISHED', 'LIVESTOCK_ALIVE'])
  expect(windows.complaints()).toEqual([])
})
