// The HTTP server: an ordered table of routes with the same headers, limits, refusals and log line for all of them.
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sentence } from './failure.ts'
import { securityHeaders } from './headers.ts'
import { type Hosts, hostIn } from './hosts.ts'
import type { Log } from './log.ts'
import { languageOf, mayRead, mayWrite } from './origin.ts'

export interface Route {
  /** GET answers HEAD, too. */
  method: 'GET' | 'POST'
  /** Matched against the path; the log names it instead of the path. */
  pattern: RegExp
  /** Asked often and telling little: logged only when it fails. */
  quiet?: boolean
  handle(request: IncomingMessage, response: ServerResponse, visit: Visit): void | Promise<void>
}

/** What is known of a request beyond its headers. */
export interface Visit {
  url: URL
  /** What the pattern captured. */
  match: RegExpExecArray
  language: 'vi' | 'en'
  requestId: string
}

/** The language that the address itself asks for: `?ngon-ngu=vi|en`. */
export function languageAsked({ url }: Visit): 'vi' | 'en' | null {
  const asked = url.searchParams.get('ngon-ngu')
  return asked === 'vi' || asked === 'en' ? asked : null
}

/** Ends a request with a status and a sentence for its sender. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly sentence: Sentence

  constructor(status: number, code: string, vi: string, en: string) {
    super(code)
    this.status = status
    this.code = code
    this.sentence = { vi, en }
  }
}

export interface Patience {
  headersMs: number
  requestMs: number
  keepAliveMs: number
}

export const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000, keepAliveMs: 65_000 }

export interface HttpOptions {
  routes: Route[]
  publicUrl: string | null
  /** By which names it is asked. */
  hosts: Hosts
  /** Hears of every request but a supervisor's, before it is answered. */
  met?: (request: IncomingMessage) => void
  /** Whether what the routes need is there. */
  isReady(): Promise<boolean>
  log: Log
  patience?: Partial<Patience>
}

export interface Http {
  server: Server
  isDraining(): boolean
  /** @throws Error with code EADDRINUSE when the port is taken. */
  listen(port: number, host: string): Promise<number>
  /** Says "not ready" and asks every client to connect anew elsewhere, while it goes on answering. */
  drain(): void
  /** Takes no more connections, and waits for the requests under way; cuts them off after `deadlineMs`. */
  close(deadlineMs?: number): Promise<void>
}

export function createHttp({ routes, publicUrl, hosts, met, isReady, log, patience }: HttpOptions): Http {
  const { headersMs, requestMs, keepAliveMs } = { ...PATIENCE, ...patience }
  const headers = securityHeaders(publicUrl)
  let draining = false
  const table: Route[] = [...probes(() => draining, isReady), ...routes]

  const server = createServer(
    {
      headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: Math.min(1_000, requestMs / 4), maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      const startedAt = performance.now()
      const requestId = randomUUID()
      let route: Route | undefined
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      response.setHeader('x-request-id', requestId)
      if (draining) response.setHeader('connection', 'close')
      response.once('close', () => {
        if (route?.quiet && response.writableFinished && response.statusCode < 400) return
        log.info({
          event: response.writableFinished ? 'request' : 'request_cut', requestId, route: `${request.method} ${nameOf(route)}`,
          status: response.statusCode, milliseconds: Math.round(performance.now() - startedAt),
        })
      })
      const visit = { language: languageOf(request), requestId }
      Promise.resolve()
        .then(() => {
          if (!isProbe(request)) {
            if (!hosts.has(request.headers.host)) throw unknownHost(request.headers.host)
            met?.(request)
          }
          if (request.method === 'POST' ? !mayWrite(request, hosts) : !mayRead(request)) throw foreignPage()
          const found = find(table, request)
          route = found.route
          return route.handle(request, response, { ...visit, ...found })
        })
        .catch((error: unknown) => refuse(error, request, response, visit, log))
    },
  )

  return {
    server,
    isDraining: () => draining,
    listen: (port, host) =>
      new Promise((listening, failed) => {
        server.once('error', failed)
        server.listen(port, host, () => {
          server.off('error', failed)
          listening((server.address() as AddressInfo).port)
        })
      }),
    drain() {
      draining = true
    },
    async close(deadlineMs = 10_000) {
      draining = true
      const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs)
      // A connection that was busy until now would wait for its keep-alive to run out.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      await new Promise((closed) => server.close(closed))
      clearInterval(sweep)
      clearTimeout(deadline)
    },
  }
}

/** `/livez` for `^\/livez$`. */
const nameOf = (route: Route | undefined) => route?.pattern.source.replaceAll(/[\\^$]/g, '') || '-'

/** A supervisor asks by whatever address it knows, and learns nothing that is anybody's. */
const isProbe = ({ url }: IncomingMessage) => /^\/(livez|readyz)(\?|$)/.test(url ?? '')

const probes = (isDraining: () => boolean, isReady: () => Promise<boolean>): Route[] => [
  { method: 'GET', pattern: /^\/livez$/, quiet: true, handle: (_request, response) => answer(response, 200, 'ok\n') },
  {
    method: 'GET',
    pattern: /^\/readyz$/,
    quiet: true,
    async handle(_request, response) {
      const ready = !isDraining() && (await isReady())
      answer(response, ready ? 200 : 503, ready ? 'ready\n' : isDraining() ? 'stopping\n' : 'database does not answer\n')
    },
  },
]

function find(table: Route[], request: IncomingMessage): { route: Route; url: URL; match: RegExpExecArray } {
  const target = `http://hub${request.url}`
  if (!request.url?.startsWith('/') || !URL.canParse(target)) throw new Refusal(400, 'BAD_ADDRESS', 'Địa chỉ không hợp lệ.', 'This address is malformed.')
  const url = new URL(target)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  let isKnown = false
  for (const route of table) {
    const match = route.pattern.exec(url.pathname)
    if (!match) continue
    if (route.method === method) return { route, url, match }
    isKnown = true
  }
  if (isKnown) throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Địa chỉ này không nhận cách gọi đó.', `This address does not take ${request.method}.`)
  throw nothingHere()
}

export const nothingHere = () => new Refusal(404, 'NOTHING_HERE', 'Không có trang này.', 'There is no such page.')

/** Names the setting that would let the host in. */
export function unknownHost(header: string | undefined): Refusal {
  const name = hostIn(header)?.name
  return new Refusal(421, 'UNKNOWN_HOST',
    name
      ? `Hệ thống này không nhận tên «${name}». Nếu đây là tên của hệ thống, người vận hành hãy đặt PUBLIC_URL đúng địa chỉ mà mọi người mở, hoặc ALLOWED_HOSTS=${name}, rồi khởi động lại.`
      : 'Yêu cầu không nói rõ gửi tới tên máy nào. Hãy mở bằng địa chỉ ở PUBLIC_URL, hoặc bằng một tên có trong ALLOWED_HOSTS.',
    name
      ? `This hub does not go by the name "${name}". If it is one of its names, its operator sets PUBLIC_URL to the address that people open, or ALLOWED_HOSTS=${name}, and starts it again.`
      : 'The request does not say properly which host it is for. Open the address in PUBLIC_URL, or a name that is in ALLOWED_HOSTS.')
}

const foreignPage = () =>
  new Refusal(403, 'FOREIGN_ORIGIN',
    'Yêu cầu gửi từ một trang khác nên bị từ chối. Nếu đây là trang của hệ thống, hãy đặt PUBLIC_URL đúng địa chỉ.',
    'Sent by a page of another site, so refused. If that page is ours, set PUBLIC_URL to its address.')

function refuse(error: unknown, request: IncomingMessage, response: ServerResponse, { language, requestId }: Pick<Visit, 'language' | 'requestId'>, log: Log) {
  if (response.destroyed) return // the sender has gone
  if (!(error instanceof Refusal)) {
    log.error({ event: 'internal_error', requestId, errorId: requestId, reason: String(error), ...(error instanceof Error && error.stack ? { stack: error.stack } : {}) })
  }
  if (response.headersSent) return void response.destroy()
  const { status, code, sentence } = error instanceof Refusal ? error : broken(requestId)
  response.setHeader('cache-control', 'no-store')
  if (request.headers.accept?.includes('text/html')) return answer(response, status, `${sentence.vi}\n${sentence.en}\n`)
  answer(response, status, JSON.stringify({ errors: [{ message: sentence[language], extensions: { code, messages: sentence } }] }), 'application/json; charset=utf-8')
}

const broken = (id: string) =>
  new Refusal(500, 'INTERNAL_SERVER_ERROR', `Hệ thống gặp lỗi. Hãy thử lại, và nếu vẫn lỗi thì báo mã ${id}.`, `Something broke on our side. Try again, and if it persists quote ${id}.`)

/** Sends a whole body at once. */
export function answer(response: ServerResponse, status: number, body: string | Buffer, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** The whole body. @throws Refusal 413 beyond `limit` bytes, 415 when it is compressed. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new Refusal(413, 'BODY_TOO_LARGE', `Nội dung gửi lên quá lớn (tối đa ${limit / 1024} KB).`, `The body is too large (${limit / 1024} KB at most).`)
  if (request.headers['content-encoding']) throw new Refusal(415, 'COMPRESSED_BODY', 'Không nhận nội dung nén.', 'Compressed bodies are not taken.')
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  return new Promise((whole, failed) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      // What follows is thrown away as it comes, so that the sender gets to read the answer.
      if (size > limit) return failed(tooLarge())
      chunks.push(chunk)
    })
    request.once('end', () => whole(Buffer.concat(chunks)))
    request.once('close', () => request.complete || failed(new Error('request cut')))
    request.once('error', failed)
  })
}
