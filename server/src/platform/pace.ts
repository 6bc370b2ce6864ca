// How fast somebody may go on asking: an allowance that is used up and comes back with time, for a burst and for the long run.

export interface Rate {
  /** What may be spent at once after a rest. */
  burst: number
  perSecond: number
}

/** What is left, and since when it grows again. Two numbers, because every socket has one. */
export interface Allowance {
  left: number
  at: number
}

export const fullAllowance = ({ burst }: Rate, now: number): Allowance => ({ left: burst, at: now })

/** Takes `cost` from the allowance. @returns false, and takes nothing, when there is too little left */
export function spend(allowance: Allowance, rate: Rate, cost: number, now: number): boolean {
  const left = Math.min(rate.burst, allowance.left + ((now - allowance.at) / 1_000) * rate.perSecond)
  allowance.at = now
  allowance.left = left < cost ? left : left - cost
  return left >= cost
}

export const isFull = (allowance: Allowance, rate: Rate, now: number) => allowance.left + ((now - allowance.at) / 1_000) * rate.perSecond >= rate.burst

/** Allowances by name; those that are full again are forgotten by `sweep`. */
export function createPaces(rate: Rate, clock: () => number = () => performance.now()) {
  const all = new Map<string, Allowance>()
  return {
    spend(name: string, cost: number): boolean {
      let allowance = all.get(name)
      if (!allowance) all.set(name, (allowance = fullAllowance(rate, clock())))
      return spend(allowance, rate, cost, clock())
    },
    sweep() {
      for (const [name, allowance] of all) if (isFull(allowance, rate, clock())) all.delete(name)
    },
    size: () => all.size,
  }
}
