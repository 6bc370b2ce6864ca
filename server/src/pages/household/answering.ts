// One delivery, one question after the other: did it arrive, how much of it, is that right – and the receipt.
import { randomUUID } from 'node:crypto'
import { readNumber } from '../../../../common/number-in.ts'
import type { Hub } from '../../access/hub.ts'
import { confirmReceipt } from '../../features/deliveries/commands.ts'
import { MAX_NOTE, type ReceiptAnswer } from '../../features/deliveries/rules.ts'
import { Failure } from '../../platform/failure.ts'
import { type Answering, type Asked, type Reply, missing } from './asked.ts'
import { type Count, countForm, countIn, understood } from './counting.ts'
import { type Say, about, card, keptFor } from './home.ts'
import { html, isolated } from './html.ts'
import { type Page, before, hidden, lead, notice } from './layout.ts'
import { type Sign, picture, sign } from './pictures.ts'
import { opened } from './opening.ts'
import { type Delivery, readDelivery } from './reads.ts'
import { amount, receiptCode, stepOf, unitOf, what } from './spoken.ts'

type OfDelivery = (asked: Asked, delivery: Delivery, hub: Hub) => Reply | Promise<Reply>

/** A page about one delivery to this household. */
const ofDelivery = (show: OfDelivery): Answering =>
  opened(async (asked, hub) => {
    const delivery = await readDelivery(hub, asked.params[0]!)
    return delivery ? show(asked, delivery, hub) : missing(asked.words)
  })

/** A page that goes on to an answer: what was confirmed in full stays so. */
const stillOpen = (show: OfDelivery): Answering =>
  ofDelivery((asked, delivery, hub) => (delivery.answer === 'FULL' ? settledPage(asked, delivery) : show(asked, delivery, hub)))

const addressOf = ({ id }: Delivery, page = '', query: Record<string, string> = {}) => {
  const asked = new URLSearchParams(query).toString()
  return `/h/nhan/${id}${page && `/${page}`}${asked && `?${asked}`}`
}

// ── did it arrive? ──────────────────────────────────────────────────────────────────────────────────────────────────

const choices: { answer: ReceiptAnswer; look: string; sign: Sign }[] = [
  { answer: 'FULL', look: 'ok', sign: 'yes' },
  { answer: 'SHORT', look: 'warn', sign: 'short' },
  { answer: 'WRONG', look: 'warn', sign: 'wrong' },
  { answer: 'NOT_RECEIVED', look: 'danger', sign: 'no' },
]

export const askReceived = stillOpen(({ words, language }, delivery, hub) => {
  const { title, agreed, note, bringer, witness } = words.question
  const known = [[agreed, delivery.detail], [note, delivery.note], [bringer, delivery.bringer], [witness, delivery.witnessName]].filter(([, text]) => text)
  const more = html`${about(delivery, { words, language })}${known.map(([label, text]) => html`<p>${label} <strong>${isolated(text!)}</strong></p>`)}`
  // Of one thing there can be no part.
  const offered = choices.filter(({ answer }) => answer !== 'SHORT' || delivery.quantity > 1n)
  return {
    title,
    keptFor: keptFor(hub),
    body: html`${before('/h', words, words.step(1, 2))}<h1>${title}</h1>${card({ help: delivery, more }, { words, language }, 'h2')}
<div class="buttons">${offered.map(({ answer, look, sign: shown }) =>
  html`<a class="button ${look}" href="${answer === 'SHORT' ? addressOf(delivery, 'bao-nhieu') : addressOf(delivery, 'xem-lai', { 'tra-loi': answer })}">${sign(shown)}${words.answers[answer]}</a>`)}</div>
<p class="honest">${words.honest}</p>`,
  }
})

// ── how much of it? ─────────────────────────────────────────────────────────────────────────────────────────────────

export const askHowMany = stillOpen((asked, delivery, hub) => {
  const { quantity } = delivery
  if (quantity === 1n) return { to: addressOf(delivery) }
  const most = quantity - 1n
  const count = countIn(asked.query, { first: delivery.received || quantity - stepOf(quantity), most, kind: delivery.kind }, asked)
  return 'number' in count ? { to: addressOf(delivery, 'xem-lai', { 'tra-loi': 'SHORT', so: String(count.number) }) } : howManyPage(asked, delivery, hub, count)
})

const isPart = (number: bigint, { quantity }: Delivery) => number > 0n && number < quantity

function howManyPage(asked: Asked, delivery: Delivery, hub: Hub, count: Exclude<Count, { number: bigint }>): Page {
  const { words, language } = asked
  const { kind, quantity } = delivery
  const unit = language === 'vi' ? kind.unitName : kind.unitNameEn
  const [title, label] = kind.unit === 'VND' ? [words.howMany.titleOfMoney, words.howMany.labelOfMoney] : [words.howMany.title(unit), words.howMany.label(unit)]
  const form = countForm({ action: addressOf(delivery, 'bao-nhieu'), label, most: quantity - 1n, count }, asked)
  return {
    status: count.wrong ? 422 : 200, title, isWrong: count.wrong !== undefined, keptFor: keptFor(hub),
    body: html`${before(addressOf(delivery), words, words.step(1, 2))}<h1>${title}</h1><p>${words.howMany.promised(what(quantity, kind, language))}</p>
${form}`,
  }
}

// ── is that right? ──────────────────────────────────────────────────────────────────────────────────────────────────

interface Answer {
  answer: ReceiptAnswer
  /** Of SHORT. */
  received: bigint | null
  note: string
}

/** The answer that an address or a form holds; null when it fits no delivery of this quantity. */
function answerIn(form: URLSearchParams, delivery: Delivery): Answer | null {
  const said = choices.find(({ answer }) => answer === form.get('tra-loi'))
  if (!said) return null
  const note = form.get('loi-nhan') ?? ''
  if (said.answer !== 'SHORT') return { answer: said.answer, received: null, note }
  const reading = readNumber(form.get('so') ?? '', unitOf(delivery.kind))
  return reading.is === 'number' && isPart(reading.value, delivery) ? { answer: 'SHORT', received: reading.value, note } : null
}

const queryOf = ({ answer, received, note }: Answer): Record<string, string> =>
  ({ 'tra-loi': answer, ...(received === null ? {} : { so: String(received) }), ...(note ? { 'loi-nhan': note } : {}) })

const inWords = ({ answer, received }: Pick<Answer, 'answer' | 'received'>, { kind }: Delivery, { words, language }: Say): string =>
  answer === 'SHORT' ? `${words.answers.SHORT}, ${words.check.noMoreThan(amount(received!, kind, language))}` : words.answers[answer]

export const checkAnswer = stillOpen((asked, delivery, hub) => {
  const given = answerIn(asked.query, delivery)
  return given ? checkPage(asked, delivery, hub, given) : { to: addressOf(delivery) }
})

function checkPage({ words, language }: Asked, delivery: Delivery, hub: Hub, given: Answer, wrong?: string): Page {
  const { answer, received, note } = given
  const noteField = html`<div class="field"><label for="loi-nhan">${words.check.note}</label>${
    wrong ? html`<p class="wrong" id="loi-nhan-about">${words.error}${wrong}</p>` : html`<p class="hint" id="loi-nhan-about">${words.check.noteHint}</p>`}<textarea id="loi-nhan" name="loi-nhan" rows="3" maxlength="${MAX_NOTE}" aria-describedby="loi-nhan-about"${
    wrong && html` aria-invalid="true" autofocus`}>${note}</textarea></div>`
  return {
    status: wrong ? 422 : 200, title: words.check.title, isWrong: wrong !== undefined, here: addressOf(delivery, 'xem-lai', queryOf(given)), keptFor: keptFor(hub),
    body: html`${before(answer === 'SHORT' ? addressOf(delivery, 'bao-nhieu', { so: String(received), doi: '' }) : addressOf(delivery), words, words.step(2, 2))}<h1>${words.check.title}</h1>${
      card({ help: delivery, more: html`<p>${words.check.answered} <strong>${inWords(given, delivery, { words, language })}</strong></p>${received !== null && understood(received, delivery.kind, { language })}` }, { words, language }, 'h2')}
<form method="post" action="${addressOf(delivery)}" data-keep>${hidden({ khoa: randomUUID(), 'tra-loi': answer, so: received === null ? null : String(received) })}${
  answer !== 'FULL' && noteField}<p class="honest">${words.honest}</p><button class="button main">${words.check.send}</button></form><a class="button plain" href="${addressOf(delivery)}">${words.check.change}</a>`,
  }
}

/** Records the answer. The form's key makes pressing twice, or sending again after a lost connection, harmless. */
export const takeAnswer: Answering = (asked) =>
  opened(async ({ form, words, language }, hub) => {
    const delivery = await readDelivery(hub, asked.params[0]!)
    if (!delivery) return missing(words)
    const given = answerIn(form, delivery)
    if (!given) return { to: addressOf(delivery) }
    try {
      await confirmReceipt(hub, { deliveryId: `Delivery:${delivery.id}`, ...given, idempotencyKey: form.get('khoa') ?? '' })
      return { to: addressOf(delivery, 'bien-nhan') }
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      if (failure.code === 'ALREADY_CONFIRMED' || failure.code === 'KEY_USED_FOR_OTHER_INPUT') return settledPage(asked, delivery)
      if (failure.field === 'note') return checkPage(asked, delivery, hub, given, failure.code === 'TOO_LONG' ? words.check.noteTooLong : failure.sentence[language])
      if (failure.kind === 'InvalidInput') return checkPage(asked, delivery, hub, given)
      throw failure
    }
  })({ ...asked, address: `/h/nhan/${asked.params[0]}/xem-lai?${asked.form}` })

// ── the receipt ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const showReceipt = ofDelivery(({ words, language }, delivery, hub) => {
  const { answer, received, receiptId } = delivery
  if (answer === null || receiptId === null) return { to: addressOf(delivery) }
  const said = words.receipt
  const isFull = answer === 'FULL'
  return {
    title: said.title,
    keptFor: keptFor(hub),
    body: html`<div class="hero">${picture('sprout')}<h1>${said.title}</h1></div><div class="receipt"><p>${said.number}</p><p class="number">${receiptCode(receiptId)}</p><p class="hint">${said.keep}</p></div>
${card({ help: delivery, more: html`<p>${said.answered} <strong>${inWords({ answer, received }, delivery, { words, language })}</strong></p>` }, { words, language }, 'h2')}
${lead(isFull ? said.thanks : said.follows(hub.config.followUpWithinDays))}<div class="buttons"><a class="button main" href="/h">${words.goHome}</a>${
  !isFull && html`<a class="button" href="${addressOf(delivery)}">${words.home.answerAgain}</a>`}</div>`,
  }
})

function settledPage({ words }: Asked, delivery: Delivery): Page {
  const next = html`<a class="button main" href="/h">${words.goHome}</a>${delivery.receiptId && html`<a class="button" href="${addressOf(delivery, 'bien-nhan')}">${words.kept.show}</a>`}`
  return { status: 409, title: words.settled.title, body: notice(words.settled.title, 'sprout', words.settled.lead, next) }
}
