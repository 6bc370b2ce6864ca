// From a request to a page and back: the slip that the device holds, the language, and kind words for whatever goes wrong.
import type { IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { type Hub } from '../../access/hub.ts'
import { visitor } from '../../access/viewer.ts'
import { slipCodesIn } from '../../features/identity/rules.ts'
import { expected } from '../../graphql/translate.ts'
import { SESSION_COOKIE_SECONDS, cookieNamed, isSecure } from '../../platform/cookies.ts'
import type { Failure } from '../../platform/failure.ts'
import { contentPolicy } from '../../platform/headers.ts'
import { type Route, Refusal, answer, readBody } from '../../platform/http.ts'
import { addressOf } from '../../platform/origin.ts'
import { html } from './html.ts'
import { type Page, document, hidden, lead, notice } from './layout.ts'
import { styleHash } from './style.ts'
import { type Language, type Words, words as allWords } from './words.ts'

export interface Asked {
  /** A visitor's, until the slip is known. */
  hub: Hub
  requestId: string
  /** Of the sender. */
  network: string | null
  language: Language
  words: Words
  /** What the route's pattern captured. */
  params: string[]
  query: URLSearchParams
  form: URLSearchParams
  /** The address asked for, on this site. */
  address: string
  slip: {
    code: string | null
    deviceToken: string | null
    /** `deviceToken`: this device has opened it, so it is kept after the browser closes, too. */
    remember(code: string, deviceToken?: string): void
    forgetCode(): void
    forgetDevice(): void
  }
}

/** A page, where to go on, or a picture that a page shows. */
export type Reply = Page | { to: string } | { type: string; bytes: Buffer }
export type Answering = (asked: Asked) => Reply | Promise<Reply>

const FORM_BYTES = 16 * 1024

/** Says that the device was to keep the slip just now: if it has not, its browser keeps nothing. */
export const JUST_OPENED = 'vua-mo'

export type Base = Pick<Hub, 'db' | 'config' | 'log'> & { script: string }

export const page = (base: Base, method: 'GET' | 'POST', pattern: RegExp, answering: Answering): Route => ({
  method,
  pattern,
  async handle(request, response, { url, match, requestId }) {
    const kind = { secure: isSecure(base.config.publicUrl), path: '/h', sameSite: 'Strict' } as const
    const [code, device, tongue] = [cookieNamed('chungtay_phieu', kind), cookieNamed('chungtay_may', kind), cookieNamed('chungtay_tieng', kind)]
    // Telephones are often sold with English settings, so the page speaks English to those alone who asked for it.
    const wanted = url.searchParams.get('ngon-ngu')
    const language = (wanted ?? tongue.read(request)) === 'en' ? 'en' : 'vi'
    if (wanted) response.appendHeader('set-cookie', tongue.write(language, SESSION_COOKIE_SECONDS))
    const asked: Asked = {
      hub: { db: base.db, config: base.config, log: base.log, viewer: visitor },
      requestId,
      network: addressOf(request, base.config),
      language,
      words: allWords[language],
      params: match.slice(1).map((param) => param ?? ''),
      query: url.searchParams,
      form: new URLSearchParams(method === 'POST' ? (await readBody(request, FORM_BYTES)).toString() : ''),
      address: url.pathname + url.search,
      slip: {
        code: slipCodesIn(code.read(request) ?? '')[0] ?? null,
        deviceToken: device.read(request),
        remember(slipCode, deviceToken) {
          response.appendHeader('set-cookie', code.write(slipCode, deviceToken ? SESSION_COOKIE_SECONDS : undefined))
          if (deviceToken) response.appendHeader('set-cookie', device.write(deviceToken, SESSION_COOKIE_SECONDS))
        },
        forgetCode: () => void response.appendHeader('set-cookie', code.write(null)),
        forgetDevice: () => void response.appendHeader('set-cookie', device.write(null)),
      },
    }
    let reply: Reply
    try {
      reply = await answering(asked)
    } catch (error) {
      if (error instanceof Refusal) throw error
      const failure = expected(error)
      reply = failure ? failed(failure, asked) : broken(error, asked)
      if (failure?.retryAfterSeconds) response.setHeader('retry-after', failure.retryAfterSeconds)
    }
    if (method === 'GET' && isFromElsewhere(request) && !asked.query.has(JUST_OPENED)) reply = onOwnFeet(reply, asked)
    response.setHeader('cache-control', 'no-store')
    if ('to' in reply) return void response.writeHead(303, { location: reply.to }).end()
    if ('bytes' in reply) return answer(response, 200, reply.bytes, reply.type)

    const otherLanguage = new URL(reply.here ?? (method === 'GET' ? asked.address : '/h'), 'http://hub')
    otherLanguage.searchParams.set('ngon-ngu', language === 'vi' ? 'en' : 'vi')
    response.setHeader('content-security-policy', contentPolicy({ 'style-src': styleHash }))
    response.setHeader('vary', 'accept-encoding')
    const text = document(reply, {
      words: asked.words, language, contact: base.config.contact, script: base.script, otherLanguage: otherLanguage.pathname + otherLanguage.search,
    })
    const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (isZipped) response.setHeader('content-encoding', 'gzip')
    answer(response, reply.status ?? 200, isZipped ? gzipSync(text) : text, 'text/html; charset=utf-8')
  },
})

/** By a link that another site shows: then the browser keeps the slip's cookies back. */
function isFromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

/** Asks again from a page of our own: then the browser sends the slip's cookies along. */
function onOwnFeet(reply: Reply, { words, slip, address }: Asked): Reply {
  const wanted = 'to' in reply ? reply.to : slip.code === null ? address : null
  if (wanted === null) return reply
  const onwards = new URL(wanted, 'http://hub')
  onwards.searchParams.set(JUST_OPENED, '1')
  const there = onwards.pathname + onwards.search
  const { title, lead: sentence, open } = words.arrival
  return { title, onwards: there, body: notice(title, 'slip', [sentence], html`<a class="button main" href="${there}">${open}</a>`) }
}

/** `then`: where to go on, on this site; null when it is none of our addresses. */
export const ownAddress = (then: string | null): string | null => (then !== null && /^\/h(\/[\w-]+)*(\?[^#\\\s]*)?$/.test(then) ? then : null)

// ── what went wrong ─────────────────────────────────────────────────────────────────────────────────────────────────

const again = (title: string, href = '/h') => html`<a class="button main" href="${href}">${title}</a>`

function failed(failure: Failure, { words, language }: Asked): Page {
  if (failure.kind === 'Limited') {
    const { title, lead: says, time, again: retry } = words.wait
    return { status: 429, title, body: notice(title, 'clock', says(time(failure.retryAfterSeconds ?? 60)), again(retry)) }
  }
  if (failure.kind === 'NotFound') return missing(words)
  if (failure.code === 'SLIP_JUST_USED') return { status: 409, title: words.justUsed.title, body: notice(words.justUsed.title, 'slip', words.justUsed.lead, again(words.justUsed.again)) }
  const title = words.broken.title
  return { status: failure.kind === 'Forbidden' ? 403 : 409, title, body: notice(title, 'house', [failure.sentence[language]], again(words.goHome)) }
}

export const missing = (words: Words): Page =>
  ({ status: 404, title: words.missing.title, body: notice(words.missing.title, 'house', words.missing.lead, again(words.goHome)) })

/** A keyed form may be sent again as it was, so nobody has to answer twice. */
function broken(error: unknown, { hub, requestId, words, form, address }: Asked): Page {
  hub.log.error({ event: 'internal_error', requestId, errorId: requestId, reason: String(error), ...(error instanceof Error && error.stack ? { stack: error.stack } : {}) })
  const { title, lead: sentences, resend, quote } = words.broken
  const next = form.has('khoa')
    ? html`<form method="post" action="${address}">${hidden(Object.fromEntries(form))}<button class="button main">${resend}</button></form>`
    : again(words.wait.again)
  const body = html`${notice(title, 'clock', sentences, next)}${lead([`${quote} ${requestId.slice(0, 8)}`])}`
  return { status: 500, title, body }
}
