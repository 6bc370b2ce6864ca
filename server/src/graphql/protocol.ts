// graphql-transport-ws, the server's side: greeting, subscribing, ending; and frames that many sockets are sent alike.
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import { CloseCode, MessageType, parseMessage } from 'graphql-ws'
import type { GraphQLFormattedError } from 'graphql'
import type { Ear, Peer } from '../platform/socket.ts'
import type { Told } from '../events/feed.ts'

/** What a client asks to follow. */
export interface Asked {
  id: string
  query: string
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
}

export interface Lasting {
  stop(): void
}

/** What came of it: a subscription that goes on until it is stopped, errors of the question, or a result that is also the end. */
export type Begun = Lasting | { errors: readonly GraphQLFormattedError[] } | { result: unknown }

/** What a conversation is about, for all sockets alike; `who` is on the other end of this one. */
export interface Protocol<Who> {
  initMs: number
  /** @throws to let nobody in */
  greet(who: Who, params: Record<string, unknown> | undefined): Promise<void>
  /** `count`: how many subscriptions the socket has, this one included. */
  begin(who: Who, asked: Asked, count: number): Promise<Begun>
  closed(who: Who): void
}

interface Operation {
  id: string
  /** Null while it is being begun. */
  lasting: Lasting | null
}

const NONE: readonly Operation[] = []

/** Beyond that of a message: it is looked up whose it is, and what for. */
const COST_OF_SUBSCRIBING = 3

/** One socket's conversation. */
export class Conversation<Who> implements Ear {
  readonly #peer: Peer
  readonly #who: Who
  readonly #protocol: Protocol<Who>
  /** Mostly one, of tens of thousands of sockets: a list is smaller than a map, and one that is not pushed to has no room to spare. */
  #operations: readonly Operation[] = NONE
  #greeting: 'none' | 'under way' | 'done' = 'none'
  #late: NodeJS.Timeout | null

  constructor(peer: Peer, who: Who, protocol: Protocol<Who>) {
    this.#peer = peer
    this.#who = who
    this.#protocol = protocol
    this.#late = setTimeout(() => peer.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'), protocol.initMs)
  }

  async heard(text: string): Promise<void> {
    const message = read(text)
    if (!message) return this.#peer.close(CloseCode.BadRequest, 'Invalid message received')
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#greet(message.payload as Record<string, unknown> | undefined)
      case MessageType.Ping:
        return this.#peer.send(JSON.stringify({ type: MessageType.Pong, ...(message.payload ? { payload: message.payload } : {}) }))
      case MessageType.Pong:
        return undefined
      case MessageType.Subscribe: {
        const { query, operationName, variables } = message.payload
        return this.#subscribe({ id: message.id, query, operationName, variables: variables as Record<string, unknown> | null | undefined })
      }
      case MessageType.Complete: {
        this.#find(message.id)?.lasting?.stop()
        this.#forget(message.id)
        return undefined
      }
      default:
        return this.#peer.close(CloseCode.BadRequest, 'Unexpected message')
    }
  }

  closed(): void {
    this.#clearLate()
    for (const { lasting } of this.#operations) lasting?.stop()
    this.#operations = NONE
    this.#protocol.closed(this.#who)
  }

  async #greet(params: Record<string, unknown> | undefined) {
    if (this.#greeting !== 'none') return this.#peer.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    this.#greeting = 'under way'
    await this.#protocol.greet(this.#who, params)
    this.#greeting = 'done'
    this.#clearLate()
    this.#peer.send(JSON.stringify({ type: MessageType.ConnectionAck }))
  }

  async #subscribe(asked: Asked) {
    if (this.#greeting !== 'done') return this.#peer.close(CloseCode.Unauthorized, 'Unauthorized')
    const { id } = asked
    if (!this.#peer.spend(COST_OF_SUBSCRIBING)) return
    if (this.#find(id)) return this.#peer.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    const operation: Operation = { id, lasting: null }
    this.#operations = [...this.#operations, operation]
    const begun = await this.#protocol.begin(this.#who, asked, this.#operations.length)
    // It may have been completed meanwhile, and its id given to another.
    const isWanted = this.#operations.includes(operation)
    if ('stop' in begun) {
      if (isWanted) operation.lasting = begun
      else begun.stop()
      return
    }
    if (!isWanted) return
    this.#forget(id)
    if ('errors' in begun) return this.#peer.send(JSON.stringify({ id, type: MessageType.Error, payload: begun.errors }))
    this.#peer.send(JSON.stringify({ id, type: MessageType.Next, payload: begun.result }))
    this.#peer.send(JSON.stringify({ id, type: MessageType.Complete }))
  }

  #find(id: string) {
    return this.#operations.find((operation) => operation.id === id)
  }

  #forget(id: string) {
    this.#operations = this.#operations.filter((operation) => operation.id !== id)
  }

  #clearLate() {
    if (this.#late) clearTimeout(this.#late)
    this.#late = null
  }
}

function read(text: string) {
  try {
    return parseMessage(text)
  } catch {
    return null
  }
}

/** WebSocket frames, ready to be written to any number of sockets, that tell results to the operation of this id. */
export function framesOf(id: string, told: readonly Told[]): Buffer {
  const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`
  return Buffer.concat(told.map(({ text }) => frameOf(`${start}${text}}`)))
}

/** One unmasked text frame (RFC 6455, section 5.2). */
function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = 0x81
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, header)
  return frame
}
