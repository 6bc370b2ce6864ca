#!/usr/bin/env node
// Prisma's schema engine without a download: answers Prisma's command line from the WebAssembly build that npm ships. Run by Prisma only.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const OID = { char: 18, text: 25 }

/** What the engine said while it panicked; the trap itself carries no text. */
let lastPanic = ''
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (lastPanic = message) }

// The package's own entry imports the .wasm file as a module, which Node 20 cannot do.
const wasm = new WebAssembly.Module(
  readFileSync(fileURLToPath(new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm')))),
)
const { exports } = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': bindings })
bindings.__wbg_set_wasm(exports)
exports.__wbindgen_start()

const { values: flags, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    version: { type: 'boolean', short: 'V' },
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true, short: 'd' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
})
// Comparing files asks for no database, yet the engine wants an address to connect to when it must.
const datasource = { url: 'postgresql://set-DATABASE_URL.invalid/', ...JSON.parse(flags.datasource ?? '{}') }

// ── databases ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Runs `sql` in one connection of its own. */
async function ask(url, sql, parameters) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, parameters)).rows
  } finally {
    await client.end()
  }
}

/** The same server, another database. */
function sibling(url, database) {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other.href
}

async function createDatabase(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
  const server = sibling(url, 'postgres')
  const found = await ask(server, 'select from pg_database where datname = $1', [name])
  if (found.length === 0) await ask(server, `create database ${pg.escapeIdentifier(name)}`)
  return { databaseName: name }
}

const dropDatabase = (url, name) =>
  ask(sibling(url, 'postgres'), `drop database if exists ${pg.escapeIdentifier(name)} with (force)`)

// ── adapter: @prisma/adapter-pg is made for queries; the schema engine asks a little more ───────────────────────────

async function connect(url) {
  const schema = new URL(url).searchParams.get('schema') ?? undefined
  const adapter = await new PrismaPg(
    // One connection, because the engine's advisory lock belongs to the connection that took it.
    { connectionString: url, max: 1, options: '-c TimeZone=UTC' },
    { schema },
  ).connect()

  // pg_catalog is full of one-byte "char" columns, a type that the adapter refuses: read them as text, call them characters.
  const { queryRaw } = adapter
  adapter.queryRaw = async (query) => {
    const characters = []
    const reader = Object.create(adapter, {
      performIO: {
        value: async (sent) => {
          const result = await adapter.performIO(sent)
          result.fields.forEach((field, column) => {
            if (field.dataTypeID !== OID.char) return
            field.dataTypeID = OID.text
            characters.push(column)
          })
          return result
        },
      },
    })
    const result = await queryRaw.call(reader, query)
    for (const column of characters) result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }

  // The adapter cuts a script at every semicolon, so also inside function bodies: send it whole.
  adapter.executeScript = (script) => adapter.underlyingDriver().query(script).then(() => {}, (error) => adapter.onError(error))
  return adapter
}

async function connectToShadow() {
  if (datasource.shadowDatabaseUrl) {
    await ask(datasource.shadowDatabaseUrl, 'drop schema if exists public cascade; create schema public')
    return connect(datasource.shadowDatabaseUrl)
  }
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
  await ask(sibling(datasource.url, 'postgres'), `create database ${pg.escapeIdentifier(name)}`)
  const adapter = await connect(sibling(datasource.url, name))
  const disconnect = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await disconnect() // first, or our own connection would hold the database
    await dropDatabase(datasource.url, name)
  }
  return adapter
}

// ── one-off commands: connect, create, drop ─────────────────────────────────────────────────────────────────────────

async function runOnce(command) {
  const commands = {
    'can-connect-to-database': () => ask(datasource.url, 'select 1'),
    'create-database': () => createDatabase(datasource.url),
    'drop-database': () => dropDatabase(datasource.url, decodeURIComponent(new URL(datasource.url).pathname.slice(1))),
  }
  try {
    if (!commands[command]) throw new Error(`Unknown command: ${command}`)
    await commands[command]()
  } catch (error) {
    const known = { '3D000': 'P1003', '28P01': 'P1000', '28000': 'P1000', '42501': 'P1010' }
    const fields = { is_panic: false, error_code: known[error.code] ?? 'P1001', message: error.message || error.code }
    // Prisma skips the first line and reads each of the others as JSON.
    process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}`)
    process.exitCode = 1
  }
}

// ── conversation: JSON-RPC 2.0, one message a line ──────────────────────────────────────────────────────────────────

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function serve() {
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(datasource.url),
    connectToShadowDb: connectToShadow,
  })
  const datamodels = flags.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]) // none must be undefined: an empty list panics
  let opening
  const open = () => (opening ??= bindings.SchemaEngine.new({ datamodels }, () => {}, factory))

  const forward = (method) => async (params) => (await (await open())[method](params)) ?? {}

  // These two find the shadow database only in what diagnoseMigrationHistory leaves behind; without it a pending migration fails them.
  const forwardAfterDiagnosis = (method) => async (params) => {
    const { migrationsList, filters } = params
    await forward('diagnoseMigrationHistory')({ migrationsList, filters, optInToShadowDatabase: true })
    return forward(method)(params)
  }

  const methods = {
    createDatabase: (params) => createDatabase(params?.datasource?.url ?? datasource.url),
    getDatabaseVersion: forward('version'),
    reset: (params) => forward('reset')(params ?? { filter: { externalTables: [], externalEnums: [] } }),
    createMigration: forwardAfterDiagnosis('createMigration'),
    evaluateDataLoss: forwardAfterDiagnosis('evaluateDataLoss'),
    async diff(params) {
      const { exitCode, stdout } = await forward('diff')(params)
      if (stdout != null) send({ id: 'print', method: 'print', params: { content: stdout } })
      return { exitCode, stdout: null }
    },
  }
  for (const method of ['applyMigrations', 'dbExecute', 'devDiagnostic', 'diagnoseMigrationHistory', 'ensureConnectionValidity', 'introspect', 'introspectSql', 'markMigrationApplied', 'markMigrationRolledBack', 'schemaPush'])
    methods[method] = forward(method)

  let current
  const panicked = (error) => {
    send({ id: current, error: { code: 4466, message: 'panic', data: { is_panic: true, message: lastPanic || error.message, backtrace: error.stack } } })
    process.exitCode = 101
  }
  process.on('uncaughtException', panicked) // a trap inside an awaited call surfaces here, not in the call

  createInterface({ input: process.stdin })
    .on('line', async (line) => {
      if (line.trim() === '') return
      const { id, method, params } = JSON.parse(line)
      if (!method) return // the answer to our own `print`
      current = id
      try {
        if (!Object.hasOwn(methods, method)) throw new Error(`Unknown method: ${method}`)
        send({ id, result: await methods[method](params) })
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) return panicked(error)
        const code = error?.code ?? error?.error_code
        // An error that is no driver's comes back as a number.
        const external = /External error id#(\d+)/.exec(error?.message)
        const message = (external && String(factory.errorRegistry.consumeError(Number(external[1]))?.error)) ?? error?.message ?? String(error)
        send({ id, error: { code: 4466, message, data: { is_panic: false, message, meta: error?.meta ?? null, error_code: typeof code === 'string' ? code : 'P0000' } } })
      }
    })
    .on('close', () => process.exit())
}

if (flags.version) process.stdout.write(`schema-engine-wasm ${bindings.version()}\n`)
else if (positionals[0] === 'cli') await runOnce(positionals[1])
else serve()
