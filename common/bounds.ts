// What every number that people give may be: one table, asked by each command before it writes and by each form before it sends.
// Beyond these a slip of the keyboard is likelier than the thing. CHECK constraints stand behind the widest of them (LARGEST).

export interface Bound {
  least: bigint
  most: bigint
}

const from = (least: bigint, most: bigint): Bound => ({ least, most })

/** What one line may promise, by the unit of its kind of support; other units as head. A larger gift is made in parts. */
const PROMISED = { VND: 1_000_000_000_000n, head: 10_000n, kg: 10_000_000n, plant: 1_000_000n, m2: 1_000_000n } as const

export const promisedIn = (unit: string): Bound => from(1n, PROMISED[unit as keyof typeof PROMISED] ?? PROMISED.head)

/** VND that one household may ask for of one kind, by typical cost: about the price of a house. */
export const MOST_WORTH = 100_000_000n
const LEAST_MONEY = 100_000n
/** Of what has no price. */
const MOST_UNPRICED = 10_000n
/** What each member can have one of. */
const PER_MEMBER: ReadonlySet<string> = new Set(['seat', 'post'])

/** What one household may ask for of one kind: 100,000 to 100 million đồng, as much as that buys, or one for each member. */
export function neededOf({ unit, typicalCost }: { unit: string; typicalCost: bigint }, members: number): Bound {
  const most = PER_MEMBER.has(unit) ? BigInt(members) : typicalCost === 0n ? MOST_UNPRICED : MOST_WORTH / typicalCost
  return from(unit === 'VND' ? LEAST_MONEY : 1n, most)
}

export const BOUNDS = {
  /** What a household that left poverty passes on of its own. */
  passedOn: from(1n, 100n),
  /** VND a month. */
  wage: from(500_000n, 200_000_000n),
  /** VND a kg, promised at least. */
  floorPrice: from(100n, 10_000_000n),
  /** VND a unit, of produce that was bought. */
  unitPrice: from(1n, 10_000_000n),
  /** VND, of an animal that was sold or bought. */
  animalPrice: from(1n, 500_000_000n),
  members: from(1n, 30n),
  /** 1 can wait, 2 this season, 3 urgent. */
  urgency: from(1n, 3n),
  /** The year of a list, or of a giver's summary. */
  year: from(2000n, 2100n),
  /** Points of a weight in matching. */
  points: from(0n, 1_000n),
  /** Months of a guard in matching. */
  months: from(0n, 600n),
  pageSize: from(1n, 100n),
  suggestions: from(1n, 50n),
} as const satisfies Record<string, Bound>

/** The widest of what may be stored, whatever the unit: behind the commands, CHECK constraints and sums refuse what lies beyond. */
export const LARGEST = { quantity: PROMISED.VND, needed: MOST_WORTH, price: 1_000_000_000_000n } as const

export const isWithin = (value: bigint, { least, most }: Bound): boolean => least <= value && value <= most
