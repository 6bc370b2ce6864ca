// The operations of schema/operations, which are all that a hub answers to in production beside its own client's.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Kind, OperationTypeNode, getOperationAST, parse } from 'graphql'

const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url))

/** The text of one, by the name of its file. */
export const published = (file: string): string => readFileSync(`${folder}${file}.graphql`, 'utf8')

const mutations = new Map(readdirSync(folder).flatMap((file) => {
  const text = readFileSync(folder + file, 'utf8')
  const operation = getOperationAST(parse(text))
  if (operation?.operation !== OperationTypeNode.MUTATION) return []
  const [root] = operation.selectionSet.selections
  return root?.kind === Kind.FIELD ? [[root.name.value, text] as const] : []
}))

/** The one that runs a mutation. */
export function publishedMutation(name: string): string {
  const text = mutations.get(name)
  if (!text) throw new Error(`schema/operations has none for ${name}`)
  return text
}
