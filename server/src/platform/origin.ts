// Where a request comes from: the network of its sender, the page that sent it, and the language of its reader.
import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * Whom rate limits count: an IPv4 address, or the /64 that one IPv6 subscriber holds. Behind a proxy of one's own it is the last
 * address in X-Forwarded-For, the one that the proxy added; the others are the sender's own word.
 */
export function networkOf(request: IncomingMessage, { behindProxy }: { behindProxy: boolean }): string {
  const forwarded = behindProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : ''
  const address = (forwarded || request.socket.remoteAddress || 'unknown').replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(address)) return address
  const [head, tail] = address.split('%')[0]!.split('::').map((half) => half.split(':').filter(Boolean)) as [string[], string[]?]
  const zeros = tail ? Array<string>(8 - head.length - tail.length).fill('0') : []
  return `${[...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(':')}::/64`
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
