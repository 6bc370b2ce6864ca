// A document's way in, the same over HTTP and socket: its length, its grammar, its size, whether it is trusted, and GraphQL's own rules
// at the very end, because these compare every field with every other.
import { type DocumentNode, type GraphQLSchema, type ValidationRule, GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate } from 'graphql'
import { LIMITS, excessOf, limitExceeded, parseOptions } from './limits.ts'
import { type Trusted, fingerprint } from './trusted.ts'

/** A document that passed every check, or why it is not run; in production one reason. */
export type Checked = { document: DocumentNode } | { errors: readonly GraphQLError[] }

export interface DocumentChecks {
  schema: GraphQLSchema
  /** Fingerprints of the documents that are run; null runs any. */
  trusted: Trusted | null
  introspection: boolean
  /** GraphQL's rules end at this many errors. */
  maxErrors: number
  rules?: readonly ValidationRule[]
}

/** Of the texts that are kept with their documents, in characters: what many ask is checked once. */
const KEPT = 1_000_000

/** @returns the check of one text; what passed is known the next time */
export function checkDocuments(checks: DocumentChecks): (text: string) => Checked {
  const passed = new Map<string, { document: DocumentNode }>()
  let kept = 0
  return (text) => {
    const known = passed.get(text)
    if (known) {
      passed.delete(text) // the latest used stays longest
      passed.set(text, known)
      return known
    }
    const checked = check(text, checks)
    if ('errors' in checked) return checked
    passed.set(text, checked)
    kept += text.length
    for (const oldest of passed.keys()) {
      if (kept <= KEPT) break
      passed.delete(oldest)
      kept -= oldest.length
    }
    return checked
  }
}

function check(text: string, { schema, trusted, introspection, maxErrors, rules = specifiedRules }: DocumentChecks): Checked {
  if (text.length > LIMITS.characters) return { errors: [limitExceeded(`This document has ${text.length} characters; at most ${LIMITS.characters} are allowed.`)] }
  const document = read(text)
  if (document instanceof GraphQLError) return { errors: [document] }
  const excess = excessOf(schema, document)
  if (excess.length > 0) return { errors: excess.slice(0, maxErrors) }
  if (trusted && !trusted.has(fingerprint(document))) return { errors: [unknownDocument()] }
  const errors = validate(schema, document, introspection ? rules : [...rules, NoSchemaIntrospectionCustomRule], { maxErrors, hideSuggestions: !introspection })
  return errors.length > 0 ? { errors: errors.slice(0, maxErrors).map((error) => coded('GRAPHQL_VALIDATION_FAILED', error)) } : { document }
}

function read(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, parseOptions)
  } catch (error) {
    if (error instanceof GraphQLError) return /contains more that \d+ tokens/.test(error.message) ? coded('LIMIT_EXCEEDED', error) : coded('GRAPHQL_PARSE_FAILED', error)
    if (error instanceof RangeError) return limitExceeded('This document is nested too deep.') // the parser calls itself for each level
    throw error
  }
}

function coded(code: string, { message, nodes, source, positions }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, extensions: { code } })
}

const unknownDocument = () =>
  new GraphQLError('Chỉ những câu hỏi đã công bố trong schema/operations được chấp nhận / Only the operations published in schema/operations are accepted', {
    extensions: { code: 'UNKNOWN_DOCUMENT' },
  })
