// The GraphQL client of the page; another language gets another one, with an empty cache. Another person gets another page.
import { useMemo, type ReactNode } from 'react'
import { Provider } from 'urql'
import { useLocale } from 'use-intl'
import { createGraphQLClient } from '../../graphql/client.ts'

export function SessionProvider({ children }: { children: ReactNode }) {
  const language = useLocale()
  const client = useMemo(() => createGraphQLClient(language), [language])
  return <Provider value={client}>{children}</Provider>
}
