// An animal of another household's herd that was brought here: did it come, and is it well? One question a page, without a script.
import { randomUUID } from 'node:crypto'
import type { Hub } from '../../access/hub.ts'
import { confirmAnimal } from '../../features/herds/commands.ts'
import type { HandoverAnswer } from '../../features/herds/rules.ts'
import { Failure } from '../../platform/failure.ts'
import { type Answering, type Asked, type Reply, missing } from './asked.ts'
import { type Say, card, keptFor } from './home.ts'
import { html, isolated } from './html.ts'
import { type Page, before, hidden, lead, notice } from './layout.ts'
import { opened } from './opening.ts'
import { type Sign, picture, sign } from './pictures.ts'
import { type Handover, readHandover } from './reads.ts'
import { day, receiptCode, what } from './spoken.ts'

type OfHandover = (asked: Asked, handover: Handover, hub: Hub) => Reply | Promise<Reply>

/** A page about one animal that was brought to this household. */
const ofHandover = (show: OfHandover): Answering =>
  opened(async (asked, hub) => {
    const handover = await readHandover(hub, asked.params[0]!)
    return handover ? show(asked, handover, hub) : missing(asked.words)
  })

/** A page that goes on to an answer, which is given once. */
const stillOpen = (show: OfHandover): Answering =>
  ofHandover((asked, handover, hub) => (handover.answer === null ? show(asked, handover, hub) : settledPage(asked, handover)))

const addressOf = ({ id }: Handover, page = '') => `/h/con-giong/${id}${page}`

/** On the home page, beside what was brought. */
export const animalLink = (handover: Handover, { words, language }: Say) =>
  html`<a class="button main" href="${addressOf(handover)}">${words.home.answer}<span class="enter"> ${what(1n, handover.kind, language)}, ${words.animal.tag} ${handover.tag}</span></a>`

export const aboutAnimal = (handover: Handover, { words, language }: Say) =>
  html`<p>${words.animal.tag} <strong>${handover.tag}</strong>, ${words.animal.sex[handover.sex]}.</p><p>${words.animal.brought} <strong>${day(handover.handedOn, language)}</strong> ${words.home.at} ${handover.place}.</p>`

const choices: { answer: HandoverAnswer; look: string; sign: Sign }[] = [
  { answer: 'RECEIVED', look: 'ok', sign: 'yes' },
  { answer: 'ILL', look: 'warn', sign: 'short' },
  { answer: 'WRONG', look: 'warn', sign: 'wrong' },
  { answer: 'NOT_RECEIVED', look: 'danger', sign: 'no' },
]
const answerIn = (form: URLSearchParams) => choices.find(({ answer }) => answer === form.get('tra-loi'))?.answer ?? null

export const askAnimal = stillOpen((asked, handover, hub) => {
  const { words } = asked
  const { title, bringer, witness } = words.question
  const known = [[bringer, handover.bringer], [witness, handover.witnessName]].filter(([, text]) => text)
  const more = html`${aboutAnimal(handover, asked)}${known.map(([label, text]) => html`<p>${label} <strong>${isolated(text!)}</strong></p>`)}`
  return {
    title, keptFor: keptFor(hub),
    body: html`${before('/h', words, words.step(1, 2))}<h1>${title}</h1>${card({ help: handover, more }, asked, 'h2')}<div class="buttons">${choices.map(({ answer, look, sign: shown }) =>
      html`<a class="button ${look}" href="${addressOf(handover, `/xem-lai?tra-loi=${answer}`)}">${sign(shown)}${words.animal.answers[answer]}</a>`)}</div><p class="honest">${words.honest}</p>`,
  }
})

export const checkAnimal = stillOpen((asked, handover, hub) => {
  const { words, query } = asked
  const answer = answerIn(query)
  if (!answer) return { to: addressOf(handover) }
  const more = html`${aboutAnimal(handover, asked)}<p>${words.check.answered} <strong>${words.animal.answers[answer]}</strong></p>`
  return {
    title: words.check.title, keptFor: keptFor(hub),
    body: html`${before(addressOf(handover), words, words.step(2, 2))}<h1>${words.check.title}</h1>${card({ help: handover, more }, asked, 'h2')}
<form method="post" action="${addressOf(handover)}" data-keep>${hidden({ khoa: randomUUID(), 'tra-loi': answer })}<p class="honest">${words.honest}</p><button class="button main">${words.check.send}</button></form><a class="button plain" href="${
      addressOf(handover)}">${words.check.change}</a>`,
  }
})

/** Records the answer. The form's key makes pressing twice, or sending again after a lost connection, harmless. */
export const takeAnimal: Answering = (asked) =>
  opened(async ({ form, words }, hub) => {
    const handover = await readHandover(hub, asked.params[0]!)
    if (!handover) return missing(words)
    const answer = answerIn(form)
    if (!answer) return { to: addressOf(handover) }
    try {
      await confirmAnimal(hub, { handoverId: `AnimalHandover:${handover.id}`, answer, idempotencyKey: form.get('khoa') ?? '' })
      return { to: addressOf(handover, '/bien-nhan') }
    } catch (failure) {
      if (failure instanceof Failure && (failure.code === 'ALREADY_CONFIRMED' || failure.code === 'KEY_USED_FOR_OTHER_INPUT')) return settledPage(asked, handover)
      throw failure
    }
  })({ ...asked, address: `/h/con-giong/${asked.params[0]}/xem-lai?${asked.form}` })

export const showAnimalReceipt = ofHandover((asked, handover, hub) => {
  const { words } = asked
  const { answer } = handover
  if (answer === null) return { to: addressOf(handover) }
  const { title, number, keep, answered, follows } = words.receipt
  const more = html`<p>${words.animal.tag} <strong>${handover.tag}</strong></p><p>${answered} <strong>${words.animal.answers[answer]}</strong></p>`
  return {
    title, keptFor: keptFor(hub),
    body: html`<div class="hero">${picture('sprout')}<h1>${title}</h1></div><div class="receipt"><p>${number}</p><p class="number">${receiptCode(handover.id)}</p><p class="hint">${keep}</p></div>
${card({ help: handover, more }, asked, 'h2')}${lead(answer === 'RECEIVED' ? words.animal.thanks : follows(hub.config.followUpWithinDays).slice(0, 2))}<div class="buttons"><a class="button main" href="/h">${words.goHome}</a></div>`,
  }
})

function settledPage({ words }: Asked, handover: Handover): Page {
  const next = html`<a class="button main" href="/h">${words.goHome}</a><a class="button" href="${addressOf(handover, '/bien-nhan')}">${words.kept.show}</a>`
  return { status: 409, title: words.settled.title, body: notice(words.settled.title, 'sprout', words.settled.lead, next) }
}
