// A giver brings two goats herself and says so; the office reads that it was direct, keeps a photo with consent, and the household's word decides.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import { DONOR } from '../support/journey-world.ts'
import { startJourneyVillage } from '../support/journey.ts'
import { type Village, uuidOf } from '../support/matched.ts'
import { exifSegment } from '../support/pictures.ts'
import { expectAccessible, openWindows, signIn } from '../support/window.ts'

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

it('a gift that the giver brings goes its way in three hands, and its photo tells nothing but what it shows', async () => {
  const { allocationId, pledgeId } = await village.matched('GOAT', 2)

  // The giver, on a telephone: what is missing is said, then it is recorded.
  const giver = await open({ viewport: { width: 360, height: 740 } })
  await signIn(giver, DONOR)
  await giver.page.goto('/cam-ket-cua-toi')
  await giver.page.getByRole('link', { name: 'Ghi đã trao tận tay' }).first().click()
  await giver.page.waitForURL(`**/trao-tan-tay/${uuidOf(pledgeId)}`)
  await giver.page.getByRole('button', { name: 'Ghi đã trao', exact: true }).click()
  await giver.page.getByRole('link', { name: 'Ghi nơi trao.' }).waitFor()
  await expectAccessible(giver.page, 'the form with what is missing')
  await giver.page.getByLabel('Nơi trao').fill('Nhà văn hóa thôn')
  await giver.page.getByLabel('Họ tên người làm chứng').fill('Đinh Văn Làm Chứng')
  await giver.page.getByRole('button', { name: 'Ghi đã trao', exact: true }).click()
  await giver.page.getByText('Mọi phần đã ghép đều đã trao').waitFor()
  await giver.page.getByText('Chờ hộ trả lời').first().waitFor()
  await expectAccessible(giver.page, 'what was handed over')

  // The office sees that it was direct, and keeps a photo: not before those in it have agreed.
  const officer = await open()
  await signIn(officer, 'mattran.haininh')
  await officer.page.goto(`/cb/giao-nhan/${uuidOf(allocationId)}`)
  await officer.page.getByText('Người cho trao tận tay').waitFor()
  await officer.page.getByText('Nơi trao: Nhà văn hóa thôn').waitFor()
  const shot = await officer.page.screenshot({ type: 'jpeg' })
  const told = Buffer.concat([shot.subarray(0, 2), exifSegment(), shot.subarray(2)])
  await officer.page.getByRole('button', { name: 'Thêm ảnh' }).click()
  await officer.page.locator('input[type=file]').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: told })
  await officer.page.getByAltText('Ảnh vừa chọn').waitFor()
  await officer.page.getByLabel('Ảnh chụp gì?').fill('Hai con dê trước chuồng mới')
  await officer.page.getByLabel('Ai trong ảnh đã đồng ý?').fill('Chủ hộ')
  const consent = officer.page.getByRole('checkbox', { name: /Tôi đã hỏi/ })
  expect(await consent.isChecked()).toBe(false)
  await expectAccessible(officer.page, 'a photo about to be sent')
  await officer.page.getByRole('button', { name: 'Lưu ảnh' }).click()
  expect(await consent.evaluate((box) => (box as HTMLInputElement).validity.valueMissing)).toBe(true)
  await consent.check()
  await officer.page.getByRole('button', { name: 'Lưu ảnh' }).click()
  // What is about to be sent is shown under the same words: only a photo that is kept can be opened and erased.
  await officer.page.getByRole('button', { name: 'Xóa ảnh: Hai con dê trước chuồng mới' }).waitFor()
  await officer.page.getByAltText('Hai con dê trước chuồng mới').waitFor()
  await officer.page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
  const { rows } = await village.owner.query<{ bytes: Buffer }>('select bytes from delivery_photo')
  expect(rows.map(({ bytes }) => bytes.includes('BiMat') || bytes.includes('Exif'))).toEqual([false])
  await expectAccessible(officer.page, 'a photo that is kept')

  // The household answers: the giver's page says so without a reload.
  const { rows: [delivery] } = await village.owner.query('select id from delivery where allocation_id = $1', [uuidOf(allocationId)])
  await confirmReceipt(await village.slip(), { deliveryId: `Delivery:${delivery.id}`, answer: 'FULL', idempotencyKey: randomUUID() })
  await giver.page.getByText('Hộ: nhận đủ').waitFor({ timeout: 15_000 })

  // Consent is taken back: the photo goes, and that it went stays.
  await officer.page.getByRole('button', { name: 'Xóa ảnh: Hai con dê trước chuồng mới' }).click()
  await officer.page.getByLabel('Vì sao xóa?').fill('Hộ rút lại sự đồng ý')
  await officer.page.getByRole('dialog').getByRole('button', { name: 'Xóa ảnh', exact: true }).click()
  await officer.page.getByText(/Một ảnh đã xóa: Hộ rút lại sự đồng ý/).waitFor()
  expect(windows.complaints()).toEqual([])
})
