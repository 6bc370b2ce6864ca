// What a query brings: its shape while waiting, why it failed and a way to try again, or what was asked for.
import type { ReactNode } from 'react'
import type { AnyVariables, UseQueryResponse } from 'urql'
import { Failed } from '../../ui/Failed.tsx'
import { Waiting } from '../../ui/Waiting.tsx'

interface AskedProps<Data, Variables extends AnyVariables> {
  query: UseQueryResponse<Data, Variables>
  shape?: 'text' | 'card' | 'row'
  count?: number
  children: (data: Data) => ReactNode
}

export function Asked<Data, Variables extends AnyVariables>({ query: [{ data, error, fetching, stale }, again], shape = 'row', count = 5, children }: AskedProps<Data, Variables>) {
  if (data) return children(data)
  if (fetching || stale || !error) return <Waiting shape={shape} count={count} />
  const first = error.graphQLErrors[0]
  return <Failed message={first?.message} errorId={first?.extensions?.errorId as string | undefined} onRetry={() => again({ requestPolicy: 'network-only' })} />
}
