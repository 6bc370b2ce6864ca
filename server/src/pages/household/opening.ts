// From the code on the paper to the household: typing it, choosing and giving the six digits, leaving a shared device.
import { type Hub } from '../../access/hub.ts'
import { type OpenedSlip, openSlip, viewerOfSlip } from '../../features/identity/slips.ts'
import { Failure } from '../../platform/failure.ts'
import { digitsIn } from '../../platform/typed-code.ts'
import { type Answering, type Asked, JUST_OPENED, type Reply, ownAddress } from './asked.ts'
import { html } from './html.ts'
import { type Page, before, field, heading, hidden, lead, notice } from './layout.ts'

/** A page of an opened slip; whoever comes without one opens it first, and then goes on. */
export const opened = (show: (asked: Asked, hub: Hub) => Reply | Promise<Reply>): Answering => async (asked) => {
  const { code, deviceToken } = asked.slip
  const viewer = code && (await viewerOfSlip(asked.hub, { code, deviceToken }))
  return viewer ? show(asked, { ...asked.hub, viewer }) : firstOpen(asked)
}

async function firstOpen(asked: Asked): Promise<Reply> {
  const { code } = asked.slip
  const then = asked.address === '/h' ? null : ownAddress(asked.address)
  if (!code) return codePage(asked, { then, notice: asked.query.has(JUST_OPENED) ? asked.words.code.notKept : asked.query.has('da-thoat') ? asked.words.code.left : null })
  const opening = await attempt(asked, code)
  if (opening === null) {
    asked.slip.forgetCode()
    return gonePage(asked)
  }
  return opening.step === 'open' ? { to: asked.address } : pinPage(asked, opening.step, { then })
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

/** The address in the QR code. The code goes from there into a cookie, so that it stays in no list of visited pages. */
export const openByCode: Answering = async (asked) => {
  const opening = await attempt(asked, asked.params[0]!)
  if (opening === null) return gonePage(asked)
  asked.slip.remember(opening.code)
  return { to: `/h?${JUST_OPENED}=1` }
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
function codePage({ words }: Asked, { then, typed, notice: says }: { then?: string | null; typed?: string; notice?: string | null }): Page {
  const { title, lead: sentences, label, open, wrong } = words.code
  const isWrong = typed !== undefined
  const attributes = html`class="code" value="${typed}" maxlength="200" autocomplete="off" autocapitalize="characters" spellcheck="false"`
  return {
    status: isWrong ? 404 : 200, title, isWrong, here: '/h/ma',
    body: html`${says && html`<p class="notice">${says}</p>`}${heading(title, 'slip')}${lead(sentences)}<form method="post" action="/h/ma" novalidate>${
      hidden({ tiep: then })}${field({ name: 'ma', label, attributes, wrong: isWrong && wrong || null }, words)}<button class="button main">${open}</button></form>`,
  }
}

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
  if (opening.step === 'open') return { to: then ?? '/h' }
  // Meanwhile the digits were chosen on another device, or the office gave a new slip: what was typed answers another question.
  if ((again !== null) !== (opening.step === 'choosePin')) return pinPage(asked, opening.step, { then })
  if (again !== null && digitsIn(again).trim() !== digitsIn(pin).trim()) return pinPage(asked, opening.step, { then, wrong: words.choosePin.differ })
  try {
    // A space for a PIN is no PIN, and not a question what to ask for.
    const done = await attempt(asked, slip.code, pin || ' ')
    if (done?.step !== 'open') return gonePage(asked)
    slip.remember(slip.code, done.deviceToken)
    return { to: then ?? `/h?${JUST_OPENED}=1` }
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.kind !== 'InvalidInput') throw failure
    const said: Record<string, string> = { WEAK_PIN: words.choosePin.weak, BAD_PIN: words.notSixDigits, WRONG_PIN: words.givePin.wrong }
    return pinPage(asked, opening.step, { then, wrong: said[failure.code] ?? failure.sentence[asked.language] })
  }
}

function pinPage({ words }: Asked, step: 'choosePin' | 'givePin', { then, wrong }: { then?: string | null; wrong?: string }): Page {
  const isChoosing = step === 'choosePin'
  const { title, lead: sentences, label } = words[step]
  // Its dots are drawn by the style: for a password, the browser of a shared telephone would offer to fill it in for whoever comes next.
  const attributes = html`class="pin" inputmode="numeric" maxlength="12" autocomplete="off"`
  return {
    status: wrong ? 422 : 200, title, isWrong: wrong !== undefined, here: then ?? '/h',
    body: html`${heading(title, 'lock')}${lead(sentences)}<form method="post" action="/h" novalidate>${hidden({ tiep: then })}${
      field({ name: 'so', label, attributes, wrong: wrong ?? null }, words)}${
      isChoosing && field({ name: 'lai', label: words.choosePin.again, attributes }, words)}<button class="button main">${isChoosing ? words.choosePin.done : words.givePin.open}</button></form>${
      !isChoosing && html`<p class="hint">${words.givePin.forgotten}</p>`}<p class="links"><a href="/h/ma">${words.home.otherSlip}</a></p>`,
  }
}

// ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const askToLeave: Answering = ({ words }) => {
  const { title, lead: sentences, leave, stay } = words.leave
  return {
    title,
    body: html`${before('/h', words)}${notice(title, 'lock', sentences, html`<form method="post" action="/h/thoat"><button class="button main">${leave}</button></form><a class="button plain" href="/h">${stay}</a>`)}`,
  }
}

/** The next one at this device needs the paper and the six digits, for every slip that was open on it. */
export const leave: Answering = ({ slip }) => {
  slip.forgetCode()
  slip.forgetDevice()
  return { to: '/h?da-thoat=1' }
}
