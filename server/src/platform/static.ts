// Serves the built client from memory, so that a rebuild under a running server can neither mix two versions nor break it.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { extname, join, sep } from 'node:path'
import { type Route, Refusal, nothingHere } from './http.ts'

interface Asset {
  type: string
  etag: string
  /** As built; the compressed forms are absent where they would not pay. */
  bytes: { br?: Buffer; gzip?: Buffer; identity: Buffer }
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
}

/** GET for every path: hashed assets for ever, and the one page for each address that a person may open; `isSignedIn`: as whom may change. */
export function clientRoute(directory: string, isSignedIn: (request: IncomingMessage) => boolean): Route {
  const assets = readAssets(directory)
  return {
    method: 'GET',
    pattern: /^/,
    quiet: true,
    handle(request, response, { url }) {
      const page = assets.get('/index.html')
      if (!page) throw new Refusal(503, 'CLIENT_NOT_BUILT', 'Giao diện chưa được dựng; hãy chạy `npm start`.', 'The client is not built; run `npm start`.')
      const asset = assets.get(url.pathname) ?? (isNavigation(request, url.pathname) ? page : undefined)
      if (!asset) throw nothingHere()
      const isForEver = url.pathname.startsWith('/assets/')
      // What a signed-in person's page showed must not come back by itself once they have left.
      const isPrivate = asset === page && isSignedIn(request)
      response.setHeader('cache-control', isForEver ? 'public, max-age=31536000, immutable' : isPrivate ? 'no-store' : 'no-cache')
      response.setHeader('etag', asset.etag)
      response.setHeader('vary', 'accept-encoding')
      if (request.headers['if-none-match'] === asset.etag) return void response.writeHead(304).end()
      const accepted = String(request.headers['accept-encoding'] ?? '')
      const encoding = (['br', 'gzip'] as const).find((name) => asset.bytes[name] && new RegExp(`\\b${name}\\b`).test(accepted))
      if (encoding) response.setHeader('content-encoding', encoding)
      const bytes = asset.bytes[encoding ?? 'identity']!
      response.writeHead(200, { 'content-type': asset.type, 'content-length': bytes.length }).end(bytes)
    },
  }
}

/** A page that the client draws. A missing file stays missing, or a stale page would run HTML as a script. */
const isNavigation = (request: IncomingMessage, path: string) =>
  path === '/' || ((request.headers.accept?.includes('text/html') ?? false) && !path.startsWith('/assets/') && !/\.\w+$/.test(path))

function readAssets(directory: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  if (!existsSync(directory)) return assets
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name)
    const type = TYPES[extname(name)]
    if (!type || !statSync(path).isFile()) continue
    const read = (suffix: string) => (existsSync(path + suffix) ? readFileSync(path + suffix) : undefined)
    const identity = readFileSync(path)
    const [br, gzip] = [read('.br'), read('.gz')]
    assets.set(`/${name.split(sep).join('/')}`, {
      type,
      etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
      bytes: { identity, ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) },
    })
  }
  return assets
}
