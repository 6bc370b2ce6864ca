// Matches a batch: the best answer and, beside it, the greedy one; every proposal with its reasons. Equal batches give equal results, to the letter.
import { REASONS, type ReasonCode, suggest } from '../rules.ts'
import { type Batch, type Line, type Need, daysWithout } from './batch.ts'
import { greedy } from './greedy.ts'
import type { Refused } from './guards.ts'
import { solve } from './optimum.ts'
import { type Pair, type Problem, problemsOf, scoreOf } from './problem.ts'

export interface Proposal {
  line: string
  need: string
  quantity: number
  reasons: ReasonCode[]
}

/** What became of one kind. Scores are points × units of the kind, so they compare within it alone. */
export interface KindResult {
  kind: string
  lines: number
  needs: number
  /** Units that are still to give, that are wanted, and that find each other. */
  offered: number
  wanted: number
  matched: number
  score: string
}

export interface Result {
  kinds: KindResult[]
  proposals: Proposal[]
  /** What the guards left out. */
  refused: Refused[]
}

export type Method = 'greedy' | 'optimal'

export function match(batch: Batch, method: Method): Result {
  const { problems, refused } = problemsOf(batch)
  const lines = new Map(batch.lines.map((line) => [line.id, line]))
  const needs = new Map(batch.needs.map((need) => [need.id, need]))
  const result: Result = { kinds: [], proposals: [], refused }
  for (const problem of problems) {
    const pairs = method === 'optimal' ? solve(problem) : greedy(problem)
    result.kinds.push({
      kind: problem.kind,
      lines: problem.lines.length, needs: problem.needs.length,
      offered: sum(problem.lines, 'open'), wanted: sum(problem.needs, 'open'), matched: sum(pairs, 'quantity'),
      score: scoreOf(problem, pairs).toString(),
    })
    for (const pair of inOrder(pairs)) {
      const line = lines.get(problem.lines[pair.line]!.id)!
      const need = needs.get(problem.needs[pair.need]!.id)!
      result.proposals.push({ line: line.id, need: need.id, quantity: pair.quantity, reasons: reasonsOf(batch, problem, pair, line, need) })
    }
  }
  return result
}

/** The weightiest need first. */
const inOrder = (pairs: Pair[]) => pairs.toSorted((a, b) => a.need - b.need || a.line - b.line)

const sum = <K extends string>(rows: Record<K, number>[], key: K) => rows.reduce((total, row) => total + row[key], 0)

function reasonsOf({ day }: Batch, problem: Problem, pair: Pair, line: Line, need: Need): ReasonCode[] {
  const share = problem.shares.get(problem.needs[pair.need]!.node)!
  const { reasons } = suggest({
    needId: need.id, needOpen: BigInt(need.open), lineOpen: BigInt(pair.quantity),
    isTargetHamlet: line.area === need.area,
    isOutsideTarget: line.area !== '' && line.area !== need.area && !need.area.startsWith(`${line.area}.`),
    answersWish: line.terms?.some((term) => need.speaksOf?.includes(term)) ?? false,
    isNearWork: Boolean(line.workplace) && `${need.area}.`.startsWith(`${line.workplace}.`),
    urgency: need.urgency, answersCause: need.causes > 0, answersDeprivation: need.deprivations > 0, isPoor: need.isPoor,
    allocationsBefore: need.supportedOn === null ? 0 : 1,
    sameKindRecently: need.sameKindOn !== null,
    isLeastServedHamlet: share.met * 4 < share.wanted,
    waitingDays: daysWithout(need, day),
  })
  return reasons.toSorted((a, b) => REASONS[b].weight - REASONS[a].weight)
}
