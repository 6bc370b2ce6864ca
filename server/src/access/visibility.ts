// Who may see which rows: written once, as SQL over the viewer_*() functions that read the transaction's settings.
// Reads add it to their WHERE clause, and the row-level security policies of the migrations are this same text
// (tests/api/walls.test.ts compares them), so that a fault in one wall still meets the other.

/** A predicate for a row of the table, by the alias that the table has in the statement. */
type Predicate = (row: string) => string

const everyone: Predicate = () => 'true'
const isVerified: Predicate = (row) => `${row}.state = 'VERIFIED'`
const inOffice: Predicate = (row) => `${row}.area_path <@ any ((select viewer_offices())::ltree[])`
/** What an office inherits lies above it. */
const aboveOffice: Predicate = (row) => `${row}.area_path @> any ((select viewer_offices())::ltree[])`
const ofHousehold: Predicate = (row) => `${row}.household_id = any ((select viewer_households())::uuid[])`
const ofParty: Predicate = (row) => `${row}.party_id = any ((select viewer_parties())::uuid[])`
const ofFollowed: Predicate = (row) => `${row}.pledge_id = any ((select viewer_pledges())::uuid[])`
const either = (...predicates: Predicate[]): Predicate => (row) => `(${predicates.map((predicate) => predicate(row)).join(' or ')})`
const through = (table: keyof typeof roots, key: string): Predicate => (row) =>
  `exists (select 1 from ${table} where ${table}.id = ${row}.${key} and ${roots[table](table)})`

const roots = {
  household: (row: string) => `(${inOffice(row)} or ${row}.id = any ((select viewer_households())::uuid[]))`,
  pledge: (row: string) =>
    `(${row}.state = 'VERIFIED' or ${inOffice(row)} or ${ofParty(row)} or ${row}.id = any ((select viewer_pledges())::uuid[]))`,
} as const satisfies Record<string, Predicate>

const line = either(isVerified, inOffice, ofParty, ofFollowed)
/** Whoever sees the line. */
const ofLine: Predicate = (row) => `exists (select 1 from pledge_line where pledge_line.id = ${row}.line_id and ${line('pledge_line')})`

/** The giver, the offices of the target area, and who holds the follow code. */
const ofGivingSide = either(inOffice, ofParty, ofFollowed)

/** Both sides of a hand-over and the offices above it; the giving side learns nothing of the household from it but its code. */
const handover = either(inOffice, ofHousehold, ofParty, ofFollowed)
const handingHousehold: Predicate = (row) => `${row}.from_household_id = any ((select viewer_households())::uuid[])`

/** The viewer may know who gives: the giver, the offices of the target area, and everyone where the giver is named. */
export const knowsGiver: Predicate = (row) => `(not ${row}.anonymous or ${ofParty(row)} or ${inOffice(row)})`

/** The viewer is the giver, or an office of the target area, or holds the follow code. */
export const holdsPledge: Predicate = (row) =>
  `(${ofParty(row)} or ${inOffice(row)} or ${row}.id = any ((select viewer_pledges())::uuid[]))`

/** The viewer is the giver, or holds the follow code; no office is. */
export const followsPledge: Predicate = (row) => `(${ofParty(row)} or ${row}.id = any ((select viewer_pledges())::uuid[]))`

/** The viewer is the party that adopts, or an office of the area. */
export const holdsAdoption: Predicate = either(inOffice, ofParty)

/** The viewer stands on the receiving side or in an office above it. */
export const holdsHandover: Predicate = either(inOffice, ofHousehold)

export const visibility = {
  area: everyone,
  area_place: everyone,
  area_succession: everyone,
  area_decision: everyone,
  poverty_standard: everyone,
  deprivation_indicator: everyone,
  poverty_cause: everyone,
  support_kind: everyone,
  support_price: everyone,
  plan: everyone,
  plan_target: everyone,
  person: (row) => `(${row}.id = viewer_person() or cardinality(viewer_offices()) > 0)`,
  account: (row) => `(${row}.id = viewer_account() or cardinality(viewer_offices()) > 0)`,
  household: roots.household,
  household_status: through('household', 'household_id'),
  household_deprivation: through('household', 'household_id'),
  consent: through('household', 'household_id'),
  need: either(inOffice, ofHousehold),
  party: (row) => `(${row}.id = any ((select viewer_parties())::uuid[]) or party_is_known(${row}.id))`,
  party_contact: (row) => `(${ofParty(row)} or party_pledges_here(${row}.party_id))`,
  household_party: through('household', 'household_id'),
  pledge: roots.pledge,
  follow_code: either(ofParty, ofFollowed),
  pledge_step: ofGivingSide,
  pledge_line: line,
  job_post: ofLine,
  purchase_agreement: ofLine,
  line_fact: ofGivingSide,
  allocation: handover,
  delivery: handover,
  receipt: handover,
  delivery_photo: holdsHandover,
  outcome: handover,
  adoption: (row) => `(${row}.accepted_at is not null or ${inOffice(row)} or ${ofParty(row)})`,
  rotation_rule: everyone,
  herd: handover,
  animal: handover,
  animal_event: handover,
  animal_handover: either(inOffice, ofHousehold, handingHousehold, ofParty, ofFollowed),
  herd_queue_entry: either(inOffice, ofHousehold),
  task: inOffice,
  task_escalation: inOffice,
  matching_run: inOffice,
  matching_setting: either(inOffice, aboveOffice),
  matching_proposal: inOffice,
  roll_up: everyone,
  roll_up_delta: everyone,
  need_total: everyone,
  need_total_delta: everyone,
  printed_figure: (row) =>
    `exists (select 1 from plan join area on area.id = plan.area_id
             where plan.id = ${row}.plan_id and area.path <@ any ((select viewer_offices())::ltree[]))`,
  event: (row) =>
    `(${row}.audience = 'PUBLIC' or ${inOffice(row)}
      or (${row}.audience = 'PARTIES' and (${ofParty(row)} or ${ofHousehold(row)} or ${ofFollowed(row)})))`,
} satisfies Record<string, Predicate>

export type Table = keyof typeof visibility
