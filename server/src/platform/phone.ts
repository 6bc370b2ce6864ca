// A telephone number in one spelling, however it was typed: 0912345678 within Viet Nam, +447911123456 from abroad. Pure.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { invalid } from './failure.ts'
import { textIn } from './text.ts'

/** Mobile numbers had eleven digits until 2018; the Ministry's plan of that year moved them to these (Decision 2022/QĐ-BTTTT). */
const MOVED: Record<string, string> = {
  '0120': '070', '0121': '079', '0122': '077', '0126': '076', '0128': '078', '0123': '083', '0124': '084', '0125': '085', '0127': '081', '0129': '082',
  '0162': '032', '0163': '033', '0164': '034', '0165': '035', '0166': '036', '0167': '037', '0168': '038', '0169': '039',
  '0186': '056', '0188': '058', '0199': '059',
}

/** What was typed, as digits with a plus for a number from abroad; null where anything but a number was typed. */
function digitsIn(typed: string): string | null {
  const text = typed.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim()
  return /^\(?\+?[\d\s().\-‐-―/]+$/.test(text) ? text.replaceAll(/[^\d+]/g, '') : null
}

/** The number in what was typed, in its one spelling; null when nobody has such a number. */
export function phoneIn(typed: string): string | null {
  const digits = digitsIn(typed)
  const number = digits === null ? undefined : parsePhoneNumberFromString(digits, { defaultCountry: 'VN', extract: false })
  if (!number?.isValid()) return null
  return number.countryCallingCode === '84' ? number.formatNational().replaceAll(/\D/g, '') : number.number
}

/** The same of a number of before 2018, which is called by another since. */
export function phoneOfToday(typed: string): string | null {
  const old = /^(?:\+?84|0084|0)0?(1\d{2})(\d{7})$/.exec(digitsIn(typed) ?? '')
  const moved = old && MOVED[`0${old[1]}`]
  return phoneIn(moved ? moved + old[2] : typed)
}

/** A number to call somebody by, as it is kept; null where none was given. @throws InvalidInput */
export function optionalPhoneIn(field: string, typed: string | null | undefined): string | null {
  if (!typed || textIn(field, typed, 'address') === '') return null
  const phone = phoneOfToday(typed)
  if (phone === null) {
    throw invalid(field, 'BAD_PHONE', 'Số điện thoại chưa đúng. Hãy ghi đủ các chữ số, ví dụ 0912 345 678; số ở nước ngoài bắt đầu bằng dấu +.',
      'This is no telephone number. Give all of its digits, for instance 0912 345 678; one from abroad begins with +.')
  }
  return phone
}
