// Where a request comes from: the address of its sender, the page that sent it, and the language of its reader.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Hosts } from './hosts.ts'

/**
 * The sender's address. Each proxy of one's own adds to X-Forwarded-For the address that it was asked from, so of n of them the n-th
 * entry from the end is the sender's; those before it are the sender's own word. A chain that is shorter came in behind the outermost proxy.
 */
export function addressOf(request: IncomingMessage, { proxies }: { proxies: number }): string | null {
  const counted = proxies > 0 ? forwardedFor(request).slice(-proxies)[0] : undefined
  return (counted && addressIn(counted)) || (request.socket.remoteAddress ?? null)
}

/** The entries of X-Forwarded-For, the nearest proxy's last. */
export const forwardedFor = (request: IncomingMessage): string[] =>
  String(request.headers['x-forwarded-for'] ?? '').split(',').map((entry) => entry.trim()).filter(Boolean)

/** Some proxies add the port, and brackets around an IPv6 address. */
function addressIn(entry: string): string | null {
  const address = /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry
  return isIP(address) ? address : null
}

/** A request that changes something was sent by a page of this site, or by a program: no other site may write with a visitor's cookie. */
export function mayWrite(request: IncomingMessage, hosts: Hosts): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  // `Referrer-Policy: no-referrer` makes older browsers send "null" with a page's own forms; there SameSite keeps the cookie at home.
  return origin === undefined || origin === 'null' || hosts.hasOrigin(origin, request.headers.host)
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
