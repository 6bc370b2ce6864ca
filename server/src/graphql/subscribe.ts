// Subscriptions over graphql-transport-ws: the same limits and masks as HTTP, and cut off as soon as the viewer's rights change.
import type { IncomingMessage } from 'node:http'
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Server, makeServer } from 'graphql-ws'
import {
  type DocumentNode, type ExecutionArgs, type GraphQLFormattedError, type GraphQLSchema, GraphQLError, OperationTypeNode, getOperationAST,
  parse, specifiedRules, validate,
} from 'graphql'
import { type Viewer, rightsKey, visitor } from '../access/viewer.ts'
import { type Live, subscribeShared } from '../events/sharing.ts'
import type { Log } from '../platform/log.ts'
import { languageOf } from '../platform/origin.ts'
import type { Peer } from '../platform/socket.ts'
import type { Context } from './context.ts'
import { parseOptions, rulesFor } from './limits.ts'
import { formatError } from './translate.ts'

const PER_SOCKET = 20
/** After each of these the client opens a new socket. */
const CLOSE = { sessionEnded: 4403, rightsChanged: 4205, tryAgain: 1013 }

export interface SubscriptionsOptions {
  schema: GraphQLSchema
  production: boolean
  trusted: ReadonlySet<string> | null
  log: Log
  live: Live
  /** The session's token in the upgrade request's cookie. */
  tokenOf(request: IncomingMessage): string | null
  viewerOf(token: string): Promise<Viewer>
  contextFor(viewer: Viewer, language: 'vi' | 'en', request: IncomingMessage): Context
  initMs?: number
}

export interface Subscriptions {
  opened(peer: Peer): (code: number, reason: string) => void | Promise<void>
  /** Looks again at the rights of this account's sockets; at everyone's when it is ''. */
  recheck(accountId: string): Promise<void>
}

interface Listener {
  peer: Peer
  token: string | null
  language: 'vi' | 'en'
  /** Being looked up, or found; null until the client has greeted. */
  viewer: Promise<Viewer> | null
}

type Subscription = ExecutionArgs & { contextValue: Context & { onStuck: () => void } }

export const chooseProtocol = (offered: Set<string>) => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL

export function createSubscriptions({ schema, production, trusted, log, live, tokenOf, viewerOf, contextFor, initMs = 3_000 }: SubscriptionsOptions): Subscriptions {
  const listeners = new Set<Listener>()
  const rules = [...specifiedRules, ...rulesFor({ introspection: false, trusted })]
  const mask = (listener: Listener, errors: readonly (GraphQLError | GraphQLFormattedError)[]) =>
    errors.map((error) => (error instanceof GraphQLError ? formatError(log, listener.language, error.toJSON(), error) : error))

  const server: Server<Listener> = makeServer<Record<string, unknown>, Listener>({
    connectionInitWaitTimeout: initMs,
    async onConnect({ extra, connectionParams }) {
      // Browsers cannot set headers on a socket.
      if (connectionParams?.language === 'vi' || connectionParams?.language === 'en') extra.language = connectionParams.language
      extra.viewer = extra.token ? viewerOf(extra.token) : Promise.resolve(visitor)
      await extra.viewer
    },
    async onSubscribe({ extra, subscriptions }, _id, payload) {
      if (Object.keys(subscriptions).length > PER_SOCKET) {
        return [new GraphQLError(`At most ${PER_SOCKET} subscriptions on one socket.`, { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } })]
      }
      const document = read(payload.query)
      if (document instanceof GraphQLError) return [document]
      const operation = getOperationAST(document, payload.operationName)
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
        return [new GraphQLError('Only subscriptions here; send queries and mutations over HTTP.', { extensions: { code: 'SUBSCRIPTIONS_ONLY' } })]
      }
      const errors = validate(schema, document, rules, { maxErrors: 20, hideSuggestions: production })
      if (errors.length) return errors
      const context = contextFor(await extra.viewer!, extra.language, extra.peer.request)
      return {
        schema, document, operationName: payload.operationName, variableValues: payload.variables,
        contextValue: { ...context, onStuck: () => extra.peer.terminate() },
      }
    },
    subscribe: (args) => subscribeShared(live, args as Subscription),
    onNext: ({ extra }, _id, _payload, _args, result) => (result.errors ? { ...result, errors: mask(extra, result.errors) } : undefined),
    onError: ({ extra }, _id, _payload, errors) => mask(extra, errors),
    // A feed has no end of its own: it broke, or its session ran out. The client resumes it from its cursor.
    onComplete: ({ extra, subscriptions }, id) => {
      if (subscriptions[id]) extra.peer.close(CLOSE.tryAgain, 'Try again later')
    },
  })

  async function recheckOne({ peer, token, viewer }: Listener, accountId: string) {
    const seen = await viewer
    if (!seen?.accountId || (accountId && seen.accountId !== accountId)) return
    const now = await viewerOf(token!)
    if (now.accountId === null) peer.close(CLOSE.sessionEnded, 'Session ended')
    else if (rightsKey(seen) !== rightsKey(now)) peer.close(CLOSE.rightsChanged, 'Rights changed')
  }

  return {
    opened(peer) {
      const listener: Listener = { peer, token: tokenOf(peer.request), language: languageOf(peer.request), viewer: null }
      listeners.add(listener)
      const closed = server.opened(peer, listener)
      return (code, reason) => {
        listeners.delete(listener)
        return closed(code, reason)
      }
    },
    async recheck(accountId) {
      await Promise.all([...listeners].map((listener) => recheckOne(listener, accountId)))
    },
  }
}

/** The document, or what is wrong with it. */
function read(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, parseOptions)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}
