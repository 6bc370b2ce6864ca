// For whom this page is drawn: the first answer says it, each request repeats it, and an answer for someone else ends the page.
let drawnFor: string | null = null
let channel: BroadcastChannel | undefined

/** An account's id, or `visitor`; null before the first answer. */
export const drawnForWhom = () => drawnFor
export const viewerHeader = (): Record<string, string> => (drawnFor ? { 'x-viewer': drawnFor } : {})

/** Someone signs in or out here: the browser's other tabs are told, and what still arrives on the way to the next page ends nothing. */
export function tell(viewer: string): void {
  drawnFor = viewer
  channel?.postMessage(viewer)
}

/** `viewer`: whom an answer is for. False when it is another: then the page shows nothing any more, and goes. */
export function isStillFor(viewer: string | null): boolean {
  if (!viewer || viewer === drawnFor) return true
  if (drawnFor) {
    document.documentElement.hidden = true
    if (drawnFor === 'visitor') location.reload()
    else location.replace(`/dang-nhap?vi=${viewer === 'visitor' ? 'het' : 'khac'}&ve=${encodeURIComponent(location.pathname + location.search)}`)
    return false
  }
  drawnFor = viewer
  if (self.BroadcastChannel) {
    channel = new BroadcastChannel('viewer')
    channel.onmessage = ({ data }) => isStillFor(data)
  }
  if (viewer !== 'visitor') void import('./wake.ts').then(({ lookWhenWoken }) => lookWhenWoken())
  return true
}

/** `fetch`; an answer for someone else never comes. */
export async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  return isStillFor(response.headers.get('x-viewer')) ? response : new Promise<never>(() => {})
}

/** Asks who is signed in now. */
export const look = () => ask('/toi-la-ai', { headers: viewerHeader() })
