// Makes the areas of all times out of the npm list, the corrections to it, the recorded history and the demonstration's hamlets.
import { foldVi } from './fold.ts'
import {
  type AreaKind, type Day, type Key, type Period,
  dayAfter, dayBefore, fullNameOf, isValidOn, mintId, overlap, splitFullName, tidy, withoutMarks,
} from './rules.ts'

type Transfer = 'FULL' | 'PARTIAL'

/** An area before it has its id, place and search text. */
interface Unit extends Key, Period {
  subtype: string
  name: string
  /** What it stood under on its first day; null for a province. */
  under: Key | null
  historyComplete: boolean
  isDemo: boolean
  otherNames: string[]
}

interface Move {
  from: Unit
  to: Key
  effectiveOn: Day
  transfer: Transfer
  basis: string | null
}

interface Place extends Period {
  parent: Unit | null
  path: string
}

export interface AreaRow extends Key, Period {
  id: string
  subtype: string
  name: string
  full_name: string
  name_en: string
  valid_from: Day
  valid_to: Day | null
  path: string
  history_complete: boolean
  search: string
  is_demo: boolean
}

export class Assembly {
  private readonly units: Unit[] = []
  private readonly moves: Move[] = []
}
