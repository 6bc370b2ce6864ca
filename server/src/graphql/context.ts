// What every resolver is given: the hub as this viewer sees it, and the language to answer in.
import type { Hub } from '../access/hub.ts'
import type { Question } from './operation.ts'
import type { Answer } from './public-answers.ts'

export interface Context {
  hub: Hub
  language: 'vi' | 'en'
  /** The sender's address, for rate limits. */
  network: string | null
  /** What the browser calls itself, for the list of one's sessions. */
  userAgent: string | null
  /** The token by which accounts know this browser again; it opens nothing. */
  device: string | null
  setDevice: ((token: string) => void) | null
  /** Sets or clears the session cookie of this request's answer; null on the socket. */
  setSession: ((token: string | null) => void) | null
  /** The cursor from which a feed misses nothing of what happens after now. */
  feedHead: () => string
  /** What the endpoint is told of an answer beside its text. Apollo gives a copy of the context, with this same object in it. */
  aside?: {
    /** What was answered, where it is kept for all visitors. */
    publicAnswer?: Answer
    /** The question that one statement answered. */
    answered?: Pick<Question, 'document' | 'operation'>
  }
}
