// What can be recorded of an animal now; the server decides, this only keeps from asking what it would refuse.

export const recordable = ['VACCINATED', 'ILL', 'BORN', 'BOUGHT', 'SOLD', 'OWNED', 'DIED', 'STOLEN'] as const
export type Recordable = (typeof recordable)[number]

interface Recorded {
  id: string
  sex: 'FEMALE' | 'MALE'
  owner: 'PROGRAMME' | 'HOUSEHOLD'
  status: 'ALIVE' | 'DIED' | 'STOLEN' | 'SOLD'
  /** Handed on, and not answered yet. */
  awaiting: object | null
  duty: { ownedFrom: string | null } | null
  dam: { duty: { state: string; calf: string | null } | null } | null
}

/** `today`: YYYY-MM-DD. */
export function recordableOf({ id, sex, owner, status, awaiting, duty, dam }: Recorded, today: string): Recordable[] {
  const isOwed = (state: string) => dam?.duty?.state === state && dam.duty.calf === id
  if (awaiting) return []
  if (status === 'SOLD') return isOwed('BUY_FEMALE') ? ['BOUGHT'] : []
  if (status !== 'ALIVE') return []
  const can: Record<Recordable, boolean> = {
    BORN: sex === 'FEMALE', BOUGHT: false, VACCINATED: true, ILL: true, SOLD: owner === 'HOUSEHOLD' || isOwed('SELL_MALE'),
    OWNED: owner === 'PROGRAMME' && !!duty?.ownedFrom && duty.ownedFrom <= today, DIED: true, STOLEN: true,
  }
  return recordable.filter((kind) => can[kind])
}
