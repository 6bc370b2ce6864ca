// A household that has left poverty passes help on: what, which, how many, is that right – one question a page.
import { randomUUID } from 'node:crypto'
import { BOUNDS } from '../../../../common/bounds.ts'
import type { Hub } from '../../access/hub.ts'
import { hasEscaped } from '../../features/households/rules.ts'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import { OWN_TO_GIVE, passHelpOn } from '../../features/pledges/passing-on.ts'
import { Failure } from '../../platform/failure.ts'
import { type Answering, type Asked, type Reply, missing } from './asked.ts'
import { countForm, countIn } from './counting.ts'
import { card, keptFor } from './home.ts'
import { type Html, html } from './html.ts'
import { type Page, before, hidden, notice } from './layout.ts'
import { opened } from './opening.ts'
import { type Picture, picture, pictureOf } from './pictures.ts'
import { readGivable, readHome } from './reads.ts'
import { type Kind, what } from './spoken.ts'

const HERE = '/h/giup-lai'
const addressOf = (query: Record<string, string> = {}) => {
  const asked = new URLSearchParams(query).toString()
  return `${HERE}${asked && `?${asked}`}`
}

/** For a household that has left poverty. */
const ofHelper = (show: (asked: Asked, kinds: Map<string, Kind>, hub: Hub) => Reply | Promise<Reply>): Answering =>
  opened(async (asked, hub) => {
    const { household } = await readHome(hub)
    if (!hasEscaped(household.status)) return missing(asked.words)
    return show(asked, new Map((await readGivable(hub, Object.values(OWN_TO_GIVE).flat())).map((kind) => [kind.code, kind])), hub)
  })

const isStock = ({ code }: Kind) => (OWN_TO_GIVE.stock as readonly string[]).includes(code)

const choice = (href: string, image: Picture, says: string): Html => html`<a class="button choice" href="${href}">${picture(image)}<span>${says}</span></a>`

/** What is promised, when it is all there; or the page that asks for the next piece of it. */
function promiseIn(form: URLSearchParams, asked: Asked, kinds: Map<string, Kind>, hub: Hub): { kind: Kind; quantity: bigint } | Page {
  const { words, language } = asked
  const said = words.passing
  const page = (title: string, back: string, body: Html, wrong?: string): Page =>
    ({ status: wrong ? 422 : 200, title, isWrong: wrong !== undefined, here: addressOf(Object.fromEntries(form)), keptFor: keptFor(hub), body: html`${before(back, words)}<h1>${title}</h1>${body}` })
  const kind = kinds.get(form.get('loai') ?? '')
  if (!kind && form.get('loai') === 'con-giong') {
    const stock = OWN_TO_GIVE.stock.map((code) => kinds.get(code)!)
    return page(said.which, HERE, html`<div class="buttons">${stock.map((each) => choice(addressOf({ loai: each.code }), pictureOf(each), language === 'vi' ? each.name : each.nameEn))}</div>`)
  }
  if (!kind) {
    return page(said.title, '/h', html`<div class="buttons">${choice(addressOf({ loai: 'con-giong' }), 'goat', said.stock)}${choice(addressOf({ loai: 'KNOW_HOW' }), 'course', said.knowHow)}${
      choice(addressOf({ loai: 'LABOUR' }), 'house', said.labour)}</div><p class="honest">${said.free}</p>`)
  }
  const { most } = BOUNDS.passedOn
  const count = countIn(form, { first: 1n, most, kind }, asked)
  if ('number' in count) return { kind, quantity: count.number }
  const unit = language === 'vi' ? kind.unitName : kind.unitNameEn
  return page(said.howMany(unit), addressOf(isStock(kind) ? { loai: 'con-giong' } : {}),
    countForm({ action: HERE, label: words.tell.count(unit), most, count, carried: { loai: kind.code } }, asked), count.wrong)
}

export const askPromise = ofHelper((asked, kinds, hub) => {
  const promise = promiseIn(asked.query, asked, kinds, hub)
  return 'kind' in promise ? checkPage(asked, promise, hub) : promise
})

function checkPage({ words, language }: Asked, { kind, quantity }: { kind: Kind; quantity: bigint }, hub: Hub): Page {
  const fields = { loai: kind.code, so: String(quantity) }
  return {
    title: words.check.title, here: addressOf(fields), keptFor: keptFor(hub),
    body: html`${before(addressOf({ loai: kind.code }), words)}<h1>${words.check.title}</h1>${card({ help: { kind, quantity }, more: html`<p>${words.passing.meaning}</p>` }, { words, language }, 'h2')}<form method="post" action="${HERE}">${
      hidden({ khoa: randomUUID(), ...fields })}<button class="button main">${words.passing.promise}</button></form><a class="button plain" href="${HERE}">${words.check.change}</a>`,
  }
}

/** Makes the promise. Pressing twice is harmless: the form has a key. */
export const takePromise = ofHelper(async (asked, kinds, hub) => {
  const { words, language, form } = asked
  const promise = promiseIn(form, asked, kinds, hub)
  if (!('kind' in promise)) return promise
  const { kind, quantity } = promise
  const home = html`<a class="button main" href="/h">${words.goHome}</a>`
  try {
    const { followCode } = await passHelpOn(hub, { kind: kind.code, quantity, idempotencyKey: form.get('khoa') ?? '' })
    const { title, lead, number } = words.passing.thanks
    return {
      title, keptFor: keptFor(hub),
      body: html`${notice(title, 'sprout', lead(what(quantity, kind, language)), html`<div class="receipt"><p>${number}</p><p class="number">${codeInGroups(followCode)}</p><p class="hint">${words.receipt.keep}</p></div>${home}`)}`,
    }
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.kind !== 'Conflict') throw failure
    return { status: 409, title: words.passing.wait, body: notice(words.passing.wait, 'clock', [failure.sentence[language]], home) }
  }
})
