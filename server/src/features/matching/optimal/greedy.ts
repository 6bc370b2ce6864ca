// The answer that is there at once: the weightiest need first, from the nearest line. Each step is sensible, the whole is not the best.
import { type Pair, type Problem, stepsOf } from './problem.ts'

export function greedy(problem: Problem): Pair[] {
  const { tree, lines, needs, distance } = problem
  const left = lines.map(({ open }) => open)
  const steps = new Map([...problem.shares].map(([node, share]) => [node, stepsOf(share, problem.fairness)]))
  const queues = queuesOf(problem)
  const pairs: Pair[] = []

  needs.forEach((need, index) => {
    let open = need.open
    const places = steps.get(need.node)!
    // Lines that would climb no level, then one, then two; of these the nearest area first.
    for (let levels = 0; open > 0 && levels < queues.depths; levels++) {
      for (let area = need.node; open > 0 && area >= 0; area = tree.parent[area]!) {
        const queue = queues.of(area, levels)
        while (queue && open > 0) {
          while (queue.next < queue.lines.length && left[queue.lines[queue.next]!] === 0) queue.next++
          while (places[0]?.room === 0) places.shift()
          const line = queue.lines[queue.next]
          if (line === undefined || !places[0]) break
          if (need.points - places[0].cost - (distance ?? 0) * levels <= 0) return
          const quantity = Math.min(open, left[line]!, places[0].room)
          left[line]! -= quantity
          places[0].room -= quantity
          open -= quantity
          const before = pairs[pairs.length - 1]
          if (before?.line === line && before.need === index) before.quantity += quantity
          else pairs.push({ line, need: index, quantity })
        }
      }
    }
  })
  return pairs
}

interface Queue {
  lines: number[]
  next: number
}

/** For each area the lines so many levels below it; where lines stay in their area, only its own. */
function queuesOf({ tree, lines, distance }: Problem): { depths: number; of(area: number, levels: number): Queue | undefined } {
  const depths = distance === null ? 1 : Math.max(...tree.depth) + 1
  const queues: (Queue | undefined)[] = []
  lines.forEach(({ node }, line) => {
    for (let [area, levels] = [node, 0]; area >= 0 && levels < depths; area = tree.parent[area]!, levels++) {
      const queue = (queues[area * depths + levels] ??= { lines: [], next: 0 })
      queue.lines.push(line)
    }
  })
  return { depths, of: (area, levels) => queues[area * depths + levels] }
}
