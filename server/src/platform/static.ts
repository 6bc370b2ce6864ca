// Serves the built client: hashed assets for ever, compressed as they lie there; the one page for every address that a person opens.
import { existsSync } from 'node:fs'
import sirv from 'sirv'
import { type Route, Refusal, nothingHere } from './http.ts'

export function clientRoute(directory: string): Route {
  if (!existsSync(`${directory}/index.html`)) {
    return {
      method: 'GET',
      pattern: /^/,
      handle() {
        throw new Refusal(503, 'CLIENT_NOT_BUILT', 'Giao diện chưa được dựng; hãy chạy `npm start`.', 'The client is not built; run `npm start`.')
      },
    }
  }
  const serve = sirv(directory, {
    etag: true,
    brotli: true,
    gzip: true,
    extensions: ['html'],
    setHeaders: (response, path) => response.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  return {
    method: 'GET',
    pattern: /^/,
    handle: (request, response, { url }) =>
      new Promise<void>((served, failed) => {
        response.once('close', served)
        serve(request, response, () => {
          if (!isNavigation(request.headers.accept, url.pathname)) return failed(nothingHere())
          request.url = '/'
          serve(request, response, () => failed(nothingHere()))
        })
      }),
  }
}

/** A page that the client draws; a missing file must stay missing, or a stale page would run HTML as a script. */
const isNavigation = (accept: string | undefined, path: string) =>
  (accept?.includes('text/html') ?? false) && !path.startsWith('/assets/') && !/\.\w+$/.test(path)
