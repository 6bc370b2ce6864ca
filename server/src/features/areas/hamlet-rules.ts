// How a hamlet is called, and on which day and by which decision it may begin. Pure.
import { dayInVietNam, spoken } from '../../platform/day.ts'
import { invalid } from '../../platform/failure.ts'
import { inOurLetters } from '../identity/names.ts'
import { type Day, fullNameOf, tidy } from './rules.ts'

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** What people call the parts of a commune: of words that begin alike, the longer first. */
const SUBTYPES = [
  'tổ dân phố', 'khu dân cư', 'cụm dân cư', 'khối phố', 'khu phố', 'khu vực', 'tiểu khu', 'thôn', 'bản', 'làng', 'ấp', 'xóm', 'buôn', 'bon', 'plei', 'phum', 'sóc', 'khóm', 'khối', 'khu', 'tổ',
]
/** As they stand on lists that are typed in haste. */
const SHORT: Record<string, string> = { tdp: 'tổ dân phố', kdc: 'khu dân cư', kp: 'khu phố' }

/** Of a larger area, which is no hamlet. */
const OF_OTHERS = new RegExp(`^(${['xã', 'phường', 'thị trấn', 'đặc khu', 'huyện', 'quận', 'thị xã', 'thành phố', 'tỉnh'].map(nameKey).join('|')}) `)
/** A kind of hamlet by its plain letters, and no mark in all that follows. */
const WITHOUT_MARKS = /^(thon|xom|ap|khu pho|khoi pho|to dan pho|khu dan cu|tieu khu) [\0-\x7f]+$/i

/** What one is called in a commune of this kind, where its name does not say. */
const usualSubtype = (communeSubtype: string) => (communeSubtype === 'phường' ? 'tổ dân phố' : 'thôn')

/** 'thôn  ĐÔNG hải' in a commune → thôn, 'ĐÔNG hải': what kind it is, and its name without that. @throws InvalidInput */
export function hamletNameIn(typed: string, communeSubtype: string): { subtype: string; name: string; fullName: string } {
  const text = tidy(typed).replaceAll('Ð', 'Đ').replaceAll('ð', 'đ')
  const key = nameKey(text)
  const said = [...SUBTYPES.map((word) => [word, word] as const), ...Object.entries(SHORT)].find(([word]) => key.startsWith(`${nameKey(word)} `))
  const words = said ? said[0].split(' ').length : 0
  const name = text.split(' ').slice(words).join(' ')
  if (WITHOUT_MARKS.test(text)) {
    throw invalid('name', 'BAD_NAME', 'Hãy ghi tên đủ dấu, ví dụ “Thôn Đông Hải”.', 'Write the name with its marks, for instance “Thôn Đông Hải”.')
  }
  const isKindAlone = SUBTYPES.some((word) => nameKey(word) === key)
  if (isKindAlone || OF_OTHERS.test(key) || !/[\p{L}\p{N}]/u.test(name) || /[^\p{L}\p{M}\p{N} .,'’()/–-]/u.test(text) || [...text].length > 80) {
    throw invalid('name', 'BAD_NAME', 'Hãy ghi tên thôn, bản, khu phố hoặc tổ dân phố (tới 80 ký tự), ví dụ “Thôn Đông Hải” hay “Tổ dân phố 3”.',
      'Give the name of the hamlet (up to 80 characters), for instance “Thôn Đông Hải” or “Tổ dân phố 3”.')
  }
  const subtype = said?.[1] ?? usualSubtype(communeSubtype)
  return { subtype, name, fullName: fullNameOf(subtype, name) }
}

/** Two spellings of one name have one key: 'HOÀ  bình' is 'Hòa Bình', but 'Hoa Bình' is another. */
export function nameKey(name: string): string {
  return tidy(inOurLetters(name)).toLowerCase().split(' ').map((syllable) => {
    const letters = syllable.normalize('NFD')
    return letters.replace(TONES, '').normalize('NFC') + (letters.match(TONES) ?? []).join('')
  }).join(' ')
}

export interface Beginning {
  effectiveOn: Day
  decisionNo: string
  decidedOn: Day
  issuer: string
}

/** @throws InvalidInput that names the field */
export function checkBeginning({ effectiveOn, decisionNo, decidedOn, issuer }: Beginning, commune: { fullName: string; validFrom: Day }, today: Day = dayInVietNam()): void {
  if (effectiveOn > today) {
    throw invalid('effectiveOn', 'BAD_DAY', 'Ngày bắt đầu không thể ở tương lai. Hãy ghi khi quyết định đã có hiệu lực.', 'The first day cannot be in the future. Add it once the decision is in force.')
  }
  if (effectiveOn < commune.validFrom) {
    throw invalid('effectiveOn', 'BEFORE_COMMUNE', `${commune.fullName} có từ ngày ${spoken(commune.validFrom)}: hãy ghi từ ngày đó trở đi. Nơi có từ trước thì ghi đúng ngày đó.`,
      `${commune.fullName} began on ${spoken(commune.validFrom)}: give that day or a later one. For a hamlet older than that, give that day.`)
  }
  const length = [...tidy(decisionNo)].length
  if (length < 3 || length > 60 || /\p{C}/u.test(decisionNo)) {
    throw invalid('decisionNo', 'BAD_DECISION', 'Hãy ghi số quyết định (3–60 ký tự), ví dụ 12/QĐ-UBND.', 'Give the number of the decision (3–60 characters), for instance 12/QĐ-UBND.')
  }
  if (decidedOn > today) throw invalid('decidedOn', 'BAD_DAY', 'Ngày ký quyết định không thể ở tương lai.', 'A decision cannot be dated in the future.')
  const named = [...tidy(issuer)].length
  if (named < 2 || named > 120 || !/\p{L}/u.test(issuer) || /\p{C}/u.test(issuer)) {
    throw invalid('issuer', 'BAD_ISSUER', 'Hãy ghi cơ quan ra quyết định (2–120 ký tự), ví dụ UBND xã Hải Ninh.', 'Say who decided (2–120 characters), for instance UBND xã Hải Ninh.')
  }
}

/** @throws InvalidInput when one that lives in the commune bears the name already */
export function mustBeNew(fullName: string, living: readonly string[]): void {
  const same = living.find((other) => nameKey(other) === nameKey(fullName))
  if (same === undefined) return
  throw invalid('name', 'NAME_TAKEN', `Ở đây đã có ${same}. Hãy dùng tên đó, hoặc ghi tên khác.`, `${same} is here already. Use it, or give another name.`)
}

/** Below it lie the numbers of demonstrations, so that nothing invented ever meets what is real. */
const FIRST_NUMBER = 101

/** The code of the next one in a commune that has these. */
export function nextHamletCode(communeCode: string, codes: readonly string[]): string {
  const numbers = codes.map((code) => Number(code.split('-').at(-1))).filter(Number.isInteger)
  return `${communeCode}-${Math.max(FIRST_NUMBER - 1, ...numbers) + 1}`
}
