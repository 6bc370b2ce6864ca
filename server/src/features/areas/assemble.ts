// Makes rows of the facts: gives each area its id, says where it stood when and what became of it, and what it is found by.
import { type Facts, type Unit } from './facts.ts'
import { foldVi } from './fold.ts'
import { type Day, type Key, type Period, dayAfter, fullNameOf, isValidOn, keyOf, mintId, overlap, withoutMarks } from './rules.ts'

export interface Hamlets {
  /** `under`: code of the commune that each stood under when the records begin. */
  hamlets: { under: string; subtype: string; names: string[] }[]
}

interface Place extends Period {
  parent: Unit | null
  path: string
}

/** Rows as the tables have them, in a fixed order. */
export type AreaRows = ReturnType<typeof assembleAreas>

export function assembleAreas(facts: Facts, demo: Hamlets | null) {
  const units = facts.units.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
  const bearers = new Map<string, Unit[]>()
  const bear = (unit: Unit) => bearers.set(keyOf(unit), [...(bearers.get(keyOf(unit)) ?? []), unit])
  units.forEach(bear)

  function at(key: Key, day: Day): Unit {
    const unit = bearers.get(keyOf(key))?.find((bearer) => isValidOn(bearer, day))
    if (!unit) throw new Error(`There was no ${keyOf(key)} on ${day}`)
    return unit
  }

  const moves = facts.moves.map((move) => ({ ...move, to: at(move.to, move.effectiveOn) }))
  const wholeSuccessor = new Map(moves.filter(({ transfer }) => transfer === 'FULL').map(({ from, to }) => [from, to]))
  const predecessors = new Map<Unit, Unit[]>()
  for (const { from, to } of moves) predecessors.set(to, [...(predecessors.get(to) ?? []), from])

  // ── hamlets: numbered within the commune of today ──
  const counted = new Map<string, number>()
  for (const { under, subtype, names } of demo?.hamlets ?? []) {
    const first = at({ kind: 'COMMUNE', code: under }, facts.recordsFrom)
    let now = first
    while (now.validTo !== null) now = followed(now)
    for (const name of names) {
      const number = (counted.get(now.code) ?? 0) + 1
      counted.set(now.code, number)
      const hamlet: Unit = {
        kind: 'HAMLET', code: `${now.code}-${String(number).padStart(3, '0')}`, subtype, name, under: first,
        validFrom: facts.recordsFrom, validTo: null, historyComplete: true, isDemo: true, locality: null, otherNames: [],
      }
      units.push(hamlet)
      bear(hamlet)
    }
  }

  const ids = new Map(units.map((unit) => [unit, mintId(unit, bearers.get(keyOf(unit))?.at(-1) ?? unit)]))
  if (new Set(ids.values()).size !== units.length) throw new Error('Two areas would have one id')
  const idOf = (unit: Unit) => ids.get(unit) as string

  function followed(unit: Unit): Unit {
    const next = wholeSuccessor.get(unit)
    if (!next) throw new Error(`${unit.subtype} ${unit.name} (${unit.code}) went over to no one area`)
    return next
  }

  /** An area stands under its parent, and then under what its parent became, as long as it lives. */
  const places = new Map<Unit, Place[]>()
  function placesOf(unit: Unit): Place[] {
    const done = places.get(unit)
    if (done) return done
    const { validFrom, validTo } = unit
    const made: Place[] = []
    if (!unit.under) made.push({ parent: null, path: idOf(unit), validFrom, validTo })
    let from: Day | null = validFrom
    for (let parent = unit.under && at(unit.under, validFrom); parent && from !== null; ) {
      const stay: Period | null = overlap({ validFrom: from, validTo }, parent)
      for (const above of placesOf(parent)) {
        const days = stay && overlap(stay, above)
        if (days) made.push({ parent, path: `${above.path}.${idOf(unit)}`, ...days })
      }
      const left: Day | null = parent.validTo
      from = left !== null && (validTo === null || left < validTo) ? dayAfter(left) : null
      if (from !== null) parent = followed(parent)
    }
    places.set(unit, made)
    return made
  }

  /** 'Phường 1 Gò Vấp': how an area is told from its namesakes. */
  function titlesOf(unit: Unit): string[] {
    const full = fullNameOf(unit.subtype, unit.name)
    const localities = unit.locality ? [unit.locality] : placesOf(unit).flatMap(({ parent }) => (parent?.under ? [parent.name] : []))
    return [full, ...localities.map((locality) => `${full} ${locality}`)]
  }

  /** What it and its predecessors were called, back to the first. */
  const names = new Map<Unit, string[]>()
  function namesOf(unit: Unit): string[] {
    const done = names.get(unit)
    if (done) return done
    const own = [unit.name, ...titlesOf(unit), ...unit.otherNames].map(foldVi)
    const all = [...new Set([...own, ...(predecessors.get(unit) ?? []).flatMap(namesOf)])]
    names.set(unit, all)
    return all
  }

  function searchOf(unit: Unit, nameEn: string): string {
    const [name, fullName, ...others] = namesOf(unit)
    return `|${[...new Set([name, fullName, foldVi(unit.code), foldVi(nameEn), ...others])].join('|')}|`
  }

  const sorted = units.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  return {
    areas: sorted.map((unit) => {
      const nameEn = (unit.kind === 'PROVINCE' && facts.englishNames[unit.code]) || withoutMarks(unit.name)
      return {
        id: idOf(unit), kind: unit.kind, code: unit.code, subtype: unit.subtype, name: unit.name, full_name: fullNameOf(unit.subtype, unit.name),
        name_en: nameEn, valid_from: unit.validFrom, valid_to: unit.validTo, path: placesOf(unit).at(-1)?.path,
        history_complete: unit.historyComplete, search: searchOf(unit, nameEn), is_demo: unit.isDemo,
      }
    }),
    places: sorted.flatMap((unit) => placesOf(unit).map(({ parent, path, validFrom, validTo }) => ({
      area_id: idOf(unit), parent_id: parent && idOf(parent), path, valid_from: validFrom, valid_to: validTo,
    }))),
    successions: moves.map(({ from, to, effectiveOn, transfer, basis }) => ({
      from_id: idOf(from), to_id: idOf(to), transfer, effective_on: effectiveOn, basis,
    })),
  }
}
