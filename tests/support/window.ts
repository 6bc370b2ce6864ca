// A window of a real browser onto the hub: it fails its test on whatever the browser complains about.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser } from './browser.ts'
import { JOURNEY_PASSWORD } from './journey-world.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Window {
  page: Page
  context: BrowserContext
  /** What the browser complained about. */
  complaints: string[]
  close(): Promise<void>
}

export async function openWindow(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Window> {
  // Axe is put into the page, which its content policy would forbid; tests/api/http.test.ts holds the policy itself.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL, bypassCSP: true, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, context, complaints, close: () => context.close() }
}

/** The windows of one file, in a browser of their own that starts with the first; `complaints` are those of all of them. */
export function openWindows(url: () => string) {
  let browser: Promise<Browser> | undefined
  const windows: Window[] = []
  return {
    async open(options: BrowserContextOptions = {}): Promise<Window> {
      const window = await openWindow(await (browser ??= launchBrowser()), url(), options)
      windows.push(window)
      return window
    },
    complaints: () => windows.flatMap(({ complaints }) => complaints),
    async close(): Promise<void> {
      await Promise.all(windows.map((window) => window.close()))
      await (await browser)?.close()
    },
  }
}

export async function signIn({ page }: Window, login: string, password = JOURNEY_PASSWORD): Promise<void> {
  await page.goto('/dang-nhap')
  await page.getByLabel('Số điện thoại, email hoặc tên đăng nhập').fill(login)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap'))
}

/** Until the page says what it is, and nothing on it is still on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.title !== '' && !document.querySelector('.waiting'))
}

/** The field that is typed into, by its id. */
export const expectFocus = (page: Page, id: string) => expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(id)

/** Every rule of axe, once the page has settled. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await settled(page)
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { violations: found } = await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } }).axe.run()
    return found.map(({ id, nodes }) => ({ id, where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`) }))
  })
  expect({ what, violations }).toEqual({ what, violations: [] })
}
