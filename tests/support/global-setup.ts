// Starts one PostgreSQL for the whole run and prepares the template database in it, or uses the server that TEST_DATABASE_URL names.
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { DataInUse, startEmbeddedPostgres, type EmbeddedPostgres } from '../../server/src/platform/embedded-postgres.ts'
import { prepareTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the role that owns the tests' databases. */
    serverUrl: string
    template: string
  }
}

type Server = { url: string; template: string; stop(): Promise<void> }

// Each project loads this file for itself; what they share hangs on the process.
const shared = globalThis as { chungTayTestServer?: { users: number; server: Promise<Server> } }

export default async function setup(project: TestProject) {
  const use = (shared.chungTayTestServer ??= { users: 0, server: start() })
  use.users += 1
  const { url, template, stop } = await use.server
  project.provide('serverUrl', url)
  project.provide('template', template)
  return async () => {
    use.users -= 1
    if (use.users === 0) await stop()
  }
}

async function start(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, end: async () => {} } : await embedded()
  const template = `chungtay_template_${process.pid}`
  const inServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  const stop = async () => {
    if (given) await inServer(`drop database if exists ${template} with (force)`)
    await server.end()
  }
  try {
    await inServer(`drop database if exists ${template} with (force)`)
    await inServer(`create database ${template}`)
    await prepareTemplate(databaseUrl(server.url, template))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: server.url, template, stop }
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
