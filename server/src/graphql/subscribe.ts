// Subscriptions: the same limits and masks as HTTP, and cut off as soon as the viewer's rights change.
import type { IncomingMessage } from 'node:http'
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws'
import {
  type DocumentNode, type ExecutionResult, type FieldNode, type GraphQLSchema, type OperationDefinitionNode, GraphQLError, Kind, OperationTypeNode,
  createSourceEventStream, getOperationAST, print, visit,
} from 'graphql'
import { isDrawnForAnother } from '../access/drawn-for.ts'
import { type Viewer, rightsKey, visitor } from '../access/viewer.ts'
import { type Channel, type Follower, CLOSE } from '../events/channel.ts'
import { Feed, tellerOf } from '../events/feed.ts'
import type { Live } from '../events/live.ts'
import type { Log } from '../platform/log.ts'
import { languageOf } from '../platform/origin.ts'
import { networksOf } from '../platform/rate-limit.ts'
import type { Ear, Peer } from '../platform/socket.ts'
import type { Context } from './context.ts'
import type { Checked } from './documents.ts'
import { isModest, tooManyValues } from './limits.ts'
import { type Asked, type Begun, type Lasting, type Protocol, Conversation, framesOf } from './protocol.ts'
import { formatError } from './translate.ts'

const PER_SOCKET = 20
/** The client opens a new socket after it, as after those of a channel. */
const RIGHTS_CHANGED = 4205
/** The page was drawn for someone else than whose session it is now: it has to be drawn anew. */
const VIEWER_CHANGED = 4409

export interface SubscriptionsOptions {
  schema: GraphQLSchema
  production: boolean
  check(text: string): Checked
  log: Log
  live: Live
  /** The session's token in the upgrade request's cookie. */
  tokenOf(request: IncomingMessage): string | null
  viewerOf(token: string): Promise<Viewer>
  contextFor(viewer: Viewer, language: 'vi' | 'en', origin: { network: string | null; userAgent: string | null }): Context
  networkOf(request: IncomingMessage): string | null
  initMs?: number
}

export interface Subscriptions {
  opened(peer: Peer, request: IncomingMessage): Ear
  /** Looks again at the rights of this account's sockets; at everyone's when it is ''. */
  recheck(accountId: string): Promise<void>
}

interface Listener {
  peer: Peer
  token: string | null
  language: 'vi' | 'en'
  network: string | null
  /** Being looked up, or found; null until the client has greeted. */
  viewer: Promise<Viewer> | null
}

/** A document that has passed every rule, or what is wrong with it. */
type Question = { document: DocumentNode; operation: OperationDefinitionNode; key: string; shared: readonly string[] } | { errors: readonly GraphQLError[] }

export const chooseProtocol = (offered: Set<string>) => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL

export function createSubscriptions({
  schema, production, check, log, live, tokenOf, viewerOf, contextFor, networkOf, initMs = 3_000,
}: SubscriptionsOptions): Subscriptions {
  const listeners = new Set<Listener>()

  // Thousands ask the same: what it comes down to is worked out once.
  const questions = new WeakMap<DocumentNode, Map<string | null, Question>>()
  function questionOf({ query, operationName = null, variables }: Asked): Question {
    if (!isModest(variables)) return { errors: [tooManyValues()] }
    const checked = check(query)
    if ('errors' in checked) return checked
    const { document } = checked
    const known = questions.get(document) ?? new Map<string | null, Question>()
    questions.set(document, known)
    const question = known.get(operationName) ?? ask(document, operationName)
    if (!('errors' in question)) known.set(operationName, question)
    return question
  }

  function ask(document: DocumentNode, operationName: string | null): Question {
    const operation = getOperationAST(document, operationName)
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return { errors: [new GraphQLError('Only subscriptions here; send queries and mutations over HTTP.', { extensions: { code: 'SUBSCRIPTIONS_ONLY' } })] }
    }
    return { document, operation, key: JSON.stringify([print(document), operationName]), shared: variablesBesidesTopic(document) }
  }

  async function begin(listener: Listener, asked: Asked, count: number): Promise<Begun> {
    const { language } = listener
    const mask = (errors: readonly GraphQLError[]) => (production ? errors.slice(0, 1) : errors).map((error) => formatError({ log, production, language }, error.toJSON(), error))
    if (count > PER_SOCKET) {
      return { errors: mask([new GraphQLError(`At most ${PER_SOCKET} subscriptions on one socket.`, { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } })]) }
    }
    const question = questionOf(asked)
    if ('errors' in question) return { errors: mask(question.errors) }
    const say = (result: ExecutionResult): ExecutionResult => (result.errors ? ({ ...result, errors: mask(result.errors) } as unknown as ExecutionResult) : result)
    const contextValue = contextFor(await listener.viewer!, listener.language, { network: listener.network, userAgent: null })
    const args = { schema, document: question.document, operationName: asked.operationName, variableValues: asked.variables, contextValue, options: { maxCoercionErrors: 1 }, hideSuggestions: production }
    const feed = await createSourceEventStream(args)
    if (!(feed instanceof Feed)) return { result: say(feed as ExecutionResult) }
    // A variable that is left out has its default, one that is null has not.
    const variables = question.shared.map((name) => (asked.variables && name in asked.variables ? [name, asked.variables[name]] : [name]))
    // The account, because some fields say what is the viewer's own.
    const channel = live.channel(
      JSON.stringify([question.key, variables, listener.language, feed.viewer.accountId, rightsKey(feed.viewer)]), () => tellerOf(args, feed, say), framesOf)
    // The widest network: whoever holds a /48 takes turns with others as one, however many addresses he asks from.
    const network = networksOf(listener.network).at(-1)!
    return new Following(channel, channel.join({ peer: listener.peer, id: asked.id, sessionId: contextValue.hub.viewer.sessionId, network }, feed.topic, feed.after))
  }

  async function recheckOne({ peer, token, viewer }: Listener, accountId: string) {
    const seen = await viewer
    if (!seen?.accountId || (accountId && seen.accountId !== accountId)) return
    const now = await viewerOf(token!)
    if (now.accountId === null) peer.close(CLOSE.sessionEnded, 'Session ended')
    else if (rightsKey(seen) !== rightsKey(now)) peer.close(RIGHTS_CHANGED, 'Rights changed')
  }

  const protocol: Protocol<Listener> = {
    initMs,
    async greet(listener, params) {
      // Browsers cannot set headers on a socket.
      if (params?.language === 'vi' || params?.language === 'en') listener.language = params.language
      listener.viewer = listener.token ? viewerOf(listener.token) : NOBODY
      if (isDrawnForAnother(params?.viewer, await listener.viewer)) listener.peer.close(VIEWER_CHANGED, 'Viewer changed')
    },
    begin,
    closed: (listener) => void listeners.delete(listener),
  }

  return {
    opened(peer, request) {
      const listener: Listener = { peer, token: tokenOf(request), language: languageOf(request), network: networkOf(request), viewer: null }
      listeners.add(listener)
      return new Conversation(peer, listener, protocol)
    },
    async recheck(accountId) {
      await Promise.all([...listeners].map((listener) => recheckOne(listener, accountId)))
    },
  }
}

/** A class and no closure: what the question was made of would stay in memory with it. */
class Following implements Lasting {
  readonly #channel: Channel
  readonly #follower: Follower

  constructor(channel: Channel, follower: Follower) {
    this.#channel = channel
    this.#follower = follower
  }

  stop() {
    this.#channel.leave(this.#follower)
  }
}

const NOBODY = Promise.resolve(visitor)

/** The variables that bear on what an event looks like: all but those that only say which events, and from where. */
function variablesBesidesTopic(document: DocumentNode): string[] {
  const found = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    Argument: (node, _key, _parent, _path, ancestors) => (TOPIC.has(node.name.value) && isRootField(ancestors) ? false : undefined),
    Variable: (node) => void found.add(node.name.value),
  })
  return [...found].sort()
}

const TOPIC = new Set(['scope', 'after'])
const isRootField = (ancestors: readonly unknown[]) => {
  const nodes = ancestors.filter((ancestor): ancestor is FieldNode | OperationDefinitionNode => !Array.isArray(ancestor) && typeof ancestor === 'object')
  return nodes.at(-1)?.kind === Kind.FIELD && nodes.every((node) => [Kind.DOCUMENT, Kind.OPERATION_DEFINITION, Kind.SELECTION_SET, Kind.FIELD].includes(node.kind as never)) &&
    nodes.filter((node) => node.kind === Kind.FIELD).length === 1
}
