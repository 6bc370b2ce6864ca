// Subscribers who ask the same with the same rights share one reading, one result and the very bytes that are sent.
import { setImmediate as breathe } from 'node:timers/promises'
import type { Peer } from '../platform/socket.ts'
import { compare } from './cursor.ts'
import { REPLAY_BATCH, type Teller, type Told } from './feed.ts'
import { type Turns, TooManyWaiting } from '../platform/turns.ts'
import { type Happened, type Topic, concerns, keyOfTopic } from './topic.ts'

/** One subscription of one socket. */
export interface Follower {
  readonly peer: Peer
  /** Of the operation, as the client named it. */
  readonly id: string
  readonly sessionId: string | null
  /** From where: networks take turns at reading what they missed. */
  readonly network: string
  readonly thread: Thread
  state: 'live' | 'catching up' | 'gone'
  /** While it catches up: the last that it has. */
  after: string
}

/** Those who follow one topic. */
interface Thread {
  topic: Topic
  /** By operation id: each set is sent the same bytes. */
  followers: Map<string, Set<Follower>>
  size: number
  /** Read, and not sent yet. */
  pending: Told[]
  /** While something is pending: the place before it. At first: where the thread begins. */
  sent: string
  /** What was sent lately, everything after `since`: who comes back soon is served from memory. */
  recent: Told[]
  since: string
}

/** One batch for all who missed the same; kept while any of them waits. */
interface Replay {
  read: Promise<Told[]> | null
  wanted: number
}

export interface Channel {
  /** From right after `after`; from now on when it is null. */
  join(follower: Pick<Follower, 'peer' | 'id' | 'sessionId' | 'network'>, topic: Topic, after: string | null): Follower
  leave(follower: Follower): void
  advance(events: readonly Happened[], position: string): void
}

export interface ChannelOptions {
  teller: Teller
  position: string
  /** The frames that tell these results to the operation of this id. */
  encode(id: string, told: readonly Told[]): Buffer
  /** Which of these sessions still have the rights that the channel reads with. */
  stillValid(sessionIds: string[]): Promise<Set<string>>
  /** At reading from the database what somebody missed; what is in memory needs none. */
  turns: Turns
  /** Nobody follows any more. */
  emptied(): void
  failed(error: unknown): void
}

/** When idle an event goes out at once; in a flood those of this many milliseconds go out together, in one write a socket. */
const WINDOW_MS = 50
/** Sockets written to before others get their turn. */
const SLICE = 500
/** What may wait in a socket's buffer before its reader counts as slow: it then goes on from the database at its own pace. */
const SLOW_BYTES = 256 * 1024
/** A slow reader that took nothing for this long is gone. */
const STUCK_MS = 10_000
const RECENT = 100

export const CLOSE = { sessionEnded: 4403, tryAgain: 1013, tooMany: 4429 }

export function openChannel({ teller, position, encode, stillValid, turns, emptied, failed }: ChannelOptions): Channel {
  const threads = new Map<string, Thread>()
  const byPath = new Map<string, Set<Thread>>()
  /** Followers whose last event this process has not come to yet. */
  const early = new Set<Follower>()
  const replays = new Map<string, Replay>()
  let read = position
  /** While events are being read: up to where. A thread that begins meanwhile does not wait for them. */
  let reach = position
  let reading = Promise.resolve()
  let flushedAt = -Infinity
  let isFlushing = false
  let closed = false

  /** The place up to which a thread's live followers were told everything. */
  const sentOf = (thread: Thread) => (thread.pending.length > 0 || compare(thread.sent, read) > 0 ? thread.sent : read)

  // ── who follows ─────────────────────────────────────────────────────────────────────────────────────────────────

  function threadOf(topic: Topic): Thread {
    const key = keyOfTopic(topic)
    let thread = threads.get(key)
    if (!thread) {
      thread = { topic, followers: new Map(), size: 0, pending: [], sent: reach, recent: [], since: reach }
      threads.set(key, thread)
      const path = pathOf(topic)
      if (path !== null) byPath.set(path, (byPath.get(path) ?? new Set()).add(thread))
    }
    return thread
  }

  /** Where the index keeps it: '' for topics of no area, null for those that nothing can concern. */
  const pathOf = ({ area }: Topic) => (area ? area.path : '')

  function leave(follower: Follower) {
    if (follower.state === 'gone') return
    follower.state = 'gone'
    early.delete(follower)
    const { thread, id } = follower
    const same = thread.followers.get(id)!
    same.delete(follower)
    if (same.size === 0) thread.followers.delete(id)
    thread.size -= 1
    if (thread.size > 0) return
    threads.delete(keyOfTopic(thread.topic))
    const path = pathOf(thread.topic)
    if (path !== null) {
      byPath.get(path)!.delete(thread)
      if (byPath.get(path)!.size === 0) byPath.delete(path)
    }
    if (threads.size === 0) {
      closed = true
      emptied()
    }
  }

  // ── what is new ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** The threads that an event concerns: looked for from the country down to its place. */
  function* concernedBy(event: Happened): Generator<Thread> {
    if (teller.viewer.accountId === null && event.audience !== 'PUBLIC' && teller.viewer.pledges.length === 0) return
    const labels = event.path.split('.')
    for (let level = 0; level <= labels.length; level++) {
      for (const thread of byPath.get(labels.slice(0, level).join('.')) ?? []) if (concerns(thread.topic, teller.viewer, event)) yield thread
    }
  }

  async function take(events: readonly Happened[], to: string): Promise<void> {
    reach = to
    const concerned = new Map(events.map((event) => [event.id, [...concernedBy(event)]] as const).filter(([, threads]) => threads.length > 0))
    if (concerned.size > 0) {
      await dropRevoked()
      const told = await tell(concerned)
      for (const [id, threads] of concerned) {
        for (const thread of threads) {
          const one = told.get(readApart(thread))!.get(id)
          if (!one) continue
          if (thread.pending.length === 0) thread.sent = read
          thread.pending.push(one)
        }
      }
    }
    read = to
    if (concerned.size > 0 && !isFlushing) void flush().catch(fail)
    wakeEarly()
  }

  /** Whether the viewer may know who gives is the database's to say; for all other topics one reading serves. */
  const readApart = (thread: Thread) => (thread.topic.partyId ? thread : null)

  async function tell(concerned: ReadonlyMap<string, readonly Thread[]>) {
    const asked = new Map<Thread | null, Set<string>>()
    for (const [id, threads] of concerned) {
      for (const thread of threads) asked.set(readApart(thread), (asked.get(readApart(thread)) ?? new Set()).add(id))
    }
    return new Map(await Promise.all([...asked].map(async ([thread, ids]) => [thread, await teller.tell([...ids], thread?.topic ?? {})] as const)))
  }

  function wakeEarly() {
    const waiting = [...early] // some of them have to wait on
    early.clear()
    for (const follower of waiting) void catchUp(follower)
  }

  // ── sending ─────────────────────────────────────────────────────────────────────────────────────────────────────

  async function flush(): Promise<void> {
    isFlushing = true
    for (;;) {
      const wait = flushedAt + WINDOW_MS - performance.now()
      if (wait > 0) await new Promise((later) => setTimeout(later, wait))
      flushedAt = performance.now()
      const batch = [...threads.values()].filter((thread) => thread.pending.length > 0).map((thread) => ({
        before: thread.sent, told: thread.pending.splice(0), thread, groups: liveOf(thread),
      }))
      if (batch.length === 0) {
        isFlushing = false
        return
      }
      for (const { thread, told } of batch) keep(thread, told)
      wakeEarly()
      let written = 0
      for (const { before, told, groups } of batch) {
        for (const [id, followers] of groups) {
          const bytes = encode(id, told)
          for (const follower of followers) {
            if (follower.state !== 'live') continue
            if (follower.peer.buffered() > SLOW_BYTES) fallBehind(follower, before)
            else follower.peer.write(bytes)
            if (++written % SLICE === 0) await breathe()
          }
        }
      }
    }
  }

  /** Who is live now, by operation id; whoever comes to be so while this is sent has it already. */
  const liveOf = (thread: Thread) =>
    [...thread.followers].map(([id, followers]) => [id, [...followers].filter(({ state }) => state === 'live')] as const).filter(([, live]) => live.length > 0)

  function keep(thread: Thread, told: readonly Told[]) {
    thread.recent.push(...told)
    if (thread.recent.length <= RECENT) return
    const forgotten = thread.recent.splice(0, thread.recent.length - RECENT)
    thread.since = forgotten.at(-1)!.cursor
  }

  function fallBehind(follower: Follower, before: string) {
    follower.state = 'catching up'
    follower.after = before
    void catchUp(follower)
  }

  /** Tells a follower what it missed, from memory or the database, until it is where everyone is. */
  async function catchUp(follower: Follower): Promise<void> {
    try {
      while (follower.state === 'catching up') {
        if (follower.peer.buffered() > SLOW_BYTES && !(await follower.peer.drained(STUCK_MS))) return follower.peer.terminate()
        const { thread } = follower
        const until = sentOf(thread)
        const ahead = compare(follower.after, until)
        if (ahead === 0) follower.state = 'live'
        if (ahead > 0) early.add(follower)
        if (ahead >= 0) return
        if (compare(follower.after, thread.since) >= 0) {
          const told = thread.recent.filter(({ cursor }) => compare(cursor, follower.after) > 0)
          if (told.length > 0) follower.peer.write(encode(follower.id, told))
          follower.after = until
        } else {
          await replay(follower, until)
        }
      }
    } catch (error) {
      if (error instanceof TooManyWaiting) {
        if (error.isOwnLane) follower.peer.close(CLOSE.tooMany, 'Too many replays: try again in 30 s')
        else follower.peer.close(CLOSE.tryAgain, 'Try again later')
        return
      }
      failed(error)
      follower.peer.close(CLOSE.tryAgain, 'Try again later')
    }
  }

  /** The next batch of what a follower missed, when it is its network's turn. Who asks for the same meanwhile is told what was read for the first. */
  async function replay(follower: Follower, until: string): Promise<void> {
    const { thread, after } = follower
    const key = `${keyOfTopic(thread.topic)} ${after} ${until}`
    const shared: Replay = replays.get(key) ?? { read: null, wanted: 0 }
    replays.set(key, shared)
    shared.wanted += 1
    try {
      await turns.take(follower.network, async () => {
        if (isGone(follower)) return
        const told = await (shared.read ??= readMissed(thread, after, until))
        if (isGone(follower)) return
        if (told.length > 0) follower.peer.write(encode(follower.id, told))
        follower.after = told.length === REPLAY_BATCH ? told.at(-1)!.cursor : until
        await breathe() // so that thousands who are told the same let others in between
      })
    } finally {
      shared.wanted -= 1
      if (shared.wanted === 0) replays.delete(key)
    }
  }

  async function readMissed(thread: Thread, after: string, until: string): Promise<Told[]> {
    const told = await teller.missed(thread.topic, after, until)
    remember(thread, after, until, told)
    return told
  }

  /** What is kept then begins at `after`, if there is room for all of it. */
  function remember(thread: Thread, after: string, until: string, told: readonly Told[]) {
    if (told.length === REPLAY_BATCH || compare(until, thread.since) < 0 || compare(after, thread.since) >= 0) return
    const earlier = told.filter(({ cursor }) => compare(cursor, thread.since) <= 0)
    if (earlier.length + thread.recent.length > RECENT) return
    thread.recent.unshift(...earlier)
    thread.since = after
  }

  // It may have left while it was waited for, which the compiler cannot know.
  const isGone = (follower: Follower): boolean => follower.state === 'gone'

  // ── ends ────────────────────────────────────────────────────────────────────────────────────────────────────────

  function* everyone(): Generator<Follower> {
    for (const thread of threads.values()) for (const followers of thread.followers.values()) yield* followers
  }

  /** Rights are looked up again for every batch of events: a session that ended meanwhile gets none of it. */
  async function dropRevoked(): Promise<void> {
    const withSession = [...everyone()].filter((follower) => follower.sessionId !== null)
    if (withSession.length === 0) return
    const valid = await stillValid([...new Set(withSession.map((follower) => follower.sessionId!))])
    for (const follower of withSession) {
      if (valid.has(follower.sessionId!)) continue
      leave(follower)
      follower.peer.close(CLOSE.sessionEnded, 'Session ended')
    }
  }

  /** The source failed (the database went away, say): everyone comes back and goes on from a cursor of their own. */
  function fail(error: unknown) {
    if (closed) return
    failed(error)
    for (const follower of [...everyone()]) {
      leave(follower)
      follower.peer.close(CLOSE.tryAgain, 'Try again later')
    }
  }

  return {
    join(who, topic, after) {
      const thread = threadOf(topic)
      const follower: Follower = { ...who, thread, state: after === null ? 'live' : 'catching up', after: after ?? '' }
      const same = thread.followers.get(who.id)
      if (same) same.add(follower)
      else thread.followers.set(who.id, new Set([follower]))
      thread.size += 1
      if (after !== null) void catchUp(follower)
      return follower
    },
    leave,
    advance(events, to) {
      reading = reading.then(() => (closed ? undefined : take(events, to))).catch(fail)
    },
  }
}
