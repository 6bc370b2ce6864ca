// What every server of the live rows shares: it says its port, takes events from the bench one at a time, and can be asked to collect garbage.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { announce } from './serve.ts'

/** From the bench: the text of an event to publish, or a wish for a clean heap before memory is read. */
export type LiveOrder = { publish: string } | { collect: true }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

export function serveLive(port: number, publish?: (event: string) => void): void {
  const waiting: string[] = []
  // One event a turn, as a database would wake it; orders that pile up come in one chunk and would starve the sockets.
  const next = () => {
    publish?.(waiting.shift()!)
    if (waiting.length > 0) setImmediate(next)
  }
  process.on('message', (order: LiveOrder) => {
    if ('collect' in order) return collect()
    if (waiting.push(order.publish) === 1) setImmediate(next)
  })
  announce(port)
}
