// The same problems as linear programmes, for HiGHS: the flow on the tree of areas arc by arc and, for small ones, each line beside each need.
// Independent of our solver: nothing of it is used here but what a problem is.
import { type Problem, stepsOf } from '../../server/src/features/matching/optimal/problem.ts'

/** A flow on two copies of the tree: `u` climbs and pays, `x` crosses over, `d` goes down, `f` fills a step of fairness, `y` meets a need. */
export function treeProgramme({ tree, lines, needs, shares, distance, fairness }: Problem): string {
  const objective: string[] = []
  const constraints: string[] = []
  const bounds: string[] = []
  const supplies = new Map<number, number>()
  for (const { node, open } of lines) supplies.set(node, (supplies.get(node) ?? 0) + open)
  const needsAt = new Map<number, string[]>()
  needs.forEach(({ node }, i) => needsAt.set(node, [...(needsAt.get(node) ?? []), `y${i}`]))

  for (let node = 0; node < tree.parent.length; node++) {
    const children = tree.children[node]!
    const below = children.map((child) => `- u${child}`).join(' ')
    const supply = supplies.get(node) ?? 0
    // Up: what crosses over or climbs on comes from the lines here or from below.
    constraints.push(distance === null ? `x${node} <= ${supply}` : `x${node} ${node ? `+ u${node}` : ''} ${below} <= ${supply}`)
    if (node && distance) objective.push(`- ${distance} u${node}`)
    // Down: what crosses over or comes from above goes on, or stays.
    const steps = needsAt.has(node) ? stepsOf(shares.get(node)!, fairness) : []
    const stays = steps.map((_, step) => `- f${node}_${step}`).join(' ')
    constraints.push(`x${node} ${node ? `+ d${node}` : ''} ${children.map((child) => `- d${child}`).join(' ')} ${stays} >= 0`)
    steps.forEach(({ room, cost }, step) => {
      if (cost) objective.push(`- ${cost} f${node}_${step}`)
      bounds.push(`f${node}_${step} <= ${room}`)
    })
    if (steps.length) constraints.push(`${needsAt.get(node)!.join(' + ')} ${stays} <= 0`)
  }
  needs.forEach(({ points, open }, i) => {
    objective.push(`+ ${points} y${i}`)
    bounds.push(`y${i} <= ${open}`)
  })
  return programme(objective, constraints, bounds)
}

/** Each line beside each need that it may serve: plain to see, and far too large for anything but small problems. */
export function pairProgramme({ lines, needs, shares, distance, fairness }: Problem, levels: (line: number, need: number) => number): string {
  const objective: string[] = []
  const constraints: string[] = []
  const bounds: string[] = []
  const joins = lines.flatMap((_, line) => needs.flatMap(({ points }, need) => {
    const climbed = levels(line, need)
    if (distance === null && climbed > 0) return []
    objective.push(`+ ${points - (distance ?? 0) * climbed} q${line}_${need}`)
    return [{ line, need, name: `q${line}_${need}` }]
  }))
  const atMost = (found: { name: string }[], open: number) => {
    if (found.length) constraints.push(`${found.map(({ name }) => name).join(' + ')} <= ${open}`)
  }
  lines.forEach(({ open }, line) => atMost(joins.filter((join) => join.line === line), open))
  needs.forEach(({ open }, need) => atMost(joins.filter((join) => join.need === need), open))
  for (const [node, share] of shares) {
    const here = joins.filter(({ need }) => needs[need]!.node === node)
    const steps = stepsOf(share, fairness)
    if (here.length === 0) continue
    constraints.push(`${here.map(({ name }) => name).join(' + ')} ${steps.map((_, step) => `- f${node}_${step}`).join(' ')} <= 0`)
    steps.forEach(({ room, cost }, step) => {
      if (cost) objective.push(`- ${cost} f${node}_${step}`)
      bounds.push(`f${node}_${step} <= ${room}`)
    })
  }
  return programme(objective, constraints, bounds)
}

const programme = (objective: string[], constraints: string[], bounds: string[]) =>
  `Maximize\n obj: ${objective.length ? objective.join('\n') : '0 nothing'}\nSubject To\n${constraints.map((row, i) => `c${i}: ${row}`).join('\n')}\nBounds\n${bounds.join('\n')}\nEnd\n`
