// States the facts as units — an area from its first day to its last under one name — and as moves from one unit to another.
import { type Facts } from './facts.ts'
import { type Day, type Key, type Period, dayAfter, dayBefore, splitFullName } from './rules.ts'

export interface Unit extends Key, Period {
  subtype: string
  name: string
  /** What it stood under on its first day; null for a province. */
  under: Key | null
  historyComplete: boolean
  isDemo: boolean
  /** Districts that a commune lay in and that are no units here, to search by: 'Quận Gò Vấp'. */
  localities: string[]
  /** Names in full that it once bore, or that a part of it did. */
  otherNames: string[]
}

export interface Move {
  from: Unit
  to: Key
  effectiveOn: Day
  transfer: 'FULL' | 'PARTIAL'
  basis: string
}

interface Chronicle {
  units: Unit[]
  moves: Move[]
  add(unit: Stated): Unit
  /** Adds a unit of today; one that has changed its subtype since, as two that follow each other. */
  addLiving(unit: Stated): void
  /** The day after its last, `from` went over to whoever bears the key then. */
  move(from: Unit, to: Key, transfer: Move['transfer'], basis: string): void
  /** Cites a resolution by its number. */
  basis(number: string): string
  /** Cites the resolution that made this commune of today. */
  makingOf(code: string): string
}

type Stated = Key & Period & Pick<Unit, 'subtype' | 'name' | 'under'> & Partial<Unit>

export function stateUnits(facts: Facts): { units: Unit[]; moves: Move[] } {
  const chronicle = openChronicle(facts)
  stateProvinces(facts, chronicle)
  stateCommunesOfToday(facts, chronicle)
  stateRecordedPlaces(facts, chronicle)
  stateOldCommunes(facts, chronicle)
  return chronicle
}

function openChronicle({ communes, corrections, history }: Facts): Chronicle {
  const sources = { ...corrections.sources, ...history.sources }
  const provinceOf = new Map(communes.map(({ code, province }) => [code, province]))
  const units: Unit[] = []
  const moves: Move[] = []
  const add: Chronicle['add'] = (stated) => {
    const unit = { historyComplete: true, isDemo: false, localities: [], otherNames: [], ...stated }
    units.push(unit)
    return unit
  }
  const move: Chronicle['move'] = (from, to, transfer, basis) => {
    if (from.validTo === null) throw new Error(`${from.name} has not ended`)
    moves.push({ from, to, effectiveOn: dayAfter(from.validTo), transfer, basis })
  }
  const basis = (number: string) => cite(number, sources[number]?.issuedOn)
  const addLiving: Chronicle['addLiving'] = (unit) => {
    const change = corrections.changes.find(({ kind, codes }) => kind === unit.kind && codes.includes(unit.code))
    if (!change) return void add(unit)
    move(add({ ...unit, validTo: dayBefore(change.on) }), unit, 'FULL', basis(change.source))
    add({ ...unit, subtype: change.subtype, validFrom: change.on })
  }
  const makingOf = (code: string) => cite(`${history.resolutions[provinceOf.get(code) ?? '']}/NQ-UBTVQH15`, history.resolutionsIssuedOn)
  return { units, moves, add, addLiving, move, basis, makingOf }
}

const province = (code: string): Key => ({ kind: 'PROVINCE', code })
const district = (code: string): Key => ({ kind: 'DISTRICT', code })
const commune = (code: string): Key => ({ kind: 'COMMUNE', code })

function stateProvinces({ provinces, history }: Facts, { add, addLiving, move, basis }: Chronicle) {
  const { recordsFrom, endOfDistricts } = history
  const merged = (code: string) => history.provinces.filter(({ until, became }) => !until && became === code)
  for (const { code, subtype, name } of provinces) {
    const [first, second] = merged(code)
    addLiving({
      ...province(code), subtype, name, under: null,
      validFrom: second ? dayAfter(endOfDistricts) : (first?.from ?? recordsFrom), validTo: null,
    })
  }
  for (const { code, subtype, name, from, until, became, source } of history.provinces) {
    if (!until && merged(became).length === 1) continue // no merger touched it: it is the province of today
    const unit = add({ ...province(code), subtype, name, under: null, validFrom: from ?? recordsFrom, validTo: until ?? endOfDistricts })
    move(unit, province(became), 'FULL', basis(source ?? '202/2025/QH15'))
  }
}

function stateCommunesOfToday({ communes, oldCommunes, formerNames, corrections, history }: Facts, { addLiving }: Chronicle) {
  const stoodUnder = new Map(Object.entries(corrections.unchanged).flatMap(([code, unchanged]) => unchanged.map((of) => [of, code] as const)))
  const recorded = new Set(history.communes.map(({ became }) => became))
  const former = new Map<string, typeof formerNames>()
  for (const entry of formerNames) former.set(entry.of, [...(former.get(entry.of) ?? []), entry])
  const oldDistricts = new Map(oldCommunes.map(({ code, district }) => [code, district]))
  for (const { code, fullName, province: now } of communes) {
    const before = stoodUnder.get(code)
    addLiving({
      ...commune(code), ...named(fullName), under: province(before ?? now),
      historyComplete: recorded.has(code),
      otherNames: (former.get(code) ?? []).map(({ fullName }) => fullName),
      localities: [...(before ? [oldDistricts.get(code) ?? ''] : []), ...(former.get(code) ?? []).map(({ district }) => district), ...(corrections.formerlyIn[code] ?? [])],
      validFrom: before ? history.recordsFrom : dayAfter(history.endOfDistricts), validTo: null,
    })
  }
}

/** Districts, and the communes in them, where the whole history is recorded. */
function stateRecordedPlaces({ history }: Facts, { add, move, basis, makingOf }: Chronicle) {
  const { districts, communes, recordsFrom, endOfDistricts } = history
  for (const { code, subtype, name, under, from, until, became, source } of districts) {
    const unit = add({ ...district(code), subtype, name, under: province(under), validFrom: from ?? recordsFrom, validTo: until ?? endOfDistricts })
    if (became) {
      move(unit, district(became), 'FULL', basis(source ?? ''))
      continue
    }
    const joined = districts.filter((other) => other.became === code).map((other) => other.code)
    const last = communes.filter((entry) => !entry.until && [code, ...joined].includes(entry.under))
    for (const heir of new Set(last.map((entry) => entry.became))) move(unit, commune(heir), 'PARTIAL', basis('203/2025/QH15'))
  }
  for (const { code, subtype, name, under, from, until, became, source } of communes) {
    const unit = add({ ...commune(code), subtype, name, under: district(under), validFrom: from ?? recordsFrom, validTo: until ?? endOfDistricts })
    move(unit, commune(became), 'FULL', source ? basis(source) : makingOf(became))
  }
}

/** Communes of before 1/7/2025 elsewhere, as far as the npm list tells. */
function stateOldCommunes({ oldCommunes, corrections, history }: Facts, { add, move, makingOf }: Chronicle) {
  const split = new Set(corrections.split)
  const stated = new Set([...history.communes.map(({ code }) => code), ...Object.values(corrections.unchanged).flat()])
  for (const { code, fullName, district, province: under, became } of oldCommunes) {
    if (stated.has(code)) continue
    const unit = add({
      ...commune(code), ...named(fullName), under: province(under), historyComplete: false, localities: [district],
      validFrom: history.recordsFrom, validTo: history.endOfDistricts,
    })
    move(unit, commune(became), split.has(code) ? 'PARTIAL' : 'FULL', makingOf(became))
  }
}

function named(fullName: string): { subtype: string; name: string } {
  const { subtype, name } = splitFullName(fullName)
  if (!subtype) throw new Error(`What kind of area is ${fullName}?`)
  return { subtype, name }
}

function cite(number: string, issuedOn: string | undefined): string {
  if (!issuedOn) throw new Error(`No source ${number}`)
  return `Nghị quyết ${number} (${issuedOn.split('-').reverse().map(Number).join('/')})`
}
