// A place in the feed: the writing transaction and the event's number, as `xid.id`.

export interface Position {
  xid: bigint
  id: bigint
}

/** Whether it can be a place: PostgreSQL counts transactions to 2^64 and events to 2^63. */
export function isPosition(text: string): boolean {
  if (!/^\d{1,20}\.\d{1,19}$/.test(text)) return false
  const { xid, id } = positionOf(text)
  return xid < 2n ** 64n && id < 2n ** 63n
}

/** @throws SyntaxError for text that the Cursor scalar would not let in. */
export function positionOf(cursor: string): Position {
  const [xid = '', id = ''] = cursor.split('.')
  return { xid: BigInt(xid), id: BigInt(id) }
}

/** Negative when a comes before b. */
export function compare(a: string, b: string): number {
  const [one, other] = [positionOf(a), positionOf(b)]
  if (one.xid !== other.xid) return one.xid < other.xid ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}
