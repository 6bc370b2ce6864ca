// Totals of all kinds of one family and unit: only what has one unit is added up.
import { byFamily, type SupportKind } from '../areas/support-kind.ts'

export interface FamilyTotals {
  family: SupportKind['family']
  /** Any of them: it has the unit. */
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

export function totalsByFamily(totals: readonly KindTotals[]): FamilyTotals[] {
  return byFamily(totals.map(({ kind, quantities }) => ({ ...kind, kind, quantities }))).flatMap(([family, all]) =>
    [...new Set(all.map(({ unit }) => unit))].map((unit) => {
      const own = all.filter((one) => one.unit === unit)
      const sum = (stage: keyof KindTotals['quantities']) => own.reduce((whole, { quantities }) => whole + BigInt(quantities[stage]), 0n)
      return { family, kind: own[0]!.kind, promised: sum('promised'), allocated: sum('allocated'), dispatched: sum('dispatched'), received: sum('received') }
    }))
}
