// Reads of identity: compiled like all others, but asked of the gate, where alone these rows are readable.
import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from '../../graphql/context.ts'
import type { Row } from '../../graphql/define.ts'
import { compileRows } from '../../graphql/compile.ts'
import { purposeOf, run } from '../../graphql/run.ts'

/** Accounts with the name of their person, and without their password's hash. */
export const accounts = () =>
  `(select account.id, account.login, account.must_change_password, account.disabled_at, account.created_at, account.is_demo, person.display_name
    from account join person on person.id = account.person_id)`

const asked = new WeakMap<object, { ids: Set<string>; areas: Promise<Map<string, Row>> }>()

/** The areas of all roles in an answer, read in one statement as the viewer: the gate knows no more of an area than its place. */
export async function areaOf(id: string | null, context: Context, info: GraphQLResolveInfo): Promise<Row> {
  if (id === null) return null
  // All roles of one answer share their field nodes, and are resolved before anything that waits.
  let batch = asked.get(info.fieldNodes)
  if (!batch) {
    const ids = new Set<string>()
    batch = { ids, areas: new Promise<void>((later) => setImmediate(later)).then(() => areasOf([...ids], context, info)) }
    asked.set(info.fieldNodes, batch)
  }
  batch.ids.add(id)
  return (await batch.areas).get(id) ?? null
}

async function areasOf(ids: string[], { hub }: Context, info: GraphQLResolveInfo): Promise<Map<string, Row>> {
  const rows = await run<{ id: string; value: Row }>(hub, hub.viewer, compileRows(info, (row, bind) => ({
    from: 'area', columns: `${row}.id`, where: `${row}.id = any (${bind(ids)}::text[])`, orderBy: `${row}.id`, limit: ids.length,
  }), purposeOf(hub, hub.viewer)))
  return new Map(rows.map(({ id, value }) => [id, value]))
}
