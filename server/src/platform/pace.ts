// How fast somebody may go on asking: an allowance that is used up and comes back with time, for a burst and for the long run.

export interface Rate {
  /** What may be spent at once after a rest. */
  burst: number
  perSecond: number
}

/**
 * Takes `cost` from an allowance. An allowance is one number, since every socket has one: the millisecond at which it is whole again.
 * @returns the allowance after that; null, when there is too little left and nothing is taken
 */
export function spend(wholeAt: number, { burst, perSecond }: Rate, cost: number, now: number): number | null {
  const after = Math.max(wholeAt, now) + (cost * 1_000) / perSecond
  return after - now <= (burst * 1_000) / perSecond ? after : null
}

/** Allowances by name; those that are whole again are forgotten by `sweep`. */
export function createPaces(rate: Rate, clock: () => number = () => performance.now()) {
  const all = new Map<string, number>()
  return {
    spend(name: string, cost: number): boolean {
      const left = spend(all.get(name) ?? 0, rate, cost, clock())
      if (left !== null) all.set(name, left)
      return left !== null
    },
    sweep() {
      for (const [name, wholeAt] of all) if (wholeAt <= clock()) all.delete(name)
    },
    size: () => all.size,
  }
}
