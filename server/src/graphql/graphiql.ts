// GraphiQL for development: one page that needs nothing from the network.
import { contentPolicy } from '../platform/headers.ts'
import { type Route, answer } from '../platform/http.ts'

const WELCOME = `# Chung Tay: everything that the hub does is one GraphQL schema; the book on the left describes it.
# Examples of everything that a person does: schema/operations/

query Provinces {
  areas(first: 5) {
    nodes { id fullName }
    totalCount
  }
}
`

// The page carries its script, styles, font and workers inside itself.
const OWN_POLICY = contentPolicy({
  'script-src': "'self' 'unsafe-inline' blob:",
  'worker-src': "'self' blob:",
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self' data:",
})

/** `endpoint`: where the page sends operations; subscriptions go to a socket at the same path. */
export function graphiqlRoute(endpoint: string): Route {
  let page: Promise<string> | undefined
  return {
    method: 'GET',
    pattern: /^\/graphiql$/,
    async handle(_request, response) {
      // Nine megabytes: loaded by whoever opens it first, never in production.
      page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) =>
        renderGraphiQL({ endpoint, title: 'Chung Tay – GraphiQL', subscriptionsProtocol: 'WS', defaultQuery: WELCOME, credentials: 'same-origin' }))
      response.setHeader('content-security-policy', OWN_POLICY)
      answer(response, 200, await page, 'text/html; charset=utf-8')
    },
  }
}
