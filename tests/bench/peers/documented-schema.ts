// The hot read's part of the schema as the documentation of Pothos and its Prisma plugin shows it: relations, connections, `select`.
// Order in Vietnamese is the one thing that Prisma cannot say; for that alone the ids come from a raw query.
import { PrismaPg } from '@prisma/adapter-pg'
import SchemaBuilder from '@pothos/core'
import { PrismaClient } from '../../../server/src/generated/prisma/client.ts'
import { CONNECTIONS, OWNER_URL } from './serve.ts'

// By a name that the compiler does not follow: their types would ask options of our own builder, too.
const pluginOf = async (name: string) => (await import(name)).default as never
const [PrismaPlugin, RelayPlugin] = [await pluginOf('@pothos/plugin-prisma'), await pluginOf('@pothos/plugin-relay')]

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: OWNER_URL, max: CONNECTIONS, options: '-c TimeZone=UTC -c jit=off' }) })

// What the plugin's own generator would write down: the client's model with keys and lists marked. Its types change nothing at run time.
const { models } = (prisma as any)._runtimeDataModel as { models: Record<string, { fields: { name: string; kind: string }[] }> }
const datamodel = {
  models: Object.entries(models).map(([name, { fields }]) => ({
    name, primaryKey: null, uniqueIndexes: [],
    fields: fields.map((field) => ({
      ...field, isId: field.name === (name === 'SupportKind' ? 'code' : 'id'), isUnique: false, isRequired: true,
      isList: field.kind === 'object' && /sAs[A-Z]/.test(field.name),
    })),
  })),
}

const builder: any = new SchemaBuilder({
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: { client: prisma, dmmf: { datamodel } as never },
  relay: { nodesOnConnection: true },
} as any)

const globalId = (t: any, type: string) => t.field({ type: 'ID', select: { id: true }, resolve: (row: { id: string }) => `${type}:${row.id}` })
const day = (value: Date) => value.toISOString().slice(0, 10)

const SupportKind = builder.prismaObject('SupportKind', {
  fields: (t: any) => ({ code: t.exposeString('code'), name: t.exposeString('name'), unit: t.exposeString('unit'), unitName: t.exposeString('unitName') }),
})

const STAGES = ['promised', 'allocated', 'dispatched', 'received', 'settled'] as const
const Quantities = builder.objectRef('Quantities').implement({
  fields: (t: any) => Object.fromEntries(STAGES.map((stage) => [stage, t.string({ resolve: (line: Record<string, bigint>) => String(line[stage]) })])),
})

builder.prismaObject('PledgeLine', {
  fields: (t: any) => ({
    kind: t.relation('kind'),
    detail: t.exposeString('detail'),
    quantities: t.field({ type: Quantities, select: Object.fromEntries(STAGES.map((stage) => [stage, true])), resolve: (line: unknown) => line }),
  }),
})

const Party = builder.prismaObject('Party', { fields: (t: any) => ({ name: t.exposeString('name'), kind: t.exposeString('kind') }) })

builder.prismaObject('Pledge', {
  fields: (t: any) => ({
    id: globalId(t, 'Pledge'),
    anonymous: t.exposeBoolean('anonymous'),
    expectedOn: t.string({ select: { expectedOn: true }, resolve: (pledge: { expectedOn: Date }) => day(pledge.expectedOn) }),
    party: t.field({
      type: Party, nullable: true,
      select: (_args: unknown, _context: unknown, nested: () => object) => ({ anonymous: true, party: nested() }),
      resolve: (pledge: { anonymous: boolean; party: unknown }) => (pledge.anonymous ? null : pledge.party),
    }),
    lines: t.relation('pledgeLinesAsPledge', { query: { orderBy: { ordinal: 'asc' } } }),
  }),
})

interface Need {
  kindCode: string
  kind: { ordinal: number }
  quantity: bigint
  allocated: bigint
  received: bigint
  urgency: number
}
const AreaNeed = builder.objectRef('AreaNeed').implement({
  fields: (t: any) => ({
    kind: t.field({ type: SupportKind, resolve: (need: Need) => need.kind }),
    quantity: t.string({ resolve: (need: Need) => String(need.quantity) }),
    allocated: t.string({ resolve: (need: Need) => String(need.allocated) }),
    received: t.string({ resolve: (need: Need) => String(need.received) }),
    open: t.string({ resolve: (need: Need) => String(need.quantity - need.allocated) }),
    urgency: t.int({ resolve: (need: Need) => need.urgency }),
  }),
})

/** Below a hamlet lies nothing, so its own needs are all. */
function together(needs: Need[]): Need[] {
  const byKind = new Map<string, Need>()
  for (const need of needs) {
    const sum = byKind.get(need.kindCode)
    if (!sum) byKind.set(need.kindCode, { ...need })
    else {
      sum.quantity += need.quantity
      sum.allocated += need.allocated
      sum.received += need.received
      sum.urgency = Math.max(sum.urgency, need.urgency)
    }
  }
  return [...byKind.values()].sort((a, b) => a.kind.ordinal - b.kind.ordinal)
}

const AreaChildren = builder.prismaObject('Area', {
  variant: 'AreaChildren',
  fields: (t: any) => ({
    nodes: t.prismaField({
      type: ['Area'],
      resolve: async (query: object, area: { id: string }) => {
        const ids = (await prisma.$queryRaw<{ id: string }[]>`
          select area.id from area_place place join area on area.id = place.area_id
          where place.parent_id = ${area.id} and today_in_viet_nam() between place.valid_from and coalesce(place.valid_to, 'infinity')
          order by area.name collate "vi-x-icu", area.id limit 20`).map(({ id }) => id)
        const areas = await prisma.area.findMany({ ...query, where: { id: { in: ids } } })
        return areas.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      },
    }),
  }),
})

builder.prismaObject('Area', {
  fields: (t: any) => ({
    id: globalId(t, 'Area'),
    kind: t.exposeString('kind'),
    name: t.exposeString('name'),
    fullName: t.exposeString('fullName'),
    children: t.variant(AreaChildren, { args: { first: t.arg.int() } }),
    needs: t.field({
      type: [AreaNeed],
      select: {
        needsAsArea: {
          where: { verifiedAt: { not: null }, withdrawnAt: null },
          select: { kindCode: true, kind: true, quantity: true, allocated: true, received: true, urgency: true },
        },
      },
      resolve: (area: { needsAsArea: Need[] }) => together(area.needsAsArea),
    }),
    pledges: t.relatedConnection('pledgesAsArea', { cursor: 'id', query: { where: { state: 'VERIFIED' }, orderBy: [{ registeredAt: 'desc' }, { id: 'desc' }] } }),
  }),
})

builder.queryType({
  fields: (t: any) => ({
    area: t.prismaField({
      type: 'Area', nullable: true, args: { id: t.arg.id({ required: true }) },
      resolve: (query: object, _root: unknown, { id }: { id: string }) => prisma.area.findUnique({ ...query, where: { id: id.slice('Area:'.length) } }),
    }),
  }),
})

export const schema = builder.toSchema()
