// One address that asks for the whole feed, REPLAYS times at once: what has begun to come is given up and asked for anew, what is refused comes
// back a second later. Tells how many replays have begun to come.
import { WebSocket } from 'ws'

const PER_SOCKET = 10
const query = 'subscription($after: Cursor) { events(after: $after) { __typename id at } }'

let begun = 0
let asked = 0

function follow(): void {
  const socket = new WebSocket(`${process.env.URL!.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  // Each from a place of its own: whoever asks for the same is told what was read for the first.
  const ask = () => socket.send(JSON.stringify({ id: String(++asked), type: 'subscribe', payload: { query, variables: { after: `0.${asked % 1_000}` } } }))
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })))
  socket.on('message', (data) => {
    const { type, id } = JSON.parse(String(data)) as { type: string; id?: string }
    if (type === 'connection_ack') for (let i = 0; i < PER_SOCKET; i++) ask()
    if (type !== 'next' || given.has(id!)) return
    begun++
    given.add(id!)
    socket.send(JSON.stringify({ id, type: 'complete' }))
    ask()
  })
  socket.on('error', () => {})
  socket.on('close', () => setTimeout(follow, 1_000))
}
/** Whose first event has come. */
const given = new Set<string>()

for (let i = 0; i < Number(process.env.REPLAYS) / PER_SOCKET; i++) follow()
setInterval(() => process.send!(begun), 100)
process.once('disconnect', () => process.exit(0))
