// The floor of the live feed: a `ws` server that knows nothing and sends each event's text to every socket.
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { serveLive } from './live-server.ts'

const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
sockets.on('listening', () =>
  serveLive((sockets.address() as AddressInfo).port, (event) => {
    for (const socket of sockets.clients) if (socket.readyState === WebSocket.OPEN) socket.send(event)
  }))
