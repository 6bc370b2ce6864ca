// What every answer says to the browser: run only our own scripts, show us in nobody's frame, tell nobody where you came from.
import { isSecure } from './cookies.ts'

/** A Content-Security-Policy; what a page needs beyond the usual is given by directive. */
export function contentPolicy(more: Record<string, string> = {}): string {
  const directives = {
    'default-src': "'self'",
    'base-uri': "'none'",
    'object-src': "'none'",
    'frame-ancestors': "'none'",
    'form-action': "'self'",
    'img-src': "'self' data:",
    ...more,
  }
  return Object.entries(directives).map(([directive, sources]) => `${directive} ${sources}`).join('; ')
}

export function securityHeaders(publicUrl: string | null): Record<string, string> {
  // Browsers of before 2022 do not count the socket among 'self'.
  const socket: Record<string, string> = publicUrl ? { 'connect-src': `'self' ${new URL(publicUrl).origin.replace(/^http/, 'ws')}` } : {}
  return {
    // Whatever is the same for all says so itself.
    'cache-control': 'no-store',
    'content-security-policy': contentPolicy(socket),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Slip and follow codes stand in addresses.
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isSecure(publicUrl) ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}
