// What a batch of matching is: lines and needs with what is known of them, and the weights and guards that the office sees and may change.

/** Part of a pledge that is still to give. Quantities are whole units below 2^53, days are ISO days, areas are paths from the province down. */
export interface Line {
  id: string
  kind: string
  /** The area that the giver chose; '' is the whole country. */
  area: string
  open: number
  /** The household whose own gift it is, where one gives. */
  household?: string | null
  /** The commune of the work, of a post. */
  workplace?: string | null
  /** The skills or the produce that it names. */
  terms?: string[] | null
}

/** A verified need with what the register knows of its household. One that is met already (`open` 0) still counts in its hamlet's share. */
export interface Need {
  id: string
  household: string
  kind: string
  /** The household's hamlet. */
  area: string
  quantity: number
  open: number
  /** 1 can wait, 2 this season, 3 urgent. */
  urgency: number
  /** How many of the household's deprivations and causes the kind answers. */
  deprivations: number
  causes: number
  isPoor: boolean
  /** Still on the list, or newly escaped and within its years of support. */
  isListed: boolean
  isHouse: boolean
  raisedOn: string
  /** The last time the household was allotted anything; the same kind for another need; a house. */
  supportedOn: string | null
  sameKindOn: string | null
  houseOn: string | null
  /** The last time the household would not have this kind. */
  declinedOn: string | null
  /** What the household last said to being matched at all; null where it never said anything. */
  consents: boolean | null
  /** Of the terms that lines of the batch name, those that the household speaks of. */
  speaksOf?: string[]
}

/** Points for each unit given; whole numbers. */
export interface Weights {
  /** Any need met at all. */
  need: number
  deprivation: number
  cause: number
  /** For each step above "can wait". */
  urgency: number
  /** For each quarter without support, four at most. */
  waiting: number
  neverHelped: number
  poor: number
  /** Lost for each level by which a gift leaves the area that its giver chose. */
  distance: number
  /** Lost for each further quarter of a hamlet's needs of the kind: the second costs this once, the fourth thrice. */
  fairness: number
}

export interface Guards {
  /** No second item of a kind within so many months; 0: no such guard. */
  sameKindMonths: number
  /** One house in so many years; 0: no such guard. */
  houseYears: number
  /** Not to a household that declined the kind within so many months; 0: no such guard. */
  consentMonths: number
  /** Only to households that said that they may be matched. Where it said that it may not, no setting matters. */
  consentNeeded: boolean
  /** Only to households on the list. */
  listedOnly: boolean
  /** The area that the giver chose binds; otherwise it is a wish, and leaving it costs distance. */
  targetBinds: boolean
}

export interface Batch {
  day: string
  lines: Line[]
  needs: Need[]
  weights: Weights
  guards: Guards
}

export const WEIGHTS: Weights = { need: 10, deprivation: 10, cause: 15, urgency: 12, waiting: 3, neverHelped: 12, poor: 10, distance: 10, fairness: 8 }
export const GUARDS: Guards = { sameKindMonths: 24, houseYears: 10, consentMonths: 12, consentNeeded: false, listedOnly: true, targetBinds: true }

const QUARTER_DAYS = 91
const QUARTERS = 4

/** Days that a household has gone without support. */
export const daysWithout = (need: Need, day: string): number =>
  Math.max(0, (Date.parse(day) - Date.parse(need.supportedOn ?? need.raisedOn)) / 86_400_000)

/** What a unit given to a need is worth, before distance and fairness. */
export const pointsOf = (need: Need, weights: Weights, day: string): number =>
  weights.need
  + weights.deprivation * need.deprivations
  + weights.cause * need.causes
  + weights.urgency * (need.urgency - 1)
  + weights.waiting * Math.min(QUARTERS, Math.floor(daysWithout(need, day) / QUARTER_DAYS))
  + (need.supportedOn === null ? weights.neverHelped : 0)
  + (need.isPoor ? weights.poor : 0)
