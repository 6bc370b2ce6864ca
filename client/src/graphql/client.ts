// The GraphQL client: exchanges in order. Who asks is the session's cookie; for whom the page is drawn, and its language, go along as headers.
import { Client, fetchExchange, subscriptionExchange } from 'urql'
import { cache } from './cache.ts'
import { ask, viewerHeader } from './viewer.ts'

export function createGraphQLClient(language: 'vi' | 'en'): Client {
  return new Client({
    url: '/graphql',
    // Cookies and, by its content type, safe from forged requests.
    preferGetMethod: false,
    fetch: ask,
    fetchOptions: () => ({ credentials: 'same-origin', headers: { 'x-language': language, ...viewerHeader() } }),
    exchanges: [
      cache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe(sink) {
            // The socket is fetched when a page first follows something.
            let stop: (() => void) | null = null
            let stopped = false
            void import('./socket.ts').then(({ follow }) => {
              if (!stopped) stop = follow({ query: request.query!, variables: request.variables as Record<string, unknown> }, sink as never)
            })
            return {
              unsubscribe() {
                stopped = true
                stop?.()
              },
            }
          },
        }),
      }),
    ],
  })
}
