// What a household's pages show, read as that household: its own rows, each with what it is and who gives it.
import { type Hub, asViewer } from '../../access/hub.ts'
import { knowsGiver, visibility } from '../../access/visibility.ts'
import type { ReceiptAnswer } from '../../features/deliveries/rules.ts'
import type { Kind } from './spoken.ts'

export interface Help {
  kind: Kind
  quantity: bigint
  /** Null when the giver prefers not to be named. */
  giver: string | null
  place: string
}

/** What was handed over: once the household has answered it, with the answer. */
export interface Delivery extends Help {
  id: string
  /** What was agreed about it, in the giver's words. */
  detail: string
  note: string
  /** Who came to the door. */
  bringer: string | null
  witnessName: string
  handedOverAt: Date
  answer: ReceiptAnswer | null
  received: bigint
  /** The hamlet head answered for the household. */
  isByProxy: boolean
  receiptId: string | null
}

export interface Coming extends Help {
  id: string
  expectedOn: Date | null
  /** When the household said that it takes it. */
  acceptedAt: Date | null
}

export interface Household {
  headName: string
  place: string
  isDemo: boolean
}

export interface Home {
  household: Household
  deliveries: Delivery[]
  /** How many received ones there are beyond those listed. */
  earlier: number
  coming: Coming[]
  wanted: { kind: Kind; quantity: bigint }[]
}

const kind = `jsonb_build_object('code', support_kind.code, 'family', support_kind.family, 'unit', support_kind.unit, 'name', support_kind.name,
  'nameEn', support_kind.name_en, 'unitName', support_kind.unit_name, 'unitNameEn', support_kind.unit_name_en) as kind`

// Who gives: only where the pledge may be seen, and names its giver.
const giver = `case when ${knowsGiver('pledge')} then party.name end as giver`
const fromPledge = (row: string) => `
  join area on area.id = ${row}.area_id
  left join pledge on pledge.id = ${row}.pledge_id and ${visibility.pledge('pledge')}
  left join party on party.id = pledge.party_id and ${visibility.party('party')}`

const DELIVERY = `
  select delivery.id, ${kind}, delivery.quantity, ${giver}, area.full_name as place, coalesce(pledge_line.detail, '') as detail, delivery.note,
         handed_over_by(delivery.id) as bringer, delivery.witness_name as "witnessName", delivery.dispatched_at as "handedOverAt", delivery.answer::text as answer, delivery.received,
         coalesce(latest.channel = 'PROXY', false) as "isByProxy", latest.id as "receiptId"
  from delivery
  join allocation on allocation.id = delivery.allocation_id and ${visibility.allocation('allocation')}
  join support_kind on support_kind.code = allocation.kind_code
  ${fromPledge('delivery')}
  left join pledge_line on pledge_line.id = allocation.line_id and ${visibility.pledge_line('pledge_line')}
  left join lateral (
    select receipt.id, receipt.channel from receipt
    where receipt.delivery_id = delivery.id and ${visibility.receipt('receipt')} order by receipt.at desc, receipt.id limit 1
  ) latest on true
  where delivery.household_id = $1::uuid and ${visibility.delivery('delivery')}`

// A page has its size, 30 kB: so many of each, what waits longest first, and of what has arrived the latest.
const ANSWERS_SHOWN = 12
const RECEIVED_SHOWN = 5
const OTHERS_SHOWN = 6
const DELIVERIES = `
  with mine as (${DELIVERY})
  (select * from mine where answer is distinct from 'FULL' order by answer is not null, "handedOverAt", id limit ${ANSWERS_SHOWN})
  union all
  (select * from mine where answer = 'FULL' order by "handedOverAt" desc, id limit ${RECEIVED_SHOWN})`

const COMING = `
  select allocation.id, allocation.accepted_at as "acceptedAt", ${kind}, allocation.allocated - allocation.dispatched as quantity, ${giver}, area.full_name as place, pledge.expected_on as "expectedOn"
  from allocation
  join support_kind on support_kind.code = allocation.kind_code
  ${fromPledge('allocation')}
  where allocation.household_id = $1::uuid and ${visibility.allocation('allocation')} and allocation.allocated > allocation.dispatched`

const WANTED = `
  select ${kind}, (need.quantity - need.allocated) as quantity
  from need join support_kind on support_kind.code = need.kind_code
  where need.household_id = $1::uuid and ${visibility.need('need')}
    and need.verified_at is not null and need.withdrawn_at is null and need.quantity > need.allocated
  order by need.urgency desc, support_kind.ordinal limit ${OTHERS_SHOWN}`

const householdOf = (hub: Hub) => hub.viewer.households[0]!

export const readHome = (hub: Hub): Promise<Home> =>
  asViewer(hub, async (tx) => {
    const id = householdOf(hub)
    const [household] = await tx.$queryRawUnsafe<Household[]>(
      `select household.head_name as "headName", area.full_name as place, household.is_demo as "isDemo"
       from household join area on area.id = household.area_id where household.id = $1::uuid and ${visibility.household('household')}`, id)
    const [{ count }] = await tx.$queryRawUnsafe<[{ count: bigint }]>(
      `select count(*) from delivery where household_id = $1::uuid and ${visibility.delivery('delivery')} and answer = 'FULL'`, id)
    return {
      household: household!,
      deliveries: await tx.$queryRawUnsafe<Delivery[]>(DELIVERIES, id),
      earlier: Math.max(0, Number(count) - RECEIVED_SHOWN),
      coming: await tx.$queryRawUnsafe<Coming[]>(`${COMING} order by pledge.expected_on, allocation.id limit ${OTHERS_SHOWN}`, id),
      wanted: await tx.$queryRawUnsafe<Home['wanted']>(WANTED, id),
    }
  })

/** One delivery to this household; null when there is none of this id. */
export const readDelivery = (hub: Hub, id: string): Promise<Delivery | null> =>
  asViewer(hub, async (tx) => {
    const [delivery] = await tx.$queryRawUnsafe<Delivery[]>(`${DELIVERY} and delivery.id = $2::uuid`, householdOf(hub), id)
    return delivery ?? null
  })

/** One thing that is still to come to this household; null when there is none of this id. */
export const readComing = (hub: Hub, id: string): Promise<Coming | null> =>
  asViewer(hub, async (tx) => {
    const [coming] = await tx.$queryRawUnsafe<Coming[]>(`${COMING} and allocation.id = $2::uuid`, householdOf(hub), id)
    return coming ?? null
  })

export interface Consent {
  given: boolean
  at: Date
}

/** What this household last said to being matched; null where it never did. */
export const readConsent = (hub: Hub): Promise<Consent | null> =>
  asViewer(hub, async (tx) => {
    const [consent] = await tx.$queryRawUnsafe<Consent[]>(
      `select given, at from consent where household_id = $1::uuid and purpose = 'MATCHING' and ${visibility.consent('consent')} order by at desc limit 1`, householdOf(hub))
    return consent ?? null
  })
