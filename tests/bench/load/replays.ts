// One address that asks for the whole feed from its first event, REPLAYS times at once, again and again; what is refused comes back a second later.
import { WebSocket } from 'ws'

const PER_SOCKET = 10
const query = 'subscription { events(after: "0.0") { __typename id at } }'

function follow(): void {
  const socket = new WebSocket(`${process.env.URL!.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })))
  socket.on('message', (data) => {
    if (JSON.parse(String(data)).type !== 'connection_ack') return
    for (let id = 0; id < PER_SOCKET; id++) socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }))
  })
  socket.on('error', () => {})
  socket.on('close', () => setTimeout(follow, 1_000))
}
for (let i = 0; i < Number(process.env.REPLAYS) / PER_SOCKET; i++) follow()
// A replay that has come to its end begins anew.
setInterval(follow, 250)
process.once('disconnect', () => process.exit(0))
