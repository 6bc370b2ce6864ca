// HiGHS, the independent solver that proves ours: it gives the best score of a linear programme.
import loadHighs from 'highs'

/** Loaded anew for each kind of use: one instance solves one programme after another. */
export async function openHighs(): Promise<(programme: string) => bigint> {
  const highs = await loadHighs()
  return (programme) => {
    const solution = highs.solve(programme)
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS ends ${solution.Status}`)
    const score = Math.round(solution.ObjectiveValue)
    if (Math.abs(score - solution.ObjectiveValue) > 1e-3) throw new Error(`HiGHS finds no whole score: ${solution.ObjectiveValue}`)
    return BigInt(score)
  }
}
