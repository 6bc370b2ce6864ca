// The best answer to a problem, exactly. It is a minimum-cost flow on the tree of areas: a gift climbs from the area of its line, each level
// costs distance, and goes down free to a need. On a tree such a flow needs no search for paths. What an area makes of one unit more is a falling
// curve; an area's curve follows from those of the areas within it, so one pass upwards knows all curves and one pass down deals the gifts out.
import { type Curve, EMPTY, after, deal, lift, merge, wanting } from './curve.ts'
import { type Pair, type Problem, stepsOf } from './problem.ts'

export function solve(problem: Problem): Pair[] {
  const { tree, distance } = problem
  const count = tree.parent.length
  const linesAt = placed(count, problem.lines)
  const needsAt = placed(count, problem.needs)

  // Upwards. A unit that leaves an area saves nobody the way: seen from above, the area values a unit that it could send up by the distance more.
  const own: Curve[] = []
  const within: Curve[] = []
  const seen: Curve[] = []
  const staying = new Float64Array(count)
  const leaving = new Float64Array(count)
  for (let node = count - 1; node >= 0; node--) {
    const needs = needsAt[node]!.map((need) => problem.needs[need]!)
    own[node] = needs.length ? wanting(needs, stepsOf(problem.shares.get(node)!, problem.fairness)) : EMPTY
    const given = linesAt[node]!.reduce((sum, line) => sum + problem.lines[line]!.open, 0)
    if (distance === null) staying[node] = given
    else leaving[node]! += given
    within[node] = merge([own[node]!, ...tree.children[node]!.map((child) => seen[child]!)])
    seen[node] = staying[node] ? after(within[node]!, staying[node]!) : within[node]!
    if (node === 0) break
    if (leaving[node]) seen[node] = lift(seen[node]!, leaving[node]!, distance!)
    leaving[tree.parent[node]!]! += leaving[node]!
  }

  // Downwards: how many units each area has, and so how many come into it (or, below zero, leave it).
  const incoming = new Float64Array(count)
  const ownUnits = new Float64Array(count)
  const has = new Float64Array(count)
  has[0] = leaving[0]!
  for (let node = 0; node < count; node++) {
    const children = tree.children[node]!
    const [mine, ...theirs] = deal(within[node]!, has[node]! + staying[node]!, [own[node]!, ...children.map((child) => seen[child]!)])
    ownUnits[node] = mine!
    children.forEach((child, i) => {
      has[child] = theirs[i]!
      incoming[child] = theirs[i]! - leaving[child]!
    })
  }
  return paired(problem, linesAt, needsAt, incoming, ownUnits)
}

/** The rows of each node, in their order. */
function placed(count: number, rows: { node: number }[]): number[][] {
  const at: number[][] = Array.from({ length: count }, () => [])
  rows.forEach(({ node }, i) => at[node]!.push(i))
  return at
}

/** Units of one line, in one place. */
interface Lot {
  line: number
  units: number
}

/** Says of which line each unit is, and to which need it goes. */
function paired({ tree, lines, needs }: Problem, linesAt: number[][], needsAt: number[][], incoming: Float64Array, ownUnits: Float64Array): Pair[] {
  const stock: Lot[][] = linesAt.map((at) => at.map((line) => ({ line, units: lines[line]!.open })).reverse())
  const move = (from: number, units: number, put: (lot: Lot) => void) => {
    const lots = stock[from]!
    while (units > 0 && lots.length > 0) {
      const lot = lots[lots.length - 1]!
      const part = Math.min(units, lot.units)
      put({ line: lot.line, units: part })
      lot.units -= part
      units -= part
      if (lot.units === 0) lots.pop()
    }
  }
  const count = tree.parent.length
  for (let node = count - 1; node > 0; node--) {
    const above = stock[tree.parent[node]!]!
    if (incoming[node]! < 0) move(node, -incoming[node]!, (lot) => above.push(lot))
  }
  const pairs: Pair[] = []
  for (let node = 0; node < count; node++) {
    let left = ownUnits[node]!
    for (const need of needsAt[node]!) {
      if (left === 0) break
      const wanted = Math.min(left, needs[need]!.open)
      left -= wanted
      move(node, wanted, ({ line, units }) => {
        const before = pairs[pairs.length - 1]
        if (before?.line === line && before.need === need) before.quantity += units
        else pairs.push({ line, need, quantity: units })
      })
    }
    for (const child of tree.children[node]!) if (incoming[child]! > 0) move(node, incoming[child]!, (lot) => stock[child]!.push(lot))
  }
  return pairs
}
