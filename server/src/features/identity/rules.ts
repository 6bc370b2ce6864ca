// What counts as a login, a password, a PIN, a slip code, and where a role is held. Pure.
import type { Role } from '../../access/viewer.ts'
import type { AreaKind } from '../../generated/prisma/enums.ts'
import { invalid } from '../../platform/failure.ts'
import { phoneIn } from '../../platform/phone.ts'
import { TEXTS, lengthOf, textIn } from '../../platform/text.ts'
import { codesIn, digitsIn } from '../../platform/typed-code.ts'

// ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A session of these roles ends after a working day; everyone else's slides on for a month after its last use. */
export const SHORT_SESSION_ROLES: Role[] = ['HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER', 'ADMIN']
export const SHORT_SESSION_SECONDS = 12 * 60 * 60
export const SLIDING_SESSION_SECONDS = 30 * 24 * 60 * 60

// ── logins ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A login in one spelling: lower case, and a telephone number as `phoneIn` spells it. A number of before 2018 that is somebody's login stays
 * theirs: it is spelled as it was then, and found.
 */
export function loginIn(typed: string): string {
  const phone = phoneIn(typed)
  if (phone !== null) return phone
  const text = typed.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim().toLowerCase()
  if (!/^\(?\+?[\d\s().-]+$/.test(text)) return text
  return text.replaceAll(/[^\d+]/g, '').replace(/^(\+84|0084|84(?=\d{9}$))0?/, '0').replace(/^00(?=[1-9])/, '+')
}

export const isPhone = (login: string) => phoneIn(login) === login
export const isEmail = (login: string) => /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(login) && login.length <= 200

/** @throws InvalidInput when it is neither a telephone number nor an e-mail address */
export function mustBePhoneOrEmail(login: string): void {
  if (isPhone(login) || isEmail(login)) return
  throw invalid('login', 'BAD_LOGIN',
    'Hãy nhập số điện thoại (ví dụ 0912 345 678) hoặc địa chỉ thư điện tử.', 'Enter a telephone number (for instance 0912 345 678) or an e-mail address.')
}

/** @throws InvalidInput for a login that an office cannot give */
export function mustBeLogin(login: string): void {
  if (/^[a-z0-9+][a-z0-9._@+-]{2,199}$/.test(login)) return
  throw invalid('login', 'BAD_LOGIN',
    'Tên đăng nhập dài 3–200 ký tự: chữ không dấu, số, dấu chấm, gạch, @.', 'A login has 3–200 characters: plain letters, digits, dot, dash, underscore, @.')
}

/** A name as people write it. @throws InvalidInput when it is empty or too long */
export function nameIn(field: string, typed: string): string {
  const name = textIn(field, typed, 'name')
  if (lengthOf(name) >= 2) return name
  throw invalid(field, 'BAD_NAME', `Tên phải dài 2–${TEXTS.name.most} ký tự.`, `A name has 2–${TEXTS.name.most} characters.`)
}

// ── passwords ───────────────────────────────────────────────────────────────────────────────────────────────────────

// Those of ten characters and more that guessers try first; shorter ones are refused anyway.
const WORST_PASSWORDS = new Set([
  '1234567890', '0123456789', '0987654321', '9876543210', '1234567891', '12345678910', '123456789a', '123456789q', 'a123456789',
  'q123456789', '1q2w3e4r5t', '1qaz2wsx3edc', 'qwertyuiop', 'qwerty12345', 'qwerty123456', 'qwertyuiop123', 'asdfghjkl1', 'asdfghjkl123',
  'abcdefghij', 'abcd123456', 'abc1234567', 'password12', 'password123', 'password1234', 'passw0rd123', 'p@ssw0rd123', 'p@ssword123',
  'administrator', 'admin12345', 'admin123456', 'welcome123', 'iloveyou123', 'iloveyou1234', 'letmein123', 'football123', 'changeme123',
  'matkhau123', 'matkhau1234', 'matkhau12345', 'matkhaumoi', 'khongcomatkhau', 'khongbiet123', 'anhyeuem123', 'anhyeuemnhieu', 'emyeuanh123',
  'emyeuanhnhieu', 'yeuemmaimai', 'conmeochay', 'vietnam123', 'vietnam1234', 'vietnamvodich', 'vietnam1945', 'vietnam1975', 'hanoi12345',
  'saigon12345', 'quangninh123', 'mongcai123', 'chungtay123', 'mattran123', 'nguoingheo123', 'vinguoingheo', 'matkhaucuatoi',
])

export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 200

/** One spelling for what different keyboards send: Vietnamese letters come composed or decomposed. */
export const passwordIn = (typed: string) => typed.normalize('NFKC')

/** @throws InvalidInput for a password that is short, long, the login itself, or among those tried first */
export function mustBeGoodPassword(typed: string, login: string, field = 'password'): void {
  const password = passwordIn(typed)
  const length = [...password].length
  if (length < MIN_PASSWORD) {
    throw invalid(field, 'PASSWORD_TOO_SHORT', `Mật khẩu phải dài ít nhất ${MIN_PASSWORD} ký tự. Một câu ngắn dễ nhớ là tốt.`, `A password has at least ${MIN_PASSWORD} characters. A short sentence does well.`)
  }
  if (length > MAX_PASSWORD) {
    throw invalid(field, 'PASSWORD_TOO_LONG', `Mật khẩu dài nhất ${MAX_PASSWORD} ký tự.`, `A password has at most ${MAX_PASSWORD} characters.`)
  }
  const folded = password.toLowerCase().trim()
  if (folded === login || loginIn(password) === login) {
    throw invalid(field, 'PASSWORD_IS_LOGIN', 'Mật khẩu không được trùng với tên đăng nhập.', 'The password must not be the login.')
  }
  if (WORST_PASSWORDS.has(folded) || new Set(folded).size < 4) {
    throw invalid(field, 'PASSWORD_TOO_COMMON', 'Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác.', 'This password is guessed too easily. Choose another.')
  }
}

// ── where a role is held ────────────────────────────────────────────────────────────────────────────────────────────

export interface Scope {
  areaId: string | null
  partyId: string | null
  householdId: string | null
}

const AREA_KIND: Partial<Record<Role, AreaKind>> = { HAMLET_HEAD: 'HAMLET', COMMUNE_OFFICER: 'COMMUNE', PROVINCE_OFFICER: 'PROVINCE' }

/** The kind of area that the role is an office of; null when it is none. */
export const areaKindOf = (role: Role): AreaKind | null => AREA_KIND[role] ?? null

/** @throws InvalidInput when the role is given another scope than its own: an area, a party, a household, or none */
export function mustFitRole(role: Role, scope: Scope): void {
  const own = areaKindOf(role) ? 'areaId' : role === 'DONOR' ? 'partyId' : role === 'HOUSEHOLD' ? 'householdId' : null
  for (const field of ['areaId', 'partyId', 'householdId'] as const) {
    if ((scope[field] !== null) === (field === own)) continue
    throw field === own
      ? invalid(field, 'SCOPE_MISSING', 'Vai trò này cần cho biết địa bàn, bên ủng hộ hoặc hộ mà nó gắn với.', 'This role needs the area, party or household that it is held for.')
      : invalid(field, 'SCOPE_NOT_OF_ROLE', 'Vai trò này không gắn với mục đó. Hãy bỏ trống.', 'This role is not held for that. Leave it out.')
  }
}

// ── slips ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The codes that a person may have typed, pasted or scanned; without a check character, a garbled one may have been several. */
export const slipCodesIn = (typed: string): string[] => codesIn(typed, { lengths: [12], isCode: (text) => /^[0-9A-HJKMNP-TV-Z]{12}$/.test(text) }, 16)

/** The six digits in what a person typed: full-width or of another script, with spaces, dots, dashes. @throws InvalidInput when there are not six */
export function pinIn(typed: string): string {
  const pin = digitsIn(typed).replaceAll(/[\s\p{Cf}\p{Pd}.,]/gu, '')
  if (/^\d{6}$/.test(pin)) return pin
  throw invalid('pin', 'BAD_PIN', 'Mã PIN gồm đúng 6 chữ số.', 'A PIN is exactly 6 digits.')
}

/** @throws InvalidInput for a PIN that a neighbour would try: one or two digits only, a run, a repeated half or third */
export function mustBeGoodPin(pin: string): void {
  const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10)
  const isRun = steps.every((step) => step === steps[0])
  const isRepeated = pin.slice(0, 3).repeat(2) === pin || pin.slice(0, 2).repeat(3) === pin
  if (!isRun && !isRepeated && new Set(pin).size > 2) return
  throw invalid('pin', 'WEAK_PIN', 'Mã PIN này dễ đoán. Hãy chọn 6 chữ số khác, tránh dãy liền nhau hay lặp lại.', 'This PIN is easy to guess. Choose six other digits, no run and no repetition.')
}

/** Nobody holds office over what is no longer there, and nothing is added to it. */
export const endedArea = (field: string, name: string, year: number) =>
  invalid(field, 'ENDED_AREA', `${name} không còn từ ${year}. Hãy chọn đơn vị kế tục.`, `${name} ended in ${year}. Choose what it became.`)
