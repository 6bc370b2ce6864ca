// A place in the feed: the writing transaction and the event's number, as `xid.id`.

export interface Position {
  xid: bigint
  id: bigint
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
