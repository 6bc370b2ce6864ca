// Wires database, events, schema, HTTP and socket into one running hub. The process starts this, and so do the tests.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Viewer } from './access/viewer.ts'
import { startLive } from './events/live.ts'
import { startRelay } from './events/relay.ts'
import { endDueAdoptions } from './features/adoptions/commands.ts'
import { addPhotoRoute, photoRoute, recordRoute } from './features/deliveries/route.ts'
import { escalateSilentTasks, openUnconfirmedTasks } from './features/deliveries/tasks.ts'
import { givingYearRoute } from './features/giving-years/route.ts'
import { openUnansweredHandoverTasks } from './features/herds/tasks.ts'
import { resolveViewer } from './features/identity/sessions.ts'
import { startFolder } from './features/pledges/folder.ts'
import { certificateRoute } from './features/pledges/route.ts'
import { reviewRoute } from './features/plans/route.ts'
import type { Context } from './graphql/context.ts'
import { checkDocuments } from './graphql/documents.ts'
import { GRAPHQL_PATH, createEndpoint } from './graphql/endpoint.ts'
import { graphiqlRoute } from './graphql/graphiql.ts'
import { keepPublicAnswers } from './graphql/public-answers.ts'
import { chooseProtocol, createSubscriptions } from './graphql/subscribe.ts'
import type { Trusted } from './graphql/trusted.ts'
import { householdRoutes } from './pages/household/routes.ts'
import type { Config } from './platform/config.ts'
import { SESSION_COOKIE_SECONDS, deviceCookie, sessionCookie } from './platform/cookies.ts'
import { type Database, connect } from './platform/db.ts'
import { startLeader } from './platform/leader.ts'
import { type Patience, type Route, type Visit, createHttp } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import { addressOf } from './platform/origin.ts'
import { acceptSockets } from './platform/socket.ts'
import { clientRoute } from './platform/static.ts'
import { schema } from './schema.ts'

export interface App {
  host: string
  port: number
  /** Where it listens, as seen from this machine. */
  url: string
  publicUrl: string
  db: Database
  /** Readiness off for `graceMs`, then sockets 1001, requests under way answered, database let go. */
  close(graceMs?: number): Promise<void>
}

export interface AppOptions {
  ownerUrl: string
  config: Config
  log: Log
  clientDirectory?: string
  /** The only documents to run: in production the built client's and those of schema/operations, elsewhere any. */
  trusted?: Trusted | null
  /** False: every answer is made anew, also those that are the same for all visitors. */
  keepAnswers?: boolean
  /** Shorter waits, for tests. */
  patience?: Partial<Patience & { socketInitMs: number; socketKeepAliveMs: number; socketsPerNetwork: number }>
}

/** What pages beside the API need to know who asks. */
export type ContextOf = (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<Context>

const CLIENT = fileURLToPath(new URL('../../client/dist', import.meta.url))

export async function createApp({ ownerUrl, config: given, log, clientDirectory = CLIENT, trusted: onlyThese, keepAnswers = true, patience = {} }: AppOptions): Promise<App> {
  const config = { ...given }
  const trusted = onlyThese !== undefined ? onlyThese : config.production ? await trustedDocuments(clientDirectory) : null
  const db = await connect(ownerUrl)
  const relay = await startRelay(db, log)
  const cookie = sessionCookie(config.publicUrl)
  const device = deviceCookie(config.publicUrl)
  const viewerOf = (token: string) => resolveViewer(db, token)

  const networkOf = (request: IncomingMessage) => addressOf(request, config)
  const contextFor = (viewer: Viewer, language: 'vi' | 'en', origin: Pick<Context, 'network' | 'userAgent'>): Context => ({
    hub: { viewer, db, config, log },
    language,
    ...origin,
    feedHead: () => `${relay.head()}.0`,
    device: null,
    setDevice: null,
    setSession: null,
  })
  const contextOf: ContextOf = async (request, response, { language }) => ({
    ...contextFor(await resolveViewer(db, cookie.read(request)), language, { network: networkOf(request), userAgent: request.headers['user-agent'] ?? null }),
    device: device.read(request),
    setDevice: (token) => void response.appendHeader('set-cookie', device.write(token, SESSION_COOKIE_SECONDS)),
    setSession: (token) => void response.appendHeader('set-cookie', cookie.write(token, token === null ? undefined : SESSION_COOKIE_SECONDS)),
  })
  const answers = keepAnswers ? await keepPublicAnswers(db) : undefined
  const { production } = config
  const check = checkDocuments({ schema, trusted, introspection: !production, maxErrors: production ? 1 : 20 })
  const endpoint = await createEndpoint({
    schema, production, trusted, check, log, answers, contextOf, isSignedIn: (request) => cookie.read(request) !== null,
  })
  const live = startLive(relay, db, log)
  const subscriptions = createSubscriptions({
    schema, production, check, log, live, viewerOf, tokenOf: cookie.read, contextFor, networkOf,
    ...(patience.socketInitMs ? { initMs: patience.socketInitMs } : {}),
  })
  const stopRights = await db.listen('chungtay_rights', (accountId) => {
    subscriptions.recheck(accountId).catch((error: unknown) => log.error({ event: 'rights_unreadable', reason: String(error) }))
  })

  const routes: Route[] = [
    ...endpoint.routes,
    reviewRoute(contextOf),
    recordRoute(contextOf),
    addPhotoRoute(contextOf),
    photoRoute(contextOf),
    certificateRoute(contextOf),
    givingYearRoute(contextOf),
    ...(config.production ? [] : [graphiqlRoute('/graphql')]),
    ...householdRoutes({ db, config, log }),
    clientRoute(clientDirectory),
  ]
  const http = createHttp({ routes, publicUrl: config.publicUrl, isReady: () => doesAnswer(db), log, patience })
  const sockets = acceptSockets({
    http, path: GRAPHQL_PATH, publicUrl: config.publicUrl, behindProxy: config.behindProxy, log, chooseProtocol, opened: subscriptions.opened,
    ...(patience.socketKeepAliveMs ? { keepAliveMs: patience.socketKeepAliveMs } : {}),
    ...(patience.socketsPerNetwork ? { perNetwork: patience.socketsPerNetwork } : {}),
  })

  const duties = [
    startFolder(db, log),
    // Silence is chased: a delivery that nobody answered in time becomes a named person's task, and a silent task the next office's.
    startLeader(db.pool.options, log, { name: 'open_unconfirmed_tasks', everyMs: CHASE_MS, work: async () => void (await openUnconfirmedTasks({ db, config })) }),
    startLeader(db.pool.options, log, { name: 'open_unanswered_handover_tasks', everyMs: CHASE_MS, work: async () => void (await openUnansweredHandoverTasks({ db, config })) }),
    startLeader(db.pool.options, log, { name: 'escalate_silent_tasks', everyMs: CHASE_MS, work: async () => void (await escalateSilentTasks({ db, config })) }),
    startLeader(db.pool.options, log, { name: 'end_due_adoptions', everyMs: CHASE_MS, work: async () => void (await endDueAdoptions(db)) }),
  ]

  const letGo = async () => {
    await Promise.all(duties.map((duty) => duty.close()))
    await endpoint.stop()
    await stopRights()
    await answers?.close()
    live.close()
    await relay.close()
    await db.close()
  }
  try {
    config.host = await safeHost(db, config.host, log)
    config.port = await http.listen(config.port, config.host)
  } catch (error) {
    await letGo()
    throw error
  }
  config.publicUrl ??= `http://localhost:${config.port}`

  return {
    host: config.host,
    port: config.port,
    url: `http://127.0.0.1:${config.port}`,
    publicUrl: config.publicUrl,
    db,
    async close(graceMs = 0) {
      http.drain()
      if (graceMs > 0) await delay(graceMs)
      await sockets.close()
      await http.close()
      await letGo()
    },
  }
}

const LOOPBACK = '127.0.0.1'

/** Demonstration accounts have a printed password: wherever one is left, whatever the settings say, nobody else may come in. */
async function safeHost(db: Database, host: string, log: Log): Promise<string> {
  const { rowCount } = await db.gate.query('select from account where is_demo and disabled_at is null limit 1')
  if (rowCount === 0 || host === LOOPBACK) return host
  log.warn({ event: 'loopback_only', reason: 'the database holds demonstration accounts that are not disabled' })
  return LOOPBACK
}

async function trustedDocuments(clientDirectory: string): Promise<Trusted> {
  return new Map(Object.entries(JSON.parse(await readFile(join(clientDirectory, 'trusted-documents.json'), 'utf8')) as Record<string, string>))
}

const CHASE_MS = 60 * 60 * 1000
const READY_WITHIN_MS = 2_000

async function doesAnswer(db: Database): Promise<boolean> {
  const late = new AbortController()
  const answered = db.pool.query('select 1').then(() => true, () => false)
  const tooLate = delay(READY_WITHIN_MS, false, { signal: late.signal }).catch(() => false)
  return Promise.race([answered, tooLate]).finally(() => late.abort())
}
