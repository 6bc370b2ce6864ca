// Starts one PostgreSQL for the whole run and prepares the template databases in it, or uses the server that TEST_DATABASE_URL names.
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { DataInUse, startEmbeddedPostgres, type EmbeddedPostgres } from '../../server/src/platform/embedded-postgres.ts'
import { buildJourneyWorld } from './journey-world.ts'
import { prepareTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the role that owns the tests' databases. */
    serverUrl: string
    template: string
    /** The world that the journeys begin in; of their project alone. */
    journeyTemplate: string
  }
}

type Server = { url: string; template: string; make(name: string, prepare: (ownerUrl: string) => Promise<void>): Promise<string>; stop(): Promise<void> }

// Each project loads this file for itself; what they share hangs on the process.
const shared = globalThis as { chungTayTestServer?: { users: number; server: Promise<Server> } }

export default async function setup(project: TestProject) {
  const use = (shared.chungTayTestServer ??= { users: 0, server: start() })
  use.users += 1
  const { url, template, make, stop } = await use.server
  const leave = async () => {
    use.users -= 1
    if (use.users === 0) await stop()
  }
  project.provide('serverUrl', url)
  project.provide('template', template)
  try {
    if (project.name === 'e2e') project.provide('journeyTemplate', await make('journeys', buildJourneyWorld))
  } catch (error) {
    await leave()
    throw error
  }
  return leave
}

async function start(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, end: async () => {} } : await embedded()
  const made: string[] = []
  const inServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  const make: Server['make'] = async (name, prepare) => {
    const template = `chungtay_${name}_${process.pid}`
    await inServer(`drop database if exists ${template} with (force)`)
    await inServer(`create database ${template}`)
    made.push(template)
    await prepare(databaseUrl(server.url, template))
    return template
  }
  const stop = async () => {
    if (given) for (const template of made) await inServer(`drop database if exists ${template} with (force)`)
    await server.end()
  }
  try {
    return { url: server.url, template: await make('template', prepareTemplate), make, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The first slot that no other run holds. A killed run's server is taken over, emptied and ended with this run. */
async function embedded(): Promise<{ url: string; end(): Promise<void> }> {
  const slots = fileURLToPath(new URL('../../.data/test', import.meta.url))
  mkdirSync(slots, { recursive: true })
  for (let slot = 1; ; slot++) {
    try {
      const postgres = await startEmbeddedPostgres({
        directory: `${slots}/${slot}`,
        say: () => {},
        settings: { fsync: 'off', max_connections: '200' },
      })
      return { url: postgres.url, end: () => end(postgres) }
    } catch (error) {
      if (!(error instanceof DataInUse)) throw error
    }
  }
}

async function end(postgres: EmbeddedPostgres): Promise<void> {
  await postgres.stop()
  await rm(postgres.folder, { recursive: true })
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
