// What every command and read is given: who asks, and the database to ask it of. One command is one transaction.
import { createHash } from 'node:crypto'
import type { Config } from '../platform/config.ts'
import type { Database, Tx } from '../platform/db.ts'
import { type Log } from '../platform/log.ts'
import { conflict, invalid } from '../platform/failure.ts'
import { retrying } from '../platform/retry.ts'
import { type Viewer, viewerSettings } from './viewer.ts'

export interface Hub {
  viewer: Viewer
  db: Database
  config: Config
  log: Log
}

export type { Tx }

/** Runs a read or a write as the viewer, in one transaction; tries again when PostgreSQL asks for it. */
export function asViewer<T>(hub: Hub, run: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() =>
    hub.db.prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(viewerSettings(hub.viewer))
      return run(tx)
    }))
}

/** Lets the rest of the transaction see the rows that its own command is about to make. */
export async function mayAlsoSee(tx: Tx, what: { parties?: string[]; pledges?: string[] }) {
  for (const [name, ids] of Object.entries(what)) {
    await tx.$executeRaw`select set_config(${`app.${name}`}::text, concat_ws(',', nullif(current_setting(${`app.${name}`}::text, true), ''), ${ids.join(',')}::text), true)`
  }
}

export type Answer = Record<string, string | number | boolean | null>

/** A command that creates or moves something: what it is called, the client's key, and what was asked. */
export interface Command {
  name: string
  key: string
  input: unknown
}

/**
 * Runs a command once per key and viewer, for ever: the same key with the same input gives the same answer,
 * the same key with another input is refused, and a command that fails leaves its key free.
 */
export function once<A extends Answer>(hub: Hub, command: Command, run: (tx: Tx) => Promise<A>): Promise<A> {
  return asViewer(hub, (tx) => keyed((text, values) => tx.$queryRawUnsafe(text, ...values), hub.viewer, command, () => run(tx)))
}

/** What `once` does inside its transaction; `ask` runs one statement in it. */
export async function keyed<A extends Answer>(
  ask: (text: string, values: unknown[]) => Promise<any[]>, viewer: Viewer, { name, key, input }: Command, run: () => Promise<A>,
): Promise<A> {
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
    throw invalid('idempotencyKey', 'BAD_IDEMPOTENCY_KEY',
      'Khóa chống gửi trùng phải dài 8–100 ký tự ASCII, ví dụ một UUID.', 'The idempotency key must be 8–100 ASCII characters, for instance a UUID.')
  }
  const requestHash = createHash('sha256').update(canonical([name, input])).digest()
  const scope = viewer.accountId ?? 'visitor'
  // A second submission waits here until the first has committed or failed.
  const fresh = await ask(
    'insert into idempotency_key (scope, key, operation, request_hash) values ($1, $2, $3, $4) on conflict do nothing returning key',
    [scope, key, name, requestHash])
  if (fresh.length === 0) {
    const [earlier] = await ask('select answer, request_hash = $3 as same from idempotency_key where scope = $1 and key = $2', [scope, key, requestHash])
    if (!earlier?.same) {
      throw conflict('KEY_USED_FOR_OTHER_INPUT',
        'Khóa chống gửi trùng này đã dùng cho một nội dung khác. Hãy tải lại trang rồi gửi lại.',
        'This idempotency key was used with other content. Reload the page and send again.')
    }
    return earlier.answer
  }
  const answer = await run()
  await ask('update idempotency_key set answer = $3::jsonb where scope = $1 and key = $2 returning key', [scope, key, JSON.stringify(answer)])
  return answer
}

/** JSON with sorted keys, so that equal inputs have equal hashes. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : typeof part === 'bigint' ? part.toString() : part)
