// Herds on what livestock was received, written by the owner: a cow, a calf on its way to the next household, and who waits.
import type pg from 'pg'

/** At most 20, in a place; repeated, it adds none. */
export async function addHerds(owner: pg.Client, place = ''): Promise<void> {
  const { rowCount } = await owner.query(`select from animal where tag ~ '^ADDED-' limit 1`)
  if (rowCount) return
  await owner.query(`
    insert into herd (id, rule_code, pledge_id, party_id, household_id, area_id, started_on)
    select id, 'RED_CROSS', pledge_id, party_id, household_id, area_id, decided_at::date from allocation
    where received > 0 and area_path <@ $1::ltree and kind_code in (select code from support_kind where family = 'LIVESTOCK')
    order by id limit 20 on conflict do nothing`, [place])
  await owner.query(`
    insert into animal (herd_id, tag, sex, born_on, owner, household_id, area_id, since)
    select id, 'ADDED-' || row_number() over (order by id), 'FEMALE', started_on - 700, 'PROGRAMME', household_id, area_id, started_on from herd where rule_code = 'RED_CROSS'`)
  await owner.query(`
    insert into animal (herd_id, tag, sex, born_on, dam_id, owner, household_id, area_id, since)
    select herd_id, tag || '-1', 'FEMALE', since, id, 'PROGRAMME', household_id, area_id, since from animal where tag ~ '^ADDED-\\d+$'`)
  await owner.query(`
    insert into animal_event (animal_id, kind, happened_on, note, recorded_by)
    select animal.id, kind::"AnimalEventKind", since, note, account.id
    from animal, lateral (values (case when dam_id is null then 'REGISTERED' else 'BORN' end, ''), ('VACCINATED', 'tụ huyết trùng')) fact(kind, note), (select id from account order by login limit 1) account
    where tag ~ '^ADDED-'`)
  await owner.query(`
    with next as (
      select animal.id, animal.since, (select household.id from household where household.area_id = animal.area_id and household.id <> animal.household_id order by household.code limit 1) as household_id
      from animal where tag ~ '^ADDED-\\d+-1$')
    insert into animal_handover (animal_id, household_id, area_id, handed_on, witness_name, reason, handed_by, handed_by_person_id)
    select next.id, next.household_id, household.area_id, next.since, 'Đinh Văn Làm Chứng', 'nhà gần', account.id, account.person_id
    from next join household on household.id = next.household_id, (select id, person_id from account order by login limit 1) account`)
  await owner.query(`
    insert into herd_queue_entry (rule_code, household_id, area_id)
    select distinct 'RED_CROSS', household.id, household.area_id from household join animal on animal.area_id = household.area_id`)
}

/** The demonstration's households wait no more. */
export const nobodyWaits = (owner: pg.Client) => owner.query(`update herd_queue_entry set left_at = now() where left_at is null`)
