// A batch taken apart into one problem a kind, and what an answer to it is worth. What hangs on one line and one need together (that it teaches the very
// skill, that the work is near) is told, not counted: a gift that has climbed into an area is one with all others there.
import { type Batch, pointsOf } from './batch.ts'
import { type Refused, guard } from './guards.ts'
import { type Tree, levelsBetween, treeOf } from './tree.ts'

/** A hamlet's needs of a kind, all of them, and what of these is met. */
export interface Share {
  wanted: number
  met: number
}

export interface Problem {
  kind: string
  tree: Tree
  /** By id. */
  lines: { id: string; node: number; open: number }[]
  /** By points, then by id. */
  needs: { id: string; node: number; open: number; points: number }[]
  shares: Map<number, Share>
  /** Points lost a level; null where gifts stay in the area that their giver chose. */
  distance: number | null
  fairness: number
}

/** So much of a line goes to a need; both by their place in the problem. */
export interface Pair {
  line: number
  need: number
  quantity: number
}

/** Fairness counts in quarters of a hamlet's needs. */
const STEPS = 4

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

export function problemsOf(batch: Batch): { problems: Problem[]; refused: Refused[] } {
  const { eligible, refused } = guard(batch)
  const lines = byKind(batch.lines.filter((line) => line.open > 0))
  const all = byKind(batch.needs)
  const open = byKind(eligible)
  const problems = [...lines.keys()].filter((kind) => open.has(kind)).sort().map((kind): Problem => {
    const tree = treeOf([...lines.get(kind)!, ...all.get(kind)!].map(({ area }) => area))
    const shares = new Map<number, Share>()
    for (const need of all.get(kind)!) {
      const node = tree.of(need.area)
      const share = shares.get(node)
      if (share) {
        share.wanted += need.quantity
        share.met += need.quantity - need.open
      } else shares.set(node, { wanted: need.quantity, met: need.quantity - need.open })
    }
    const problem: Problem = {
      kind, tree, shares,
      lines: lines.get(kind)!.map(({ id, area, open }) => ({ id, node: tree.of(area), open })).sort(byId),
      needs: open.get(kind)!.map((need) => ({ id: need.id, node: tree.of(need.area), open: need.open, points: pointsOf(need, batch.weights, batch.day) }))
        .sort((a, b) => b.points - a.points || byId(a, b)),
      distance: batch.guards.targetBinds ? null : batch.weights.distance,
      fairness: batch.weights.fairness,
    }
    for (const rows of [problem.lines, problem.needs]) {
      if (!Number.isSafeInteger(rows.reduce((sum, { open }) => sum + open, 0) * STEPS)) throw new RangeError(`Quantities of ${kind} are too large to be exact`)
    }
    return problem
  })
  return { problems, refused }
}

function byKind<T extends { kind: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.kind)
    if (group) group.push(row)
    else groups.set(row.kind, [row])
  }
  return groups
}

/** The quarters of a hamlet's needs that are not met yet: how much fits in each, and what a unit in it costs. It only ever rises. */
export function stepsOf({ wanted, met }: Share, fairness: number): { room: number; cost: number }[] {
  const steps = []
  for (let step = 1; step <= STEPS; step++) {
    const from = Math.max(met, Math.floor((wanted * (step - 1)) / STEPS))
    const room = Math.floor((wanted * step) / STEPS) - from
    if (room > 0) steps.push({ room, cost: fairness * (step - 1) })
  }
  return steps
}

/** The sum of quantity × (points − distance) less what fairness costs each hamlet. */
export function scoreOf(problem: Problem, pairs: Pair[]): bigint {
  let score = 0n
  const given = new Map<number, number>()
  for (const pair of pairs) {
    const { node, points } = problem.needs[pair.need]!
    const levels = levelsBetween(problem.tree, problem.lines[pair.line]!.node, node)
    score += BigInt(pair.quantity) * BigInt(points - (problem.distance ?? 0) * levels)
    given.set(node, (given.get(node) ?? 0) + pair.quantity)
  }
  for (const [node, quantity] of given) {
    let left = quantity
    for (const { room, cost } of stepsOf(problem.shares.get(node)!, problem.fairness)) {
      const fits = Math.min(room, left)
      score -= BigInt(fits) * BigInt(cost)
      left -= fits
    }
  }
  return score
}
