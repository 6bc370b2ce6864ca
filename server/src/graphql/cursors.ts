// Where a page of a list ends: the list's name and the last row's keys, opaque to clients and never trusted when they come back.
import { isDay } from '../platform/day.ts'
import { invalid } from '../platform/failure.ts'

const INT = 2n ** 31n
const BIGINT = 2n ** 63n
const isWhole = (text: string, below: bigint) => /^-?\d{1,19}$/.test(text) && BigInt(text) >= -below && BigInt(text) < below

/** Whether PostgreSQL can read a text as a value of this type; in pages' order, no type has others. */
const CAN_BE: Record<string, (text: string) => boolean> = {
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  int: (text) => isWhole(text, INT),
  bigint: (text) => isWhole(text, BIGINT),
  xid8: (text) => /^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n,
  real: (text) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) && (Number(text) === 0 || (Math.abs(Number(text)) > 1e-37 && Math.abs(Number(text)) < 1e38)),
  date: isDay,
  timestamptz: (text) => /^.{10} ([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/.test(text) && isDay(text.slice(0, 10)),
  text: (text) => !text.includes('\0'),
}

/** The cursor of a row, in SQL. @param keys by which the list is ordered */
export const cursorSql = (list: string, keys: readonly string[]): string =>
  `translate(encode(convert_to(json_build_array(${[`'${list}'`, ...keys.map((key) => `(${key})::text`)].join(', ')})::text, 'UTF8'), 'base64'), E'\\n', '')`

/** The keys in a cursor of this list, as texts. @param types of the keys, in SQL @throws InvalidInput for every other cursor */
export function keysIn(cursor: unknown, list: string, types: readonly string[]): string[] {
  try {
    const [of, ...keys]: unknown[] = JSON.parse(Buffer.from(String(cursor), 'base64').toString('utf8'))
    if (of === list && keys.length === types.length && keys.every((key, i) => typeof key === 'string' && CAN_BE[types[i]!.split(' ')[0]!]!(key))) return keys as string[]
  } catch {
    // falls through to the one answer for every cursor that is not this list's
  }
  throw invalid('after', 'BAD_CURSOR', 'Con trỏ trang không hợp lệ. Hãy tải lại từ trang đầu.', 'This cursor is not valid. Start again from the first page.')
}
