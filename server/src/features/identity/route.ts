// Who is signed in, for a page that was asleep, or that the browser brings back: GET /toi-la-ai answers by its x-viewer header alone.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Route, Visit } from '../../platform/http.ts'

/** `contextOf` says who asks, and refuses a page that was drawn for someone else. */
export const viewerRoute = (contextOf: (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<unknown>): Route => ({
  method: 'GET',
  pattern: /^\/toi-la-ai$/,
  quiet: true,
  async handle(request, response, visit) {
    await contextOf(request, response, visit)
    response.writeHead(204).end()
  },
})
