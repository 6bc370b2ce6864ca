// What was written and not sent is kept on the device for the one who wrote it, until they sign out.
import { drawnForWhom } from '../../graphql/viewer.ts'

const keyOf = (person: string | null, what: string) => `draft ${person ?? 'visitor'} ${what}`

/** Where a draft of the person for whom the page is drawn is kept. */
export const draftKey = (what: string) => keyOf(drawnForWhom(), what)

/** On signing out. A visitor has nothing to sign out of. */
export function forgetDrafts(): void {
  withStorage((store) => {
    const mine = draftKey('')
    for (const key of Object.keys(store)) if (key.startsWith(mine)) store.removeItem(key)
  })
}

/** A visitor who signs in on the way goes on with what they have just written. */
export function takeAlong(what: string, person: string): void {
  withStorage((store) => {
    const [from, to] = [keyOf('visitor', what), keyOf(person, what)]
    const draft = store.getItem(from)
    if (draft === null || drawnForWhom() !== 'visitor') return
    store.setItem(to, draft)
    store.removeItem(from)
  })
}

// Storage is refused in some in-app browsers.
function withStorage(use: (store: Storage) => void): void {
  try {
    use(localStorage)
  } catch {
    return
  }
}
