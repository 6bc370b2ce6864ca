// A network cable between hub and database that a test can pull out and plug in again.
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import type { FreshDatabase } from './db.ts'

export interface Cable {
  /** The same database, by way of the cable. */
  database: FreshDatabase
  /** Cuts what is connected, and refuses what comes. */
  pull(): void
  plug(): void
  close(): Promise<void>
}

export async function layCable(database: FreshDatabase): Promise<Cable> {
  const target = new URL(database.ownerUrl)
  const ends = new Set<Socket>()
  let plugged = true
  const server = createServer((near) => {
    if (!plugged) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [end, other] of [[near, far], [far, near]] as const) {
      ends.add(end)
      end.on('error', () => {}).on('close', () => {
        ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const ownerUrl = new URL(database.ownerUrl)
  ownerUrl.hostname = '127.0.0.1'
  ownerUrl.port = String((server.address() as AddressInfo).port)
  return {
    database: { ...database, ownerUrl: ownerUrl.href },
    pull() {
      plugged = false
      for (const end of ends) end.destroy()
    },
    plug() {
      plugged = true
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
