// How features add to the schema without repeating themselves: connections and commands.
import type { InputFieldMap, ObjectRef } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import type { Hub, Answer } from '../access/hub.ts'
import type { Action } from '../access/policy.ts'
import { invalid } from '../platform/failure.ts'
import { PageInfo, type SchemaTypes, Problem, builder } from './builder.ts'
import { type Widen, one, pick } from './read.ts'
import { text, textsIn } from './texts.ts'
import { expected } from './translate.ts'

/** A row as a compiled statement returns it. */
export type Row = any
type Ref = ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, Row, Row>

const connections = new Map<unknown, Ref>()

/** The Relay connection of a type; every list that can grow is one. */
export function connectionOf(node: { name: string }): Ref {
  const known = connections.get(node)
  if (known) return known
  const edge = builder.objectRef<Row>(`${node.name}Edge`).implement({
    description: `A ${node.name} and its place in the list.`,
    fields: (t) => ({
      cursor: t.string({ resolve: pick }),
      node: t.field({ type: node as Ref, resolve: pick }),
    }),
  })
  const connection = builder.objectRef<Row>(`${node.name}Connection`).implement({
    description: `A page of ${node.name}.`,
    fields: (t) => ({
      edges: t.field({ type: [edge], resolve: pick }),
      nodes: t.field({ type: [node as Ref], resolve: pick }),
      pageInfo: t.field({ type: PageInfo, resolve: pick }),
      totalCount: t.int({ description: 'How many there are in all.', resolve: pick }),
    }),
  })
  connections.set(node, connection)
  return connection
}

/** What `viewerCan` says of one thing that can be done. */
export const Permission = builder.objectRef<{ allowed: boolean }>('Permission').implement({
  description: 'Whether the viewer may do something now.',
  fields: (t) => ({ allowed: t.exposeBoolean('allowed') }),
})

/** Arguments of every connection: `first` items (1–100, 20 by default) after the cursor. */
export const pageArgs = (t: any) => ({
  first: t.arg.int({ required: false, description: 'How many, 1 to 100; 20 when absent.' }),
  after: t.arg.string({ required: false, description: "A page's endCursor." }),
})

interface CommandField {
  description: string
  /** Who may try; the command itself checks the thing at hand. */
  access: Action
  /** Fields of the input object, made with Pothos' input field builder; without any, the mutation takes no argument. */
  input?: (t: any) => InputFieldMap
  /** Fields of the payload, beside `problem`; all nullable. */
  payload: (t: any) => Record<string, any>
  run: (hub: Hub, input: any, context: import('./context.ts').Context) => Promise<Answer>
}

/** Adds a mutation `name(input: NameInput!): NamePayload!` whose expected failures come back as `problem`. */
export function command(name: string, { description, access, input, payload, run }: CommandField): void {
  const Name = name[0]!.toUpperCase() + name.slice(1)
  const Input = input && builder.inputType(`${Name}Input`, { fields: input as never })
  const Payload = builder.objectRef<Row>(`${Name}Payload`).implement({
    description: `What ${name} changed, or the problem that stopped it.`,
    fields: (t) => ({
      ...payload(t),
      problem: t.field({ type: Problem, nullable: true, description: 'Null when it was done.', resolve: (row: Row) => row.problem ?? null }),
    }),
  })
  builder.mutationField(name, (t) =>
    t.field({
      type: Payload,
      description,
      authScopes: { may: access },
      args: (Input ? { input: t.arg({ type: Input as never }) } : {}) as any,
      resolve: async (_root: unknown, args: any, context: any, info: GraphQLResolveInfo) => {
        try {
          return await run(context.hub, textsIn(info, args.input), context)
        } catch (error) {
          const failure = expected(error)
          // A copy: graphql-js throws whatever is an Error, even as a value.
          if (failure) return { problem: { ...failure } }
          throw error
        }
      },
    } as any),
  )
}

/** A payload field that reads what the command made or changed, by the id under `key` in its answer. */
export function produced(t: any, type: { name: string }, key: string, viewerFor?: Widen) {
  const { extensions, resolve } = one({ where: (row, { bind, source }) => `${row}.id::text = ${bind(source[key])}` }, viewerFor)
  return t.field({
    type, nullable: true, extensions,
    resolve: (source: Row, args: any, context: any, info: any) => (source[key] ? resolve(source, args, context, info) : null),
  })
}

export const idempotencyKey = (t: any) =>
  t.string({ ...text('key'), description: 'Made by the client, for instance a UUID: sending the same again gives the same answer and does nothing twice.' })

/** The row key in a Relay id. @throws InvalidInput when it is not one of this type's. */
export function keyOf(type: string, id: string, field = 'id'): string {
  const [name, key] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)]
  const wellFormed = type === 'Area' || type === 'Plan' ? /^[\w.-]{1,60}$/.test(key) : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)
  if (name !== type || !wellFormed) {
    throw invalid(field, 'BAD_ID', `Mã định danh không đúng loại (cần ${type}).`, `This id is of the wrong kind (${type} is needed).`)
  }
  return key
}
