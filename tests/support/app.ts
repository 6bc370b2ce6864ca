// Starts the real hub on a database of its own and a free port, and asks it as a client would.
import { type App, type AppOptions, createApp } from '../../server/src/app.ts'
import { type Config, readConfig } from '../../server/src/platform/config.ts'
import type { Fields } from '../../server/src/platform/log.ts'
import { type FreshDatabase, freshDatabase } from './db.ts'
import { TEST_SECRET } from './template.ts'

export interface TestApp extends App {
  database: FreshDatabase
  config: Config
  /** What was logged, oldest first. */
  logged: Fields[]
  /** Stops the hub and drops its database. */
  stop(): Promise<void>
}

export interface Overrides extends Partial<Omit<AppOptions, 'config' | 'ownerUrl' | 'log'>> {
  config?: Partial<Config>
  /** A database that is there already; it is left there. */
  database?: FreshDatabase
}

export async function startApp({ config: settings, database: given, ...options }: Overrides = {}): Promise<TestApp> {
  const database = given ?? (await freshDatabase())
  const config = { ...readConfig({ PORT: '0', HOST: '127.0.0.1', DEMO: 'no', HUB_SECRET: TEST_SECRET }), ...settings }
  const logged: Fields[] = []
  const keep = (fields: Fields) => void logged.push(fields)
  const app = await createApp({ ownerUrl: database.ownerUrl, config, log: { info: keep, warn: keep, error: keep }, ...options })
  return {
    ...app,
    database,
    config,
    logged,
    async stop() {
      await app.close()
      if (!given) await database.drop()
    },
  }
}

export interface Asked {
  status: number
  data: any
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[] | undefined
  /** Ready to be sent back, when the answer set one. */
  cookie: string | null
  headers: Headers
  text: string
}

/** One operation over HTTP. */
export async function graphql(
  app: Pick<App, 'url'>, query: string, variables: Record<string, unknown> = {},
  { cookie, language, headers = {} }: { cookie?: string | null; language?: 'vi' | 'en'; headers?: Record<string, string> } = {},
): Promise<Asked> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(cookie ? { cookie } : {}),
      ...(language ? { 'x-language': language } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const { data, errors } = JSON.parse(text) as Pick<Asked, 'data' | 'errors'>
  return { status: response.status, data, errors, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? null, headers: response.headers, text }
}
