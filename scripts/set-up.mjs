// What `npm start` and `npm test` have in common: packages, generated code and the built client, each made again only when its sources changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const PNPM = 'pnpm@12.21.0'
const OLDEST_NODE = [20, 19]

/** Vietnamese first; people read this in a terminal. Progress goes to stderr, as that of all that is made here: stdout is for results. */
export const say = (vietnamese, english) => console.error(`• ${vietnamese} / ${english}`)

/** Packages, Prisma's client, the browser's client; with `tests` also what only tests and the type checker need. */
export async function setUp({ tests = false } = {}) {
  refuseOldNode()
  // Prisma's engine and npm's scripts ask for `node` by name: let it be this one.
  process.env.PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)

  await installPackages(tests)
  await once('prisma-client', {
    sources: ['prisma/schema.prisma', 'prisma.config.ts', 'pnpm-lock.yaml'],
    makes: 'server/src/generated/prisma',
    async make() {
      say('Sinh mã truy cập cơ sở dữ liệu', 'Generating the database client')
      await insist(...tool('prisma', 'generate'), { quiet: true })
    },
  })
  if (tests)
    await once('graphql-types', {
      sources: ['schema/schema.graphql', 'tsconfig.json', 'pnpm-lock.yaml'],
      makes: 'client/src/graphql/graphql-env.d.ts',
      async make() {
        say('Sinh kiểu GraphQL cho giao diện', 'Generating GraphQL types for the client')
        await insist(...tool('gql.tada', 'generate-output'), { quiet: true })
      },
    })
  await once('client', {
    sources: ['client', 'common', 'schema', 'pnpm-lock.yaml'],
    makes: 'client/dist/index.html',
    async make() {
      say('Dựng giao diện web', 'Building the web client')
      await insist(...tool('vite', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'))
    },
  })
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  const wanted = OLDEST_NODE.join('.')
  say(`Cần Node ${wanted} trở lên, máy đang dùng ${process.version}`, `Node ${wanted} or newer is needed, this is ${process.version}`)
  process.exit(1)
}

/** For a hub that only runs, those that only tests and benchmarks need are left out; where they are there already, they stay. */
async function installPackages(tests) {
  const stamp = join(root, 'node_modules/.packages')
  const current = fingerprintOf(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'], [process.platform, process.arch, process.version])
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (installed === `${current} all` || (!tests && installed === `${current} in use`)) return
  say('Cài các gói theo pnpm-lock.yaml; lần đầu mất chừng một phút', 'Installing packages from pnpm-lock.yaml; the first time takes about a minute')
  // CI: never ask a question, there may be nobody to answer.
  await insist('npx', ['--yes', '--prefer-offline', PNPM, 'install', '--frozen-lockfile', ...(tests ? [] : ['--prod'])], { env: { CI: 'true' } })
  writeFileSync(stamp, `${current} ${tests ? 'all' : 'in use'}`)
}

// ── made again only when the sources changed ────────────────────────────────────────────────────────────────────────

async function once(name, { sources, makes, make }) {
  const stamp = join(root, '.data/stamps', `.${name}`)
  const fingerprint = fingerprintOf(sources, [])
  if (existsSync(join(root, makes)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  await make()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint)
}

function fingerprintOf(sources, also) {
  const hash = createHash('sha256').update(also.join('\n'))
  for (const source of sources) for (const file of filesIn(join(root, source))) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const isMade = (name) => name === 'dist' || name === 'graphql-env.d.ts'
  return readdirSync(path).filter((name) => !isMade(name)).sort().flatMap((name) => filesIn(join(path, name)))
}

// ── other programs ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A command of an installed package, run by this Node. */
export function tool(name, ...args) {
  const entries = {
    'gql.tada': 'gql.tada/bin/cli.js',
    oxlint: 'oxlint/bin/oxlint',
    prisma: 'prisma/build/index.js',
    tsc: 'typescript/bin/tsc',
    vite: 'vite/bin/vite.js',
    vitest: 'vitest/vitest.mjs',
  }
  return [process.execPath, [join(root, 'node_modules', entries[name]), ...args]]
}

/** Runs to the end and tells the exit code. Ctrl-C or SIGTERM ends the program with all that it started, then this process. */
export function run(command, args, { env = {}, quiet = false, stdout = 'inherit' } = {}) {
  const posix = process.platform !== 'win32'
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', stdout, 'inherit'],
    detached: posix, // a group of its own, which can be ended as a whole
    shell: !posix,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  let stoppedBy
  const stop = (signal) => {
    stoppedBy ??= signal
    try {
      if (posix) process.kill(-child.pid, signal)
      else child.kill(signal)
    } catch {
      // it has ended already
    }
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return new Promise((done) => {
    const finish = (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      if (stoppedBy) process.exit(128 + constants.signals[stoppedBy])
      if (code !== 0) process.stderr.write(output)
      done(code)
    }
    child.once('error', (error) => {
      output += `${command}: ${error.message}\n`
      finish(1)
    })
    child.once('close', (code) => finish(code ?? 1))
  })
}

async function insist(command, args, options) {
  if ((await run(command, args, { ...options, stdout: 2 })) === 0) return
  say('Bước này không xong, xem lỗi ở trên', 'This step failed, see the error above')
  process.exit(1)
}
