// How the hub is reached: live while the socket stands (or nobody follows anything yet), polling when it fell, lost when the device is off the net.
import { useEffect, useState } from 'react'
import type { Connection } from '../ui/LiveDot.tsx'

interface Reach {
  connection: Exclude<Connection, 'paused'>
  /** Instant; null unless lost. */
  lostAt: string | null
}

export function useConnection(): Reach {
  const [isSocketLost, setSocketLost] = useState(false)
  const [lostAt, setLostAt] = useState<string | null>(null)
  useEffect(() => {
    let stop = () => {}
    let isGone = false
    // Not before the page stands: the socket's script is no part of the first load.
    void import('./socket.ts').then(({ onSocketState, socketState }) => {
      if (isGone) return
      setSocketLost(socketState() === 'lost')
      stop = onSocketState((state) => setSocketLost(state === 'lost'))
    })
    return () => {
      isGone = true
      stop()
    }
  }, [])
  useEffect(() => {
    const look = () => setLostAt((before) => (navigator.onLine ? null : (before ?? new Date().toISOString())))
    look()
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return { connection: lostAt ? 'lost' : isSocketLost ? 'polling' : 'live', lostAt }
}
