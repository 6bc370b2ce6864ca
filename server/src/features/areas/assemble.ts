// Makes rows of the facts: gives each area its id, says where it stood when and what became of it, and what it is found by.
import { addressing, push, remembered } from './addressing.ts'
import type { Facts, Hamlets } from './facts.ts'
import { type Day, type Key, type Period, dayAfter, fullNameOf, isValidOn, keyOf, mintId, overlap, withoutMarks } from './rules.ts'
import { type Move, type Unit, stateUnits } from './units.ts'

/** Rows as the tables have them, in a fixed order. */
export function assembleAreas(facts: Facts, demo: Hamlets | null) {
  const stated = stateUnits(facts)
  const known = timelineOf(stated.units, stated.moves)
  const timeline = demo ? timelineOf([...stated.units, ...numberHamlets(demo, known, facts.history.recordsFrom)], stated.moves) : known
  const units = timeline.units.toSorted((a, b) => (timeline.idOf(a) < timeline.idOf(b) ? -1 : 1))
  const placesOf = standing(timeline)
  const nameEnOf = ({ kind, code, name }: Unit) => (kind === 'PROVINCE' && facts.corrections.englishNames[code]) || withoutMarks(name)
  const lineOf = addressing(timeline, placesOf, facts.corrections.alternativeNames)
  return {
    areas: units.map((unit) => ({
      id: timeline.idOf(unit), kind: unit.kind, code: unit.code, subtype: unit.subtype,
      name: unit.name, full_name: fullNameOf(unit.subtype, unit.name), name_en: nameEnOf(unit),
      valid_from: unit.validFrom, valid_to: unit.validTo, path: placesOf(unit).at(-1)?.path,
      history_complete: unit.historyComplete, ...lineOf(unit, nameEnOf(unit)), is_demo: unit.isDemo,
    })),
    places: units.flatMap((unit) => placesOf(unit).map(({ parent, path, validFrom, validTo }) => (
      { area_id: timeline.idOf(unit), parent_id: parent && timeline.idOf(parent), path, valid_from: validFrom, valid_to: validTo }))),
    successions: timeline.moves.map(({ from, to, effectiveOn, transfer, basis }) => (
      { from_id: timeline.idOf(from), to_id: timeline.idOf(to), transfer, effective_on: effectiveOn, basis })),
  }
}

export interface Timeline {
  units: Unit[]
  moves: (Omit<Move, 'to'> & { to: Unit })[]
  idOf(unit: Unit): string
  /** Who bore the key on that day. */
  at(key: Key, day: Day): Unit
  /** What the whole of it became. */
  successorOf(unit: Unit): Unit
  predecessorsOf(unit: Unit): Unit[]
}

function timelineOf(units: Unit[], statedMoves: Move[]): Timeline {
  const bearers = new Map<string, Unit[]>()
  for (const unit of units.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))) push(bearers, keyOf(unit), unit)
  const ids = new Map(units.map((unit) => [unit, mintId(unit, bearers.get(keyOf(unit))?.at(-1) ?? unit)]))
  if (new Set(ids.values()).size < units.length) throw new Error('Two areas would have one id')

  const at: Timeline['at'] = (key, day) => {
    const unit = bearers.get(keyOf(key))?.find((bearer) => isValidOn(bearer, day))
    if (!unit) throw new Error(`There was no ${keyOf(key)} on ${day}`)
    return unit
  }
  const moves = statedMoves.map((move) => ({ ...move, to: at(move.to, move.effectiveOn) }))
  const successors = new Map(moves.filter(({ transfer }) => transfer === 'FULL').map(({ from, to }) => [from, to]))
  const predecessors = new Map<Unit, Unit[]>()
  for (const { from, to } of moves) push(predecessors, to, from)
  return {
    units, moves, at,
    idOf: (unit) => ids.get(unit) as string,
    successorOf(unit) {
      const successor = successors.get(unit)
      if (!successor) throw new Error(`${ids.get(unit)} went over to no one area as a whole`)
      return successor
    },
    predecessorsOf: (unit) => predecessors.get(unit) ?? [],
  }
}

/** Hamlets have no national code: each gets a number within the commune of today. */
function numberHamlets({ hamlets }: Hamlets, { at, successorOf }: Timeline, recordsFrom: Day): Unit[] {
  const last = new Map<string, number>()
  return hamlets.flatMap(({ under, subtype, names }) => {
    let now = at({ kind: 'COMMUNE', code: under }, recordsFrom)
    while (now.validTo !== null) now = successorOf(now)
    return names.map((name): Unit => {
      const number = (last.get(now.code) ?? 0) + 1
      last.set(now.code, number)
      return {
        kind: 'HAMLET', code: `${now.code}-${String(number).padStart(3, '0')}`, subtype, name, under: { kind: 'COMMUNE', code: under },
        validFrom: recordsFrom, validTo: null, historyComplete: true, isDemo: true, localities: [], otherNames: [],
      }
    })
  })
}

export interface Place extends Period {
  parent: Unit | null
  path: string
}

/** An area stands under its parent, and then under what its parent became, as long as it lives; a parent that moves takes it along. */
function standing({ idOf, at, successorOf }: Timeline): (unit: Unit) => Place[] {
  return remembered((unit, placesOf) => {
    const { validFrom, validTo, under } = unit
    if (!under) return [{ parent: null, path: idOf(unit), validFrom, validTo }]
    const places: Place[] = []
    for (let parent = at(under, validFrom), from: Day | null = validFrom; ; parent = successorOf(parent)) {
      const stay = overlap({ validFrom: from, validTo }, parent)
      for (const above of placesOf(parent)) {
        const days = stay && overlap(stay, above)
        if (days) places.push({ parent, path: `${above.path}.${idOf(unit)}`, ...days })
      }
      if (parent.validTo === null || (validTo !== null && validTo <= parent.validTo)) return places
      from = dayAfter(parent.validTo)
    }
  })
}
