// HiGHS, the independent solver that proves ours: it gives the best score of a linear programme.
import loadHighs from 'highs'

/** Without its presolve, which takes it ten times as long on trees of areas as solving them; the second way suits the large ones. */
export const FASTEST = [{ presolve: 'off', solver: 'simplex' }, { presolve: 'off', solver: 'ipm' }] as const

export async function openHighs(): Promise<(programme: string, options?: (typeof FASTEST)[number]) => bigint> {
  const highs = await loadHighs()
  return (programme, options = FASTEST[0]) => {
    const solution = highs.solve(programme, options)
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS ends ${solution.Status}`)
    const score = Math.round(solution.ObjectiveValue)
    if (Math.abs(score - solution.ObjectiveValue) > 1e-3) throw new Error(`HiGHS finds no whole score: ${solution.ObjectiveValue}`)
    return BigInt(score)
  }
}
