// What a household's pages show, read as that household: its own rows, each with what it is and who gives it.
import { type Hub, type Tx, asViewer, mayAlsoSee } from '../../access/hub.ts'
import { knowsGiver, visibility } from '../../access/visibility.ts'
import type { ReceiptAnswer } from '../../features/deliveries/rules.ts'
import { offspringOf, ruleOf, standing } from '../../features/herds/queries.ts'
import { type AnimalSex, type Calf, type Duty, type HandoverAnswer, type RotationRule, type Standing, dutyOf } from '../../features/herds/rules.ts'
import { dayInVietNam } from '../../platform/day.ts'
import type { OutcomeGround } from '../../features/outcomes/rules.ts'
import type { HouseholdStatus } from '../../features/households/rules.ts'
import type { PledgeState } from '../../features/pledges/rules.ts'
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
  allocationId: string
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
  /** Of a post. */
  workplace: string | null
  wage: bigint | null
  startsOn: Date | null
  /** Of a promise to buy. */
  product: string | null
  floorPrice: bigint | null
  seasonTo: Date | null
}

/** An animal of another household's herd that was brought to this one. */
export interface Handover extends Help {
  id: string
  /** Of its ear. */
  tag: string
  sex: AnimalSex
  /** Who came to the door. */
  bringer: string | null
  witnessName: string
  handedOn: Date
  answer: HandoverAnswer | null
  isByProxy: boolean
}

/** An animal that a programme gave into this household's keeping, and what is owed of it. */
export interface Kept {
  kind: Kind
  tag: string
  isOwn: boolean
  duty: Duty | null
  /** The calf that the duty is about. */
  calfTag: string | null
}

/** What has come, and what is known of it since: the ground on which the household is asked how it is. */
export interface Told extends Help, OutcomeGround {
  /** Of the allocation. */
  id: string
}

/** One that is kept of what the household was given. */
export interface Photo {
  id: string
  /** What it shows. */
  caption: string
  width: number
  height: number
}

export interface Household {
  headName: string
  status: HouseholdStatus | null
  place: string
  isDemo: boolean
}

export interface Home {
  household: Household
  deliveries: Delivery[]
  /** How many received ones there are beyond those listed. */
  earlier: number
  coming: Coming[]
  /** Brought to it, and not answered yet, or with trouble lately. */
  handovers: Handover[]
  kept: Kept[]
  /** What the household can be asked about, what came first first. */
  toTell: Told[]
  wanted: { kind: Kind; quantity: bigint }[]
  /** What the household itself promised others at first, whatever became of it; the latest first. */
  given: { kind: Kind; quantity: bigint; state: PledgeState }[]
  hasPhotos: boolean
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
  select delivery.id, delivery.allocation_id as "allocationId", ${kind}, delivery.quantity - delivery.taken_back as quantity, ${giver}, area.full_name as place, coalesce(pledge_line.detail, '') as detail, delivery.note,
         handed_over_by(delivery.id) as bringer, delivery.witness_name as "witnessName", coalesce(delivery.handed_over_on::timestamp at time zone 'Asia/Ho_Chi_Minh', delivery.dispatched_at) as "handedOverAt", delivery.answer::text as answer, delivery.received,
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
  where delivery.household_id = $1::uuid and delivery.quantity > delivery.taken_back and ${visibility.delivery('delivery')}`

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
  select allocation.id, allocation.accepted_at as "acceptedAt", ${kind}, allocation.allocated - allocation.dispatched as quantity, ${giver}, area.full_name as place, pledge.expected_on as "expectedOn",
         workplace.full_name as workplace, job_post.wage, job_post.starts_on as "startsOn",
         purchase_agreement.product, purchase_agreement.floor_price as "floorPrice", purchase_agreement.season_to as "seasonTo"
  from allocation
  join support_kind on support_kind.code = allocation.kind_code
  ${fromPledge('allocation')}
  left join job_post on job_post.line_id = allocation.line_id and ${visibility.job_post('job_post')}
  left join area workplace on workplace.id = job_post.area_id
  left join purchase_agreement on purchase_agreement.line_id = allocation.line_id and ${visibility.purchase_agreement('purchase_agreement')}
  where allocation.household_id = $1::uuid and ${visibility.allocation('allocation')} and allocation.allocated > allocation.dispatched`

const HANDOVER = `
  select handover.id, ${kind}, 1::bigint as quantity, ${giver}, area.full_name as place, told.animal ->> 'tag' as tag, told.animal ->> 'sex' as sex, animal_handed_by(handover.id) as bringer,
         handover.witness_name as "witnessName", handover.handed_on as "handedOn", handover.answer::text as answer, coalesce(handover.channel = 'PROXY', false) as "isByProxy"
  from animal_handover handover
  cross join lateral (select handed_animal(handover.id) as animal) told
  join support_kind on support_kind.code = told.animal ->> 'kind'
  ${fromPledge('handover')}
  where handover.household_id = $1::uuid and ${visibility.animal_handover('handover')}`
const HANDOVERS = `${HANDOVER} and (handover.answer is null or (handover.answer <> 'RECEIVED' and handover.answered_at > now() - interval '30 days'))
  order by handover.answer is not null, handover.handed_on, handover.id limit ${OTHERS_SHOWN}`

const KEPT = `
  select ${kind}, animal.tag, ${standing('animal')} as standing, ${ruleOf('animal')} as rule, ${offspringOf('animal.id')} as offspring
  from animal join rotation_rule on rotation_rule.code = animal.rule_code join support_kind on support_kind.code = rotation_rule.kind_code
  where animal.household_id = $1::uuid and ${visibility.animal('animal')}
  order by animal.since, animal.id limit 100`

interface KeptRow extends Pick<Kept, 'kind' | 'tag'> {
  standing: Standing
  rule: RotationRule
  offspring: Calf[]
}

/** Those that live, and those that are gone but left a calf to hand on; what was born here and stays is nobody's business. */
function keptOf(rows: KeptRow[]): Kept[] {
  const today = dayInVietNam()
  return rows.filter((row) => row.standing.isPlaced).flatMap(({ standing, rule, offspring, ...row }) => {
    const duty = dutyOf(rule, standing, offspring, today)
    if (standing.status !== 'ALIVE' && (!duty || duty.state === 'DONE' || duty.state === 'EXCUSED')) return []
    return [{ ...row, isOwn: standing.owner === 'HOUSEHOLD', duty, calfTag: offspring.find(({ id }) => id === duty?.calfId)?.tag ?? null }]
  }).slice(0, OTHERS_SHOWN)
}

const TOLD = `
  select allocation.id, ${kind}, allocation.received as quantity, ${giver}, area.full_name as place, support_kind.family::text as family,
         (select min((receipt.at at time zone 'Asia/Ho_Chi_Minh')::date)::text from receipt join delivery on delivery.id = receipt.delivery_id and ${visibility.delivery('delivery')}
          where delivery.allocation_id = allocation.id and receipt.received > 0 and ${visibility.receipt('receipt')}) as "firstReceivedOn",
         (select coalesce(jsonb_agg(jsonb_build_object('kind', outcome.kind, 'quantity', outcome.quantity::text, 'observedOn', outcome.observed_on::text, 'isFurtherOn', outcome.is_further_on)), '[]'::jsonb)
          from outcome where outcome.allocation_id = allocation.id and ${visibility.outcome('outcome')}) as before,
         exists (select from herd where herd.id = allocation.id and ${visibility.herd('herd')}) as "hasBook"
  from allocation
  join support_kind on support_kind.code = allocation.kind_code
  ${fromPledge('allocation')}
  where allocation.household_id = $1::uuid and ${visibility.allocation('allocation')} and allocation.received > 0`

const toldOf = (householdId: string, row: any): Told =>
  ({ ...row, received: row.quantity, householdId, before: row.before.map((outcome: any) => ({ ...outcome, quantity: BigInt(outcome.quantity) })) })

const WANTED = `
  select ${kind}, (need.quantity - need.allocated) as quantity
  from need join support_kind on support_kind.code = need.kind_code
  where need.household_id = $1::uuid and ${visibility.need('need')}
    and need.verified_at is not null and need.withdrawn_at is null and need.quantity > need.allocated
  order by need.urgency desc, support_kind.ordinal limit ${OTHERS_SHOWN}`

const GIVEN = `
  select ${kind}, (select amount from line_fact where line_fact.line_id = pledge_line.id and stage = 'PROMISED' order by line_fact.id limit 1) as quantity, pledge.state::text as state
  from pledge join pledge_line on pledge_line.pledge_id = pledge.id join support_kind on support_kind.code = pledge_line.kind_code
  where pledge.party_id = $1::uuid and ${visibility.pledge('pledge')} order by pledge.registered_at desc, pledge_line.ordinal limit ${OTHERS_SHOWN}`

const PHOTOS = `
  select id, caption, width, height from delivery_photo
  where household_id = $1::uuid and removed_at is null and ${visibility.delivery_photo('delivery_photo')}
  order by added_at desc, id`

const householdOf = (hub: Hub) => hub.viewer.households[0]!

export const readHome = (hub: Hub): Promise<Home> =>
  asViewer(hub, async (tx) => {
    const id = householdOf(hub)
    const [household] = await tx.$queryRawUnsafe<Household[]>(
      `select household.head_name as "headName", household.status::text as status, area.full_name as place, household.is_demo as "isDemo"
       from household join area on area.id = household.area_id where household.id = $1::uuid and ${visibility.household('household')}`, id)
    const [{ count }] = await tx.$queryRawUnsafe<[{ count: bigint }]>(
      `select count(*) from delivery where household_id = $1::uuid and ${visibility.delivery('delivery')} and answer = 'FULL'`, id)
    return {
      household: household!,
      deliveries: await tx.$queryRawUnsafe<Delivery[]>(DELIVERIES, id),
      earlier: Math.max(0, Number(count) - RECEIVED_SHOWN),
      coming: await tx.$queryRawUnsafe<Coming[]>(`${COMING} order by pledge.expected_on, allocation.id limit ${OTHERS_SHOWN}`, id),
      handovers: await tx.$queryRawUnsafe<Handover[]>(HANDOVERS, id),
      kept: keptOf(await tx.$queryRawUnsafe<KeptRow[]>(KEPT, id)),
      toTell: (await tx.$queryRawUnsafe<object[]>(`${TOLD} order by "firstReceivedOn", allocation.id limit ${ANSWERS_SHOWN}`, id)).map((row) => toldOf(id, row)),
      wanted: await tx.$queryRawUnsafe<Home['wanted']>(WANTED, id),
      given: await givenBy(tx, id),
      hasPhotos: (await tx.$queryRawUnsafe<unknown[]>(`${PHOTOS} limit 1`, id)).length > 0,
    }
  })

/** By the household's own party, if it has one. */
async function givenBy(tx: Tx, householdId: string): Promise<Home['given']> {
  const own = await tx.householdParty.findUnique({ where: { householdId }, select: { partyId: true } })
  if (!own) return []
  await mayAlsoSee(tx, { parties: [own.partyId] })
  return tx.$queryRawUnsafe<Home['given']>(GIVEN, own.partyId)
}

/** Kinds of support by their codes. */
export const readGivable = (hub: Hub, codes: string[]): Promise<Kind[]> =>
  asViewer(hub, async (tx) => (await tx.$queryRawUnsafe<{ kind: Kind }[]>(`select ${kind} from support_kind where code = any ($1::text[])`, codes)).map((row) => row.kind))

/** One delivery to this household; null when there is none of this id. */
export const readDelivery = (hub: Hub, id: string): Promise<Delivery | null> =>
  asViewer(hub, async (tx) => {
    const [delivery] = await tx.$queryRawUnsafe<Delivery[]>(`${DELIVERY} and delivery.id = $2::uuid`, householdOf(hub), id)
    return delivery ?? null
  })

/** What has come of one allocation to this household; null when there is none of this id. */
export const readTold = (hub: Hub, id: string): Promise<Told | null> =>
  asViewer(hub, async (tx) => {
    const [row] = await tx.$queryRawUnsafe<object[]>(`${TOLD} and allocation.id = $2::uuid`, householdOf(hub), id)
    return row ? toldOf(householdOf(hub), row) : null
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

/** One animal that was brought to this household; null when there is none of this id. */
export const readHandover = (hub: Hub, id: string): Promise<Handover | null> =>
  asViewer(hub, async (tx) => {
    const [handover] = await tx.$queryRawUnsafe<Handover[]>(`${HANDOVER} and handover.id = $2::uuid`, householdOf(hub), id)
    return handover ?? null
  })

const PHOTOS_SHOWN = 30

/** Those that are kept of this household, the newest first. */
export const readPhotos = (hub: Hub): Promise<Photo[]> => asViewer(hub, (tx) => tx.$queryRawUnsafe<Photo[]>(`${PHOTOS} limit ${PHOTOS_SHOWN}`, householdOf(hub)))
