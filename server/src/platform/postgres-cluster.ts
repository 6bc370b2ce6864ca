// Makes the embedded PostgreSQL's data folder, once, with its keys beside it.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresHome } from './postgres-home.ts'

const run = promisify(execFile)

type Keys = { port: number; superuserPassword: string; ownerPassword: string }

export type Cluster = { home: PostgresHome; data: string; log: string; keysFile: string; keys: Keys }

/** The draft is renamed when complete, so a cluster is either whole or not there, and of two processes that make one, one wins. */
export async function openCluster(home: PostgresHome, say: (line: string) => void): Promise<Cluster> {
  const folder = join(home.folder, 'cluster')
  const keysFile = join(folder, 'keys.json')
  const readKeys = async () => JSON.parse(await readFile(keysFile, 'utf8')) as Keys
  const keys = await readKeys().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    say(`Tạo kho dữ liệu PostgreSQL ở ${home.folder} / Creating the PostgreSQL data in ${home.folder}`)
    await createCluster(home, folder)
    return readKeys()
  })
  return { home, data: join(folder, 'data'), log: join(folder, 'postgres.log'), keysFile, keys }
}

async function createCluster(home: PostgresHome, folder: string): Promise<void> {
  for (const name of await readdir(home.folder)) {
    const maker = /^cluster\.(\d+)$/.exec(name)?.[1]
    if (maker && !isAlive(Number(maker))) await rm(join(home.folder, name), { recursive: true })
  }
  const draft = `${folder}.${process.pid}`
  const data = join(draft, 'data')
  const passwordFile = join(draft, 'password')
  const { uid, gid } = home.identity
  const giveAway = async (path: string) => {
    if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
  }
  const keys: Keys = {
    port: await freePort(),
    superuserPassword: randomBytes(24).toString('base64url'),
    ownerPassword: randomBytes(24).toString('base64url'),
  }
  await mkdir(draft)
  await chmod(draft, 0o711)
  await mkdir(data, { mode: 0o700 })
  await giveAway(data)
  await writeFile(passwordFile, keys.superuserPassword, { mode: 0o600 })
  await giveAway(passwordFile)
  await run(
    join(home.programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', ...localeFlags()],
    { ...home.identity, cwd: '/', env: plainEnvironment() },
  )
  await unlink(passwordFile)
  await writeFile(join(draft, 'keys.json'), JSON.stringify(keys), { mode: 0o600 })
  await rename(draft, folder).catch(() => rm(draft, { recursive: true })) // another process was first
}

/** Comparison and case are PostgreSQL's own; the system's classes only tell pg_trgm what a letter is, and plain C knows no ễ. */
function localeFlags(): string[] {
  const classes: Record<string, string[]> = { linux: ['--locale=C.UTF-8'], darwin: ['--locale=C', '--lc-ctype=en_US.UTF-8'] }
  return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(classes[process.platform] ?? ['--locale=C'])]
}

/** The remembered port has been taken by another program meanwhile. */
export async function changePort({ keys, keysFile }: Cluster): Promise<void> {
  keys.port = await freePort()
  const draft = `${keysFile}.${process.pid}`
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 })
  await rename(draft, keysFile)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** Nothing of the hub's own environment, which may hold secrets. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    SystemRoot: process.env.SystemRoot,
    LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C',
    TZ: 'UTC',
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
