// How what came is doing now: the questions of its kind, one a page, and the household's own word on each.
import { randomUUID } from 'node:crypto'
import type { Hub } from '../../access/hub.ts'
import { noteIn, witnessIn } from '../../features/deliveries/rules.ts'
import { recordOutcome } from '../../features/outcomes/commands.ts'
import { FAMILIES, type OpenQuestion, openQuestions } from '../../features/outcomes/rules.ts'
import { dayInVietNam } from '../../platform/day.ts'
import { Failure } from '../../platform/failure.ts'
import { type Answering, type Asked, type Reply, missing } from './asked.ts'
import { countForm, countIn, understood } from './counting.ts'
import { card, keptFor } from './home.ts'
import { type Html, html, isolated } from './html.ts'
import { type Page, before, field, hidden, lead, notice } from './layout.ts'
import { opened } from './opening.ts'
import { sign } from './pictures.ts'
import { type Told, readTold } from './reads.ts'
import { amount } from './spoken.ts'
import type { TellWords } from './words.ts'

/** A question about something that came, at its place among those of its family. */
interface Question extends OpenQuestion {
  at: number
  says: TellWords
}

type OfTold = (asked: Asked, told: Told, hub: Hub) => Reply | Promise<Reply>
type OfQuestion = (asked: Asked, about: { told: Told; question: Question }, hub: Hub) => Reply | Promise<Reply>

const ofTold = (show: OfTold): Answering =>
  opened(async (asked, hub) => {
    const told = await readTold(hub, asked.params[0]!)
    return told ? show(asked, told, hub) : missing(asked.words)
  })

const addressOf = ({ id }: Told, question?: { at: number }, query: Record<string, string> = {}) => {
  const asked = new URLSearchParams(query).toString()
  return `/h/ket-qua/${id}${question ? `/${question.at}` : ''}${asked && `?${asked}`}`
}

/** What can be asked today, from a place among its family's questions on. */
function questionsOf(told: Told, { words }: Asked, from = 0): Question[] {
  const placeOf = (open: OpenQuestion) => FAMILIES[told.family].asks!.findIndex(({ yes }) => yes === open.yes)
  return openQuestions(told, dayInVietNam()).map((open) => ({ ...open, at: placeOf(open), says: words.tell.questions[open.yes]! })).filter(({ at }) => at >= from)
}

/** The question at the place in the address; or the next one, once it can no longer be asked. */
const ofQuestion = (show: OfQuestion): Answering =>
  ofTold((asked, told, hub) => {
    const [question] = questionsOf(told, asked, Number(asked.params[1]))
    if (!question) return nothingPage(asked)
    return question.at === Number(asked.params[1]) ? show(asked, { told, question }, hub) : { to: addressOf(told, question) }
  })

export const askFirst = ofTold((asked, told) => {
  const [question] = questionsOf(told, asked)
  return question ? { to: addressOf(told, question) } : nothingPage(asked)
})

function nothingPage({ words }: Asked): Page {
  const { title, lead: sentences } = words.tell.nothing
  return { title, body: notice(title, 'house', sentences, html`<a class="button main" href="/h">${words.goHome}</a>`) }
}

// ── the answer, piece by piece ──────────────────────────────────────────────────────────────────────────────────────

interface Word {
  answer: 'co' | 'khong'
  quantity: bigint
  cause: string | null
  witnessName: string | null
}

const recordedOf = ({ yes, no }: Question, answer: Word['answer']) => (answer === 'co' ? yes : no)

/** The whole answer, when it is there; or the page that asks for the next piece of it. */
function wordIn(form: URLSearchParams, asked: Asked, { told, question }: { told: Told; question: Question }, hub: Hub): { word: Word } | Reply {
  const { words, language } = asked
  const said = form.get('tra-loi')
  const answer = said === 'co' || said === 'khong' ? said : null
  const kind = answer && recordedOf(question, answer)
  if (answer === null) return questionPage(asked, told, question, hub)
  const most = answer === 'co' ? question.most.yes : question.most.no
  if (kind && told.hasBook && FAMILIES[told.family].says[kind]!.isOfBook) return bookPage(asked, told, question)
  if (!kind || most === 0n) return onwards(told, question)

  const carried: Record<string, string> = { 'tra-loi': answer }
  const step = (title: string, body: Html, wrong?: string): Page => ({
    status: wrong ? 422 : 200, title, isWrong: wrong !== undefined, here: addressOf(told, question, carried), keptFor: keptFor(hub),
    body: html`${before(addressOf(told, question), words)}<h1>${title}</h1>${about(told, asked)}${body}`,
  })

  let quantity = 1n
  if (most > 1n) {
    const count = countIn(form, { first: kind === 'LIVESTOCK_BORN' ? 1n : most, most, kind: told.kind }, asked)
    if (!('number' in count)) {
      const label = words.tell.count(language === 'vi' ? told.kind.unitName : told.kind.unitNameEn)
      return step(answer === 'co' ? question.says.howMany : question.says.howManyNot!, countForm({ action: addressOf(told, question), label, most, count, carried }, asked), count.wrong)
    }
    quantity = count.number
    carried.so = String(quantity)
  }

  const asks = FAMILIES[told.family].says[kind]!.asks ?? []
  let cause: string | null = null
  if (asks.includes('cause')) {
    cause = kept(() => noteIn(form.get('ly-do'), 'ly-do')) || null
    if (cause === null) {
      const buttons = question.says.reasons!.map((reason) => html`<button class="button" name="ly-do" value="${reason}">${reason}</button>`)
      return step(question.says.why!, html`<form method="get" action="${addressOf(told, question)}">${hidden(carried)}<div class="buttons">${buttons}</div></form>`)
    }
    carried['ly-do'] = cause
  }

  let witnessName: string | null = null
  if (asks.includes('witnessName')) {
    const typed = form.get('nguoi-biet')
    witnessName = typed === null ? null : kept(() => witnessIn(typed, 'nguoi-biet'))
    if (witnessName === null) {
      const wrong = typed === null ? undefined : words.tell.whoWrong
      const input = field({ name: 'nguoi-biet', label: words.tell.whoLabel, attributes: html`autocomplete="off" maxlength="80" value="${typed ?? ''}"`, wrong: wrong ?? null }, words)
      return step(words.tell.who, html`${lead(words.tell.whoLead)}<form method="get" action="${addressOf(told, question)}" novalidate>${hidden(carried)}${input}<button class="button main">${words.howMany.next}</button></form>`, wrong)
    }
  }
  return { word: { answer, quantity, cause, witnessName } }
}

/** What was typed, as it is kept; null where it is to be asked for again. */
function kept(read: () => string): string | null {
  try {
    return read()
  } catch (failure) {
    if (failure instanceof Failure) return null
    throw failure
  }
}

/** Of animals in a herd's book, a loss is entered there by the hamlet, to whom the household tells it. */
function bookPage(asked: Asked, told: Told, { at }: Question): Page {
  const { title, lead: sentences } = asked.words.tell.inBook
  return { title, body: notice(title, 'house', sentences, goOn(asked, told, at)) }
}

/** To the question after this one, if there is any, and home. */
function goOn(asked: Asked, told: Told, at: number): Html {
  const { words } = asked
  const [question] = questionsOf(told, asked, at + 1)
  const home = html`<a class="button ${question ? null : 'main'}" href="/h">${words.goHome}</a>`
  return question ? html`<a class="button main" href="${addressOf(told, question)}">${words.tell.thanks.next}</a>${home}` : home
}

/** Past this question: nothing is recorded. */
const onwards = (told: Told, { at }: Question): Reply => ({ to: addressOf(told, { at: at + 1 }) })

const about = (told: Told, { words, language }: Asked, more?: Html) =>
  card({ help: told, more: html`<p>${told.giver === null ? words.home.fromUnnamed : words.home.from(isolated(told.giver))}</p>${more}` }, { words, language }, 'h2')

function questionPage(asked: Asked, told: Told, question: Question, hub: Hub): Page {
  const { words } = asked
  const { ask, yes, no } = question.says
  const link = (look: string, shown: 'yes' | 'no', answer: Word['answer'], says: string) =>
    html`<a class="button ${look}" href="${addressOf(told, question, { 'tra-loi': answer })}">${sign(shown)}${says}</a>`
  return {
    title: ask, keptFor: keptFor(hub),
    body: html`${before('/h', words)}<h1>${ask}</h1>${about(told, asked)}<div class="buttons">${link('ok', 'yes', 'co', yes)}${link('warn', 'no', 'khong', no)}<a class="button plain" href="${
      addressOf(told, { at: question.at + 1 })}">${words.tell.skip}</a></div><p class="honest">${words.honest}</p>`,
  }
}

export const askQuestion = ofQuestion((asked, { told, question }, hub) => {
  const reply = wordIn(asked.query, asked, { told, question }, hub)
  return 'word' in reply ? checkPage(asked, told, question, reply.word, hub) : reply
})

// ── is that right? ──────────────────────────────────────────────────────────────────────────────────────────────────

const formOf = ({ answer, quantity, cause, witnessName }: Word): Record<string, string | null> =>
  ({ 'tra-loi': answer, so: String(quantity), 'ly-do': cause, 'nguoi-biet': witnessName })

function checkPage(asked: Asked, told: Told, question: Question, word: Word, hub: Hub): Page {
  const { words, language } = asked
  const { answer, quantity, cause, witnessName } = word
  const said = answer === 'co' ? question.says.yes : question.says.no
  const isOne = (answer === 'co' ? question.most.yes : question.most.no) === 1n
  const fact = (label: string, text: string) => html`<p>${label} <strong>${isolated(text)}</strong></p>`
  const more = html`${fact(words.check.answered, isOne ? said : `${said}: ${amount(quantity, told.kind, language)}`)}${!isOne && understood(quantity, told.kind, asked)}${cause && fact(words.tell.because, cause)}${witnessName && fact(words.tell.seenBy, witnessName)}`
  const fields = formOf(word)
  return {
    title: words.check.title, here: addressOf(told, question, Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null))), keptFor: keptFor(hub),
    body: html`${before(addressOf(told, question), words)}<h1>${words.check.title}</h1><p>${question.says.ask}</p>${about(told, asked, more)}<form method="post" action="${addressOf(told, question)}" data-keep>${
      hidden({ khoa: randomUUID(), ...fields })}<button class="button main">${words.check.send}</button></form><a class="button plain" href="${addressOf(told, question)}">${words.check.change}</a>`,
  }
}

/** Records the answer. The form's key makes pressing twice, or sending again after a lost connection, harmless. */
export const takeWord: Answering = (asked) =>
  ofTold(async (asked, told, hub) => {
    const at = Number(asked.params[1])
    const { form } = asked
    const thanks = { to: `${addressOf(told, { at })}/bien-nhan` }
    const question = questionsOf(told, asked, at).find((open) => open.at === at)
    if (!question) return thanks
    const reply = wordIn(form, asked, { told, question }, hub)
    if (!('word' in reply)) return reply
    const { answer, ...word } = reply.word
    try {
      await recordOutcome(hub, {
        allocationId: `Allocation:${told.id}`, kind: recordedOf(question, answer)!, ...word, observedOn: dayInVietNam(), idempotencyKey: form.get('khoa') ?? '',
      })
      return thanks
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      // Sent again on another day: it stands.
      if (failure.code === 'KEY_USED_FOR_OTHER_INPUT') return thanks
      if (failure.kind === 'Conflict') return { to: addressOf(told, question) }
      throw failure
    }
  })({ ...asked, address: `/h/ket-qua/${asked.params[0]}/${asked.params[1]}?${asked.form}` })

export const showThanks = ofTold((asked, told, hub) => {
  const { title, lead: sentences } = asked.words.tell.thanks
  return { title, keptFor: keptFor(hub), body: notice(title, 'sprout', sentences, goOn(asked, told, Number(asked.params[1]))) }
})
