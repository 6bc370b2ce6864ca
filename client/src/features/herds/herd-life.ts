// What became of a herd as its giver reads it: households by their codes, one after the other, and what comes next. Pure.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { type Keeping, keepingsOf } from './keepings.ts'

export const HerdLife = graphql(`
  fragment HerdLife on Herd @_unmask {
    id
    founders
    households
    living
    animals {
      id
      isPlaced
      recipientCode
      dam {
        id
      }
      standsFor {
        id
      }
      awaiting {
        id
      }
      duty {
        state
        from
        by
      }
    }
  }
`)

export type HerdLife = ResultOf<typeof HerdLife>
type Animal = HerdLife['animals'][number]

export interface Generation {
  /** Of the households, each once. */
  codes: string[]
  /** Animals on their way to a household that has not answered yet. */
  awaited: number
}

/** The households that the gift came to, then those that its young came to, and so on. */
export function generationsIn(animals: readonly Animal[]): Generation[] {
  const generations: Generation[] = []
  const at = (depth: number) => (generations[depth] ??= { codes: [], awaited: 0 })
  const enter = (keepings: readonly Keeping<Animal>[], depth: number) => {
    for (const { animal, young, next } of keepings) {
      const { codes } = at(depth)
      if (!codes.includes(animal.recipientCode)) codes.push(animal.recipientCode)
      const awaited = [animal, ...young].filter(({ awaiting }) => awaiting !== null).length
      if (awaited > 0) at(depth + 1).awaited += awaited
      enter(next, depth + 1)
    }
  }
  enter(keepingsOf(animals), 0)
  return generations
}

export interface NextDue {
  key: 'overdue' | 'due' | 'exchange' | 'growing' | 'birth'
  /** The day that counts, YYYY-MM-DD. */
  on: string | null
}

const steps = { OVERDUE: ['overdue', 'by'], DUE: ['due', 'by'], SELL_MALE: ['exchange', 'by'], BUY_FEMALE: ['exchange', 'by'], GROWING: ['growing', 'from'], AWAITS_BIRTH: ['birth', 'by'] } as const

/** The most urgent of what the herd's households owe, the earliest of its kind; null when nothing is owed, or an answer is all that is waited for. */
export function nextDueOf(animals: readonly Animal[]): NextDue | null {
  const duties = animals.flatMap(({ duty }) => duty ?? [])
  for (const state of Object.keys(steps) as (keyof typeof steps)[]) {
    const same = duties.filter((duty) => duty.state === state)
    const [key, day] = steps[state]
    if (same.length > 0) return { key, on: same.flatMap((duty) => duty[day] ?? []).toSorted()[0] ?? null }
  }
  return null
}
