// The live feed as a subscription field answers it. It is a query read again whenever the relay advances, so replay and live
// are one path, and every event is authorised and masked by the same predicates as any read.
import { type ExecutionArgs, type ExecutionResult, type GraphQLResolveInfo, execute } from 'graphql'
import type { Viewer } from '../access/viewer.ts'
import type { Context } from '../graphql/context.ts'
import { type Compiled, NotCompilable, type Shape, compileRows } from '../graphql/compile.ts'
import type { Bind } from '../graphql/read.ts'
import { purposeOf, run } from '../graphql/run.ts'
import { positionOf } from './cursor.ts'
import { type Topic, whereOf } from './topic.ts'

/** What a subscription field asks for: the stream of events itself is made for all who ask the same. */
export class Feed implements AsyncIterable<never> {
  readonly topic: Topic
  readonly after: string | null
  /** Whom it is read as. */
  readonly viewer: Viewer
  readonly info: GraphQLResolveInfo

  constructor(feed: Pick<Feed, 'topic' | 'after' | 'viewer' | 'info'>) {
    this.topic = feed.topic
    this.after = feed.after
    this.viewer = feed.viewer
    this.info = feed.info
  }

  // graphql-js takes nothing else for the answer of a subscription field.
  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error('a feed is followed through a channel')
  }
}

/** One event as a subscriber gets it: its place, and the finished JSON of the result. */
export interface Told {
  cursor: string
  text: string
}

export const REPLAY_BATCH = 100

/** Reads events for one question: the same document, variables and rights. */
export interface Teller {
  viewer: Viewer
  context: Context
  /** Those of these events that the viewer may see and that are of the topic, by id. */
  tell(ids: readonly string[], topic: Topic): Promise<Map<string, Told>>
  /** The first events of a topic after one cursor and up to another. */
  missed(topic: Topic, after: string, until: string): Promise<Told[]>
}

type Row = { value: unknown; cursor: string; id: string }

/** @param say formats what went wrong for the reader */
export function tellerOf(args: ExecutionArgs & { contextValue: Context }, { info, viewer }: Feed, say: (result: ExecutionResult) => ExecutionResult): Teller {
  const context: Context = { ...args.contextValue, hub: { ...args.contextValue.hub, viewer } }
  const key = info.path.key
  let isWhole = true

  async function read(shape: (row: string, bind: Bind) => Omit<Shape, 'from' | 'columns' | 'orderBy'>): Promise<(Told & { id: string })[]> {
    const compiled = compiledFor((row, bind) => ({
      ...shape(row, bind), from: 'event', columns: `${row}.xid::text || '.' || ${row}.id as cursor, ${row}.id::text as id`, orderBy: `${row}.xid, ${row}.id`,
    }))
    const rows = await run<Row>(context.hub, viewer, compiled, { context })
    return Promise.all(rows.map(async ({ value, cursor, id }) => ({ id, cursor, text: await textOf(value) })))
  }

  function compiledFor(shape: (row: string, bind: Bind) => Shape): Compiled {
    const purpose = purposeOf(context.hub, viewer)
    if (isWhole) {
      try {
        return compileRows(info, shape, purpose, true)
      } catch (error) {
        if (!(error instanceof NotCompilable)) throw error
        isWhole = false
      }
    }
    return compileRows(info, shape, purpose)
  }

  async function textOf(value: unknown): Promise<string> {
    if (isWhole) return `{"data":{${JSON.stringify(key)}:${value as string}}}`
    return JSON.stringify(say(await execute({ ...args, contextValue: context, rootValue: value })))
  }

  return {
    viewer,
    context,
    async tell(ids, topic) {
      const told = await read((row, bind) => ({ where: `${row}.id = any (${bind(ids)}::bigint[]) and ${whereOf(topic)(row, bind)}`, limit: ids.length }))
      return new Map(told.map(({ id, ...rest }) => [id, rest]))
    },
    missed(topic, after, until) {
      const [from, to] = [positionOf(after), positionOf(until)]
      return read((row, bind) => ({
        where: [
          `(${row}.xid, ${row}.id) > (${bind(String(from.xid))}::xid8, ${bind(String(from.id))}::bigint)`,
          `(${row}.xid, ${row}.id) <= (${bind(String(to.xid))}::xid8, ${bind(String(to.id))}::bigint)`,
          whereOf(topic)(row, bind),
        ].join(' and '),
        limit: REPLAY_BATCH,
      }))
    },
  }
}
