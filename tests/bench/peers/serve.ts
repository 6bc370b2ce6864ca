// What every peer needs: which database it reads, its connections, and how it says where it listens.
import pg from 'pg'

export const OWNER_URL = process.env.OWNER_URL!

/** As many connections as the load has, to the same sessions as the hub's. */
export const CONNECTIONS = 8
export const newPool = () => new pg.Pool({ connectionString: OWNER_URL, max: CONNECTIONS, options: '-c TimeZone=UTC -c jit=off' })

export function announce(port: number): void {
  process.stdout.write(`{"port":${port}}\n`)
  // The bench has gone, however it went.
  process.once('disconnect', () => process.exit(0))
}
