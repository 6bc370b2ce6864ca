// Where an area lies, and which areas a text names.
import type { Context } from '../../graphql/context.ts'
import type { Bind } from '../../graphql/read.ts'

const PATHS_KEPT_MS = 60_000
const paths = new WeakMap<object, Map<string, Promise<string | null>>>()

/** Where an area lies, as labels joined by dots; null for an id of none. Asked once a minute, however many follow it. */
export function pathOf({ hub: { db } }: Context, id: string): Promise<string | null> {
  let known = paths.get(db)
  if (!known) paths.set(db, (known = new Map()))
  let path = known.get(id)
  if (!path) {
    path = db.open.query<{ path: string }>('select path::text from area where id = $1', [id]).then(({ rows }) => rows[0]?.path ?? null)
    known.set(id, path)
    const forget = () => known.delete(id)
    path.then(() => setTimeout(forget, PATHS_KEPT_MS).unref(), forget)
  }
  return path
}


const MAX_SAID = 200

/** Areas that an address line names, each with its `rank`: the smaller, the better. Of a longer line the end is read, where its places stand. */
export function areasNamed(said: string, { kind, living, below }: { kind?: string | null; living?: boolean | null; below?: string | null }, bind: Bind): string {
  const line = `${bind([...said].slice(-MAX_SAID).join(''))}::text`
  const place = below ? `(select path from area where id = ${bind(below)})` : 'null'
  const named = `areas_named(${line}, ${bind(kind ?? null)}::"AreaKind", ${bind(living ?? null)}::boolean, ${place})`
  return `(select area.*, named.rank from ${named} named join area on area.id = named.id)`
}
