// What one unit more is worth, as a falling staircase: how many units are worth the most, how many the next, and so on. Beyond the last
// step a unit is worth nothing.

export interface Curve {
  /** Falling. */
  worths: number[]
  lengths: number[]
}

export const EMPTY: Curve = { worths: [], lengths: [] }

/** Whoever values a unit most gets it first. */
export function merge(curves: Curve[]): Curve {
  if (curves.length === 1) return curves[0]!
  const lengths = new Map<number, number>()
  for (const curve of curves) {
    for (let i = 0; i < curve.worths.length; i++) lengths.set(curve.worths[i]!, (lengths.get(curve.worths[i]!) ?? 0) + curve.lengths[i]!)
  }
  const worths = [...lengths.keys()].sort((a, b) => b - a)
  return { worths, lengths: worths.map((worth) => lengths.get(worth)!) }
}

/** What is left once so many units are there. */
export function after(curve: Curve, units: number): Curve {
  let first = 0
  for (; first < curve.lengths.length && units >= curve.lengths[first]!; first++) units -= curve.lengths[first]!
  const left = { worths: curve.worths.slice(first), lengths: curve.lengths.slice(first) }
  if (first < curve.lengths.length) left.lengths[0]! -= units
  return left
}

/** The first units worth so much more; where the curve ends before, units worth nothing follow. */
export function lift(curve: Curve, units: number, more: number): Curve {
  if (more === 0) return curve
  const lifted: Curve = { worths: [], lengths: [] }
  const put = (worth: number, length: number) => {
    if (length === 0) return
    lifted.worths.push(worth)
    lifted.lengths.push(length)
  }
  for (let i = 0; i < curve.worths.length; i++) {
    const raised = Math.min(units, curve.lengths[i]!)
    put(curve.worths[i]! + more, raised)
    put(curve.worths[i]!, curve.lengths[i]! - raised)
    units -= raised
  }
  put(more, units)
  return lifted
}

/** Deals so many units of a merged curve out to the curves that it was merged from; equal worths in their order. */
export function deal(merged: Curve, units: number, curves: Curve[]): number[] {
  let last = 0
  for (; last < merged.lengths.length && units >= merged.lengths[last]!; last++) units -= merged.lengths[last]!
  const worth = merged.worths[last] ?? -1
  return curves.map((curve) => {
    let dealt = 0
    let i = 0
    for (; i < curve.worths.length && curve.worths[i]! > worth; i++) dealt += curve.lengths[i]!
    if (i < curve.worths.length && curve.worths[i] === worth) {
      const part = Math.min(units, curve.lengths[i]!)
      dealt += part
      units -= part
    }
    return dealt
  })
}

/** The needs of one place, most points first, against the rising steps of its fairness; only what is worth more than nothing. */
export function wanting(needs: { points: number; open: number }[], steps: { room: number; cost: number }[]): Curve {
  const lengths = new Map<number, number>()
  let [i, j] = [0, 0]
  let open = needs[0]?.open ?? 0
  let room = steps[0]?.room ?? 0
  while (i < needs.length && j < steps.length) {
    const worth = needs[i]!.points - steps[j]!.cost
    if (worth <= 0) break
    const length = Math.min(open, room)
    lengths.set(worth, (lengths.get(worth) ?? 0) + length)
    open -= length
    room -= length
    if (open === 0) open = needs[++i]?.open ?? 0
    if (room === 0) room = steps[++j]?.room ?? 0
  }
  return { worths: [...lengths.keys()], lengths: [...lengths.values()] }
}
