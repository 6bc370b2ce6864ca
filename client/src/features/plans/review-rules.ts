// How a row of the review is read: its share, and how its printed figure stands beside it. Pure.
export type PrintedCheck = 'AGREES' | 'PERCENT_DIFFERS' | 'COUNTS_DIFFER' | 'NOT_PRINTED'

export interface FlaggedRow {
  kind: 'UNIT' | 'OTHER' | 'TOTAL'
  check: PrintedCheck
  percent: number | null
  printed: { numerator: number; denominator: number; percent: string } | null
}

export interface Flag {
  tone: 'ok' | 'warn' | 'danger'
  says: 'agrees' | 'totalAgrees' | 'printedPercent' | 'printedCounts' | 'unnamed' | 'notPrinted'
  percent: string
  counts: string
}

/** A figure cut off instead of rounded is a slip of the pen; one that is a point or more away is another number. */
export function flagOf({ kind, check, percent, printed }: FlaggedRow): Flag {
  const shown = { percent: printed?.percent ?? '', counts: printed ? `${printed.numerator}/${printed.denominator}` : '' }
  switch (check) {
    case 'AGREES':
      return { tone: 'ok', says: kind === 'TOTAL' ? 'totalAgrees' : 'agrees', ...shown }
    case 'PERCENT_DIFFERS':
      return { tone: Math.abs(Number.parseFloat(shown.percent.replace(',', '.')) - (percent ?? 0)) < 1 ? 'warn' : 'danger', says: 'printedPercent', ...shown }
    case 'COUNTS_DIFFER':
      return { tone: 'danger', says: 'printedCounts', ...shown }
    case 'NOT_PRINTED':
      return { tone: 'warn', says: kind === 'OTHER' ? 'unnamed' : 'notPrinted', ...shown }
  }
}
