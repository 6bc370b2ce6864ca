// "Nhà mình được giúp gì?": what waits for an answer first, then what is coming, what is being looked into, and what has arrived.
import type { Hub } from '../../access/hub.ts'
import { hasEscaped } from '../../features/households/rules.ts'
import { isTimeToAsk, openQuestions } from '../../features/outcomes/rules.ts'
import { asDate, dayInVietNam } from '../../platform/day.ts'
import { aboutAnimal, animalLink } from './animal.ts'
import type { Asked } from './asked.ts'
import { type Html, html, isolated } from './html.ts'
import { type Page, householdTag, lead } from './layout.ts'
import { offerLink } from './offer.ts'
import { picture, pictureOf, sign } from './pictures.ts'
import { type Coming, type Delivery, type Handover, type Help, type Home, type Kept, type Told, readHome } from './reads.ts'
import { amount, day, what } from './spoken.ts'
import type { Language, Words } from './words.ts'

export async function showHome({ words, language }: Asked, hub: Hub): Promise<Page> {
  const home = await readHome(hub)
  const said = words.home
  const say = { words, language }
  const waiting = home.deliveries.filter((delivery) => delivery.answer === null)
  const received = home.deliveries.filter((delivery) => delivery.answer === 'FULL')
  const told = home.deliveries.filter((delivery) => delivery.answer !== null && delivery.answer !== 'FULL')
  const today = dayInVietNam()
  const open = home.toTell.filter((told) => openQuestions(told, today).length > 0)
  const due = open.filter((told) => isTimeToAsk(told, today)).slice(0, QUESTIONS_SHOWN)
  const later = new Map(open.filter((told) => !due.includes(told)).map((told) => [told.id, told]))
  const groups = [
    group(said.asks, [...waiting.map((delivery) => askCard(delivery, say)), ...home.handovers.filter(({ answer }) => answer === null).map((handover) => askAnimalCard(handover, say)), ...due.map((told) => dueCard(told, say))]),
    group(said.coming, home.coming.map((coming) => comingCard(coming, say))),
    group(said.told, [...told.map((delivery) => toldCard(delivery, later.get(delivery.allocationId), say)), ...home.handovers.filter(({ answer }) => answer !== null).map((handover) => toldAnimalCard(handover, say))]),
    group(words.animal.kept, home.kept.map((kept) => keptCard(kept, say))),
    group(said.received, [...received.map((delivery) => receivedCard(delivery, later.get(delivery.allocationId), say)), ...(home.earlier ? [html`<p class="muted">${said.more(home.earlier)}</p>`] : [])]),
    group(said.wanted, home.wanted.map((help) => card({ help }, say))),
    group(said.given, home.given.map((help) => card({ help, badge: html`<p class="badge ${help.state === 'VERIFIED' ? 'ok' : 'warn'}">${said.promised[help.state]}</p>` }, say))),
  ].filter((section) => section !== null)
  return {
    title: said.title,
    keptFor: keptFor(hub),
    body: html`${family(home, words)}<h1>${said.title}</h1>${groups.length ? groups : empty(words)}${hasEscaped(home.household.status) && passOn(words)}
<div class="muted small">${lead(said.privacy)}</div><nav class="links" aria-label="${words.site}">${home.hasPhotos && html`<a href="/h/anh">${words.photos.title}</a>`}<a href="/h/dong-y">${words.consent.link}</a><a href="/h/ma">${said.otherSlip}</a><a href="/h/thoat">${said.leave}</a></nav>`,
  }
}

/** As many as one answers without tiring. */
const QUESTIONS_SHOWN = 3

/** Tells this household's answers on a shared device from another's. */
export const keptFor = (hub: Hub) => householdTag(hub.viewer.households[0]!)

/** What both the home page and the question say of one help. */
export interface Say {
  words: Words
  language: Language
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const family = ({ household }: Home, words: Words) =>
  html`${household.isDemo && html`<p class="notice small">${words.demo}</p>`}<p class="who">${words.home.family} <strong>${isolated(household.headName)}</strong> · ${household.place}</p>`

const empty = (words: Words) =>
  html`<section class="card"><div class="hero">${picture('house')}<h2>${words.home.none}</h2></div>${lead(words.home.noneLead)}</section>`

/** For those who have left poverty. */
const passOn = (words: Words) =>
  html`<section class="card"><div class="what">${picture('sprout')}<div><h2>${words.passing.invite}</h2></div></div><a class="button" href="/h/giup-lai">${words.passing.link}</a></section>`

const group = (title: string, cards: Html[]) => (cards.length ? html`<section class="group"><h2>${title}</h2>${cards}</section>` : null)

interface Card {
  help: Pick<Help, 'kind' | 'quantity'>
  /** Beside the picture, below what it is. */
  badge?: Html
  more?: Html
  /** What can be done about it. */
  action?: Html
  isAsking?: boolean
}

export const card = ({ help, badge, more, action, isAsking }: Card, { language }: Say, level: 'h2' | 'h3' = 'h3') => {
  const title = capital(what(help.quantity, help.kind, language))
  return html`<article class="card${isAsking && ' ask'}"><div class="what">${picture(pictureOf(help.kind))}<div>${level === 'h2' ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}${badge}</div><div class="more">${more}</div></div>${action}</article>`
}

const from = (help: Help, { words }: Say) => html`<p>${help.giver === null ? words.home.fromUnnamed : words.home.from(isolated(help.giver))}</p>`

const handedOver = (delivery: Delivery, { words, language }: Say) =>
  html`<p>${words.home.handedOver} <strong>${day(delivery.handedOverAt, language)}</strong> ${words.home.at} ${delivery.place}.</p>`

export const about = (delivery: Delivery, say: Say) => html`${from(delivery, say)}${handedOver(delivery, say)}`

const askCard = (delivery: Delivery, say: Say) =>
  card({ help: delivery, more: about(delivery, say), action: answerLink(delivery, say.words.home.answer, 'main', say), isAsking: true }, say)

const comingCard = (coming: Coming, say: Say) =>
  card({ help: coming, more: html`${from(coming, say)}${coming.expectedOn && html`<p>${say.words.home.expected} <strong>${day(coming.expectedOn, say.language)}</strong>.</p>`}`, action: offerLink(coming, say, what(coming.quantity, coming.kind, say.language)) }, say)

/** The household's own words, from its latest answer. */
const answerSaid = ({ answer, received, kind }: Delivery, { words, language }: Say): string =>
  answer === 'SHORT' ? words.told.SHORT(amount(received, kind, language)) : answer === null ? '' : words.told[answer]

const toldCard = (delivery: Delivery, came: Told | undefined, say: Say) =>
  card({
    help: delivery, badge: html`<p class="badge warn">${answerSaid(delivery, say)}</p>`, more: html`${byProxy(delivery, say)}${about(delivery, say)}`,
    action: html`${answerLink(delivery, say.words.home.answerAgain, null, say)}${came && delivery.received > 0n && tellLink(came, null, say)}`,
  }, say)

const receivedCard = (delivery: Delivery, told: Told | undefined, say: Say) =>
  card({
    help: delivery, badge: html`<p class="badge ok">${sign('yes')}${say.words.told.FULL}</p>`, more: html`${byProxy(delivery, say)}${about(delivery, say)}`,
    ...(told && { action: tellLink(told, null, say) }),
  }, say)

const dueCard = (told: Told, say: Say) => card({ help: told, more: from(told, say), action: tellLink(told, 'main', say), isAsking: true }, say)

const tellLink = ({ id, quantity, kind }: Told, look: string | null, { words, language }: Say) =>
  html`<a class="button ${look}" href="/h/ket-qua/${id}">${words.tell.link}<span class="enter"> ${what(quantity, kind, language)}</span></a>`

/** Several such buttons stand on one page, so whoever hears them alone hears what each is about. */
const answerLink = ({ id, quantity, kind }: Delivery, says: string, look: string | null, { language }: Say) =>
  html`<a class="button ${look}" href="/h/nhan/${id}">${says}<span class="enter"> ${what(quantity, kind, language)}</span></a>`

const byProxy = ({ isByProxy }: Pick<Delivery, 'isByProxy'>, { words }: Say) => isByProxy && html`<p>${words.home.byProxy}</p>`

// ── animals that go from household to household ─────────────────────────────────────────────────────────────────────

const askAnimalCard = (handover: Handover, say: Say) =>
  card({ help: handover, more: aboutAnimal(handover, say), action: animalLink(handover, say), isAsking: true }, say)

const toldAnimalCard = (handover: Handover, say: Say) =>
  card({ help: handover, badge: html`<p class="badge warn">${say.words.animal.told[handover.answer!]}</p>`, more: html`${byProxy(handover, say)}${aboutAnimal(handover, say)}` }, say)

function keptCard({ kind, tag, isOwn, duty, calfTag }: Kept, say: Say): Html {
  const { words, language } = say
  const said = (date: string | null) => (date ? day(asDate(date), language) : '')
  const badge = isOwn ? html`<p class="badge ok">${words.animal.own}</p>` : html`<p>${words.animal.lent}</p>`
  const owed = duty && html`<p>${words.animal.duty[duty.state]({ tag: calfTag ?? '', from: said(duty.from), by: said(duty.by) })}</p>${!isOwn && duty.ownedFrom && html`<p>${words.animal.ownedFrom(said(duty.ownedFrom))}</p>`}`
  return card({ help: { kind, quantity: 1n }, badge, more: html`<p>${words.animal.tag} <strong>${tag}</strong></p>${owed}` }, say)
}
