// What holds for areas: their days, their names, their ids, and where each stood.

export type AreaKind = 'PROVINCE' | 'DISTRICT' | 'COMMUNE' | 'HAMLET'

/** A day as 'YYYY-MM-DD': such texts compare as the days do. */
export type Day = string

export interface Key {
  kind: AreaKind
  code: string
}

/** Both days inclusive; null: it goes on. */
export interface Period {
  validFrom: Day
  validTo: Day | null
}

const ID_LETTER: Record<AreaKind, string> = { PROVINCE: 'p', DISTRICT: 'd', COMMUNE: 'c', HAMLET: 'h' }

const SUBTYPES = ['thành phố', 'tỉnh', 'thị trấn', 'thị xã', 'đặc khu', 'phường', 'quận', 'huyện', 'xã']

export function dayAfter(day: Day): Day {
  return shifted(day, 1)
}

export function dayBefore(day: Day): Day {
  return shifted(day, -1)
}

function shifted(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

export function isValidOn({ validFrom, validTo }: Period, day: Day): boolean {
  return validFrom <= day && (validTo === null || day <= validTo)
}

/** The days that both share, or null. */
export function overlap(a: Period, b: Period): Period | null {
  const validFrom = a.validFrom > b.validFrom ? a.validFrom : b.validFrom
  const validTo = a.validTo === null || (b.validTo !== null && b.validTo < a.validTo) ? b.validTo : a.validTo
  return validTo === null || validFrom <= validTo ? { validFrom, validTo } : null
}

/** NFC with single spaces, as every name is kept. */
export function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** 'Thị trấn Neo' → thị trấn, Neo. A name without subtype keeps itself whole. */
export function splitFullName(fullName: string): { subtype: string | null; name: string } {
  const text = tidy(fullName)
  const lower = text.toLowerCase()
  const subtype = SUBTYPES.find((word) => lower.startsWith(`${word} `))
  return subtype ? { subtype, name: text.slice(subtype.length + 1) } : { subtype: null, name: text }
}

export function fullNameOf(subtype: string, name: string): string {
  const word = subtype.replace(' trung ương', '')
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${name}`
}

/** 'Đắk Lắk' → 'Dak Lak', as maps in English write it. */
export function withoutMarks(name: string): string {
  return name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/Đ/g, 'D').replace(/đ/g, 'd').replace(/’/g, "'")
}

/**
 * One id per area: letter and code. When several bore a code, the last has the plain id and the earlier ones their last year behind it:
 * p82_2025 was Tiền Giang, p82 is Đồng Tháp.
 */
export function mintId(bearer: Key & Period, lastBearer: Key & Period): string {
  const plain = `${ID_LETTER[bearer.kind]}${bearer.code.replace('-', '_')}`
  return bearer === lastBearer || bearer.validTo === null ? plain : `${plain}_${bearer.validTo.slice(0, 4)}`
}

/** One word for kind and code; the same one serves whoever bears the code, at different times. */
export function keyOf({ kind, code }: Key): string {
  return `${kind} ${code}`
}
