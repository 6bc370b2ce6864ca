// Rows with every null and edge that the demonstration lacks, written by the owner beside it.
import type pg from 'pg'
import { beforeBounds } from './before-bounds.ts'

/** Text that breaks whatever is put together without care: quotes, backslashes, line ends of four kinds, a control character, marks, no ASCII. */
export const TROUBLE = `Ông "Trâu" \\ \\u0041 O'Brien\n\r\t\u2028\u2029\u0001 $1 %s {}]] </script> Hoà Hòa 🐐 \u{10FFFD}`
/** Past what a JSON number can hold, within what a bigint can. */
export const HUGE = 100_000_000_000_000_000n

const ID = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
/** Of pledges: REGISTERED without lines; VERIFIED, anonymous, never dated; VERIFIED without lines; DECLINED. */
export const PLEDGES = [ID(1), ID(2), ID(3), ID(4)] as const
export const HOUSEHOLD = ID(1)
export const AREAS = ['h06733_901', 'h06733_902_2025'] as const
export const PLAN = 'EDGE'

export const addEdges = (owner: pg.Client): Promise<void> => beforeBounds(owner, () => writeEdges(owner))

async function writeEdges(owner: pg.Client): Promise<void> {
  const write = (sql: string, ...values: unknown[]) => owner.query(sql, values)
  await owner.query('begin')
  await write(`insert into area (id, kind, code, subtype, name, full_name, name_en, valid_from, valid_to, path, history_complete, search) values
    ('h06733_901', 'HAMLET', '901', '', $1, $1, null, '2025-07-01', null, 'p22.c06733.h06733_901', false, fold_vi($1)),
    ('h06733_902_2025', 'HAMLET', '902', 'thôn', '', '', '', '2025-07-01', '2025-12-31', 'p22.c06733.h06733_902_2025', true, '')`, TROUBLE)
  await write(`insert into area_place (area_id, parent_id, path, valid_from, valid_to)
    select id, 'c06733', path, valid_from, valid_to from area where id = any ($1)`, AREAS)
  await write(`insert into area_succession (from_id, to_id, transfer, effective_on, basis) values
    ('h06733_902_2025', 'h06733_901', 'PARTIAL', '2026-01-01', null), ('h06733_902_2025', 'c06733', 'FULL', '2026-01-01', $1)`, TROUBLE)
  await write(`insert into support_kind (code, family, ordinal, name, name_en, unit, unit_name, unit_name_en, typical_cost, answers)
    values ('TROUBLE', 'LIVESTOCK', 900, $1, '', 'head', 'con', '', ${HUGE}, '{}')`, TROUBLE)
  await write(`insert into poverty_standard (id, name, name_en, legal_basis, applies_from, applies_to) values ('EDGE', $1, '', '', '2000-01-01', null)`, TROUBLE)
  await write(`insert into plan (id, area_id, number, title, title_en, issuer, issued_on, standard_id, baseline_on, households_total)
    values ('${PLAN}', 'h06733_901', '', $1, '', '', '2026-01-01', 'EDGE', '2026-01-01', null)`, TROUBLE)
  await write(`insert into party (id, kind, name) values ('${ID(1)}', 'FOREIGN', $1), ('${ID(2)}', 'PERSON', '')`, TROUBLE)
  await write(`insert into party_contact (party_id, name, phone, email) values ('${ID(1)}', '', null, null)`)
  await write(`insert into pledge (id, transfer_code, party_id, anonymous, area_id, expected_on, message, state, registered_at, verified_at) values
    ('${ID(1)}', 'EDGE1', '${ID(1)}', false, 'h06733_901', '2026-12-31', $1, 'REGISTERED', '2026-01-01 00:00:00.001Z', null),
    ('${ID(2)}', 'EDGE2', '${ID(1)}', true, 'h06733_901', '1900-01-01', $1, 'VERIFIED', '2026-01-01 00:00:00.001Z', null),
    ('${ID(3)}', 'EDGE3', '${ID(2)}', false, 'h06733_902_2025', '2026-12-31', '', 'VERIFIED', '0099-01-01', '9999-12-31 23:59:59.999Z'),
    ('${ID(4)}', 'EDGE4', '${ID(2)}', true, 'c06733', '2026-12-31', '', 'DECLINED', '2026-01-01', null)`, TROUBLE)
  await write(`insert into pledge_line (id, pledge_id, ordinal, kind_code, detail) values
    ('${ID(1)}', '${ID(2)}', 1, 'TROUBLE', $1), ('${ID(2)}', '${ID(2)}', 2, 'CASH_CAPITAL', ''), ('${ID(3)}', '${ID(4)}', 1, 'TROUBLE', '')`, TROUBLE)
  await write(`insert into line_fact (line_id, stage, amount, reason) values ('${ID(1)}', 'PROMISED', 1, $1), ('${ID(2)}', 'PROMISED', ${HUGE}, '')`, TROUBLE)
  await write(`insert into pledge_step (pledge_id, step, reason) values ('${ID(2)}', 'VERIFIED', $1), ('${ID(4)}', 'DECLINED', '')`, TROUBLE)
  await write(`insert into household (id, code, area_id, head_name, phone, members, causes, wish, status)
    values ('${HOUSEHOLD}', '06733-901-001', 'h06733_901', $1, null, 0, '{}', $1, null)`, TROUBLE)
  await write(`insert into need (household_id, area_id, kind_code, detail, quantity, urgency, raised_by, raised_at, verified_at, withdrawn_at) values
    ('${HOUSEHOLD}', 'h06733_901', 'TROUBLE', $1, ${HUGE}, 3, null, '2026-01-01', '2026-01-02', null),
    ('${HOUSEHOLD}', 'h06733_901', 'TROUBLE', '', 1, 1, null, '2026-01-01', null, null),
    ('${HOUSEHOLD}', 'h06733_901', 'GOAT', '', 1, 2, null, '2026-01-01', '2026-01-02', '2026-01-03')`, TROUBLE)
  await write(`insert into adoption (party_id, anonymous, area_id, kind_code, statement, starts_on, ends_on, contact_name, officer_name, state, accepted_at) values
    ('${ID(1)}', false, 'h06733_901', null, $1, '2026-01-01', '2026-12-31', $1, $1, 'ACTIVE', '2026-01-01'),
    ('${ID(2)}', true, 'h06733_901', 'TROUBLE', '', '0099-01-01', '9999-12-31', '', null, 'DECLINED', null)`, TROUBLE)
  await write(`insert into task (kind, area_id, pledge_id, delivery_id, assignee_id, due_on, closed_at, closing_note) values
    ('VERIFY_PLEDGE', 'h06733_901', null, null, null, '2000-01-01', null, ''), ('UNCONFIRMED', 'h06733_901', '${ID(1)}', null, null, '2026-12-31', '2026-01-01', $1)`, TROUBLE)
  // Numbered before everything else: another database's transaction of this moment may not hide them.
  await write(`insert into event (xid, type, audience, area_id, quantity, kind_code, pledge_id, party_id)
    select '3'::xid8, type, audience, 'h06733_901', case audience when 'PUBLIC' then ${HUGE} end, case audience when 'PUBLIC' then 'TROUBLE' end,
           case audience when 'PUBLIC' then '${ID(2)}'::uuid end, case audience when 'PARTIES' then '${ID(1)}'::uuid end
    from unnest(enum_range(null::"EventType")) type, unnest(enum_range(null::"EventAudience")) audience`)
  await owner.query('commit')
}
