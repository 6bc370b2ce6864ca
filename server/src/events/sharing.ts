// Subscribers who ask the same with the same rights share one source, one execution and one result.
import { setTimeout as delay } from 'node:timers/promises'
import { type DocumentNode, type ExecutionArgs, type ExecutionResult, Kind, getOperationAST, print, subscribe } from 'graphql'
import { rightsKey } from '../access/viewer.ts'
import type { Context } from '../graphql/context.ts'
import { Bounded } from './bounded.ts'
import { compare } from './cursor.ts'
import type { FeedWindow } from './feed.ts'
import type { Relay } from './relay.ts'

export interface Live {
  relay: Relay
  groups: Map<string, Promise<Group>>
}

interface Group {
  window: FeedWindow
  members: Set<Member>
  close(): void
}

interface Member {
  sessionId: string | null
  queue: Bounded<Delivered>
  /** When the subscriber last asked for more. */
  pulledAt: number
  /** Its queue overflowed; it goes on by reading the feed from its own cursor. */
  isBehind: boolean
  stuck(): void
}

interface Delivered {
  cursor: string
  result: ExecutionResult
}

// Events a subscriber may lag behind in memory; beyond that it reads them from the database again.
const QUEUE = 256
// A reader that took nothing for this long while its queue overflowed is gone.
const STUCK_MS = 10_000

export const startLive = (relay: Relay): Live => ({ relay, groups: new Map() })

type Subscription = ExecutionArgs & { contextValue: Context & { onStuck?: () => void } }
type Results = AsyncGenerator<ExecutionResult, void, void>

/**
 * Subscribes like graphql-js, but shares: what is asked (document, variables but for the cursor, language) and who may see it
 * (rights) name a group, which executes each event once. A cursor given as `after` is replayed first, without gap or double.
 */
export async function subscribeShared(live: Live, args: Subscription): Promise<Results | ExecutionResult> {
  const { key, after } = describe(args)
  const group = await join(live, key, args)
  if (!('members' in group)) return group
  const member: Member = {
    sessionId: args.contextValue.hub.viewer.sessionId,
    queue: new Bounded(QUEUE),
    pulledAt: Date.now(),
    isBehind: false,
    stuck: () => args.contextValue.onStuck?.(),
  }
  group.members.add(member)
  return follow(live, key, group, member, args, after)
}

/** One subscriber's view of a group: first what it missed, then what comes. */
function follow(live: Live, key: string, group: Group, member: Member, args: Subscription, after: string | null): Results {
  let last = after ?? group.window.last
  let replay: { results: Results; window: FeedWindow; stop: AbortController } | null = null
  let closed = false
  let isReplayDue = after !== null && compare(after, group.window.last) < 0

  async function startReplay(): Promise<ExecutionResult | null> {
    const stop = new AbortController()
    const window: FeedWindow = { after: last, until: group.window.last, last, relay: live.relay, signal: stop.signal }
    const results = await subscribe({ ...args, contextValue: { ...args.contextValue, feed: window } })
    if (!(Symbol.asyncIterator in results)) return results
    replay = { results: results as Results, window, stop }
    return null
  }

  async function next(): Promise<IteratorResult<ExecutionResult, void>> {
    member.pulledAt = Date.now()
    while (!closed) {
      if (member.isBehind) {
        member.isBehind = false
        isReplayDue = true
      }
      if (isReplayDue) {
        isReplayDue = false
        const failure = await startReplay()
        if (failure) return { done: false, value: failure }
      }
      if (replay) {
        const { done, value } = await replay.results.next()
        if (!done) {
          last = replay.window.last
          return { done: false, value }
        }
        replay = null
        continue
      }
      const delivered = await member.queue.take()
      if (delivered === null) {
        if (member.isBehind && !closed) continue
        break
      }
      if (compare(delivered.cursor, last) <= 0) continue
      last = delivered.cursor
      return { done: false, value: delivered.result }
    }
    await leave()
    return { done: true, value: undefined }
  }

  async function leave() {
    closed = true
    member.queue.close()
    group.members.delete(member)
    if (group.members.size === 0) {
      live.groups.delete(key)
      group.close()
    }
    replay?.stop.abort()
    await replay?.results.return()
    replay = null
  }

  return {
    next,
    async return() {
      await leave()
      return { done: true, value: undefined }
    },
    async throw(error) {
      await leave()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      await leave()
    },
  }
}

/** The group of this key, started by whoever comes first. */
async function join(live: Live, key: string, args: Subscription): Promise<Group | ExecutionResult> {
  const running = live.groups.get(key)
  if (running) {
    const group = await running
    if (!group.window.signal.aborted) return group
  }
  const starting = start(live, key, args)
  const group = starting.then((started) => {
    if (!('members' in started)) throw started
    return started
  })
  group.catch(() => live.groups.delete(key))
  live.groups.set(key, group)
  return starting
}

async function start(live: Live, key: string, args: Subscription): Promise<Group | ExecutionResult> {
  const stop = new AbortController()
  const head = `${await live.relay.refresh()}.0`
  const window: FeedWindow = { after: head, until: null, last: head, relay: live.relay, signal: stop.signal }
  const results = await subscribe({ ...args, contextValue: { ...args.contextValue, feed: window } })
  if (!(Symbol.asyncIterator in results)) return results
  const group: Group = {
    window,
    members: new Set(),
    close: () => {
      stop.abort()
      void (results as Results).return()
    },
  }
  void pump(live, key, group, results as Results, args.contextValue)
  return group
}

async function pump(live: Live, key: string, group: Group, results: Results, context: Context) {
  let checkedAt = -1n
  try {
    for await (const result of results) {
      if (checkedAt !== live.relay.head()) {
        checkedAt = live.relay.head()
        await dropRevoked(group, context)
      }
      for (const member of group.members) deliver(member, { cursor: group.window.last, result })
    }
  } catch (error) {
    // The source failed (the database went away, say): everyone resumes from a cursor of their own.
    context.hub.log.warn({ event: 'feed_source_failed', reason: error instanceof Error ? error.message : String(error) })
    await delay(250)
  }
  if (live.groups.has(key) && !group.window.signal.aborted) live.groups.delete(key)
  group.close()
  for (const member of group.members) member.queue.close()
}

function deliver(member: Member, delivered: Delivered) {
  if (member.isBehind || member.queue.put(delivered)) return
  if (Date.now() - member.pulledAt > STUCK_MS) {
    member.queue.close()
    member.stuck()
  } else {
    member.isBehind = true
    member.queue.clear()
  }
}

/** Rights are looked up again for every batch of events: a session that ended meanwhile gets none of it. */
async function dropRevoked(group: Group, context: Context) {
  const ids = [...group.members].flatMap((member) => (member.sessionId ? [member.sessionId] : []))
  if (ids.length === 0) return
  const { rows } = await context.hub.db.gate.query<{ id: string }>(
    `select session.id from session join account on account.id = session.account_id
     where session.id = any ($1::uuid[]) and session.revoked_at is null and session.expires_at > now()
       and account.disabled_at is null and account.rights_version = $2`,
    [ids, context.hub.viewer.rightsVersion],
  )
  const valid = new Set(rows.map((row) => row.id))
  for (const member of group.members) {
    if (member.sessionId && !valid.has(member.sessionId)) {
      group.members.delete(member)
      member.queue.clear()
      member.queue.close()
    }
  }
}

/** The group's key, and the cursor that this subscriber starts from. */
function describe(args: Subscription): { key: string; after: string | null } {
  const variables: Record<string, unknown> = { ...args.variableValues }
  const operation = getOperationAST(args.document, args.operationName)
  const field = operation?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD)
  const given = field?.kind === Kind.FIELD ? field.arguments?.find((argument) => argument.name.value === 'after')?.value : undefined
  let after: string | null = null
  if (given?.kind === Kind.STRING) after = given.value
  if (given?.kind === Kind.VARIABLE) {
    const value = variables[given.name.value]
    after = typeof value === 'string' ? value : null
    delete variables[given.name.value]
  }
  const { viewer } = args.contextValue.hub
  return {
    key: JSON.stringify([textOf(args.document), args.operationName ?? null, sorted(variables), args.contextValue.language, rightsKey(viewer)]),
    after,
  }
}

const texts = new WeakMap<DocumentNode, string>()
function textOf(document: DocumentNode): string {
  let text = texts.get(document)
  if (text === undefined) texts.set(document, (text = print(document)))
  return text
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted)
    : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]))
      : value
