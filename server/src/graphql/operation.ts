// A query whose fields are all declared in SQL is answered by one statement, whose text goes out as it comes, or finished by rules.
// Every other, and every one that fails, takes the ordinary path through the resolvers, which gives the same answer.
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import {
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLSchema, type OperationDefinitionNode, Kind,
  OperationTypeNode,
} from 'graphql'
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js'
import { type Action, may } from '../access/policy.ts'
import { type Viewer, isVisitor } from '../access/viewer.ts'
import { type Compiled, type Info, type Purpose, type Roots, NotCompilable, compileOperation, rootsOf } from './compile.ts'
import type { Context } from './context.ts'
import type { Finish } from './finish.ts'
import { type Places, placesOf } from './places.ts'
import type { Answer, PublicAnswers } from './public-answers.ts'
import { type From, type Known, type Read, type Widen, widenOf } from './read.ts'
import { purposeOf, run } from './run.ts'

/** The text of `data`, or a whole answer. */
class Raw {
  readonly made: string | Answer
  constructor(made: string | Answer) {
    this.made = made
  }
}

export interface Question {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Record<string, unknown>
}

/** The text of `data`, or null where the resolvers must answer; with `answers`, a visitor's is taken from there and kept there. */
export async function answerOf(question: Question, context: Context): Promise<string | null>
export async function answerOf(question: Question, context: Context, answers: PublicAnswers | undefined): Promise<string | Answer | null>
export async function answerOf(question: Question, context: Context, answers?: PublicAnswers): Promise<string | Answer | null> {
  const { schema, document, operation } = question
  if (operation.operation !== OperationTypeNode.QUERY || hopeless.has(operation)) return null
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], question.variables, { maxErrors: 1 })
  if (coerced.errors) return null
  const info = { schema, fragments: fragmentsOf(document), variableValues: coerced.coerced }
  try {
    const roots = rootsOf(info, operation)
    const readers = readersOf(info, roots, context.hub.viewer)
    if (!readers) return null
    planFor(info, operation, roots, purposeOf(context.hub, context.hub.viewer)) // before a follow code is looked up in vain
    const { viewer, prepared } = await knownTo(info, readers, context)
    const { atGate } = readers[0]!
    const plan = planFor(info, operation, roots, purposeOf(context.hub, viewer))
    const make = async () => {
      const [row] = await run<{ value: string }>(context.hub, viewer, plan, { atGate, context, prepared })
      return plan.finish ? plan.finish(row!.value, context) : row!.value
    }
    return answers && plan.places && !plan.finish && !atGate && isVisitor(viewer) ? await answers.answer(plan.key, plan.places, make) : await make()
  } catch (error) {
    if (error instanceof NotCompilable) hopeless.add(operation)
    return null
  }
}

interface Plan extends Compiled {
  /** Names the question among all that are kept. */
  key: string
  /** Null for an answer that must not be kept. */
  places: Places | null
  /** What rules say in it, for this viewer and language: such an answer is not kept. */
  finish: Finish | null
}

// Compiling takes a tenth of a millisecond: what many ask for is compiled once for each set of variables.
const KEPT = 500
const plans = new WeakMap<OperationDefinitionNode, { id: number; byVariables: Map<string, Plan> }>()
let planned = 0

function planFor(info: Info, operation: OperationDefinitionNode, roots: Roots, purpose: Purpose): Plan {
  let kept = plans.get(operation)
  if (!kept) plans.set(operation, (kept = { id: (planned += 1), byVariables: new Map() }))
  const key = `${kept.id} ${purpose.isPublic} ${JSON.stringify(info.variableValues, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value))}`
  let plan = kept.byVariables.get(key)
  if (!plan) {
    plan = { ...compileOperation(info, roots, purpose), key, places: placesOf(info, roots) }
    if (kept.byVariables.size >= KEPT) kept.byVariables.delete(kept.byVariables.keys().next().value!)
    kept.byVariables.set(key, plan)
  }
  return plan
}

// A field that is left out by @skip this time may be asked for the next; such an operation goes the ordinary way from then on.
const hopeless = new WeakSet<OperationDefinitionNode>()

interface Reader {
  field: GraphQLField<any, any>
  node: FieldNode
  widen: Widen | undefined
  prepare: From['prepare']
  atGate: boolean
}

/** The root fields that ask the database; null where resolvers must answer: one is refused, none asks, or one asks as somebody else than another, or elsewhere. */
function readersOf(info: Info, roots: Roots, viewer: Viewer): Reader[] | null {
  const fields = info.schema.getQueryType()!.getFields()
  const readers: Reader[] = []
  for (const [node] of roots.values()) {
    const field = fields[node!.name.value]
    if (!field) continue // __typename; or __schema, which nothing compiles
    const { authScopes } = field.extensions.pothosOptions as { authScopes?: { may?: Action } }
    if (!authScopes?.may || !may(viewer, authScopes.may)) return null
    const read = field.extensions.read as Read | undefined
    if (read?.kind === 'inline') continue
    const from: From = read?.kind === 'one' || read?.kind === 'many' || read?.kind === 'page' ? read : {}
    readers.push({ field, node: node!, widen: widenOf(field.extensions.pothosOriginalResolve), prepare: from.prepare, atGate: from.atGate === true })
  }
  const isOne = readers.length === 1 || readers.every(({ widen, prepare, atGate }) => !widen && !prepare && atGate === readers[0]!.atGate)
  return readers.length > 0 && isOne ? readers : null
}

/** As whom the statement runs, and what it is told. */
async function knownTo(info: Info, readers: Reader[], context: Context): Promise<Known> {
  const [{ field, node, widen, prepare }] = readers as [Reader]
  if (!widen && !prepare) return context.hub
  const args = getArgumentValues(field, node, info.variableValues)
  return { viewer: widen ? await widen(context, args, undefined) : context.hub.viewer, prepared: await prepare?.(context, args) }
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
export const compiledAnswers = (schema: GraphQLSchema, answers: PublicAnswers | undefined): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    async responseForOperation({ document, operation, request, contextValue }) {
      const answer = await answerOf({ schema, document, operation, variables: request.variables ?? {} }, contextValue, answers)
      if (answer === null) return null
      Object.assign(contextValue.aside ?? {}, { answered: { document, operation }, ...(typeof answer === 'string' ? {} : { publicAnswer: answer }) })
      return { http: { status: undefined, headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data: new Raw(answer) as never } } }
    },
  }),
})

export const stringify = (result: { data?: unknown }): string => {
  if (!(result.data instanceof Raw)) return JSON.stringify(result)
  const { made } = result.data
  return typeof made === 'string' ? `{"data":${made}}` : made.bytes.toString()
}
