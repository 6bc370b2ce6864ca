// Matching in batches: our optimum beside that of HiGHS, the same problems, each kind by itself. Ours counts with saying which line meets which need,
// HiGHS without writing its programmes down, and set as it is fastest. Then the greedy answer beside the best.
import { greedy } from '../../../server/src/features/matching/optimal/greedy.ts'
import { solve } from '../../../server/src/features/matching/optimal/optimum.ts'
import { type Pair, problemsOf, scoreOf } from '../../../server/src/features/matching/optimal/problem.ts'
import { FASTEST, openHighs } from '../../support/highs.ts'
import { makeBatch } from '../../support/matching-batch.ts'
import { treeProgramme } from '../../support/matching-lp.ts'
import { median } from '../measure.ts'
import { type Measure, type Row, row } from '../row.ts'

/** Needs of a batch, how much faster we mean to be, and the rounds that HiGHS gets. */
const SIZES = [
  { needs: 1_000, goal: 3, rounds: 5 },
  { needs: 10_000, goal: 3, rounds: 3 },
  { needs: 100_000, goal: 2.5, rounds: 1 },
]
const SEED = 1

export const measure: Measure = async (bench) => {
  const best = await openHighs()
  const rows: Row[] = []
  for (const { needs, goal, rounds } of SIZES) {
    const { problems } = problemsOf(makeBatch({ needs, seed: SEED }))
    const programmes = problems.map(treeProgramme)
    const [way] = FASTEST.map((options) => ({ options, ...timed(() => best(programmes[0]!, options)) })).sort((a, b) => a.milliseconds - b.milliseconds)
    problems.map(solve) // warm, as HiGHS is now
    const found: { ours: Timed<Pair[][]>; theirs: Timed<bigint[]>; ratio: number }[] = []
    for (let round = 0; round < rounds; round++) {
      bench.say(`Matching ${needs} needs, round ${round + 1}`)
      const ours = timed(() => problems.map(solve))
      const theirs = timed(() => programmes.map((programme) => best(programme, way!.options)))
      found.push({ ours, theirs, ratio: theirs.milliseconds / ours.milliseconds })
    }
    const quick = timed(() => problems.map(greedy))
    const ours = found[0]!.ours.result.map((pairs, i) => scoreOf(problems[i]!, pairs))
    const theirs = found[0]!.theirs.result
    const share = quick.result.reduce((sum, pairs, i) => sum + Number(scoreOf(problems[i]!, pairs)), 0) / ours.reduce((sum, score) => sum + Number(score), 0)
    const size = `${needs.toLocaleString('en-GB')} needs`
    const time = (side: 'ours' | 'theirs') => `${median(found.map((round) => round[side].milliseconds)).toFixed(0)} ms`
    rows.push(
      row(`matching ${size}, HiGHS : own, time`, median(found.map(({ ratio }) => ratio)), { atLeast: goal },
        `HiGHS ${time('theirs')} (${JSON.stringify(way!.options)}) : own ${time('ours')}, ${problems.length} kinds, ${needs / 5} lines`),
      row(`matching ${size}, kinds whose best score is that of HiGHS to the unit`, ours.filter((score, i) => score === theirs[i]).length / ours.length,
        { atLeast: 1 }, `own ${ours.join(' ')} : HiGHS ${theirs.join(' ')}`),
      row(`matching ${size}, score of the greedy answer : of the best`, share, null, `the gap is ${((1 - share) * 100).toFixed(2)} %; greedy takes ${quick.milliseconds.toFixed(0)} ms`),
    )
  }
  return rows
}

interface Timed<T> {
  result: T
  milliseconds: number
}

function timed<T>(run: () => T): Timed<T> {
  const start = performance.now()
  const result = run()
  return { result, milliseconds: performance.now() - start }
}
