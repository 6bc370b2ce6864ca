// The demonstration's cow of three years ago and what became of her: a calf at a second household, a granddaughter that is due for a third.
// Written by the owner, since nobody hands over in the past; what triggers make of facts, they make of these. Safe to repeat: loaded once.
import type pg from 'pg'
import { newFollowCode } from '../features/pledges/code.ts'
import { later } from '../platform/day.ts'
import { demoId } from './accounts.ts'

const HAMLET = 'h06733_001'
const id = (name: string) => `'${demoId(`herd/${name}`)}'`
const account = (login: string) => `'${demoId(`account/${login}`)}'`
const person = (login: string) => `'${demoId(`person/${login}`)}'`
const [OFFICER, HEAD] = ['mattran.haininh', 'thon1.haitien']

/** As the owner of the tables, after the households and the accounts. */
export async function loadDemoHerd(client: pg.ClientBase, today: string): Promise<void> {
  await client.query('begin')
  try {
    const { rowCount } = await client.query(`insert into loaded_data (name, digest) values ('demo_herd', '1') on conflict do nothing`)
    if (rowCount) await client.query(sql(today))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function sql(today: string): string {
  const ago = (months: number, days = 0) => `date '${later(today, { months: -months, days })}'`
  const came = ago(36)
  const household = (name: string) => `(select id from chosen where name = '${name}')`
  const animal = (tag: string, sex: string, bornOn: string, owner: string, since: string, dam?: string) =>
    `(${id(tag)}, ${id('allocation')}, '${tag}', '${sex}', ${bornOn}, ${dam ? id(dam) : 'null'}, '${owner}', ${household(dam === 'MC-02' ? 'second' : 'first')}, '${HAMLET}', ${since})`
  const event = (tag: string, kind: string, on: string, { price = 'null', note = '' } = {}) =>
    `(${id(tag)}, '${kind}', ${on}, ${price}, '${note}', ${account(HEAD)}, ${on} + time '09:00')`
  const fact = (stage: string, on: string, { of = id('allocation'), delivery = 'null' } = {}) =>
    `(${id('line')}, '${stage}', 1, ${of}, ${delivery}, ${account(OFFICER)}, ${on} + time '08:00')`
  const delivered = { delivery: id('delivery') }
  const gift = `${id('pledge')}, ${id('party')}, ${household('first')}, '${HAMLET}'`
  return `
    create temporary table chosen on commit drop as
      select id, case row_number() over (partition by status order by code) when 1 then case status when 'LEFT' then 'first' else 'second' end else 'waits' end as name
      from household where area_path <@ (select subpath(path, 0, -1) from area where id = '${HAMLET}') and status in ('LEFT', 'NEAR_POOR') and is_demo
        and not exists (select from need where need.household_id = household.id and kind_code = 'COW'); -- those wait for cows of their own

    insert into party (id, kind, name, is_demo) values (${id('party')}, 'ORGANISATION', 'Chi hội Chữ thập đỏ Ví Dụ (minh họa)', true);
    insert into pledge (id, party_id, anonymous, area_id, expected_on, state, registered_at, is_demo)
      values (${id('pledge')}, ${id('party')}, false, '${HAMLET}', ${came}, 'REGISTERED', ${ago(37)}, true);
    insert into follow_code (pledge_id, code) values (${id('pledge')}, '${newFollowCode()}');
    insert into pledge_step (pledge_id, step, actor_id, at) values (${id('pledge')}, 'REGISTERED', null, ${ago(37)}), (${id('pledge')}, 'VERIFIED', ${account(OFFICER)}, ${ago(37, 2)});
    insert into pledge_line (id, pledge_id, ordinal, kind_code, detail) values (${id('line')}, ${id('pledge')}, 1, 'COW', 'Bò cái giống, theo ngân hàng bò');
    insert into line_fact (line_id, stage, amount, allocation_id, delivery_id, actor_id, at) values ${fact('PROMISED', ago(37), { of: 'null' })};
    update pledge set state = 'VERIFIED', verified_at = ${ago(37, 2)} where id = ${id('pledge')};
    insert into need (id, household_id, area_id, kind_code, detail, quantity, urgency, raised_at, verified_at)
      values (${id('need')}, ${household('first')}, '${HAMLET}', 'COW', 'Bò cái giống', 1, 2, ${ago(38)}, ${ago(38, 3)});
    insert into allocation (id, line_id, need_id, pledge_id, party_id, household_id, area_id, recipient_code, kind_code, reasons, decided_by, decided_at, accepted_at)
      select ${id('allocation')}, ${id('line')}, ${id('need')}, ${gift}, 'Hộ ' || substring(code from '\\d+$'), 'COW', '{}', ${account(OFFICER)}, ${ago(37, 5)}, ${ago(37, 6)}
      from household where id = ${household('first')};
    insert into line_fact (line_id, stage, amount, allocation_id, delivery_id, actor_id, at) values ${fact('ALLOCATED', ago(37, 5))};
    insert into delivery (id, allocation_id, pledge_id, party_id, household_id, area_id, quantity, witness_name, dispatched_by, dispatcher_person_id, dispatched_at, confirm_by)
      values (${id('delivery')}, ${id('allocation')}, ${gift}, 1, 'Đinh Văn Làm Chứng', ${account(OFFICER)}, ${person(OFFICER)}, ${came} + time '08:00', ${came} + 7);
    insert into line_fact (line_id, stage, amount, allocation_id, delivery_id, actor_id, at) values ${fact('DISPATCHED', came, delivered)};
    insert into receipt (delivery_id, pledge_id, party_id, household_id, area_id, answer, received, channel, account_id, person_id, witness_name, at)
      values (${id('delivery')}, ${gift}, 'FULL', 1, 'PROXY', ${account(HEAD)}, ${person(HEAD)}, 'Mạc Thị Chứng Kiến', ${came} + time '09:00');
    update delivery set answer = 'FULL', received = 1 where id = ${id('delivery')};
    insert into line_fact (line_id, stage, amount, allocation_id, delivery_id, actor_id, at) values ${fact('RECEIVED', came, delivered)}, ${fact('SETTLED', ago(35))};

    insert into herd (id, rule_code, pledge_id, party_id, household_id, area_id, started_on) values (${id('allocation')}, 'TAY_NINH', ${gift}, ${came});
    insert into animal (id, herd_id, tag, sex, born_on, dam_id, owner, household_id, area_id, since) values
      ${animal('MC-01', 'FEMALE', ago(62), 'PROGRAMME', came)};
    insert into animal (id, herd_id, tag, sex, born_on, dam_id, owner, household_id, area_id, since) values
      ${animal('MC-02', 'FEMALE', ago(34), 'PROGRAMME', ago(34), 'MC-01')}, ${animal('MC-03', 'MALE', ago(19), 'HOUSEHOLD', ago(19), 'MC-01')};
    insert into animal_event (animal_id, kind, happened_on, price, note, recorded_by, recorded_at) values
      ${event('MC-01', 'REGISTERED', came)}, ${event('MC-01', 'VACCINATED', ago(35), { note: 'lở mồm long móng' })}, ${event('MC-02', 'BORN', ago(34))},
      ${event('MC-02', 'VACCINATED', ago(31), { note: 'tụ huyết trùng' })};
    insert into animal_handover (id, animal_id, household_id, area_id, handed_on, witness_name, handed_by, handed_by_person_id, recorded_at, answer, channel, answered_at, answered_by, answer_witness)
      values (${id('handover')}, ${id('MC-02')}, ${household('second')}, '${HAMLET}', ${ago(26)}, 'Đinh Văn Làm Chứng', ${account(OFFICER)}, ${person(OFFICER)}, ${ago(26)},
        'RECEIVED', 'PROXY', ${ago(26, 1)}, ${account(HEAD)}, 'Mạc Thị Chứng Kiến');
    insert into animal_event (animal_id, kind, happened_on, witness_name, handover_id, recorded_by, recorded_at)
      values (${id('MC-02')}, 'HANDED_ON', ${ago(26)}, 'Đinh Văn Làm Chứng', ${id('handover')}, ${account(HEAD)}, ${ago(26, 1)});
    insert into animal (id, herd_id, tag, sex, born_on, dam_id, owner, household_id, area_id, since) values
      ${animal('MC-04', 'FEMALE', ago(7), 'PROGRAMME', ago(7), 'MC-02')};
    insert into animal_event (animal_id, kind, happened_on, price, note, recorded_by, recorded_at) values
      ${event('MC-01', 'OWNED', ago(25))}, ${event('MC-03', 'BORN', ago(19))}, ${event('MC-03', 'SOLD', ago(8), { price: '12500000' })},
      ${event('MC-04', 'BORN', ago(7))}, ${event('MC-04', 'ILL', ago(3), { note: 'tiêu chảy, đã khỏi sau năm ngày' })}, ${event('MC-04', 'VACCINATED', ago(2), { note: 'lở mồm long móng' })};
    insert into herd_queue_entry (rule_code, household_id, area_id, joined_at)
      select 'TAY_NINH', household.id, area_id, ${ago(6)} + row_number() over (order by code) * interval '9 days'
      from household join chosen using (id) where name = 'waits' and household.status = 'NEAR_POOR' order by code limit 3;`
}
