// Tells the frame around every page what the server says of the hub and of who is signed in, and whether it can be reached.
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../graphql/graphql.ts'
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
  const reach = useReach()
  const status = useMemo<ShellStatus>(
    () => ({
      ...reach,
      isDemo: data?.hub.isDemonstration ?? false,
      contact: data?.hub.contact || null,
      account: data?.viewer ? { name: data.viewer.account.displayName, to: firstPageOf(data.viewer) } : null,
    }),
    [data, reach],
  )
  return <ShellStatusContext value={status}>{children}</ShellStatusContext>
}

/** Live while the socket stands (or nobody follows anything yet); polling when it fell; lost when the device is off the net. */
function useReach(): Pick<ShellStatus, 'connection' | 'asOf'> {
  const [reach, setReach] = useState<Pick<ShellStatus, 'connection' | 'asOf'>>({ connection: 'live', asOf: null })
  useEffect(() => {
    let stop = () => {}
    let isGone = false
    let isSocketLost = false
    const look = () => {
      const connection = !navigator.onLine ? 'lost' : isSocketLost ? 'polling' : 'live'
      setReach((before) => (before.connection === connection ? before : { connection, asOf: connection === 'lost' ? new Date().toISOString() : null }))
    }
    // Not before the page stands: the socket's script is no part of the first load.
    void import('../../graphql/socket.ts').then(({ onSocketState }) => {
      if (isGone) return
      stop = onSocketState((state) => {
        isSocketLost = state === 'lost'
        look()
      })
    })
    look()
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      isGone = true
      stop()
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return reach
}
