// The family of a herd: each animal below its dam, a female that was bought below the male in whose place she came.

interface Member {
  id: string
  dam: { id: string } | null
  standsFor: { id: string } | null
}

export interface Branch<Animal> {
  animal: Animal
  below: Branch<Animal>[]
}

/** Whose parent the reader may not see, or has none, stands at the top. */
export function treeOf<Animal extends Member>(animals: readonly Animal[]): Branch<Animal>[] {
  const branches = new Map(animals.map((animal) => [animal.id, { animal, below: [] as Branch<Animal>[] }]))
  const roots: Branch<Animal>[] = []
  for (const branch of branches.values()) {
    const parent = branches.get((branch.animal.dam ?? branch.animal.standsFor)?.id ?? '')
    ;(parent?.below ?? roots).push(branch)
  }
  return roots
}
