// A canary in every text that is not public, so that wherever one sings, something was shown.
import type pg from 'pg'
import { addHerds } from './herds.ts'
import { GUARDS, WEIGHTS } from '../../server/src/features/matching/optimal/batch.ts'
import { dayInVietNam } from '../../server/src/platform/day.ts'

/** Beside each column, who may read it but for the offices of the place. */
export const PLANTED = {
  'household.head_name': ['household'],
  'household.phone': ['household'],
  'household.wish': ['household'],
  'need.detail': ['household'],
  'consent.witness_name': ['household'],
  'allocation.override_reason': ['household'],
  'delivery.note': ['household'],
  'delivery.witness_name': ['household'],
  'delivery.witness_document': ['household'],
  'delivery.place': ['household'],
  'delivery.deliverer_name': ['household'],
  'delivery_photo.caption': ['household'],
  'delivery_photo.consent_from': ['household'],
  'delivery_photo.removal_reason': ['household'],
  'receipt.note': ['household'],
  'receipt.witness_name': ['household'],
  'receipt.witness_document': ['household'],
  'outcome.detail': ['household'],
  'outcome.cause': ['household'],
  'outcome.witness_name': ['household'],
  'animal_event.cause': ['household'],
  'animal_event.witness_name': ['household'],
  'animal_event.note': ['household'],
  'animal_handover.witness_name': ['household'],
  'animal_handover.witness_document': ['household'],
  'animal_handover.reason': ['household'],
  'animal_handover.answer_witness': [],
  'animal_handover.answer_witness_document': [],
  'herd_queue_entry.left_because': [],
  'task.closing_note': [],
  'person.display_name': ['admin'],
  'rights_change.person_name': ['admin'],
  'rights_change.by_name': ['admin'],
  'pledge.message': ['giver'],
  'pledge_step.reason': ['giver'],
  'line_fact.reason': ['giver'],
  'party_contact.name': ['giver'],
  'party_contact.phone': ['giver'],
  'party_contact.email': ['giver'],
  'adoption.contact_name': ['giver'],
  'adoption.contact_phone': ['giver'],
  'adoption.officer_name': ['giver'],
  'adoption.reason': ['giver'],
} as const satisfies Record<string, string[]>

const canary = (column: string) => `CANARY-${column.replaceAll(/[._]/g, '-')}-`

/** The columns whose canaries are in the text. */
export const found = (text: string) => Object.keys(PLANTED).filter((column) => text.includes(canary(column)))

/** Writes them into all rows. */
export async function plantCanaries(owner: pg.Client): Promise<void> {
  await addHerds(owner)
  await owner.query(`update allocation set overridden = '{NOT_LISTED}', override_reason = 'vì vậy'`)
  await owner.query(`insert into delivery_photo (delivery_id, household_id, area_id, media_type, width, height, caption, consent_from, bytes, added_by)
    select id, household_id, area_id, 'image/png', 1, 1, 'x', 'x', 'x', dispatched_by from delivery`)
  await owner.query(`insert into task_escalation (task_id, due_on, area_id, to_id, silent_since) select task.id, due_on, area_id, account.id, opened_at from task, account where login = 'mattran.quangninh'`)
  await owner.query(`insert into rights_change (kind, role, area_id, area_path, account_id, person_name, by_name)
    select 'GRANTED', 'COMMUNE_OFFICER', area.id, area.path, account.id, 'x', 'x' from account, area where login = 'mattran.haininh' and area.id = 'c06733'`)
  await owner.query(`insert into event (type, audience, area_id, rights_change_id) select 'RIGHTS_CHANGED', 'RIGHTS', area_id, id from rights_change where area_id is not null`)
  for (const column of Object.keys(PLANTED)) {
    const [table, name] = column.split('.') as [string, string]
    await owner.query(`alter table ${table} disable trigger user`)
    await owner.query(`update ${table} set ${name} = $1 || md5(ctid::text) ${table === 'person' ? `where id not in (select person_id from account where login in ('saomai', 'mattran.mytho', 'quantri'))` : ''}`, [canary(column)])
    await owner.query(`alter table ${table} enable trigger user`)
  }
}

export interface Planted {
  /** Of things in the place, by the root field that gives one of them. */
  ids: Record<string, string>
  /** A value for `widest`, that leads to what is in the place. */
  argumentOf: (rootField: string, path: string[], arg: string) => string | undefined
}

/** The story's things lie in Quảng Ninh; Đồng Tháp is another world. */
export async function thingsIn(owner: pg.Client): Promise<Planted> {
  const ids: Record<string, string> = {}
  const one = async (name: string, type: string, sql: string) => (ids[name] = `${type}:${(await owner.query<{ id: string }>(sql)).rows[0]!.id}`)
  const inPlace = `area_path <@ 'p22'`
  await one('household', 'Household', `select household_id as id from allocation where ${inPlace} order by decided_at limit 1`)
  await one('allocation', 'Allocation', `select id from allocation where ${inPlace} and received > 0 limit 1`)
  await one('pledge', 'Pledge', `select id from pledge where ${inPlace} and state = 'REGISTERED' limit 1`)
  await one('party', 'Party', `select party_id as id from role_grant where party_id is not null and account_id = (select id from account where login = 'saomai')`)
  await one('line', 'PledgeLine', `select line.id from pledge_line line where ${inPlace} and state = 'VERIFIED' and line.allocated < line.promised limit 1`)
  ids.code = (await owner.query<{ code: string }>(`select code from follow_code join pledge on pledge.id = pledge_id where ${inPlace} and state = 'VERIFIED' and not anonymous order by registered_at limit 1`)).rows[0]!.code
  await one('plan', 'Plan', 'select id from plan limit 1')
  await one('delivery', 'Delivery', `select id from delivery where ${inPlace} limit 1`)
  await one('photo', 'DeliveryPhoto', `select id from delivery_photo where ${inPlace} limit 1`)
  await one('need', 'Need', `select id from need where ${inPlace} limit 1`)
  await one('adoption', 'Adoption', `select id from adoption where ${inPlace} and anonymous limit 1`)
  await one('animal', 'Animal', `select id from animal where ${inPlace} and dam_id is not null limit 1`)
  await one('herd', 'Allocation', `select id from herd where ${inPlace} limit 1`)
  await one('animalHandover', 'AnimalHandover', `select id from animal_handover where ${inPlace} limit 1`)
  await one('herdQueueEntry', 'HerdQueueEntry', `select id from herd_queue_entry where ${inPlace} limit 1`)
  await one('matchingRun', 'MatchingRun', `
    with run as (
      insert into matching_run (area_id, day, weights, guards, inputs, inputs_digest, greedy, optimal, refused, run_by, ended_at)
      select 'p22', current_date, '${JSON.stringify(WEIGHTS)}', '${JSON.stringify(GUARDS)}', '{}', '', '[]', '[]', '[]', id, now() from account limit 1 returning id),
    set_by as (
      insert into matching_setting (area_id, version, weights, guards, changed_by)
      select 'p22', 1, '${JSON.stringify(WEIGHTS)}', '${JSON.stringify(GUARDS)}', id from account where login = 'mattran.quangninh'),
    said as (
      insert into consent (household_id, purpose, given, channel, account_id, person_id, witness_name)
      select household.id, 'MATCHING', true, 'PROXY', account.id, account.person_id, 'CANARY-consent-witness-name-' from household, account
      where ${inPlace} and login = 'mattran.quangninh'),
    proposed as (
      insert into matching_proposal (run_id, method, ordinal, line_id, need_id, household_id, area_id, kind_code, quantity, reasons)
      select run.id, 'OPTIMAL', row_number() over (), line_id, need_id, household_id, area_id, kind_code, 1, array['URGENT'] from run, allocation where ${inPlace})
    select id from run`)
  await one('task', 'Task', `select id from task where ${inPlace} limit 1`)

  const text = (value: string) => JSON.stringify(value)
  return {
    ids,
    argumentOf(rootField, path, arg) {
      if (arg === 'figure') return 'HAD'
      if (path.length > 1) return undefined
      if (arg === 'id') return text(rootField === 'area' ? 'Area:p22' : rootField === 'plan' ? ids.plan! : ids[rootField] ?? 'none')
      if (arg === 'area') return text('Area:p22')
      if (arg === 'party') return text(ids.party!)
      if (arg === 'year') return dayInVietNam().slice(0, 4)
      if (arg === 'line') return text(ids.line!)
      if (arg === 'allocation') return text(ids.herd!)
      if (arg === 'rule') return text('RED_CROSS')
      if (arg === 'plan') return text(ids.plan!)
      if (arg === 'code') return text(ids.code!)
      if (arg === 'standard') return text('PovertyStandard:MDP_2022_2025')
      if (arg === 'from') return text('2023-12-31')
      if (arg === 'to') return text('2024-03-31')
      return undefined
    },
  }
}
