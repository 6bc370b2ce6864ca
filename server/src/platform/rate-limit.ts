// Counts attempts in PostgreSQL, so that all processes keep one count and a restart forgives nothing.
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { limited } from './failure.ts'

/** So many attempts in so many seconds, counted from the first one. */
export interface Allowance {
  name: string
  attempts: number
  seconds: number
}

const limiters = new WeakMap<pg.Pool, Map<string, RateLimiterPostgres>>()

/** Counts one attempt. @throws Limited once there have been too many; the attempt itself must then not be made. */
export async function countAttempt(pool: pg.Pool, allowance: Allowance, key: string): Promise<void> {
  try {
    await limiterOf(pool, allowance).consume(hashed(key))
  } catch (refusal) {
    throw refusal instanceof RateLimiterRes ? tooMany(refusal.msBeforeNext) : refusal
  }
}

export function tooMany(msToWait: number) {
  const seconds = Math.max(1, Math.ceil(msToWait / 1000))
  const minutes = Math.ceil(seconds / 60)
  return limited(seconds,
    `Đã thử quá nhiều lần. Hãy đợi khoảng ${minutes} phút rồi thử lại.`,
    `Too many attempts. Wait about ${minutes} minute${minutes === 1 ? '' : 's'}, then try again.`)
}

/** Takes one attempt back: it was no guess. */
export async function forgiveAttempt(pool: pg.Pool, allowance: Allowance, key: string): Promise<void> {
  await limiterOf(pool, allowance).reward(hashed(key))
}

/** One household of the Internet: an IPv4 address, or the /64 that a provider gives to a customer. */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown'
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('%')[0]!.split('::')
  const start = head.split(':').filter(Boolean)
  const end = tail?.split(':').filter(Boolean) ?? []
  const groups = tail === undefined ? start : [...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0'), ...end]
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

/** The table keeps neither addresses nor telephone numbers in clear. */
export const hashed = (key: string) => createHash('sha256').update(key).digest('base64url')

function limiterOf(pool: pg.Pool, { name, attempts, seconds }: Allowance): RateLimiterPostgres {
  const known = limiters.get(pool) ?? new Map<string, RateLimiterPostgres>()
  limiters.set(pool, known)
  const limiter = known.get(name) ?? new RateLimiterPostgres({
    storeClient: pool, tableName: 'rate_limit', tableCreated: true, keyPrefix: name, points: attempts, duration: seconds,
    // One of them sweeps the table for all.
    clearExpiredByTimeout: known.size === 0,
  })
  known.set(name, limiter)
  return limiter
}
