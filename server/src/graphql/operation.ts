// A query whose fields are all declared in SQL is answered by one statement, whose text goes out as it comes.
// Every other, and every one that fails, takes the ordinary path through the resolvers, which gives the same answer.
import type { ApolloServerPlugin } from '@apollo/server'
import {
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLSchema, type OperationDefinitionNode, Kind,
  OperationTypeNode,
} from 'graphql'
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js'
import { type Action, may } from '../access/policy.ts'
import type { Viewer } from '../access/viewer.ts'
import { type Compiled, type Info, type Purpose, type Roots, NotCompilable, compileOperation, rootsOf } from './compile.ts'
import type { Context } from './context.ts'
import { type Read, type Widen, widenOf } from './read.ts'
import { purposeOf, run } from './run.ts'

/** Finished JSON. */
export class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export interface Question {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Record<string, unknown>
}

/** The text of `data`, or null where the resolvers must answer. */
export async function answerOf(question: Question, context: Context): Promise<string | null> {
  const { schema, document, operation } = question
  if (operation.operation !== OperationTypeNode.QUERY || hopeless.has(operation)) return null
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], question.variables)
  if (coerced.errors) return null
  const info = { schema, fragments: fragmentsOf(document), variableValues: coerced.coerced }
  try {
    const roots = rootsOf(info, operation)
    const readers = readersOf(info, roots, context.hub.viewer)
    if (!readers) return null
    compiledFor(info, operation, roots, purposeOf(context.hub, context.hub.viewer)) // before a follow code is looked up in vain
    const viewer = await viewerOf(info, readers, context)
    const compiled = compiledFor(info, operation, roots, purposeOf(context.hub, viewer))
    const values = compiled.values.map((value) => (typeof value === 'function' ? value(context) : value))
    const [row] = await run<{ value: string }>(context.hub, viewer, { text: compiled.text, values })
    return row!.value
  } catch (error) {
    if (error instanceof NotCompilable) hopeless.add(operation)
    return null
  }
}

// Compiling takes a tenth of a millisecond: what many ask for is compiled once for each set of variables.
const KEPT = 500
const compiled = new WeakMap<OperationDefinitionNode, Map<string, Compiled>>()

function compiledFor(info: Info, operation: OperationDefinitionNode, roots: Roots, purpose: Purpose): Compiled {
  let kept = compiled.get(operation)
  if (!kept) compiled.set(operation, (kept = new Map()))
  const key = `${purpose.isPublic} ${JSON.stringify(info.variableValues, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value))}`
  let found = kept.get(key)
  if (!found) {
    found = compileOperation(info, roots, purpose)
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
    kept.set(key, found)
  }
  return found
}

// A field that is left out by @skip this time may be asked for the next; such an operation goes the ordinary way from then on.
const hopeless = new WeakSet<OperationDefinitionNode>()

interface Reader {
  field: GraphQLField<any, any>
  node: FieldNode
  widen: Widen | undefined
}

/** The root fields that ask the database; null where resolvers must answer: one is refused, none asks, or one asks as somebody else than another. */
function readersOf(info: Info, roots: Roots, viewer: Viewer): Reader[] | null {
  const fields = info.schema.getQueryType()!.getFields()
  const readers: Reader[] = []
  for (const [node] of roots.values()) {
    const field = fields[node!.name.value]
    if (!field) continue // __typename; or __schema, which nothing compiles
    const { authScopes } = field.extensions.pothosOptions as { authScopes?: { may?: Action } }
    if (!authScopes?.may || !may(viewer, authScopes.may)) return null
    if ((field.extensions.read as Read | undefined)?.kind !== 'inline') readers.push({ field, node: node!, widen: widenOf(field.extensions.pothosOriginalResolve) })
  }
  return readers.length === 0 || (readers.length > 1 && readers.some(({ widen }) => widen)) ? null : readers
}

/** As whom the statement runs. */
async function viewerOf(info: Info, readers: Reader[], context: Context): Promise<Viewer> {
  const [{ field, node, widen }] = readers as [Reader]
  return widen ? widen(context, getArgumentValues(field, node, info.variableValues), undefined) : context.hub.viewer
}

const fragments = new WeakMap<DocumentNode, Record<string, FragmentDefinitionNode>>()
function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  let found = fragments.get(document)
  if (!found) {
    found = Object.create(null) as Record<string, FragmentDefinitionNode>
    for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) found[definition.name.value] = definition
    fragments.set(document, found)
  }
  return found
}

/** Answers through Apollo's public hooks; `stringify` writes what they made. */
export const compiledAnswers = (schema: GraphQLSchema): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    async responseForOperation({ document, operation, request, contextValue }) {
      const text = await answerOf({ schema, document, operation, variables: request.variables ?? {} }, contextValue)
      if (text === null) return null
      return { http: { headers: new Map() as never, status: undefined as never }, body: { kind: 'single', singleResult: { data: new Raw(text) as never } } }
    },
  }),
})

export const stringify = (result: { data?: unknown }): string =>
  result.data instanceof Raw ? `{"data":${result.data.text}}` : JSON.stringify(result)
