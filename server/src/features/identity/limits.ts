// How often one may try: the limits on guessing and flooding, by name.
import type { Hub } from '../../access/hub.ts'
import { type Attempt, type Counter, countAttempt, forgiveAttempt, hashed, networksOf, tooMany, valuesOf } from '../../platform/rate-limit.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Count {
  /** `network`: what one network tries; `subject`: what is tried at one thing; `both`: what one network tries at one thing. */
  per: 'network' | 'subject' | 'both'
  attempts: number
  seconds: number
}

interface Limit {
  counts: Count[]
  /**
   * All wrong guesses at the subject. Beyond it a network from which nobody was ever right has only `strange` guesses left: a flood from
   * everywhere is slowed, and whoever is right the first time passes even then.
   */
  everywhere?: { attempts: number; seconds: number; strange: number; knownSeconds: number }
}

// A network may be a whole office, a meeting hall or a mobile carrier's gateway, so it may try more often than one account.
const limits = {
  /** On a browser that never signed in to the account. Nobody's guesses elsewhere shut anyone out. */
  signIn: {
    counts: [{ per: 'both', attempts: 10, seconds: 15 * MINUTE }, { per: 'network', attempts: 60, seconds: 15 * MINUTE }],
    everywhere: { attempts: 100, seconds: HOUR, strange: 2, knownSeconds: 90 * DAY },
  },
  /** On one that did: a count of its own, whatever is guessed in its network and from everywhere. */
  signInOnDevice: { counts: [{ per: 'subject', attempts: 10, seconds: 15 * MINUTE }] },
  /** Per session: who holds another one cannot use it up. */
  changePassword: { counts: [{ per: 'subject', attempts: 10, seconds: 15 * MINUTE }] },
  register: { counts: [{ per: 'network', attempts: 60, seconds: 10 * MINUTE }] },
  makePledge: { counts: [{ per: 'network', attempts: 60, seconds: 10 * MINUTE }] },
  followCode: {
    counts: [{ per: 'network', attempts: 30, seconds: 10 * MINUTE }],
    everywhere: { attempts: 1000, seconds: 10 * MINUTE, strange: 3, knownSeconds: 30 * DAY },
  },
  slipCode: { counts: [{ per: 'network', attempts: 30, seconds: 15 * MINUTE }] },
  /**
   * Wrong PINs on one slip, for whoever already has its code. A million PINs bear few guesses: 50 a week from all unknown networks together,
   * which then wait, and as many from each network where it was opened before. The bound device is never asked.
   */
  slipPin: {
    counts: [{ per: 'both', attempts: 5, seconds: 15 * MINUTE }, { per: 'both', attempts: 50, seconds: 7 * DAY }],
    everywhere: { attempts: 50, seconds: 7 * DAY, strange: 0, knownSeconds: 400 * DAY },
  },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

/** What an attempt is counted under. Wider networks may try more: twice as often in a /56 as in one of its /64, and again in a /48. */
function attemptAt(name: LimitName, address: string | null, subject: string): Attempt {
  const { counts, everywhere }: Limit = limits[name]
  const networks = networksOf(address)
  const counters = counts.flatMap(({ per, attempts, seconds }, nth) => (per === 'subject' ? [subject] : networks).map((network, i): Counter => ({
    key: `${name} ${nth}:${hashed(per === 'both' ? `${subject} ${network}` : network)}`, attempts: attempts << i, seconds,
    // Of a flood at one thing, what a network tries at other things tells nothing.
    strange: everywhere && (per === 'both' || subject === '') ? everywhere.strange << i : attempts << i,
  })))
  return {
    counters,
    total: everywhere ? { key: `${name} total:${hashed(subject)}`, known: `${name} known:${hashed(`${subject} ${networks[0]}`)}`, ...everywhere } : null,
  }
}

/**
 * Counts one attempt, before it is made.
 * @param address of the request; null: not known
 * @param subject what is guessed at, where the limit is on that
 * @throws Limited
 */
export const limit = (hub: Hub, name: LimitName, address: string | null, subject = '') => countAttempt(hub.db.gate, attemptAt(name, address, subject))

/** Takes the attempt back, once it turned out to be right. */
export const forgive = (hub: Hub, name: LimitName, address: string | null, subject = '') => forgiveAttempt(hub.db.gate, attemptAt(name, address, subject))

/**
 * The pledge of a follow code, or null, which is counted.
 * @param readings what the code may have been, where it was garbled
 * @throws Limited when the network has guessed too often; never for the long code of a pledge
 */
export async function followPledge({ db }: Hub, readings: string[], address: string | null): Promise<string | null> {
  const attempt = attemptAt('followCode', address, '')
  const { rows } = await db.pool.query<{ pledge_id: string | null; wait_ms: string | null }>({
    name: 'follow_pledge', text: 'select * from follow_pledge($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', values: [readings, ...valuesOf(attempt), attempt.total!.knownSeconds],
  })
  const [found] = rows as [(typeof rows)[number]]
  if (found.wait_ms !== null) throw tooMany(Number(found.wait_ms))
  return found.pledge_id
}
