// Posts and promises to buy produce on pledges that are there, written by the owner: some ask for a skill, some work is elsewhere.
import type pg from 'pg'

const WORDS = 'Có xe đưa đón (mẫu)'

/** On at most 60 pledges of a place; repeated, it adds none. */
export async function addOpenings(owner: pg.Client, place = ''): Promise<void> {
  const { rowCount } = await owner.query('select from pledge_line where detail = $1 limit 1', [WORDS])
  if (rowCount) return
  await owner.query(`
    insert into pledge_line (pledge_id, ordinal, kind_code, detail)
    select pledge.id, 90 + kind.ordinal, kind.code, $2
    from (select id from pledge where state = 'VERIFIED' and area_path <@ $1::ltree order by id limit 60) pledge,
         (values (1, 'JOB'), (2, 'OFFTAKE')) kind (ordinal, code)`, [place, WORDS])
  await owner.query(`insert into line_fact (line_id, stage, amount, reason) select id, 'PROMISED', case kind_code when 'JOB' then 12 else 4000 end, '' from pledge_line where detail = $1`, [WORDS])
  await owner.query(`
    insert into job_post (line_id, area_id, skills_wanted, skills_taught, wage, starts_on)
    select id, case when n % 3 = 0 then ltree2text(subpath(area_path, 0, 1)) else ltree2text(subpath(area_path, -1)) end,
           case when n % 2 = 0 then array['Hàn điện'] else '{}' end, case when n % 5 = 0 then '{}' else array['May công nghiệp'] end, 5000000 + 100000 * n, current_date + n::int
    from (select *, row_number() over (order by id) as n from pledge_line where detail = $1 and kind_code = 'JOB') line`, [WORDS])
  await owner.query(`
    insert into purchase_agreement (line_id, product, season_from, season_to, floor_price)
    select id, (array['Khoai tây', 'Ngô nếp', 'Rau vụ đông'])[1 + n::int % 3], current_date, current_date + 120, 6000 + 100 * n
    from (select *, row_number() over (order by id) as n from pledge_line where detail = $1 and kind_code = 'OFFTAKE') line`, [WORDS])
}
