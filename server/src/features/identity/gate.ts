// Transactions and reads through the gate: the one database role that may read accounts, sessions and slips.
import type pg from 'pg'
import { type Answer, type Command, type Hub, keyed } from '../../access/hub.ts'
import { viewerSettings } from '../../access/viewer.ts'
import { retrying } from '../../platform/retry.ts'

/** Runs one transaction at the gate, as the viewer; again when PostgreSQL asks for it. */
export function atGate<T>(hub: Hub, run: (gate: pg.PoolClient) => Promise<T>): Promise<T> {
  return retrying(async () => {
    const gate = await hub.db.gate.connect()
    let broken: Error | undefined
    try {
      await gate.query(`begin; ${viewerSettings(hub.viewer)}`)
      const done = await run(gate)
      await gate.query('commit')
      return done
    } catch (error) {
      await gate.query('rollback').catch((failure: Error) => (broken = failure))
      throw error
    } finally {
      gate.release(broken)
    }
  })
}

/** `once` (access/hub.ts) for a command that writes through the gate. */
export const onceAtGate = <A extends Answer>(hub: Hub, command: Command, run: (gate: pg.PoolClient) => Promise<A>) =>
  atGate(hub, (gate) => keyed(async (text, values) => (await gate.query(text, values)).rows, hub.viewer, command, () => run(gate)))
