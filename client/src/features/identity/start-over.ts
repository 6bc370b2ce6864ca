// Signing in and out end the page, here and in every other tab: the next one is drawn for whoever it is now, and keeps nothing of before.
import { tell } from '../../graphql/viewer.ts'

/** @param viewer an account's id, or `visitor` */
export function startOver(viewer: string, to: string): void {
  tell(viewer)
  location.assign(to)
}

/** What the sign-in page is told: where to go on, and why the page before has gone. */
export interface SignInSearch {
  ve?: string | undefined
  vi?: 'het' | 'khac' | undefined
}
