// The figures of a year as they are drawn and added up: pure.
import type { LineStage } from '../pledges/pledge-life.ts'
import type { YearOfKind } from './GivingYearPage.tsx'

const quantities = ['promised', 'allocated', 'dispatched', 'received', 'settled'] as const

/** Beside each other, as long as they are large: what arrives in a year may have been promised the year before. */
export function stagesInYear(of: Pick<YearOfKind, (typeof quantities)[number]>): LineStage[] {
  const most = Math.max(...quantities.map((stage) => Number(of[stage])))
  return quantities.map((stage) => ({ stage, amount: of[stage], share: most > 0 ? Math.max(0, Number(of[stage])) / most : 0, from: null, to: null }))
}

/** Money as it is, and what was given in kind as an estimate: never one figure. */
export function estimatesOf(kinds: readonly Pick<YearOfKind, 'isEstimate' | 'promisedValue' | 'receivedValue'>[]) {
  const sum = (isEstimate: boolean, value: 'promisedValue' | 'receivedValue') => kinds.reduce((total, each) => (each.isEstimate === isEstimate ? total + BigInt(each[value]) : total), 0n)
  const both = (isEstimate: boolean) => ({ promised: sum(isEstimate, 'promisedValue'), received: sum(isEstimate, 'receivedValue') })
  return { money: both(false), inKind: both(true) }
}
