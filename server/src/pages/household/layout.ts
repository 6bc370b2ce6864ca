// The document around every page of a household: brand, language, what is kept on the device, and whom to call.
import { Html, html } from './html.ts'
import { drawingsIn, picture, type Picture, sign } from './pictures.ts'
import { phoneIn } from './spoken.ts'
import { style } from './style.ts'
import type { Language, Words } from './words.ts'

export interface Page {
  status?: number
  title: string
  body: Html
  /** Something typed has to be corrected. */
  isWrong?: boolean
  /** The address that shows this page again, where it is not the one asked for. */
  here?: string
  /** Which household's answers may wait on this device; only where its slip is open. */
  keptFor?: string
  /** For which household its forms are, where that is not said by `keptFor`: its slip is still to be opened. */
  drawnFor?: string
  /** Goes there by itself, at once. */
  onwards?: string
  /** Says all that there is to say, also to whom another site has sent. */
  standsAlone?: true
}

export interface Surroundings {
  words: Words
  language: Language
  contact: string
  script: string
  /** This very page in the other language. */
  otherLanguage: string
}

/** Tells households apart on one device, and names none of them. */
export const householdTag = (householdId: string) => householdId.slice(0, 8)

/** The field that says for which household a form was drawn. */
export const DRAWN_FOR = 'ho'

export function document({ title, body: drawn, isWrong, keptFor, drawnFor = keptFor, onwards }: Page, { words, language, contact, script, otherLanguage }: Surroundings): string {
  const body = drawnFor ? signed(drawn, drawnFor) : drawn
  const main = html`<main data-listen="${words.listen}" data-hush="${words.hush}">${keptFor && keptHere(keptFor, words)}${body}</main>`
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${isWrong && words.error}${title} – ${words.site}</title><meta name="robots" content="noindex"><meta name="theme-color" content="#a61b1b"><meta name="format-detection" content="telephone=no">
${onwards && html`<meta http-equiv="refresh" content="0;url=${onwards}">`}<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${new Html(style)}</style><script src="${script}" defer></script></head><body>${drawingsIn(main)}
<header class="top"><span class="brand">${mark}${words.site}</span><a class="tongue" href="${otherLanguage}" lang="${language === 'vi' ? 'en' : 'vi'}" hreflang="${language === 'vi' ? 'en' : 'vi'}">${words.otherLanguage}</a></header>
${main}<footer class="foot">${callFor(contact, words)}</footer></body></html>`.text
}

/** No form can be forgotten: each says for whom it is, whoever drew it. */
const signed = (body: Html, household: string) =>
  new Html(body.text.replaceAll(/<form method="post"[^>]*>/g, (form) => html`${new Html(form)}${hidden({ [DRAWN_FOR]: household })}`.text))

const mark = new Html(
  '<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false"><rect width="40" height="40" rx="11" fill="#a61b1b"/><circle cx="20" cy="10.5" r="3.8" fill="#f2b705"/>' +
    '<path d="M18.6 32.5C11.5 31.5 7.6 26.7 7.3 18.2c5.9.5 10.3 3.6 11.3 8.6z" fill="#fff"/><path d="M21.4 32.5c7.1-1 11-5.8 11.3-14.3-5.9.5-10.3 3.6-11.3 8.6z" fill="#fbe3d9"/></svg>')

/** Empty until the script has something to say: an answer waits on this device, or has just been sent. */
const keptHere = (household: string, { kept }: Words) =>
  html`<div id="kept" role="status" data-household="${household}" data-waiting="${kept.waiting}" data-sending="${kept.sending}" data-sent="${kept.sent}" data-show="${kept.show}" data-leaving="${kept.leaving}"></div>`

function callFor(contact: string, words: Words): Html {
  const phone = phoneIn(contact)
  if (!contact) return html`<p>${words.contactUnset}</p>`
  if (!phone) return html`<p>${words.contact} <strong>${contact}</strong></p>`
  const office = contact.replace(phone.shown, '').replaceAll(/^[\s,;:–-]+|[\s,;:–-]+$/g, '')
  return html`<a class="button" href="tel:${phone.dialled}">${sign('phone')}<span>${words.call} <span class="number">${phone.shown}</span></span></a>${office && html`<p class="small muted">${office}</p>`}`
}

// ── what pages are made of ──────────────────────────────────────────────────────────────────────────────────────────

export const lead = (sentences: string[]) => html`<div class="lead">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>`

export const heading = (title: string, image?: Picture) => html`<div class="hero">${image && picture(image)}<h1>${title}</h1></div>`

/** Where one came from, and how far one is. */
export const before = (address: string, words: Words, steps?: string) =>
  html`<div class="before"><a href="${address}">${sign('back')}${words.back}</a>${steps && html`<span>${steps}</span>`}</div>`

export interface Field {
  name: string
  label: string
  /** Attributes of the input, besides those that every field has. */
  attributes: Html
  /** What to correct. */
  wrong?: string | null
}

export const field = ({ name, label, attributes, wrong }: Field, words: Words) =>
  html`<div class="field"><label for="${name}">${label}</label>${wrong && html`<p class="wrong" id="${name}-wrong">${words.error}${wrong}</p>`}<input id="${name}" name="${name}" required${
    wrong && html` aria-invalid="true" aria-describedby="${name}-wrong" autofocus`} ${attributes}></div>`

export const hidden = (fields: Record<string, string | null | undefined>) =>
  Object.entries(fields).map(([name, value]) => value && html`<input type="hidden" name="${name}" value="${value}">`)

/** A page that says something and offers what to do next. */
export const notice = (title: string, image: Picture, sentences: string[], next: Html): Html =>
  html`${heading(title, image)}${lead(sentences)}<div class="buttons">${next}</div>`
