// The database as the app sees it: three roles that own nothing, one Prisma client over the first, and LISTEN.
import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'

export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

export interface Database {
  /** Logged in as chungtay_app: row-level security applies to everything it reads and writes. */
  pool: pg.Pool
  prisma: PrismaClient
  /** Logged in as chungtay_gate: accounts, sessions and slips, and nothing of what they open. */
  gate: pg.Pool
  /** Logged in as chungtay_public: what everyone may see, by views; it has no right to a table. */
  open: pg.Pool
  /** Columns that are never null, as "table.column". */
  required: ReadonlySet<string>
  /**
   * Calls back on every NOTIFY of the channel, and once (with '') after each reconnection; `deafened` when the connection is lost,
   * and with it what was said meanwhile. Returns how to stop.
   */
  listen(channel: string, heard: (payload: string) => void, deafened?: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

// Sessions run in UTC: the Prisma adapter stores wrong instants in any other zone.
const ROLES = ['chungtay_app', 'chungtay_gate', 'chungtay_public'] as const
type Role = (typeof ROLES)[number]

// A connection keeps every statement that was ever prepared in it.
const CONNECTION_LIFE_SECONDS = 900
const SESSION = '-c TimeZone=UTC -c jit=off -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s'

/**
 * Gives the app's roles their passwords (derived from the owner's, so that every process derives the same) and connects as them.
 * @throws Error when the owner is a superuser: row-level security would not hold.
 */
export async function connect(ownerUrl: string, { max = 10 }: { max?: number } = {}): Promise<Database> {
  // Roles belong to the whole server, so nothing of the database's name goes in: every hub of this owner must derive the same.
  const { username, password } = new URL(ownerUrl)
  const passwordOf = (role: string) => createHmac('sha256', `${username}:${password}`).update(role).digest('hex')
  await openRoles(ownerUrl, passwordOf)
  const poolOf = (role: Role, size: number, options = SESSION) => {
    const url = new URL(ownerUrl)
    url.username = role
    url.password = passwordOf(role)
    const pool = new pg.Pool({
      connectionString: url.toString(), max: size, options, application_name: role, pipeline: true, maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
    })
    pool.on('error', () => {}) // an idle connection was cut; the next query reports what matters
    return pool
  }
  const pool = poolOf('chungtay_app', max)
  const gate = poolOf('chungtay_gate', 4)
  // Its statements are prepared, and their plans hold for every place: making one anew takes as long as running it. What visitors read
  // is in memory, so that a page costs little beside its rows, and a kind among thirty is looked up rather than searched for.
  const open = poolOf('chungtay_public', Math.min(8, max), `${SESSION} -c search_path=open,public -c plan_cache_mode=force_generic_plan -c seq_page_cost=0.1 -c random_page_cost=0.1`)
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    transactionOptions: { maxWait: 20_000, timeout: 20_000 },
  })
  const listeners = new Set<() => Promise<void>>()
  return {
    pool,
    prisma,
    gate,
    open,
    required: await requiredColumns(pool),
    async listen(channel, heard, deafened = () => {}) {
      const stop = await keepListening(pool.options, channel, heard, deafened)
      listeners.add(stop)
      return async () => {
        listeners.delete(stop)
        await stop()
      }
    },
    async close() {
      await Promise.all([...listeners].map((stop) => stop()))
      await prisma.$disconnect()
      await Promise.all([pool.end(), gate.end(), open.end()])
    },
  }
}

/** @throws Error when the connection's role is a superuser: row-level security would not hold for what it owns. */
export async function refuseSuperuser(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = session_user')
  if (!rows[0]?.rolsuper) return
  throw new Error(
    'DATABASE_URL đang dùng tài khoản superuser; hãy tạo một vai trò thường sở hữu cơ sở dữ liệu / ' +
      'DATABASE_URL names a superuser; make an ordinary role that owns the database: ' +
      "create role hub login createrole password '…'; create database chungtay owner hub;",
  )
}

async function openRoles(ownerUrl: string, passwordOf: (role: string) => string) {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await refuseSuperuser(owner)
    for (const role of ROLES) {
      if (!(await canLogIn(ownerUrl, role, passwordOf(role)))) await setPassword(owner, role, passwordOf(role))
    }
  } finally {
    await owner.end()
  }
}

async function canLogIn(ownerUrl: string, role: string, password: string): Promise<boolean> {
  const url = new URL(ownerUrl)
  url.username = role
  url.password = password
  const client = new pg.Client({ connectionString: url.toString() })
  client.on('error', () => {})
  return client.connect().then(() => client.end(), () => 'refused').then((answer) => answer !== 'refused')
}

/** Hubs that start together set the same password; PostgreSQL refuses all but one of them for the moment, on whichever database. */
async function setPassword(owner: pg.Client, role: string, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await owner.query(`alter role ${role} login password ${owner.escapeLiteral(password)}`)
      return
    } catch (error) {
      if (attempt === 20 || !/concurrently updated/.test(String(error))) throw error
      await delay(50 * Math.random())
    }
  }
}

async function requiredColumns(pool: pg.Pool): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ name: string }>(`
    select relname || '.' || attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and attnotnull and not attisdropped`)
  return new Set(rows.map((row) => row.name))
}

async function keepListening(options: pg.PoolConfig, channel: string, heard: (payload: string) => void, deafened: () => void) {
  let stopped = false
  let client: pg.Client | null = null
  let retry: NodeJS.Timeout | null = null
  const open = async () => {
    const next = new pg.Client({ ...options, application_name: `listen ${channel}`, keepAlive: true })
    next.on('notification', (message) => heard(message.payload ?? ''))
    next.on('error', () => {})
    next.on('end', () => {
      deafened()
      again()
    })
    await next.connect()
    await next.query(`listen ${channel}`)
    client = next
  }
  // A connection that could not be opened says so twice, and is tried again once.
  const again = () => {
    if (retry) clearTimeout(retry)
    retry = stopped ? null : setTimeout(reopen, 500)
  }
  const reopen = () => {
    open().then(() => heard(''), again)
  }
  await open()
  return async () => {
    stopped = true
    if (retry) clearTimeout(retry)
    await client?.end().catch(() => {})
  }
}
