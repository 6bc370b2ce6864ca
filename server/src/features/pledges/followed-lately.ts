// Pledges that were followed by their long code lately, from where: a follower's page asks again with every event, and then needs no second look.
import type { Hub } from '../../access/hub.ts'
import { FOLLOW_CODE_LENGTH } from './code.ts'

const MOST = 5_000

const all = new WeakMap<Hub['db'], Map<string, string>>()

/**
 * What is found may have been true a while ago, so it is for reads alone that ask for the code again themselves. A short code of before is never
 * kept: following it is counted each time.
 */
export function followedLately({ db }: Hub, network: string | null) {
  const kept = all.get(db) ?? new Map<string, string>()
  all.set(db, kept)
  const keyOf = (code: string) => `${network} ${code}`
  return {
    find: (code: string) => kept.get(keyOf(code)),
    keep(code: string, pledgeId: string) {
      if (code.length !== FOLLOW_CODE_LENGTH) return
      if (kept.size >= MOST) kept.delete(kept.keys().next().value!)
      kept.set(keyOf(code), pledgeId)
    },
  }
}
