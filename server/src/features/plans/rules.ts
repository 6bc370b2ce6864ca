// The arithmetic of a review: n and N first, percentages derived from them, printed figures checked against them.

/** round(n/N × 100) to so many decimals, halves up, in whole numbers; null where there is nothing to divide by. */
export function percentOf(n: number, N: number, decimals = 1): number | null {
  if (N === 0) return null
  const scale = 10 ** decimals
  return Math.floor((2 * n * 100 * scale + N) / (2 * N)) / scale
}

/** A percentage as printed: '16%', '28,6 %' or '0,19%'. Null when it is not one. */
export function printedPercent(text: string): { value: number; decimals: number } | null {
  const match = /^\s*(\d+)(?:[.,](\d+))?\s*%?\s*$/.exec(text)
  if (!match) return null
  const decimals = match[2]?.length ?? 0
  return { value: Number(`${match[1]}.${match[2] ?? '0'}`), decimals }
}

/** Whether a printed percentage is its n/N rounded to the precision that it is printed with. */
export function agrees(text: string, n: number, N: number): boolean {
  const printed = printedPercent(text)
  return printed !== null && percentOf(n, N, printed.decimals) === printed.value
}

/** What a report printed: n left of N, and a percentage. */
export interface Printed {
  numerator: number
  denominator: number
  percent: string
}

/** NOT_PRINTED: the report names no figure. COUNTS_DIFFER: its n or N is not the register's. PERCENT_DIFFERS: its % is not its own n/N, rounded. */
export type Check = 'AGREES' | 'PERCENT_DIFFERS' | 'COUNTS_DIFFER' | 'NOT_PRINTED'

export function checkPrinted(printed: Printed | null, register: { escaped: number; had: number }): Check {
  if (printed === null) return 'NOT_PRINTED'
  if (printed.numerator !== register.escaped || printed.denominator !== register.had) return 'COUNTS_DIFFER'
  return agrees(printed.percent, printed.numerator, printed.denominator) ? 'AGREES' : 'PERCENT_DIFFERS'
}

/** What is left to reach of a target: 40 of 57 in all, 12 done, 28 left. */
export const leftToReach = (target: number, reached: number) => Math.max(0, target - reached)
