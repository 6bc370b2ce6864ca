// Trusted documents: in production the hub runs only what its own client asks and the operations that schema/operations publishes.
import { createHash } from 'node:crypto'
import { type DocumentNode, Kind, parse, print, visit } from 'graphql'

/** One form for one meaning: definitions by name, and without the `__typename`s that a client's cache adds by itself. */
export function fingerprint(document: DocumentNode): string {
  const bare = visit(document, {
    Field: (node) => (node.name.value === '__typename' && !node.alias ? null : undefined),
  })
  const definitions = bare.definitions.map((definition) => print(definition)).sort()
  return createHash('sha256').update(definitions.join('\n')).digest('hex')
}

/** Documents that are run in production, by fingerprint. */
export type Trusted = ReadonlyMap<string, string>

/**
 * Every operation in these texts by its fingerprint, each with the fragments that it spreads, wherever among the texts they stand.
 * @throws Error when two fragments share a name: which is meant could not be told
 */
export function documentsOf(texts: readonly string[]): Map<string, string> {
  const documents = texts.map((text) => parse(text, { noLocation: true }))
  const fragments = new Map<string, DocumentNode['definitions'][number]>()
  for (const definition of documents.flatMap((document) => document.definitions)) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue
    const known = fragments.get(definition.name.value)
    if (known && print(known) !== print(definition)) throw new Error(`two fragments are named ${definition.name.value}`)
    fragments.set(definition.name.value, definition)
  }
  const operations = documents.flatMap((document) => document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION))
  return new Map(operations.map((operation) => {
    const needed = new Set<string>()
    const gather = (definition: DocumentNode['definitions'][number]) => {
      visit(definition, {
        FragmentSpread({ name }) {
          const fragment = fragments.get(name.value)
          if (!fragment) throw new Error(`no fragment is named ${name.value}`)
          if (needed.has(name.value)) return
          needed.add(name.value)
          gather(fragment)
        },
      })
    }
    gather(operation)
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...[...needed].map((name) => fragments.get(name)!)] }
    return [fingerprint(document), print(document)]
  }))
}
