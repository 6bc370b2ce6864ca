// How often one may try: the limits on guessing and flooding, by name.
import type { Hub } from '../../access/hub.ts'
import { countAttempt, forgiveAttempt, hashed, networkOf, tooMany } from '../../platform/rate-limit.ts'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

// A network may be a whole office, a meeting hall or a mobile carrier's gateway, so it may try more often than one account.
const limits = {
  signIn: { per: 'subject', attempts: 10, seconds: 15 * MINUTE },
  signInFrom: { per: 'network', attempts: 60, seconds: 15 * MINUTE },
  register: { per: 'network', attempts: 60, seconds: 10 * MINUTE },
  makePledge: { per: 'network', attempts: 60, seconds: 10 * MINUTE },
  followCode: { per: 'network', attempts: 30, seconds: 10 * MINUTE },
  slipCode: { per: 'network', attempts: 30, seconds: 15 * MINUTE },
  /** Wrong PINs on one slip from one network. */
  slipGuess: { per: 'subject', attempts: 5, seconds: 15 * MINUTE },
  /** Wrong PINs on one slip from anywhere: within a year 0.3 % of all PINs. The bound device is never asked. */
  slipGuessAnywhere: { per: 'subject', attempts: 50, seconds: 7 * DAY },
} as const satisfies Record<string, { per: 'network' | 'subject'; attempts: number; seconds: number }>

export type LimitName = keyof typeof limits

function of(name: LimitName, key: string | null) {
  const { per, ...allowance } = limits[name]
  return [{ name, ...allowance }, per === 'network' ? networkOf(key) : (key ?? '')] as const
}

/**
 * Counts one attempt, before it is made.
 * @param key for a limit per network the address of the request (null: not known), else what is guessed at
 * @throws Limited
 */
export const limit = (hub: Hub, name: LimitName, key: string | null) => countAttempt(hub.db.gate, ...of(name, key))

/** The pledge of a follow code, or null, which is counted. @throws Limited when the network has guessed too often */
export async function followPledge({ db }: Hub, code: string, address: string | null): Promise<string | null> {
  const { attempts, seconds } = limits.followCode
  const { rows } = await db.pool.query<{ pledge_id: string | null; wait_ms: string | null }>({
    name: 'follow_pledge', text: 'select * from follow_pledge($1, $2, $3, $4)', values: [code, `followCode:${hashed(networkOf(address))}`, attempts, seconds],
  })
  const [found] = rows as [(typeof rows)[number]]
  if (found.wait_ms !== null) throw tooMany(Number(found.wait_ms))
  return found.pledge_id
}

/** Takes the attempt back, once it turned out to be right. */
export const forgive = (hub: Hub, name: LimitName, key: string | null) => forgiveAttempt(hub.db.gate, ...of(name, key))
