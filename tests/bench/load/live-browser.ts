// A real browser that follows an area while events are committed in it: how long each took from the writer's statement to the page.
import { launchBrowser } from '../../support/browser.ts'
import type { Peer } from '../processes.ts'
import { type Writer, pace } from './live-writes.ts'

const WARM_MS = 1_500
const LAST_ONES_MS = 10_000

/** Milliseconds for each event of the measured seconds. */
export async function watchInBrowser(hub: Peer, messages: string[], writer: Writer, rate: number, seconds: number): Promise<number[]> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${hub.url}/livez`) // a page of the hub's own origin, with nothing on it
    await page.evaluate(follow, messages)
    const begun = Date.now()
    const sentAt = new Map<string, number>()
    await pace(rate, AbortSignal.timeout(WARM_MS + seconds * 1_000), async () => {
      const now = Date.now()
      sentAt.set(`Event:${await writer.write()}`, now)
    })
    const measured = [...sentAt].filter(([, sent]) => sent >= begun + WARM_MS)
    await page.waitForFunction((ids) => ids.every((id) => (window as unknown as Following).arrivals.has(id)), measured.map(([id]) => id), { timeout: LAST_ONES_MS, polling: 100 })
    const arrivals = new Map(await page.evaluate(() => [...(window as unknown as Following).arrivals]))
    return measured.map(([id, sent]) => arrivals.get(id)! - sent)
  } finally {
    await browser.close()
  }
}

interface Following {
  /** By the event's id, when it came. */
  arrivals: Map<string, number>
}

/** Runs in the page: says the messages, each after a frame of the server's, and notes when each event came. */
function follow(messages: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const page = window as unknown as Following
    page.arrivals = new Map()
    const socket = new WebSocket(`ws://${location.host}/graphql`, 'graphql-transport-ws')
    let sent = 1
    socket.onopen = () => socket.send(messages[0]!)
    socket.onclose = () => reject(new Error('the hub closed the socket'))
    socket.onmessage = ({ data }) => {
      if (sent < messages.length) {
        socket.send(messages[sent++]!)
        return resolve()
      }
      page.arrivals.set(JSON.parse(data as string).payload.data.events.id, Date.now())
    }
  })
}
