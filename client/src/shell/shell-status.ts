// What the frame around every page must know; whoever talks to the server provides it.
import { createContext, use } from 'react'
import type { Connection } from '../ui/LiveDot.tsx'

export interface ShellStatus {
  /** Demonstration data is loaded: every page says so. */
  isDemo: boolean
  connection: Connection
  /** When the figures on the page were last known to be true (ISO instant); told while not live. */
  asOf: string | null
  /** Who is signed in, and their first page. */
  account: { name: string; to: string } | null
  /** How to reach the office that runs this hub, in its own words. */
  contact: string | null
}

export const nothingKnown: ShellStatus = { isDemo: false, connection: 'live', asOf: null, account: null, contact: null }

export const ShellStatusContext = createContext<ShellStatus>(nothingKnown)

export function useShellStatus(): ShellStatus {
  return use(ShellStatusContext)
}
