// Tells the frame around every page what the server says of the hub and of who is signed in, and whether it can be reached.
import { useMemo, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../graphql/graphql.ts'
import { useConnection } from '../../graphql/use-connection.ts'
import { ShellStatusContext, type ShellStatus } from '../../shell/shell-status.ts'
import { firstPageOf, ViewerRoles } from './viewer.ts'

const FrameQuery = graphql(
  `
    query Frame {
      hub {
        isDemonstration
        contact
      }
      viewer {
        ...ViewerRoles
      }
    }
  `,
  [ViewerRoles],
)

export function FrameStatus({ children }: { children: ReactNode }) {
  const [{ data }] = useQuery({ query: FrameQuery })
  const { connection, lostAt } = useConnection()
  const status = useMemo<ShellStatus>(
    () => ({
      connection,
      asOf: lostAt,
      isDemo: data?.hub.isDemonstration ?? false,
      contact: data?.hub.contact || null,
      account: data?.viewer ? { name: data.viewer.account.displayName, to: firstPageOf(data.viewer) } : null,
    }),
    [data, connection, lostAt],
  )
  return <ShellStatusContext value={status}>{children}</ShellStatusContext>
}
