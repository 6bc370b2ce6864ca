// What an area is called in an address line, and what stands after it there: all folded, for the columns that areas_named looks in.
import type { Place, Timeline } from './assemble.ts'
import { foldPlace, foldVi } from './fold.ts'
import { fullNameOf, splitFullName } from './rules.ts'
import type { Unit } from './units.ts'

/** `alternatives`: further names, by the area's id. */
export function addressing({ idOf, predecessorsOf, moves }: Timeline, placesOf: (unit: Unit) => Place[], alternatives: Record<string, string[]>) {
  const fold = remembered(foldPlace)
  const successors = new Map<Unit, Unit[]>()
  for (const { from, to } of moves) push(successors, from, to)
  const allBefore = remembered<Unit, Unit[]>((unit, self) => predecessorsOf(unit).flatMap((before) => [before, ...self(before)]))
  const allAfter = remembered<Unit, Unit[]>((unit, self) => (successors.get(unit) ?? []).flatMap((heir) => [heir, ...self(heir)]))

  const ownNames = remembered<Unit, string[]>((unit) => {
    const called = [unit.name, ...(alternatives[idOf(unit)] ?? [])]
    const joined = unit.kind === 'PROVINCE' ? called.map((name) => foldVi(name).replaceAll(' ', '')) : [] // "quangninh"
    return unique([
      ...called.map((name) => fold(fullNameOf(unit.subtype, name))), ...called.filter(isTelling).map(fold), ...joined,
    ])
  })
  const above = remembered<Unit, string[]>((unit, self) => unique([
    ...inFullAndShort(unit.localities).flatMap((name) => [fold(name), foldVi(name).replaceAll(' ', '')]), ...placesOf(unit).flatMap(({ parent }) => (parent ? [...ownNames(parent), ...self(parent)] : [])),
  ]))

  return (unit: Unit, nameEn: string) => {
    const names = unique([...ownNames(unit), ...[nameEn].filter(isTelling).map(fold)])
    // A commune is also said to lie where its land once did, or does now; a province that grew is not in what it took in.
    const related = unit.kind === 'COMMUNE' ? [...allBefore(unit), ...allAfter(unit)] : []
    return {
      names,
      former_names: unique([...inFullAndShort(unit.otherNames).map(fold), ...allBefore(unit).flatMap(ownNames)]).filter((name) => !names.includes(name)),
      lies_in: unique([unit, ...related].flatMap(above)),
    }
  }
}

/** 'Quận Gò Vấp' is also called 'Gò Vấp', but 'Quận 3' not '3'. */
const inFullAndShort = (fullNames: string[]) => fullNames.flatMap((fullName) => [fullName, splitFullName(fullName).name].filter(isTelling))

/** A number alone names nothing. */
const isTelling = (name: string) => !/^\d*$/.test(name)

const unique = (names: string[]) => [...new Set(names)]

export function remembered<K, V>(make: (key: K, self: (key: K) => V) => V): (key: K) => V {
  const made = new Map<K, V>()
  const self = (key: K): V => {
    const value = made.get(key) ?? make(key, self)
    made.set(key, value)
    return value
  }
  return self
}

export function push<K, V>(lists: Map<K, V[]>, key: K, value: V) {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
