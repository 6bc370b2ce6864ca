-- The ground of a data set at scale: how chance is drawn, who acts, and the invented hamlets and givers.
-- Settings: scale.seed, .within (an area id, or '' for the nation), .hamlets (least and most a commune), .households, .pledges, .parties,
-- .skewed (the commune whose first hamlet gets .skewed_pledges more).

-- ── chance: the same for the same seed, on every machine ────────────────────────────────────────────────────────────

do $$
begin
  execute format($f$
    -- From 0 to below 1.
    create function pg_temp.draw(n bigint, what text) returns float8 language sql immutable as
      'select (hashint8extended(n, hashtextextended(what, %1$s)) >> 11 & 9007199254740991)::float8 / 9007199254740992';
    create function pg_temp.id(what text, n bigint) returns uuid language sql immutable as
      'select md5(''chung-tay/%1$s/'' || what || n::text)::uuid';
  $f$, current_setting('scale.seed')::bigint);
end $$;

create function pg_temp.bell(n bigint, what text) returns float8 language sql immutable as
  $$ select sqrt(-2 * ln(1 - pg_temp.draw(n, what || '/far'))) * cos(2 * pi() * pg_temp.draw(n, what || '/way')) $$;

-- The end of the story; what would happen after it has not happened yet.
create function pg_temp.until() returns timestamptz language sql stable as $$ select timestamptz '2026-11-20 17:00Z' $$;
create function pg_temp.by_end(timestamptz) returns timestamptz language sql stable as $$ select case when $1 <= pg_temp.until() then $1 end $$;

-- What people give, in VND: the shares of the sums up to which 299,322 gifts went in the bank statements that the Central Committee of the
-- Viet Nam Fatherland Front published in September 2024. Half give 200,000 or less, one in a thousand more than 50 million.
create function pg_temp.gift(u float8) returns bigint language sql immutable as $$
  select ('{10000, 20000, 50000, 100000, 200000, 300000, 500000, 1000000, 2000000, 3000000, 5000000, 10000000, 20000000, 50000000, 100000000, 200000000, 500000000, 1000000000}'::bigint[])
    [1 + width_bucket(u, '{0.0232, 0.0444, 0.1369, 0.3609, 0.5921, 0.6593, 0.8379, 0.9406, 0.9694, 0.9757, 0.9892, 0.9958, 0.9978, 0.9992, 0.99962, 0.9998, 0.99999}'::float8[])]
$$;

-- A transfer code as new_transfer_code makes it; no two numbers below 2^35 have the same.
create function pg_temp.transfer_code(n bigint) returns text language sql immutable as $$
  select 'VNN' || string_agg(substr(alphabet, digit + 1, 1), '' order by i) || substr(alphabet, (sum((i + 2) * digit) % 31)::int + 1, 1)
  from (select '0123456789ABCDEFGHJKMNPQRSTVWXYZ' as alphabet, n * 25214903917 & 34359738367 as scattered) code,
       generate_series(0, 6) i, lateral (select (scattered >> 5 * i & 31)::int as digit) character
  group by alphabet
$$;

-- A follow code as server/src/features/pledges/code.ts makes it.
create function pg_temp.follow_code(n bigint) returns text language sql immutable as $$
  select string_agg(substr(alphabet, digit + 1, 1), '' order by i) || substr(alphabet, (sum(weight * digit) % 1021)::int / 32 + 1, 1) || substr(alphabet, (sum(weight * digit) % 1021)::int % 32 + 1, 1)
  from (select '0123456789ABCDEFGHJKMNPQRSTVWXYZ' as alphabet, sha256(convert_to('follow code ' || n, 'UTF8')) as bytes) code,
       generate_series(0, 17) i, lateral (select get_byte(bytes, i) & 31 as digit, ('{647, 435, 556, 145, 866, 729, 629, 243, 550, 81, 864, 27, 288, 9, 96, 3, 32, 1}'::int[])[i + 1] as weight) character
  group by alphabet
$$;

-- ── where: communes with their share of pledges, hamlets with their share of households ─────────────────────────────

create temp table commune on commit drop as
with weighed as (
  select area.id, area.code, area.path, ltree2text(subpath(area.path, 0, 1)) as province_id, area.subtype, fold_vi(area.name) as folded, place.valid_from,
         least_hamlets + floor(pg_temp.draw(area.code::bigint, 'hamlets') * (most_hamlets - least_hamlets + 1))::int as hamlets,
         exp(pg_temp.bell(area.code::bigint, 'generosity')) as weight
  from area
  join area_place place on place.area_id = area.id and place.valid_to is null,
  lateral (select split_part(current_setting('scale.hamlets'), '-', 1)::int as least_hamlets, split_part(current_setting('scale.hamlets'), '-', 2)::int as most_hamlets) range
  where area.kind = 'COMMUNE' and area.valid_to is null and current_setting('scale.within') = any ('{""}' || string_to_array(area.path::text, '.'))),
shared as (
  select *, floor(current_setting('scale.pledges')::int * sum(weight) over (order by id) / sum(weight) over ())::int as upto from weighed)
select id, code, path, province_id, subtype, folded, valid_from, hamlets,
       coalesce(lag(upto) over (order by id), 0) as pledges_before, upto - coalesce(lag(upto) over (order by id), 0) as pledges
from shared;

-- Numbered from 501, so that the hamlets of the demonstration keep their numbers.
create temp table hamlet on commit drop as
with weighed as (
  select row_number() over (order by commune.id, nth) as n, 'h' || commune.code || '_' || 500 + nth as id, commune.code || '-' || 500 + nth as code,
         commune.path || ('h' || commune.code || '_' || 500 + nth) as path, commune.id as commune_id, commune.province_id, commune.folded, commune.valid_from, nth,
         case commune.subtype when 'phường' then 'tổ dân phố' when 'đặc khu' then 'khu' else 'thôn' end as subtype,
         case commune.subtype when 'phường' then 'to dan pho' when 'đặc khu' then 'khu' else 'thon' end as subtype_folded,
         exp(0.4 * pg_temp.bell(substr(commune.province_id, 2)::bigint, 'poverty of the province') + 0.5 * pg_temp.bell(commune.code::bigint, 'poverty of the commune')
           + 0.5 * pg_temp.bell(commune.code::bigint * 100 + nth, 'poverty of the hamlet')) as weight
  from commune, generate_series(1, commune.hamlets) nth),
shared as (
  select *, floor(current_setting('scale.households')::int * sum(weight) over (order by n) / sum(weight) over ())::int as upto from weighed)
select n, id, code, path, commune_id, province_id, folded, valid_from, nth, subtype, subtype_folded,
       coalesce(lag(upto) over (order by n), 0) as households_before, upto - coalesce(lag(upto) over (order by n), 0) as households
from shared;
create index on hamlet (commune_id, nth);
analyze commune, hamlet;

insert into area (id, kind, code, subtype, name, full_name, name_en, valid_from, path, search, is_demo)
select id, 'HAMLET', code, subtype, nth || ' (mẫu)', upper(left(subtype, 1)) || substr(subtype, 2) || ' ' || nth || ' (mẫu)', nth || ' (mau)', valid_from, path,
       format('|%1$s mau|%2$s %1$s mau|%3$s|%2$s %1$s mau %4$s|', nth, subtype_folded, replace(code, '-', ' '), folded), true
from hamlet order by n;
insert into area_place (area_id, parent_id, path, valid_from) select id, commune_id, path, valid_from from hamlet order by n;

-- ── who: two officers a province, so that nobody checks what they did themselves; their accounts are closed ─────────

create temp table officer on commit drop as
select province_id, pg_temp.id('maker', substr(province_id, 2)::bigint) as maker, pg_temp.id('checker', substr(province_id, 2)::bigint) as checker
from commune group by province_id;

insert into person (id, display_name, is_demo)
select id, format('Cán bộ mẫu %s %s', substr(province_id, 2), role), true from officer, lateral (values (maker, 'A'), (checker, 'B')) as person (id, role) order by province_id, role;
insert into account (id, person_id, login, password_hash, disabled_at, created_at, is_demo)
select id, id, format('mau.%s.%s', substr(province_id, 2), role), '', pg_temp.until(), pg_temp.until(), true
from officer, lateral (values (maker, 'a'), (checker, 'b')) as account (id, role) order by province_id, role;

create temp table giver on commit drop as
select n, pg_temp.id('party', n) as id,
       (case when kind < 0.55 then 'PERSON' when kind < 0.77 then 'BUSINESS' when kind < 0.87 then 'ORGANISATION' when kind < 0.93 then 'OVERSEAS'
             when kind < 0.97 then 'COOPERATIVE' when kind < 0.985 then 'BANK' else 'FOREIGN' end)::"PartyKind" as kind
from generate_series(1, current_setting('scale.parties')::int) n, lateral (select pg_temp.draw(n, 'kind of party') as kind) drawn;
create unique index on giver (n);
analyze giver;

insert into party (id, kind, name, created_at, is_demo)
select id, kind, format('%s mẫu %s', case kind when 'PERSON' then 'Nhà hảo tâm' when 'BUSINESS' then 'Doanh nghiệp' when 'ORGANISATION' then 'Tổ chức' when 'OVERSEAS' then 'Kiều bào'
         when 'COOPERATIVE' then 'Hợp tác xã' when 'BANK' then 'Ngân hàng' else 'Tổ chức nước ngoài' end, lpad(n::text, 5, '0')), pg_temp.until() - interval '1 year', true
from giver order by n;
