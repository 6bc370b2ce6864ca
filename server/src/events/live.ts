// All channels of this process, each fed by the relay.
import type { Database } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { type Channel, type ChannelOptions, openChannel } from './channel.ts'
import { createTurns } from '../platform/turns.ts'
import type { Teller, Told } from './feed.ts'
import type { Relay } from './relay.ts'

export interface Live {
  /** The channel of this key, opened by whoever comes first. */
  channel(key: string, teller: () => Teller, encode: (id: string, told: readonly Told[]) => Buffer): Channel
  close(): void
}

/**
 * Replays from the database: three of its eight connections for public reads, one for a network, so that nobody else's reads wait for
 * someone's long history. A hall of 500 people whose hub restarted waits here for a second or two.
 */
const REPLAYS = { atOnce: 3, perLane: 1, waitingPerLane: 2_000, waiting: 20_000 }

export function startLive(relay: Relay, db: Database, log: Log): Live {
  const channels = new Map<string, Channel>()
  const turns = createTurns(REPLAYS)
  const stop = relay.onAdvance((events, position) => {
    for (const channel of channels.values()) channel.advance(events, position)
  })

  const optionsOf = (key: string, teller: Teller): Omit<ChannelOptions, 'encode'> => ({
    teller,
    position: relay.position(),
    turns,
    async stillValid(ids) {
      const { rows } = await db.gate.query<{ id: string }>(
        `select session.id from session join account on account.id = session.account_id
         where session.id = any ($1::uuid[]) and session.revoked_at is null and session.expires_at > now()
           and account.disabled_at is null and account.rights_version = $2`,
        [ids, teller.viewer.rightsVersion])
      return new Set(rows.map((row) => row.id))
    },
    emptied: () => channels.delete(key),
    failed: (error) => log.warn({ event: 'feed_source_failed', reason: error instanceof Error ? error.message : String(error) }),
  })

  return {
    channel(key, teller, encode) {
      let channel = channels.get(key)
      if (!channel) channels.set(key, (channel = openChannel({ ...optionsOf(key, teller()), encode })))
      return channel
    },
    close: stop,
  }
}
