// Who was given or lost which right, in the API: for whoever answers for the place, and for the other administrators.
import { builder } from '../../graphql/builder.ts'
import { type Row, connectionOf, pageArgs } from '../../graphql/define.ts'
import { column, globalId, instant, one, page } from '../../graphql/read.ts'
import { Role } from './schema.ts'

const RightsChangeKind = builder.enumType('RightsChangeKind', {
  description: "What was done to somebody's rights.",
  values: {
    GRANTED: { description: 'The role was given.' },
    REVOKED: { description: 'The role was taken away.' },
    PASSWORD_RESET: { description: 'The account that holds the role got a one-time password.' },
    DISABLED: { description: 'The account that holds the role was closed.' },
    ENABLED: { description: 'The account that holds the role was opened again.' },
  } as const,
})

export const RightsChange = builder.objectRef<Row>('RightsChange').implement({
  description: 'Something that an administrator did to a role. The offices of its place and all administrators see it, and whoever it was done to.',
  extensions: { table: 'rights_change' },
  fields: (t) => ({
    id: t.id(globalId('RightsChange')),
    at: t.field({ type: 'DateTime', ...instant('at') }),
    kind: t.field({ type: RightsChangeKind, ...column('kind') }),
    role: t.field({ type: Role, ...column('role') }),
    area: t.field({
      type: 'Area' as never, // by name: areas come after identity
      nullable: true, description: "Of the office; of a household's account, where it lives.",
      ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }),
    }),
    personName: t.string({ description: 'To whom.', ...column('person_name') }),
    byName: t.string({ nullable: true, description: 'By whom; null on the server itself, or where it was not kept.', ...column('by_name') }),
  }),
})

builder.queryField('rightsChanges', (t) =>
  t.field({
    type: connectionOf(RightsChange), authScopes: { may: 'rights.read' },
    description: 'Who was given or lost which right, when and by whom, the latest first.',
    args: pageArgs(t),
    ...page({ order: [{ by: (row) => `${row}.at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }], descending: true }),
  }))
