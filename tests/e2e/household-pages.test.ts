// The slip's pages in a real browser: the whole way without a script, by keys, at 320 px, with large letters, and through a lost connection.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Given, helpedHousehold, slipFor } from '../support/helped-household.ts'
import { published } from '../support/published.ts'
import { type Journey, startJourney } from '../support/journey.ts'
import type { Actor } from '../support/world.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const { vi } = words

let world: Journey
let officer: Actor
let browser: Browser

beforeAll(async () => {
  world = await startJourney()
  officer = await world.signIn('mattran.haininh')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

/** Runs with a telephone of its own; fails when the browser complained about anything. */
async function onTelephone(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: world.url, ...options })
  const complaints: string[] = []
  try {
    const page = await context.newPage()
    // Answers like 404 and 422 are pages too, and a connection is lost on purpose.
    page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await use(page)
  } finally {
    await context.close()
  }
  expect(complaints).toEqual([])
}

async function openNew(page: Page, code: string) {
  await page.goto(`/h/${code}`)
  // Another household's slip is open on this telephone.
  const instead = page.getByRole('button', { name: vi.openThis.open })
  if (await instead.isVisible()) await instead.click()
  await page.getByLabel(vi.choosePin.label, { exact: true }).fill('280719')
  await page.getByLabel(vi.choosePin.again).fill('280719')
  await page.getByRole('button', { name: vi.choosePin.done }).click()
  await page.getByRole('heading', { name: vi.home.title }).waitFor()
}

/** No request gets through, once the page has all that it needs. Told to be offline, a loaded browser may still let one pass, so each is also stopped on its way. */
async function disconnect(page: Page) {
  await page.waitForLoadState()
  await page.context().route('**', (route) => route.abort('internetdisconnected'))
  await page.context().setOffline(true)
}
async function reconnect(page: Page) {
  await page.context().unroute('**')
  await page.context().setOffline(false)
}

const helped = (...gifts: Given[]) => helpedHousehold(world, officer, gifts)
const answersTo = async (delivery: string) => (await world.owner.query('select answer::text, received::int from receipt where delivery_id = $1 order by at', [delivery])).rows
const path = (page: Page) => new URL(page.url()).pathname

describe('without JavaScript', () => {
  it('a household opens its slip, answers what came and what did not, and leaves', async () => {
    const { code, deliveries: [goats, cow] } = await helped({ kind: 'GOAT', quantity: 3, giver: 'Quán Cơm Bà Ví Dụ' }, { kind: 'COW', quantity: 1, anonymous: true })
    await onTelephone({ javaScriptEnabled: false }, async (page) => {
      await openNew(page, code)
      expect(page.url()).not.toContain(code)

      // Three goats were handed over; the household says two.
      await page.getByRole('link', { name: `${vi.home.answer} 3 con dê giống` }).click()
      await page.getByRole('link', { name: vi.answers.SHORT }).click()
      expect(await page.getByLabel('Số con đã nhận').inputValue()).toBe('2')
      await page.getByRole('button', { name: vi.howMany.less }).click()
      await expect.poll(() => page.getByLabel('Số con đã nhận').inputValue()).toBe('1') // the same field stands on the page before
      await page.getByRole('button', { name: vi.howMany.more }).click()
      await page.getByRole('button', { name: vi.howMany.next }).click()
      await page.getByText('Có nhưng thiếu, mới có 2 con').waitFor()
      await page.getByLabel(vi.check.note).fill('Một con bị ốm.')
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
      expect(path(page)).toBe(`/h/nhan/${goats}/bien-nhan`)
      expect(await page.locator('.receipt .number').textContent()).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/)
      expect(await answersTo(goats!)).toEqual([{ answer: 'SHORT', received: 2 }])

      // The cow never came; and then it did.
      await page.getByRole('link', { name: vi.goHome }).click()
      await page.getByRole('link', { name: `${vi.home.answer} 1 con bò giống sinh sản` }).click()
      await page.getByRole('link', { name: vi.answers.NOT_RECEIVED }).click()
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByText(vi.receipt.follows(3)[0]!).waitFor()
      await page.getByRole('link', { name: vi.home.answerAgain }).click()
      await page.getByRole('link', { name: vi.answers.FULL }).click()
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByText(vi.receipt.thanks[0]!).waitFor()
      expect(await answersTo(cow!)).toEqual([{ answer: 'NOT_RECEIVED', received: 0 }, { answer: 'FULL', received: 1 }])

      // Going back finds the answer given, and nothing to send twice.
      await page.goBack()
      await page.getByRole('heading', { name: vi.settled.title }).waitFor()

      await page.goto('/h')
      await page.getByRole('link', { name: vi.home.leave }).click()
      await page.getByRole('button', { name: vi.leave.leave }).click()
      await page.getByText(vi.code.left).waitFor()
      expect(await page.context().cookies()).toEqual([])
    })
  })

  it('a household takes what is matched for it, lets go of what it does not want, and confirms what comes', async () => {
    const { code, householdId, deliveries: [money] } = await helped({ kind: 'CASH_CAPITAL', quantity: 5_000_000 }, { kind: 'GOAT', quantity: 2, isComing: true }, { kind: 'PIG', quantity: 3, isComing: true })
    const matches = async () => (await world.owner.query(
      'select kind_code as kind, allocated::int, accepted_at is not null as accepted from allocation where household_id = $1 and dispatched = 0 order by kind_code', [householdId.split(':')[1]])).rows
    await onTelephone({ javaScriptEnabled: false }, async (page) => {
      await openNew(page, code)
      await page.getByRole('link', { name: `${vi.offer.title} 2 con dê giống` }).click()
      await page.getByRole('button', { name: vi.offer.take }).click()
      await page.getByRole('heading', { name: vi.offer.taken.title }).waitFor()
      await page.getByRole('link', { name: vi.goHome }).click()

      // Three pigs are too many for it: it thinks about it first, and then lets go.
      await page.getByRole('link', { name: `${vi.offer.title} 3 con lợn giống` }).click()
      await page.getByRole('link', { name: vi.offer.decline }).click()
      await page.getByRole('link', { name: vi.offer.keep }).click()
      expect(await matches()).toEqual([{ kind: 'GOAT', allocated: 2, accepted: true }, { kind: 'PIG', allocated: 3, accepted: false }])
      await page.getByRole('link', { name: `${vi.offer.title} 3 con lợn giống` }).click()
      await page.getByRole('link', { name: vi.offer.decline }).click()
      await page.getByRole('button', { name: vi.offer.reasons[1] }).click()
      await page.getByRole('heading', { name: vi.offer.declined.title }).waitFor()
      await page.getByRole('link', { name: vi.goHome }).click()
      await page.getByText(vi.offer.isTaken).waitFor()
      expect(await matches()).toEqual([{ kind: 'GOAT', allocated: 2, accepted: true }, { kind: 'PIG', allocated: 0, accepted: false }])

      await page.getByRole('link', { name: vi.home.answer }).click()
      await page.getByRole('link', { name: vi.answers.FULL }).click()
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
      expect(await answersTo(money!)).toEqual([{ answer: 'FULL', received: 5_000_000 }])
    })
  })

  it('a link that another site shows leads to the open slip, and not to the question for its code', async () => {
    const { code, headName } = await helped()
    await onTelephone({ javaScriptEnabled: false }, async (page) => {
      await openNew(page, code)
      await page.route('http://elsewhere.example/', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<a href="${world.url}/h">phiếu</a> <a href="${world.url}/h/${code}">mã</a>` }))
      for (const link of ['phiếu', 'mã']) {
        await page.goto('http://elsewhere.example/')
        await page.getByRole('link', { name: link }).click()
        if (link === 'mã') await page.getByRole('button', { name: vi.openThis.open }).click()
        await page.getByText(headName).waitFor()
        expect(page.url()).not.toContain(code)
      }
    })
  })

  it('a household finds its way by keys alone, in the order in which it reads', async () => {
    const { code, deliveries: [goats] } = await helped({ kind: 'GOAT', quantity: 3 })
    await onTelephone({ javaScriptEnabled: false }, async (page) => {
      const focused = () => page.locator(':focus')
      const tabTo = async (name: string) => {
        for (let i = 0; i < 20; i++) {
          await page.keyboard.press('Tab')
          if ((await focused().textContent())?.includes(name)) return
        }
        throw new Error(`no key leads to ${name}`)
      }
      await page.goto(`/h/${code}`)
      await page.getByLabel(vi.choosePin.label, { exact: true }).focus()
      await page.keyboard.type('280719')
      await page.keyboard.press('Tab')
      await page.keyboard.type('280719')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: vi.home.title }).waitFor()
      await tabTo(vi.home.answer)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: vi.question.title }).waitFor()
      await tabTo(vi.answers.FULL)
      await tabTo(vi.answers.SHORT)
      expect(await focused().evaluate((link) => getComputedStyle(link).outlineWidth)).toBe('3px')
      await page.keyboard.press('Enter')
      await page.getByLabel('Số con đã nhận').focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('1')
      // Enter goes on, though a button that takes one away stands before the field.
      await page.keyboard.press('Enter')
      await page.getByText('mới có 1 con').waitFor()
      await tabTo(vi.check.send)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
      expect(await answersTo(goats!)).toEqual([{ answer: 'SHORT', received: 1 }])
    })
  })
})

/** Calls back on each page and state, with what can stand on it. */
async function walk(page: Page, seen: (name: string) => Promise<void>) {
  const { code, householdId, deliveries: [goats, money, pigs, , buffaloes] } = await helped(
    { kind: 'GOAT', quantity: 4, giver: 'Hợp tác xã Chăn nuôi và Dịch vụ Tổng hợp Có Tên Rất Dài', detail: 'Ba con cái, một con đực', note: 'Nhận ở nhà văn hóa' },
    { kind: 'CASH_CAPITAL', quantity: 10_000_000, anonymous: true }, { kind: 'PIG', quantity: 2 }, { kind: 'VOCATIONAL_TRAINING', quantity: 1, isComing: true },
    { kind: 'BUFFALO', quantity: 2 })
  const at = async (address: string) => {
    await page.goto(address)
    await seen(address.replace(code, 'CODE').replace(/[0-9a-f-]{36}/, 'ID'))
  }
  await at('/h')
  await page.getByLabel(vi.code.label).fill('ABCD-EFGH')
  await page.getByRole('button', { name: vi.code.open }).click()
  await seen('a wrong code')
  await at(`/h/${code}`)
  await page.getByRole('button', { name: vi.choosePin.done }).click()
  await page.getByText(vi.notSixDigits).waitFor()
  await seen('wrong digits')
  await openNew(page, code)
  await seen('home')
  const offer = await page.locator('a[href^="/h/sap-den/"]').first().getAttribute('href')
  await at(offer!)
  await at(`${offer}/khong`)
  for (const address of [`/h/nhan/${goats}`, `/h/nhan/${goats}/bao-nhieu`, `/h/nhan/${money}/bao-nhieu?so=0`, `/h/nhan/${goats}/xem-lai?tra-loi=SHORT&so=2`, `/h/nhan/${money}/xem-lai?tra-loi=FULL`]) await at(address)
  for (const [delivery, answer] of [[goats, 'WRONG'], [money, 'FULL'], [pigs, 'NOT_RECEIVED'], [buffaloes, 'FULL']]) {
    await page.goto(`/h/nhan/${delivery}/xem-lai?tra-loi=${answer}`)
    await page.getByRole('button', { name: vi.check.send }).click()
    await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
    await seen(`a receipt for ${answer}`)
  }
  await page.goto('/h')
  const tell = await page.locator('a[href^="/h/ket-qua/"]').first().getAttribute('href')
  for (const query of ['', '/0?tra-loi=co', '/0?tra-loi=co&so=7', '/0?tra-loi=khong&so=1', '/0?tra-loi=khong&so=1&ly-do=R%C3%A9t', '/0?tra-loi=khong&so=1&ly-do=R%C3%A9t&nguoi-biet=x', '/0?tra-loi=co&so=2', '/5']) await at(tell + query)
  await page.goto(`${tell}/0?tra-loi=co&so=2`)
  await page.getByRole('button', { name: vi.check.send }).click()
  await page.getByRole('heading', { name: vi.tell.thanks.title }).waitFor()
  await seen('thanks for its own word')
  // It has left poverty, and passes help on.
  const { household } = await officer.ask(published('see-household'), { id: householdId })
  const { problem } = await officer.do('recordStatus', { householdId, version: household.version, status: 'NEWLY_ESCAPED', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM-2', decidedOn: '2026-06-20', effectiveOn: '2026-06-30', listYear: 2026 }, 'household { id }')
  expect(problem).toBeNull()
  for (const address of ['/h', '/h/giup-lai', '/h/giup-lai?loai=con-giong', '/h/giup-lai?loai=GOAT', '/h/giup-lai?loai=LABOUR&so=0', '/h/giup-lai?loai=GOAT&so=2']) await at(address)
  await page.getByRole('button', { name: vi.passing.promise }).click()
  await page.getByRole('heading', { name: vi.passing.thanks.title }).waitFor()
  await seen('thanks for a promise')
  for (const address of ['/h', `/h/nhan/${money}`, '/h/thoat', '/h/dong-y', '/h?ngon-ngu=en', `/h/nhan/${pigs}`, '/h?ngon-ngu=vi', '/h/nothing', '/h/not/hing']) await at(address)
  await page.context().clearCookies()
  await at(`/h/${code}`)
  for (let i = 0; i < 6; i++) {
    const digits = page.getByLabel(vi.givePin.label)
    if (!(await digits.isVisible())) break
    await digits.fill(`90817${i}`)
    await page.getByRole('button', { name: vi.givePin.open }).click()
    await page.getByText(i < 5 ? vi.givePin.wrong : vi.wait.title).waitFor()
  }
  await seen('a pause after wrong digits')
}

/** What axe finds on the page as it stands. */
const violationsOn = (page: Page): Promise<string[]> =>
  page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))')

/** What does not fit, and what is too small for a thumb, with letters of this size. */
const misfitsOn = (page: Page, letters: string): Promise<string[]> =>
  page.evaluate((size) => {
    document.documentElement.style.fontSize = size
    const cut = [...document.querySelectorAll('main *, footer *')].filter((part) => part.getBoundingClientRect().right > innerWidth + 1 && !part.closest('svg')).map((part) => `cut: ${part.outerHTML.slice(0, 80)}`)
    const small = [...document.querySelectorAll<HTMLElement>('.button:not(.listen), input:not([type=hidden])')].filter((part) => part.offsetHeight < 72).map((part) => `small: ${part.outerHTML.slice(0, 80)}`)
    const isWide = document.documentElement.scrollWidth > innerWidth
    document.documentElement.style.fontSize = ''
    return [...(isWide ? ['scrolls sideways'] : []), ...cut, ...small]
  }, letters)

describe('every page', () => {
  const WIDTHS = [360, 1280]
  const EYES = [
    ['on a telephone of 320 px', 320, '125%'],
    ['with letters twice as large', 360, '250%'],
    ['at 200 % zoom of a small laptop', 640, '125%'],
  ] as const
  const found = new Map<unknown, Record<string, string[]>>([...WIDTHS, ...EYES.map(([how]) => how)].map((way) => [way, {}]))
  let pages = 0

  // One walk, and each page is looked at in every way: making what can stand on them takes longer than looking.
  beforeAll(() => onTelephone({}, (page) => walk(page, async (name) => {
    pages++
    const keep = (way: unknown, faults: string[]) => {
      if (faults.length) found.get(way)![name] = faults
    }
    await page.evaluate(axe)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 })
      keep(width, await violationsOn(page))
    }
    for (const [how, width, letters] of EYES) {
      await page.setViewportSize({ width, height: 640 })
      keep(how, await misfitsOn(page, letters))
    }
    await page.setViewportSize({ width: 360, height: 740 })
  })))

  it('is looked at', () => expect(pages).toBeGreaterThan(20))
  it.each(WIDTHS)('has nothing that axe finds, %d px wide', (width) => expect(found.get(width)).toEqual({}))
  it.each(EYES)('shows everything %s, without sideways scrolling, with buttons of 72 px', (how) => expect(found.get(how)).toEqual({}))
})

describe('with a lost connection', () => {
  it('an answer stays on the telephone, survives leaving the page, and is sent once when the connection is back', async () => {
    const { code, deliveries: [goats] } = await helped({ kind: 'GOAT', quantity: 3 })
    await onTelephone({}, async (page) => {
      await openNew(page, code)
      await page.goto(`/h/nhan/${goats}/xem-lai?tra-loi=WRONG`)
      await page.getByLabel(vi.check.note).fill('Không phải dê cỏ')
      await disconnect(page)
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByText(vi.kept.waiting).waitFor()
      expect(await answersTo(goats!)).toEqual([])

      await page.goto('about:blank')
      await reconnect(page)
      await page.goto('/h')
      await page.getByText(vi.kept.sent).waitFor()
      await page.getByRole('link', { name: vi.kept.show }).click()
      await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
      expect(await answersTo(goats!)).toEqual([{ answer: 'WRONG', received: 0 }])
      expect(await page.evaluate(() => localStorage.length)).toBe(0)
    })
  })

  it('an answer that waits is sent without being asked, where the page stays open', async () => {
    const { code, deliveries: [goats] } = await helped({ kind: 'GOAT', quantity: 3 })
    await onTelephone({}, async (page) => {
      await openNew(page, code)
      await page.goto(`/h/nhan/${goats}/xem-lai?tra-loi=FULL`)
      await disconnect(page)
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByText(vi.kept.waiting).waitFor()
      await reconnect(page)
      await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
      expect(await answersTo(goats!)).toEqual([{ answer: 'FULL', received: 3 }])
    })
  })

  it('its own word on what it received waits on the telephone, too, and is recorded once', async () => {
    const { code, deliveries: [goats] } = await helped({ kind: 'GOAT', quantity: 3 })
    await onTelephone({}, async (page) => {
      await openNew(page, code)
      await page.goto(`/h/nhan/${goats}/xem-lai?tra-loi=FULL`)
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByRole('link', { name: vi.goHome }).click()
      await page.getByRole('link', { name: vi.tell.link }).click()
      await page.getByRole('link', { name: vi.tell.questions.LIVESTOCK_ALIVE!.yes }).click()
      await page.getByRole('button', { name: vi.howMany.next }).click()
      await page.getByRole('button', { name: vi.check.send }).waitFor()
      await disconnect(page)
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByText(vi.kept.waiting).waitFor()
      await reconnect(page)
      await page.getByRole('heading', { name: vi.tell.thanks.title }).waitFor()
      const { rows } = await world.owner.query(`select kind::text, quantity::int, by_household as own from outcome where allocation_id = (select allocation_id from delivery where id = $1)`, [goats])
      expect(rows).toEqual([{ kind: 'LIVESTOCK_ALIVE', quantity: 3, own: true }])
    })
  })

  it('an answer is never sent for the neighbour who opens another slip on the same telephone', async () => {
    const [mine, neighbour] = [await helped({ kind: 'GOAT', quantity: 3 }), await helped()]
    await onTelephone({}, async (page) => {
      await openNew(page, mine.code)
      await page.goto(`/h/nhan/${mine.deliveries[0]}/xem-lai?tra-loi=FULL`)
      await disconnect(page)
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByText(vi.kept.waiting).waitFor()
      await page.goto('about:blank')
      await reconnect(page)
      const sent: string[] = []
      page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname))
      await openNew(page, neighbour.code)
      expect(sent).toEqual(['/h/ma', '/h'])
      await page.goto(`/h/${mine.code}`)
      await page.getByRole('button', { name: vi.openThis.open }).click()
      await page.getByText(vi.kept.sent).waitFor()
      expect(await answersTo(mine.deliveries[0]!)).toEqual([{ answer: 'FULL', received: 3 }])
    })
  })
})

describe('with JavaScript', () => {
  it('an answer leads to the receipt, and what the hub has against it to a page that says so', async () => {
    const { code, householdId, deliveries: [goats, pigs] } = await helped({ kind: 'GOAT', quantity: 3 }, { kind: 'PIG', quantity: 2 })
    await onTelephone({}, async (page) => {
      await openNew(page, code)
      await page.goto(`/h/nhan/${goats}/xem-lai?tra-loi=FULL`)
      await page.getByRole('button', { name: vi.check.send }).dblclick()
      await page.getByRole('heading', { name: vi.receipt.title }).waitFor()
      expect(await answersTo(goats!)).toHaveLength(1)

      await page.goto(`/h/nhan/${pigs}/xem-lai?tra-loi=FULL`)
      await slipFor(officer, householdId)
      await page.getByRole('button', { name: vi.check.send }).click()
      await page.getByRole('heading', { name: vi.gone.title }).waitFor()
      expect(await answersTo(pigs!)).toEqual([])
      expect(await page.evaluate(() => localStorage.length)).toBe(0)
    })
  })

  it('the page is read aloud where the telephone has a voice for its language, and offers nothing where it has none', async () => {
    await onTelephone({}, async (page) => {
      await page.addInitScript(() => {
        const said: string[] = []
        const voices = [{ lang: 'vi-VN' }]
        Object.assign(window, {
          said,
          SpeechSynthesisUtterance: class { constructor(text: string) { said.push(text) } },
        })
        Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => voices, speak() {}, cancel() {}, addEventListener() {} } })
      })
      await page.goto('/h')
      await page.getByRole('button', { name: vi.listen }).click()
      expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([
        `${vi.code.title}. ${vi.code.lead.join('. ')}. ${vi.code.label}. ${vi.code.open}`])
      await page.getByRole('button', { name: vi.hush }).click()
      await page.getByRole('button', { name: vi.listen }).waitFor()
      await page.goto('/h?ngon-ngu=en')
      await page.getByRole('heading', { name: words.en.code.title }).waitFor()
      expect(await page.getByRole('button', { name: words.en.listen }).count()).toBe(0)
    })
  })
})
