// The herd as its households see it: each animal that came to one, what was born of it there, and which households came next.

interface Member {
  id: string
  /** It came to its household; a calf that is still where it was born did not. */
  isPlaced: boolean
  dam: { id: string } | null
  standsFor: { id: string } | null
}

export interface Keeping<Animal> {
  /** Came as a gift, or from the household before. */
  animal: Animal
  /** Born or bought there, and not gone to another household. */
  young: Animal[]
  /** Households to which its young went. */
  next: Keeping<Animal>[]
}

/** One for each gift; what comes from where the reader may not look stands beside the gifts. */
export function keepingsOf<Animal extends Member>(animals: readonly Animal[]): Keeping<Animal>[] {
  const byId = new Map(animals.map((animal) => [animal.id, animal]))
  const parentOf = ({ dam, standsFor }: Member) => byId.get((dam ?? standsFor)?.id ?? '')
  const keepings = new Map<string, Keeping<Animal>>()
  for (const animal of animals) if (animal.isPlaced || !parentOf(animal)) keepings.set(animal.id, { animal, young: [], next: [] })
  const holderOf = (animal: Animal): Keeping<Animal> | undefined => {
    const parent = parentOf(animal)
    return parent && (keepings.get(parent.id) ?? holderOf(parent))
  }
  const first: Keeping<Animal>[] = []
  for (const animal of animals) {
    const [own, holder] = [keepings.get(animal.id), holderOf(animal)]
    if (!own) holder?.young.push(animal)
    else if (holder) holder.next.push(own)
    else first.push(own)
  }
  return first
}

/** How many households stand one after the other at most; what is on its way counts as with the next. */
export const generationsOf = <Animal>(keepings: readonly Keeping<Animal>[], isOnItsWay: (animal: Animal) => boolean): number =>
  Math.max(0, ...keepings.map(({ animal, young, next }) => 1 + Math.max(generationsOf(next, isOnItsWay), [animal, ...young].some(isOnItsWay) ? 1 : 0)))
