// What goes round goes to another household: the one check that stock and capital share.
import { invalid } from '../../../platform/failure.ts'
import type { Ground, Saying } from './family.ts'

/** @throws InvalidInput */
export function toAnother({ toHouseholdId }: Saying, { householdId }: Ground): void {
  if (toHouseholdId === householdId) throw invalid('toHouseholdId', 'SAME_HOUSEHOLD', 'Hãy chọn một hộ khác, không phải hộ đang giữ.', 'It must go to another household.')
}
