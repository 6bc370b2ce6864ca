// Whether support may be matched for this household: one question, never answered beforehand, and answered anew whenever it likes.
import { randomUUID } from 'node:crypto'
import { recordConsent } from '../../features/households/consents.ts'
import { keptFor } from './home.ts'
import { html } from './html.ts'
import { before, hidden, lead, notice } from './layout.ts'
import { opened } from './opening.ts'
import { sign } from './pictures.ts'
import { readConsent } from './reads.ts'
import { day } from './spoken.ts'

const ADDRESS = '/h/dong-y'

export const askConsent = opened(async ({ words, language }, hub) => {
  const said = words.consent
  const standing = await readConsent(hub)
  const badge = standing && html`<p class="badge ${standing.given ? 'ok' : 'warn'}">${sign(standing.given ? 'yes' : 'no')}${standing.given ? said.given : said.revoked} ${day(standing.at, language)}</p>`
  return {
    title: said.title, keptFor: keptFor(hub),
    body: html`${before('/h', words)}<h1>${said.title}</h1>${lead(said.lead)}${badge}<form method="post" action="${ADDRESS}">${hidden({ khoa: randomUUID() })}<div class="buttons"><button class="button ok" name="dong-y" value="co">${
      sign('yes')}${said.give}</button><button class="button danger" name="dong-y" value="khong">${sign('no')}${said.revoke}</button></div></form><p class="honest">${said.free}</p>`,
  }
})

/** Pressing twice is harmless: the form has a key. Only one of the two words is an answer. */
export const takeConsent = opened(async ({ words, form }, hub) => {
  const answer = form.get('dong-y')
  if (answer !== 'co' && answer !== 'khong') return { to: ADDRESS }
  const given = answer === 'co'
  await recordConsent(hub, { householdId: `Household:${hub.viewer.households[0]!}`, purpose: 'MATCHING', given, idempotencyKey: form.get('khoa') ?? '' })
  const said = words.consent[given ? 'thanks' : 'noted']
  return { title: said.title, keptFor: keptFor(hub), body: notice(said.title, given ? 'sprout' : 'house', said.lead, html`<a class="button main" href="/h">${words.goHome}</a>`) }
})
