// Reads and writes cookies: unreadable to scripts, sent to this host only, and over https alone where there is https.
import type { IncomingMessage } from 'node:http'

export interface Cookie {
  name: string
  read(request: IncomingMessage): string | null
  /** The value of a Set-Cookie header; null clears the cookie. Without a lifetime it ends with the browser. */
  write(value: string | null, lifetimeSeconds?: number): string
}

/**
 * A cookie called `name`, for the whole site. Over https it is named `__Host-…`, which browsers accept from this very host only;
 * plain http, as on one's own machine, does not allow that name.
 */
export function cookieNamed(name: string, { secure }: { secure: boolean }): Cookie {
  const fullName = secure ? `__Host-${name}` : name
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
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

/** As long as browsers keep a cookie; when its session ends, the database decides. */
export const SESSION_COOKIE_SECONDS = 400 * 24 * 60 * 60
