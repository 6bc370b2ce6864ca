// The GraphQL client of whoever is signed in; another person or language gets another one, with an empty cache.
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import { Provider } from 'urql'
import { useLocale } from 'use-intl'
import { createGraphQLClient } from '../../graphql/client.ts'

const Renew = createContext<() => Promise<void>>(async () => {})

export function SessionProvider({ children }: { children: ReactNode }) {
  const language = useLocale()
  const [client, setClient] = useState(() => ({ language, client: createGraphQLClient(language) }))
  const current = useMemo(() => (client.language === language ? client : { language, client: createGraphQLClient(language) }), [client, language])
  const renew = useCallback(async () => {
    // The live connection keeps the rights that it was opened with.
    const { reconnect } = await import('../../graphql/socket.ts')
    reconnect()
    setClient({ language, client: createGraphQLClient(language) })
  }, [language])
  return (
    <Renew value={renew}>
      <Provider value={current.client}>{children}</Provider>
    </Renew>
  )
}

/** To be called once someone has signed in or out: nothing that the one before could see is kept. */
export function useRenewSession(): () => Promise<void> {
  return use(Renew)
}
