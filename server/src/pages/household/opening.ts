// From the code on the paper to the household: typing it, choosing and giving the six digits, leaving a shared device.
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import { type Hub } from '../../access/hub.ts'
import { slipCodesIn } from '../../features/identity/rules.ts'
import { type OpenedSlip, openSlip, viewerOfSlip } from '../../features/identity/slips.ts'
import { Failure } from '../../platform/failure.ts'
import { digitsIn } from '../../platform/typed-code.ts'
import { type Answering, type Asked, JUST_OPENED, type Reply, ownAddress } from './asked.ts'
import { keptFor } from './home.ts'
import { type Html, html } from './html.ts'
import { DRAWN_FOR, type Page, before, field, heading, hidden, householdTag, lead, notice } from './layout.ts'
import { readHome } from './reads.ts'
import type { Words } from './words.ts'

/** A page of an opened slip; whoever comes without one opens it first, and then goes on. */
export const opened = (show: (asked: Asked, hub: Hub) => Reply | Promise<Reply>): Answering => async (asked) => {
  const { code, deviceToken } = asked.slip
  const viewer = code && (await viewerOfSlip(asked.hub, { code, deviceToken }))
  if (!viewer) return firstOpen(asked)
  const hub = { ...asked.hub, viewer }
  return isForAnother(asked, keptFor(hub)) ? otherSlipPage(asked, ownAddress(asked.address)) : show(asked, hub)
}

/** What was sent is of a page that was drawn for another household than the one whose slip is open now. */
const isForAnother = ({ form }: Asked, household: string) => (form.get(DRAWN_FOR) ?? household) !== household

async function firstOpen(asked: Asked): Promise<Reply> {
  const { code } = asked.slip
  const then = asked.address === '/h' ? null : ownAddress(asked.address)
  const { notKept, left } = asked.words.code
  if (!code) return codePage(asked, { then, notice: asked.query.has(JUST_OPENED) ? html`<p class="notice">${notKept}</p>` : asked.query.has('da-thoat') && html`<p class="notice" data-left>${left}</p>` })
  const opening = await attempt(asked, code)
  if (opening === null) {
    asked.slip.forgetCode()
    return gonePage(asked)
  }
  if (isForAnother(asked, householdTag(opening.householdId))) return otherSlipPage(asked, then)
  return opening.step === 'open' ? { to: asked.address } : pinPage(asked, opening, { then })
}

/** What the slip asks for next; null for a code that opens nothing. */
async function attempt({ hub, slip, network }: Asked, code: string, pin?: string): Promise<OpenedSlip | null> {
  try {
    return await openSlip(hub, { code, deviceToken: slip.deviceToken, pin: pin ?? null, network })
  } catch (failure) {
    if (failure instanceof Failure && failure.code === 'UNKNOWN_SLIP') return null
    throw failure
  }
}

// ── the code ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The address in the QR code. The code goes from there into a cookie, so that it stays in no list of visited pages. Whatever was not opened
 * by a person here, and whatever would close another household's slip, waits for a press of the button.
 */
export const openByCode: Answering = async (asked) => {
  const typed = asked.params[0]!
  const [code] = slipCodesIn(typed)
  if (!code) return gonePage(asked)
  if (!asked.isByPerson) return askToOpen(asked, { typed, code })
  const opening = await attempt(asked, typed)
  if (opening === null) return gonePage(asked)
  const other = asked.slip.code !== opening.code && (await openNow(asked))
  if (other) return askToOpen(asked, { typed, code: opening.code }, asked.words.openThis.closes(other))
  asked.slip.remember(opening.code)
  return { to: `/h?${JUST_OPENED}=1` }
}

/** Whose slip is open on this device; null when none is. */
async function openNow({ hub, slip: { code, deviceToken } }: Asked): Promise<string | null> {
  const viewer = code && (await viewerOfSlip(hub, { code, deviceToken }))
  return viewer ? (await readHome({ ...hub, viewer })).household.headName : null
}

function askToOpen({ words }: Asked, { typed, code }: { typed: string; code: string }, closes: string[] = []): Page {
  const { title, code: says, open, stay } = words.openThis
  const next = html`<form method="post" action="/h/ma">${hidden({ ma: typed })}<button class="button main">${open}</button></form><a class="button plain" href="/h">${stay}</a>`
  return { title, standsAlone: true, body: notice(title, 'slip', [says(codeInGroups(code)), ...closes], next) }
}

export const askCode: Answering = (asked) => codePage(asked, {})

export const takeCode: Answering = async (asked) => {
  const typed = asked.form.get('ma') ?? ''
  const then = ownAddress(asked.form.get('tiep'))
  const opening = await attempt(asked, typed)
  if (opening === null) return codePage(asked, { then, typed })
  asked.slip.remember(opening.code)
  return { to: then ?? `/h?${JUST_OPENED}=1` }
}

/** `typed`: what was no slip's code. */
function codePage({ words, isAnswer }: Asked, { then, typed, notice: says }: { then?: string | null; typed?: string; notice?: Html | false }): Page {
  const { title, lead: sentences } = words.code
  const isWrong = typed !== undefined
  return { status: isWrong ? 404 : isAnswer ? NOT_OPEN : 200, title, isWrong, here: '/h/ma', body: html`${says}${heading(title, 'slip')}${lead(sentences)}${codeForm(words, { then, typed })}` }
}

function codeForm(words: Words, { then, typed }: { then: string | null | undefined; typed?: string | undefined }): Html {
  const { label, open, wrong } = words.code
  const attributes = html`class="code" value="${typed}" maxlength="200" autocomplete="off" autocapitalize="characters" spellcheck="false"`
  return html`<form method="post" action="/h/ma" novalidate>${hidden({ tiep: then })}${
    field({ name: 'ma', label, attributes, wrong: typed === undefined ? null : wrong }, words)}<button class="button main">${open}</button></form>`
}

/** Nothing was recorded, and `then` holds what was answered: it goes on from there once its own slip is open. */
function otherSlipPage({ words }: Asked, then: string | null): Page {
  const { title, lead: sentences, stay } = words.notThisSlip
  return { status: OTHER_SLIP, title, here: '/h/ma', body: html`${heading(title, 'slip')}${lead(sentences)}${codeForm(words, { then })}<p class="links"><a href="/h">${stay}</a></p>` }
}

/** An answer that came before its slip was opened, or while another's was: keep-answer.js goes on keeping it. */
const NOT_OPEN = 401
const OTHER_SLIP = 412

function gonePage({ words }: Asked): Page {
  const { title, lead: sentences, again } = words.gone
  return { status: 404, title, body: notice(title, 'slip', sentences, html`<a class="button main" href="/h/ma">${again}</a>`) }
}

// ── the six digits ──────────────────────────────────────────────────────────────────────────────────────────────────

export const takePin: Answering = async (asked) => {
  const { words, slip, form } = asked
  const then = ownAddress(form.get('tiep'))
  const [pin, again] = [form.get('so') ?? '', form.get('lai')]
  if (!slip.code) return { to: `/h?${JUST_OPENED}=1` }
  const opening = await attempt(asked, slip.code)
  if (opening === null) return gonePage(asked)
  if (isForAnother(asked, householdTag(opening.householdId))) return otherSlipPage(asked, then)
  if (opening.step === 'open') return { to: then ?? '/h' }
  // Meanwhile the digits were chosen on another device, or the office gave a new slip: what was typed answers another question.
  if ((again !== null) !== (opening.step === 'choosePin')) return pinPage(asked, opening, { then })
  if (again !== null && digitsIn(again).trim() !== digitsIn(pin).trim()) return pinPage(asked, opening, { then, wrong: words.choosePin.differ })
  try {
    // A space for a PIN is no PIN, and not a question what to ask for.
    const done = await attempt(asked, slip.code, pin || ' ')
    if (done?.step !== 'open') return gonePage(asked)
    slip.remember(slip.code, done.deviceToken)
    return { to: then ?? `/h?${JUST_OPENED}=1` }
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.kind !== 'InvalidInput') throw failure
    const said: Record<string, string> = { WEAK_PIN: words.choosePin.weak, BAD_PIN: words.notSixDigits, WRONG_PIN: words.givePin.wrong }
    return pinPage(asked, opening, { then, wrong: said[failure.code] ?? failure.sentence[asked.language] })
  }
}

function pinPage({ words, isAnswer, address }: Asked, { step, householdId }: Exclude<OpenedSlip, { step: 'open' }>, { then, wrong }: { then?: string | null; wrong?: string }): Page {
  const isChoosing = step === 'choosePin'
  const { title, lead: sentences, label } = words[step]
  // Its dots are drawn by the style: for a password, the browser of a shared telephone would offer to fill it in for whoever comes next.
  const attributes = html`class="pin" inputmode="numeric" maxlength="12" autocomplete="off"`
  return {
    status: wrong ? 422 : isAnswer && address !== '/h' ? NOT_OPEN : 200, title, isWrong: wrong !== undefined, here: then ?? '/h', drawnFor: householdTag(householdId),
    body: html`${heading(title, 'lock')}${lead(sentences)}<form method="post" action="/h" novalidate>${hidden({ tiep: then })}${
      field({ name: 'so', label, attributes, wrong: wrong ?? null }, words)}${
      isChoosing && field({ name: 'lai', label: words.choosePin.again, attributes }, words)}<button class="button main">${isChoosing ? words.choosePin.done : words.givePin.open}</button></form>${
      !isChoosing && html`<p class="hint">${words.givePin.forgotten}</p>`}<p class="links"><a href="/h/ma">${words.home.otherSlip}</a></p>`,
  }
}

// ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const askToLeave: Answering = async ({ words, hub, slip: { code, deviceToken } }) => {
  const { title, lead: sentences, leave, stay } = words.leave
  const viewer = code && (await viewerOfSlip(hub, { code, deviceToken }))
  return {
    title, ...(viewer && { keptFor: keptFor({ ...hub, viewer }) }),
    body: html`${before('/h', words)}${notice(title, 'lock', sentences, html`<form method="post" action="/h/thoat"><button class="button main">${leave}</button></form><a class="button plain" href="/h">${stay}</a>`)}`,
  }
}

/** The next one at this device needs the paper and the six digits, for every slip that was open on it. */
export const leave: Answering = ({ slip }) => {
  slip.forgetCode()
  slip.forgetDevice()
  return { to: '/h?da-thoat=1' }
}
