// Reads and writes cookies: unreadable to scripts, sent to this host only, and over https alone where there is https.
import type { IncomingMessage } from 'node:http'

export interface Cookie {
  name: string
  read(request: IncomingMessage): string | null
  /** The value of a Set-Cookie header; null clears the cookie. Without a lifetime it ends with the browser. */
  write(value: string | null, lifetimeSeconds?: number): string
}

export interface CookieKind {
  secure: boolean
  /** Where it is sent: the whole site unless said. */
  path?: string
  /** Strict: not even with a link that another site shows. */
  sameSite?: 'Lax' | 'Strict'
}

/**
 * A cookie called `name`. Over https it is named `__Host-…`, which browsers accept from this very host only, or `__Secure-…` where it
 * is not for the whole site; plain http, as on one's own machine, does not allow those names.
 */
export function cookieNamed(name: string, { secure, path = '/', sameSite = 'Lax' }: CookieKind): Cookie {
  const fullName = secure ? `${path === '/' ? '__Host' : '__Secure'}-${name}` : name
  const attributes = `Path=${path}; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`
  return {
    name: fullName,
    read(request) {
      for (const pair of request.headers.cookie?.split(';') ?? []) {
        const at = pair.indexOf('=')
        if (at > 0 && pair.slice(0, at).trim() === fullName) return pair.slice(at + 1).trim() || null
      }
      return null
    },
    write(value, lifetimeSeconds) {
      if (value !== null && !/^[\w.~-]{1,512}$/.test(value)) throw new Error(`${fullName}: not a cookie value`)
      const lifetime = value === null ? '; Max-Age=0' : lifetimeSeconds === undefined ? '' : `; Max-Age=${lifetimeSeconds}`
      return `${fullName}=${value ?? ''}; ${attributes}${lifetime}`
    },
  }
}

export const isSecure = (publicUrl: string | null) => publicUrl?.startsWith('https:') ?? false

export const sessionCookie = (publicUrl: string | null) => cookieNamed('chungtay', { secure: isSecure(publicUrl) })

/** By which an account knows a browser again that has signed in to it. It opens nothing. */
export const deviceCookie = (publicUrl: string | null) => cookieNamed('chungtay_device', { secure: isSecure(publicUrl) })

/** As long as browsers keep a cookie; when its session ends, the database decides. */
export const SESSION_COOKIE_SECONDS = 400 * 24 * 60 * 60
