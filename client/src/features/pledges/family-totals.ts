// Totals of all kinds of one family: only what has one unit is added up.
import type { SupportKind } from '../areas/support-kind.ts'

export interface FamilyTotals {
  family: SupportKind['family']
  /** Any of the family: it has the unit. */
  kind: SupportKind
  promised: bigint
  allocated: bigint
  dispatched: bigint
  received: bigint
}

interface KindTotals {
  kind: SupportKind
  quantities: { promised: string; allocated: string; dispatched: string; received: string }
}

const families: readonly SupportKind['family'][] = ['CAPITAL', 'LIVESTOCK', 'TRAINING']

export function totalsByFamily(totals: readonly KindTotals[]): FamilyTotals[] {
  return families.flatMap((family) => {
    const own = totals.filter(({ kind }) => kind.family === family)
    const [first] = own
    if (!first) return []
    const sum = (stage: keyof KindTotals['quantities']) => own.reduce((all, { quantities }) => all + BigInt(quantities[stage]), 0n)
    return [{ family, kind: first.kind, promised: sum('promised'), allocated: sum('allocated'), dispatched: sum('dispatched'), received: sum('received') }]
  })
}
