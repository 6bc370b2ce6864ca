// Counts attempts in PostgreSQL, by its clock, so that all processes keep one count and a restart forgives nothing (count_attempt and its
// like in the migrations). A refused attempt is not counted: nothing lengthens a wait.
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type pg from 'pg'
import { limited } from './failure.ts'

/** So many attempts in so many seconds, counted from the first one. */
export interface Counter {
  key: string
  attempts: number
  seconds: number
  /** What a network that is not known may still try while the total is full. */
  strange: number
}

/** All attempts at one thing, from anywhere. Once it is full, networks that are not known have less to try; those that are notice nothing. */
export interface Total {
  key: string
  attempts: number
  seconds: number
  /** Marks the network as known, once it was right, for so long. */
  known: string
  knownSeconds: number
}

/** What one attempt is counted under: all or nothing. */
export interface Attempt {
  counters: Counter[]
  total: Total | null
}

/** As the functions of the migrations take it. */
export const valuesOf = ({ counters, total }: Attempt) => [
  counters.map(({ key }) => key), counters.map(({ attempts }) => attempts), counters.map(({ seconds }) => seconds),
  total?.key ?? null, total?.attempts ?? null, total?.seconds ?? null, counters.map(({ strange }) => strange), total?.known ?? null,
] as const

/** Counts one attempt. @throws Limited once there have been too many; the attempt itself must then not be made. */
export async function countAttempt(pool: pg.Pool, attempt: Attempt): Promise<void> {
  const { rows: [counted] } = await pool.query<{ wait: string | null }>('select count_attempt($1, $2, $3, $4, $5, $6, $7, $8, 1) as wait', [...valuesOf(attempt)])
  if (counted!.wait !== null) throw tooMany(Number(counted!.wait))
}

/** Takes one attempt back: it was right. From now on its network is known. */
export async function forgiveAttempt(pool: pg.Pool, { counters, total }: Attempt): Promise<void> {
  const keys = [...counters.map(({ key }) => key), ...(total ? [total.key] : [])]
  await pool.query('select forgive_attempt($1, $2, $3)', [keys, total?.known ?? null, total?.knownSeconds ?? null])
}

export function tooMany(msToWait: number) {
  const seconds = Math.max(1, Math.ceil(msToWait / 1000))
  const { vi, en } = inWords(seconds)
  return limited(seconds, `Đã thử quá nhiều lần. Hãy đợi khoảng ${vi} rồi thử lại.`, `Too many attempts. Wait about ${en}, then try again.`)
}

function inWords(seconds: number): { vi: string; en: string } {
  const [count, vi, en] = seconds < 90 * 60 ? [Math.ceil(seconds / 60), 'phút', 'minute'] : seconds < 36 * 3600 ? [Math.ceil(seconds / 3600), 'giờ', 'hour'] : [Math.ceil(seconds / 86_400), 'ngày', 'day']
  return { vi: `${count} ${vi}`, en: `${count} ${en}${count === 1 ? '' : 's'}` }
}

/**
 * The networks that an address lies in, the narrowest first: an IPv4 address alone, since its neighbours are strangers; of IPv6 the /64, /56
 * and /48, since a customer may be given any of them and change the address within it at will.
 */
export function networksOf(address: string | null): string[] {
  if (address === null) return ['unknown']
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return [plain]
  const groups = groupsOf(plain)
  const hex = (group: number) => group.toString(16)
  const network = groups.slice(0, 4)
  return [network.map(hex).join(':'), `${[...groups.slice(0, 3), network[3]! & 0xff00].map(hex).join(':')}/56`, `${groups.slice(0, 3).map(hex).join(':')}/48`]
}

function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const start = head.split(':').filter(Boolean)
  const end = tail?.split(':').filter(Boolean) ?? []
  const groups = tail === undefined ? start : [...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0'), ...end]
  return groups.map((group) => Number.parseInt(group, 16))
}

/** The table keeps neither addresses nor telephone numbers in clear. */
export const hashed = (key: string) => createHash('sha256').update(key).digest('base64url')
