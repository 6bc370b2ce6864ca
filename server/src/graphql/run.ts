// Runs compiled statements: a visitor's as the public role, in one round trip; anyone else's as the viewer, with row-level security.
import { type Hub } from '../access/hub.ts'
import { type Viewer, isVisitor, readAs } from '../access/viewer.ts'
import type { Compiled, Purpose } from './compile.ts'
import type { Known } from './read.ts'

/** What a viewer's statements are compiled for. */
export const purposeOf = ({ db }: Hub, viewer: Viewer): Purpose => ({ isPublic: isVisitor(viewer), required: db.required })

/** @returns the statement's rows */
export async function run<R extends Record<string, any>>({ db }: Hub, viewer: Viewer, { text, values: bound }: Compiled, { atGate = false, ...known }: Omit<Known, 'viewer'> & { atGate?: boolean | undefined } = {}): Promise<R[]> {
  const name = nameOf(text)
  const values = bound.map((value) => (typeof value === 'function' ? value({ viewer, ...known }) : value))
  const query = name === undefined ? { text, values } : { name, text, values }
  if (isVisitor(viewer)) return (await (atGate ? db.gate : db.open).query<R>(query)).rows
  return readAs<R>(atGate ? db.gate : db.pool, viewer, query)
}

// Connections keep what they prepared until they are renewed, so only the most used statements are given a name.
const PREPARED = 300
const names = new Map<string, string | undefined>()
let given = 0

/** A name from the second time on: planning a nested read costs as much as running it. */
function nameOf(text: string): string | undefined {
  const isKnown = names.has(text)
  const name = names.get(text) ?? (isKnown ? `read_${(given += 1)}` : undefined)
  names.delete(text)
  names.set(text, name)
  if (names.size > PREPARED) names.delete(names.keys().next().value!)
  return name
}
