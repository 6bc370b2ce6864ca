// A page that was asleep, offline or kept by the browser's Back asks who is signed in before it is read on; for those signed in alone.
import { look } from './viewer.ts'

/** A session ends without a word when its time is over. */
const EVERY_MS = 120_000

export function lookWhenWoken(): void {
  const root = document.documentElement
  const lookAgain = () => {
    if (document.visibilityState === 'visible') look().catch(() => {}) // off the net: it looks when it is back
  }
  // Hidden before it is put away, so that it does not come back with what it showed.
  addEventListener('pagehide', ({ persisted }) => void (root.hidden = persisted))
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) look().then(() => void (root.hidden = false), () => location.reload())
  })
  addEventListener('visibilitychange', lookAgain)
  addEventListener('online', lookAgain)
  setInterval(lookAgain, EVERY_MS)
}
