// The review of Móng Cái, first quarter of 2024, as an officer sees it and as Excel shows it: exactly the figures of the report, and its two faults.
import { readXlsx } from 'hucre/xlsx'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../server/src/demo/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openWindow, settled, signIn } from '../support/window.ts'
import { type World, startWorld } from '../support/world.ts'

let world: World
let browser: Browser
beforeAll(async () => {
  world = await startWorld({ config: { demo: true } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

/** unit, had, left, remaining, percent, and what is said beside the printed figure */
const REPORT = [
  ['Bình Ngọc', 6, 3, 3, '50,0', 'khớp'],
  ['Hải Đông', 5, 1, 4, '20,0', 'khớp'],
  ['Vĩnh Thực', 1, 1, 0, '100,0', 'khớp'],
  ['Hải Xuân', 2, 1, 1, '50,0', 'khớp'],
  ['Vạn Ninh', 6, 1, 5, '16,7', 'báo cáo ghi 16%'],
  ['Hải Tiến', 7, 2, 5, '28,6', 'báo cáo ghi 14%'],
  ['Ninh Dương', 4, 1, 3, '25,0', 'khớp'],
  ['Hải Hòa', 7, 1, 6, '14,3', 'khớp'],
  ['Trà Cổ', 4, 1, 3, '25,0', 'khớp'],
  ['Xã, phường khác', 15, 0, 15, '0,0', 'chưa nêu tên'],
  ['Toàn địa bàn', 57, 12, 45, '21,1', 'tổng khớp'],
] as const

it('shows the figures of the report from the register, flags the two that do not add up, and exports the same', async () => {
  const window = await openWindow(browser, world.url, { acceptDownloads: true })
  const { page } = window
  try {
    await signIn(window, 'mattran.quangninh', DEMO_PASSWORD)
    await page.goto('/cb/kiem-diem')
    await page.getByRole('link', { name: /57\/KH-UBND/ }).click()
    await page.getByRole('table').first().waitFor()
    await settled(page)
    const rows = await page.getByRole('table').first().locator('tbody tr, tfoot tr').allInnerTexts()
    for (const [unit, had, left, remaining, percent, said] of REPORT) {
      const row = rows.find((text) => text.includes(unit)) ?? `no row for ${unit}`
      const words = row.split(/[\s\u00a0/]+/)
      expect({ unit, row }).toEqual({ unit, row: expect.stringContaining(said) })
      for (const figure of [had, left, remaining]) expect({ unit, words: words.map((word) => word.replace(/^0(?=\d)/, '')) }).toEqual({ unit, words: expect.arrayContaining([String(figure)]) })
      expect({ unit, row: row.replaceAll('\u00a0', ' ') }).toEqual({ unit, row: expect.stringContaining(percent) })
    }
    const text = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ')
    expect(text).toContain('40/57')
    expect(text).toMatch(/70,2\s?%/)
    expect(text).toMatch(/còn 28 hộ/)
    expect(text).toMatch(/0,19\s?%/)

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải Excel' }).click()])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const book = await readXlsx(Buffer.concat(chunks), { readStyles: true })
    const cells = JSON.stringify(book)
    for (const [unit] of REPORT.slice(0, 9)) expect(cells).toContain(unit)
    expect(window.complaints).toEqual([])
  } finally {
    await window.close()
  }
})
