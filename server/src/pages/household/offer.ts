// What is matched for a household and not handed over yet: it says that it takes it, or lets it go, one question a page.
import { randomUUID } from 'node:crypto'
import type { Hub } from '../../access/hub.ts'
import { MAX_NOTE } from '../../features/deliveries/rules.ts'
import { acceptAllocation, releaseAllocation } from '../../features/matching/commands.ts'
import { type Answering, type Asked, type Reply, missing } from './asked.ts'
import { card, keptFor } from './home.ts'
import { html, isolated } from './html.ts'
import { before, hidden, notice } from './layout.ts'
import { opened } from './opening.ts'
import { sign } from './pictures.ts'
import { type Coming, readComing } from './reads.ts'
import { day, money } from './spoken.ts'

const addressOf = ({ id }: Coming, page = '') => `/h/sap-den/${id}${page}`

/** A page about one thing that is still to come to this household. */
const ofComing = (show: (asked: Asked, coming: Coming, hub: Hub) => Reply | Promise<Reply>): Answering =>
  opened(async (asked, hub) => {
    const coming = await readComing(hub, asked.params[0]!)
    return coming ? show(asked, coming, hub) : missing(asked.words)
  })

const aboutIt = (coming: Coming, { words, language }: Asked) =>
  card({ help: coming, more: html`<p>${coming.giver === null ? words.home.fromUnnamed : words.home.from(isolated(coming.giver))}</p>${terms(coming, { words, language })}` }, { words, language }, 'h2')

/** What the household must know of a job, or of a promise to buy, before it answers. */
function terms({ workplace, wage, startsOn, product, floorPrice, seasonTo }: Coming, { words: { offer }, language }: Pick<Asked, 'words' | 'language'>) {
  return html`${workplace !== null && wage !== null && startsOn !== null && html`<p>${offer.work(workplace, day(startsOn, language))}</p><p>${offer.wage(money(wage, language))}</p>`}${
    product !== null && floorPrice !== null && seasonTo !== null && html`<p>${offer.buys(product, day(seasonTo, language))}</p><p>${offer.floorPrice(money(floorPrice, language))}</p>`}`
}

export const askAccept = ofComing((asked, coming, hub) => {
  const { words } = asked
  return {
    title: words.offer.title, keptFor: keptFor(hub),
    body: html`${before('/h', words)}<h1>${words.offer.title}</h1>${aboutIt(coming, asked)}<form method="post" action="${addressOf(coming)}">${hidden({ khoa: randomUUID() })}<div class="buttons"><button class="button ok">${
      sign('yes')}${words.offer.take}</button><a class="button danger" href="${addressOf(coming, '/khong')}">${sign('no')}${words.offer.decline}</a></div></form><p class="honest">${words.offer.free}</p>`,
  }
})

export const askWhyNot = ofComing((asked, coming, hub) => {
  const { words } = asked
  return {
    title: words.offer.why, keptFor: keptFor(hub),
    body: html`${before(addressOf(coming), words)}<h1>${words.offer.why}</h1>${aboutIt(coming, asked)}<form method="post" action="${addressOf(coming, '/khong')}">${hidden({ khoa: randomUUID() })}<div class="buttons">${
      words.offer.reasons.map((reason) => html`<button class="button" name="ly-do" value="${reason}">${reason}</button>`)}</div></form><a class="button plain" href="/h">${words.offer.keep}</a>`,
  }
})

/** Pressing twice is harmless: the form has a key. */
const done = (does: (hub: Hub, coming: Coming, form: URLSearchParams) => Promise<unknown>, says: 'taken' | 'declined') => ofComing(async (asked, coming, hub) => {
  const { words, form } = asked
  await does(hub, coming, form)
  const said = words.offer[says]
  return { title: said.title, keptFor: keptFor(hub), body: notice(said.title, says === 'taken' ? 'sprout' : 'house', said.lead, html`<a class="button main" href="/h">${words.goHome}</a>`) }
})

const idOf = ({ id }: Coming) => `Allocation:${id}`

export const takeOffer = done((hub, coming, form) => acceptAllocation(hub, { allocationId: idOf(coming), idempotencyKey: form.get('khoa') ?? '' }), 'taken')
export const declineOffer = done((hub, coming, form) =>
  releaseAllocation(hub, { allocationId: idOf(coming), reason: (form.get('ly-do') ?? '').slice(0, MAX_NOTE), idempotencyKey: form.get('khoa') ?? '' }), 'declined')

/** On the home page, beside what is coming. */
export const offerLink = (coming: Coming, { words }: Pick<Asked, 'words'>, of: string) =>
  coming.acceptedAt ? html`<p class="badge ok">${sign('yes')}${words.offer.isTaken}</p>` : html`<a class="button" href="${addressOf(coming)}">${words.offer.title}<span class="enter"> ${of}</span></a>`
