// GraphQL over HTTP: Apollo Server behind one route, closed wherever its defaults are open.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, Kind, OperationTypeNode } from 'graphql'
import { VIEWER_HEADER, answerFor } from '../access/drawn-for.ts'
import { visitor } from '../access/viewer.ts'
import { invalid } from '../platform/failure.ts'
import { type Route, type Visit, Refusal, answer, readBody } from '../platform/http.ts'
import type { Log } from '../platform/log.ts'
import type { Context } from './context.ts'
import type { Checked } from './documents.ts'
import { isModest, tooManyValues, parseOptions } from './limits.ts'
import { type Question, answerOf, compiledAnswers, stringify } from './operation.ts'
import type { Answer, PublicAnswers } from './public-answers.ts'
import { formatError } from './translate.ts'
import type { Trusted } from './trusted.ts'

export const GRAPHQL_PATH = /^\/graphql$/
const BODY_LIMIT = 100 * 1024

export interface EndpointOptions {
  schema: GraphQLSchema
  production: boolean
  /** The published documents, by fingerprint; null when there are none. */
  trusted: Trusted | null
  check(text: string): Checked
  log: Log
  /** Absent: every answer is made anew. */
  answers: PublicAnswers | undefined
  /** Brings a session, whoever's it is: nothing that is kept for visitors is for this request. */
  isSignedIn(request: IncomingMessage): boolean
  contextOf(request: IncomingMessage, response: ServerResponse, visit: Visit): Promise<Context>
}

export interface Endpoint {
  routes: Route[]
  stop(): Promise<void>
}

export async function createEndpoint({ schema, production, trusted, check, log, answers, isSignedIn, contextOf }: EndpointOptions): Promise<Endpoint> {
  // Apollo formats errors without knowing whose they are.
  const languages = new WeakMap<object, 'vi' | 'en'>()
  const rememberLanguage: ApolloServerPlugin<Context> = {
    requestDidStart: async ({ contextValue }) => ({
      didEncounterErrors: async ({ errors }) => errors.forEach((error) => languages.set(error, contextValue.language)),
    }),
  }
  const tell = (errors: readonly GraphQLError[], language: 'vi' | 'en') => errors.map((error) => formatError({ log, production, language }, error.toJSON(), error))
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    parseOptions,
    // Ours are kept with what was found out about them (documents.ts).
    documentStore: null,
    validationOptions: { maxErrors: 1 },
    // Each repeats the whole of the value that is wrong.
    executionOptions: { maxCoercionErrors: production ? 1 : 10 },
    stopOnTerminationSignals: false,
    // Cache control wraps every resolver: off, the processor time of a read fell from 3.6 to 1.7 ms.
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), rememberLanguage, ownChecks(check, tell), ...(production ? [oneReason] : []), compiledAnswers(schema, answers)],
    formatError: (formatted, error) => formatError({ log, production, language: languages.get(error as object) ?? 'vi' }, formatted, error),
    stringifyResult: stringify,
    logger: loggerOf(log),
  })
  await apollo.start()

  const shortcuts = keepShortcuts()
  const passed = keepPassed()

  async function serve(request: IncomingMessage, response: ServerResponse, visit: Visit, { search, body }: Asked) {
    const isPublic = !isSignedIn(request)
    if (isPublic) answerFor(visitor, request, response)
    const key = isPublic ? shortcuts.keyOf(request, search, body) : ''
    const known = isPublic ? shortcuts.find(key) : undefined
    if (known) return sendPublic(request, response, known.answer, known.type)

    // A page of the browser's is refused here, where the refusal is told as it is.
    let context = request.headers[VIEWER_HEADER] === undefined ? undefined : await contextOf(request, response, visit)
    const asked = body && parseJson(body)
    const pass = passed.keyOf(request, search, asked)
    const before = passed.find(pass)
    if (before && isModest(asked.variables)) {
      context ??= await contextOf(request, response, visit).catch(() => undefined)
      const made = context && await answerOf({ schema, ...before.question, variables: asked.variables ?? {} }, context, answers)
      if (typeof made === 'string') {
        return answer(response, 200, `{"data":${made}}`, before.type)
      }
      if (made) {
        if (!isPublic) return answer(response, 200, made.bytes, before.type)
        shortcuts.keep(key, { answer: made, type: before.type })
        return sendPublic(request, response, made, before.type)
      }
    }

    const headers = new HeaderMap()
    for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.set(name, String(value))
    const id = search.get('documentId')
    if (request.method === 'GET' && id !== null) {
      search.set('query', documentOf(trusted, id))
      search.delete('documentId')
      headers.set('apollo-require-preflight', 'yes') // it names a published query, which changes nothing
    }
    const aside: NonNullable<Context['aside']> = {}
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method!, headers, search: search.size ? `?${search}` : '', body: asked },
      context: async () => ({ ...(context ??= await contextOf(request, response, visit)), aside }),
    })
    if (result.body.kind !== 'complete') throw new Error('incremental delivery is off')
    const type = result.headers.get('content-type') ?? ''
    const { answered, publicAnswer } = (result.status ?? 200) === 200 ? aside : {}
    if (answered) passed.keep(pass, { question: answered, type })
    if (publicAnswer && isPublic) {
      shortcuts.keep(key, { answer: publicAnswer, type })
      return sendPublic(request, response, publicAnswer, type)
    }
    for (const [name, value] of result.headers) response.setHeader(name, value)
    answer(response, statusOf(result, result.body.string), result.body.string, type)
  }

  return {
    routes: [
      { method: 'GET', pattern: GRAPHQL_PATH, handle: (request, response, visit) => serve(request, response, visit, { search: visit.url.searchParams, body: null }) },
      {
        method: 'POST', pattern: GRAPHQL_PATH,
        handle: async (request, response, visit) => serve(request, response, visit, { search: visit.url.searchParams, body: await readJsonText(request) }),
      },
    ],
    stop: () => apollo.stop(),
  }
}

/** Stands for a document that is not run. */
const NONE: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

/** Our checks instead of Apollo's parsing and validation, which it leaves out for a document that is there already. */
const ownChecks = (check: (text: string) => Checked, tell: (errors: readonly GraphQLError[], language: 'vi' | 'en') => GraphQLFormattedError[]): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    let refused: readonly GraphQLError[] = []
    return {
      async didResolveSource(asked) {
        const checked = isModest(asked.request.variables) ? check(asked.source) : { errors: [tooManyValues()] }
        if ('errors' in checked) refused = checked.errors
        Object.assign(asked, { document: 'errors' in checked ? NONE : checked.document })
      },
      async responseForOperation({ operation, contextValue }) {
        const errors = operation?.operation === OperationTypeNode.SUBSCRIPTION ? [useSocket()] : refused
        if (errors.length === 0) return null
        return { http: { status: 400, headers: new HeaderMap() }, body: { kind: 'single', singleResult: { errors: tell(errors, contextValue.language) } } }
      },
    }
  },
})

const useSocket = () => new GraphQLError('', {
  originalError: invalid('query', 'USE_SOCKET', 'Tin trực tiếp đi qua WebSocket (giao thức graphql-transport-ws), ở cùng địa chỉ này.', 'Subscriptions go over a WebSocket (graphql-transport-ws), at this same address.'),
})

/** Of a question that was not answered at all one reason is enough. */
const oneReason: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async willSendResponse({ response: { body } }) {
      if (body.kind !== 'single' || body.singleResult.data !== undefined) return
      body.singleResult.errors = body.singleResult.errors?.slice(0, 1)
    },
  }),
}

interface Asked {
  search: URLSearchParams
  body: string | null
}

/** Whoever asks a cache in between gets it from there for a moment, and asks us whether it still holds after that. */
const SHARED = 'public, max-age=0, s-maxage=2, stale-while-revalidate=10'

/** An answer that is the same for every visitor; of a GET, one that browsers and a CDN may keep. */
function sendPublic(request: IncomingMessage, response: ServerResponse, { bytes, etag }: Answer, type: string) {
  if (request.method === 'POST') return answer(response, 200, bytes, type)
  response.setHeader('cache-control', SHARED)
  response.setHeader('vary', 'cookie, accept')
  response.setHeader('etag', etag)
  if (names(request.headers['if-none-match'], etag)) return void response.writeHead(304).end()
  answer(response, 200, bytes, type)
}

/** An If-None-Match that has the tag among others; a proxy that compressed the answer has made it a weak one. */
const names = (known: string | undefined, etag: string) =>
  known?.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, ''))) ?? false

/** @throws Refusal for the id of no published document */
function documentOf(trusted: Trusted | null, id: string): string {
  const text = trusted?.get(id.replace(/^sha256:/, ''))
  if (text !== undefined) return text
  throw new Refusal(404, 'UNKNOWN_DOCUMENT', 'Không có câu hỏi nào mang mã này.', 'No published document has this id.')
}

/**
 * From the very bytes of a visitor's request to the answer that they once led to: a request that has passed every check is not
 * checked again while its answer is current.
 */
function keepShortcuts() {
  const KEPT = 5_000
  const LONGEST = 8_192
  const all = new Map<string, { answer: Answer; type: string }>()
  return {
    /** Everything that the checks and the form of the answer look at. */
    keyOf: ({ method, headers }: IncomingMessage, search: URLSearchParams, body: string | null) =>
      JSON.stringify([method, headers.accept, headers['content-type'], headers['apollo-require-preflight'], headers['x-apollo-operation-name'], String(search), body]),
    find(key: string) {
      const found = all.get(key)
      if (!found || found.answer.isCurrent) return found
      all.delete(key)
      return undefined
    },
    keep(key: string, shortcut: { answer: Answer; type: string }) {
      if (key.length > LONGEST || !shortcut.answer.isCurrent) return
      if (all.size >= KEPT) all.delete(all.keys().next().value!)
      all.set(key, shortcut)
    },
  }
}

/** Questions that passed every check and were answered by one statement: asked again, with whatever variables, they need Apollo no more. */
function keepPassed() {
  const KEPT = 500
  const LONGEST = 8_192
  const PARTS = new Set(['query', 'operationName', 'variables'])
  const all = new Map<string, { question: Pick<Question, 'document' | 'operation'>; type: string }>()
  const isPlain = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return {
    /** Of a POST that holds nothing but a question in its usual parts; '' for any other. */
    keyOf({ method, headers }: IncomingMessage, search: URLSearchParams, asked: any): string {
      if (method !== 'POST' || search.size > 0 || !isPlain(asked) || !Object.keys(asked).every((part) => PARTS.has(part))) return ''
      if (typeof asked.query !== 'string' || !(asked.variables == null || isPlain(asked.variables))) return ''
      return JSON.stringify([headers.accept, headers['content-type'], asked.operationName, asked.query])
    },
    find: (key: string) => (key === '' ? undefined : all.get(key)),
    keep(key: string, passed: { question: Pick<Question, 'document' | 'operation'>; type: string }) {
      if (key === '' || key.length > LONGEST || all.has(key)) return
      if (all.size >= KEPT) all.delete(all.keys().next().value!)
      all.set(key, passed)
    },
  }
}

const ABOUT_DOCUMENT = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'LIMIT_EXCEEDED', 'UNKNOWN_DOCUMENT', 'BAD_USER_INPUT'])

/**
 * Under `application/json` a well-formed request whose document fails is answered 200, because older clients take 4xx for a broken
 * server; under GraphQL's own media type it is 400 (GraphQL over HTTP, section "application/json").
 */
function statusOf({ status = 200, headers }: HTTPGraphQLResponse, body: string): number {
  if (status !== 400 || !headers.get('content-type')?.startsWith('application/json')) return status
  const { errors } = JSON.parse(body) as { errors?: { extensions?: { code?: string } }[] }
  return errors?.every((error) => ABOUT_DOCUMENT.has(error.extensions?.code ?? '')) ? 200 : status
}

/** The body's text; null when there is none. */
async function readJsonText(request: IncomingMessage): Promise<string | null> {
  // A charset other than UTF-8 could hide text from every check behind it.
  if (!/^application\/json\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'NOT_JSON', 'Chỉ nhận nội dung application/json (UTF-8).', 'Only application/json (UTF-8) is taken.')
  }
  const bytes = await readBody(request, BODY_LIMIT)
  if (bytes.length === 0) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw brokenJson()
  }
}

function parseJson(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    throw brokenJson()
  }
}

const brokenJson = () => new Refusal(400, 'BROKEN_JSON', 'Nội dung không phải JSON hợp lệ.', 'The body is not valid JSON.')

const loggerOf = (log: Log) => ({
  debug() {},
  info() {},
  warn: (message?: unknown) => log.warn({ event: 'apollo', reason: String(message) }),
  error: (message?: unknown) => log.error({ event: 'apollo', reason: String(message) }),
})
