// graphql-ws as its documentation shows it, on the hub's own schema: useServer, graphql-js, and events from a PubSub in memory.
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { serveLive } from './live-server.ts'

type Event = { data: Record<string, unknown> }

const listeners = new Set<(event: Event) => void>()

/** Every listener has a queue of its own, as the usual PubSub packages give it one. */
async function* events(): AsyncGenerator<Record<string, unknown>> {
  const queue: Event[] = []
  let wake = () => {}
  const listener = (event: Event) => {
    queue.push(event)
    wake()
  }
  listeners.add(listener)
  try {
    for (;;) {
      while (queue.length > 0) yield queue.shift()!.data
      await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    listeners.delete(listener)
  }
}

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'))
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' })
useServer({ schema, roots: { subscription: { events } } }, sockets)
sockets.on('listening', () =>
  serveLive((sockets.address() as AddressInfo).port, (text) => {
    const { payload } = JSON.parse(text) as { payload: Event }
    for (const listener of listeners) listener(payload)
  }))
