// The live feed. It is a query read again whenever the relay advances, so replay and live are one path, and every event
// is authorised and masked by the same predicates as any read.
import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from '../graphql/context.ts'
import { compileRows } from '../graphql/compile.ts'
import type { Args, Bind } from '../graphql/read.ts'
import { purposeOf, run } from '../graphql/run.ts'
import { positionOf } from './cursor.ts'
import type { Relay } from './relay.ts'

/** What one source reads: everything after `after`, up to `until` or for ever. `last` is the cursor of the latest event yielded. */
export interface FeedWindow {
  after: string
  until: string | null
  last: string
  relay: Relay
  signal: AbortSignal
}

const BATCH = 100

/** The source of a feed field: rows of `event` in commit order, compiled for the field's selection. */
export async function* readFeed(
  context: Context, info: GraphQLResolveInfo, topic: (row: string, bind: Bind, args: Args) => string,
): AsyncGenerator<unknown, void, void> {
  const window = context.feed!
  let position = window.after
  while (!window.signal.aborted) {
    const head = window.relay.head()
    const from = positionOf(position)
    const rows = await run<{ value: unknown; cursor: string }>(context.hub, context.hub.viewer, compileRows(info, (row, bind, args) => ({
      from: 'event',
      columns: `${row}.xid::text || '.' || ${row}.id as cursor`,
      where: [
        `(${row}.xid, ${row}.id) > (${bind(String(from.xid))}::xid8, ${bind(String(from.id))}::bigint)`,
        window.until === null
          ? `${row}.xid < ${bind(String(head))}::xid8`
          : `(${row}.xid, ${row}.id) <= (${bind(String(positionOf(window.until).xid))}::xid8, ${bind(String(positionOf(window.until).id))}::bigint)`,
        topic(row, bind, args),
      ].join(' and '),
      orderBy: `${row}.xid, ${row}.id`,
      limit: BATCH,
    }), purposeOf(context.hub, context.hub.viewer)))
    for (const { value, cursor } of rows) {
      if (window.signal.aborted) return
      window.last = cursor
      yield value
    }
    if (rows.length === BATCH) position = rows[BATCH - 1]!.cursor
    else if (window.until !== null) return
    else {
      position = `${head}.0`
      await advanced(window.relay, head, window.signal)
    }
  }
}

/** Resolves once the relay's head is beyond the one given, or the signal aborts. */
function advanced(relay: Relay, head: bigint, signal: AbortSignal): Promise<void> {
  if (relay.head() > head || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      stop()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const stop = relay.onAdvance(done)
    signal.addEventListener('abort', done)
  })
}
