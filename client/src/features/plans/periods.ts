// Quarters as a review names them: pure dates.
export interface Quarter {
  /** 2024-1 */
  key: string
  year: number
  quarter: 1 | 2 | 3 | 4
  /** YYYY-MM-DD, both inclusive. */
  from: string
  to: string
}

const ends = ['03-31', '06-30', '09-30', '12-31'] as const
const begins = ['01-01', '04-01', '07-01', '10-01'] as const
export const roman = ['I', 'II', 'III', 'IV'] as const

/** Whole quarters that begin after the baseline day, to the one in which the last target is due or the present day lies, at most 24. */
export function quartersAfter(baselineOn: string, until: string): Quarter[] {
  const quarters: Quarter[] = []
  for (let year = Number(baselineOn.slice(0, 4)); quarters.length < 24; year++) {
    for (const index of [0, 1, 2, 3] as const) {
      const [from, to] = [`${year}-${begins[index]}`, `${year}-${ends[index]}`]
      if (from <= baselineOn) continue
      if (from > until && quarters.length > 0) return quarters
      quarters.push({ key: `${year}-${index + 1}`, year, quarter: (index + 1) as Quarter['quarter'], from, to })
      if (quarters.length === 24) return quarters
    }
  }
  return quarters
}
