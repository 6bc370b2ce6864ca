// Where a request comes from: the address of its sender, the page that sent it, and the language of its reader.
import type { IncomingMessage } from 'node:http'

/**
 * The sender's address. Behind a proxy of one's own it is the last one in X-Forwarded-For, which that proxy added; those before it are
 * the sender's own word.
 */
export function addressOf(request: IncomingMessage, { behindProxy }: { behindProxy: boolean }): string | null {
  const forwarded = behindProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : ''
  return forwarded || (request.socket.remoteAddress ?? null)
}

/** The Origin is this site's: by its public address, or by the host that was asked. */
export function isOwnOrigin(request: IncomingMessage, publicUrl: string | null): boolean {
  const origin = request.headers.origin ?? ''
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === request.headers.host || (publicUrl !== null && new URL(publicUrl).origin === new URL(origin).origin)
}

/** A request that changes something was sent by a page of this site, or by a program: no other site may write with a visitor's cookie. */
export function mayWrite(request: IncomingMessage, publicUrl: string | null): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  // `Referrer-Policy: no-referrer` makes older browsers send "null" with a page's own forms; there SameSite keeps the cookie at home.
  return origin === undefined || origin === 'null' || isOwnOrigin(request, publicUrl)
}

/**
 * A page of another site may lead a person here, and nothing more: as a picture, a frame or a script it gets nothing of ours to see, yet its
 * requests would count as the visitor's own, against their limits too.
 */
export function mayRead({ headers }: IncomingMessage): boolean {
  return !isFromElsewhere(headers) || headers['sec-fetch-dest'] === 'document'
}

/** Another site's page sent it: by a link that was followed, or by itself. */
export function isFromElsewhere(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

/** `X-Language` says it outright; otherwise the better liked of the two in `Accept-Language`; otherwise Vietnamese. */
export function languageOf(request: IncomingMessage): 'vi' | 'en' {
  const asked = request.headers['x-language']
  if (asked === 'vi' || asked === 'en') return asked
  const liking = { vi: 0, en: 0 }
  for (const part of request.headers['accept-language']?.split(',') ?? []) {
    const [, language, quality] = /^\s*(vi|en)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(part) ?? []
    if (language) liking[language.toLowerCase() as 'vi' | 'en'] ||= Number(quality ?? 1)
  }
  return liking.en > liking.vi ? 'en' : 'vi'
}
