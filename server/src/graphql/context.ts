// What every resolver is given: the hub as this viewer sees it, and the language to answer in.
import type { Hub } from '../access/hub.ts'

export interface Context {
  hub: Hub
  language: 'vi' | 'en'
  /** Where the request comes from, for rate limits; null on the socket's events. */
  network: string | null
  /** What the browser calls itself, for the list of one's sessions; null on the socket. */
  userAgent: string | null
  /** Sets or clears the session cookie of this request's answer; null on the socket. */
  setSession: ((token: string | null) => void) | null
  /** Where a subscription reads from; see subscribe.ts. */
  feed?: import('../events/feed.ts').FeedWindow
}
