-- An address line that names a district of before beside other places leads to the communes that lay in it: "Quận 1, TP HCM". A number is never
-- a slip of the keyboard: "Thôn 99" is not "Thôn 1". A space after the apostrophe of a name parts nothing: "Ia H' Drai".

-- 'Hải Hoà', 'HẢI HÒA' and 'hai hoa' fold to the same text (twin: server/src/features/areas/fold.ts).
create or replace function fold_vi(text) returns text language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(
    lower(translate(regexp_replace(normalize(regexp_replace(regexp_replace($1 collate "und-x-icu",
      '(?<![[:alnum:]''’‘‛ʼʹ`´′\uff07])([bcdđghklmnprstvxBCDĐGHKLMNPRSTVX])[''’‘‛ʼʹ`´′\uff07] +(?=[[:alpha:]])', '\1', 'g'),
      '[''’‘‛ʼʹ`´′\uff07\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]', '', 'g'), NFKD),
      '[\u0300-\u036f]', '', 'g'), 'ĐđÐðƉɖ', 'dddddd') collate "und-x-icu"),
    '[^0-9a-z\u00a1-\u1fff\u2070-\u2fff\u3001-\U0010ffff]+|[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u3001-\u3003\u3008-\u3011]+', ' ', 'g'))
$$;

-- What is kept folded; hamlets that people added are named anew when areas are loaded.
update job_post set search = '';
update purchase_agreement set search = '';
update area set names = '{}' where id in (select area_id from area_decision);

create index area_lies_in_gin on area using gin (lies_in);

-- Areas by what an address line names first, the smaller rank the better. An area is found where one of its names stands in the line; what stands
-- after it should be where it lies, and what stands before it smaller than any area known here. The areas found leave about as few words unexplained
-- as the best of them does; after them come those that have the whole line inside their names. Where words stay unexplained, communes that lay in a
-- district of before that the line names come first; where there is nothing of all this, those nearly called so.
create or replace function areas_named(said text, of_kind "AreaKind" default null, is_living boolean default null, below ltree default null)
returns table (id text, rank real) language plpgsql stable parallel safe security definer
  -- Planning takes longer than running.
  set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  asked text := fold_place(said);
  words text[] := (string_to_array(asked, ' '))[greatest(array_length(string_to_array(asked, ' '), 1) - 59, 1):];
  count int := coalesce(array_length(words, 1), 0);
  kinds bigint := kind_words(words);
  whole bigint := (1::bigint << count) - 1;
  last bigint := 1::bigint << greatest(count, 1) - 1;
  spelt text := case when normalize(said, NFD) ~ '[\u0300-\u036fĐđ]' then spell_vi(said) end;
  phrases text[];
  bits_of bigint[];
  found_ids text[];
  found_costs int[];
  found_before boolean[];
  best int;
  head bigint;
  elsewhere bigint; -- words after the best name that are not where it lies
  is_whole boolean;
begin
  if asked = '' then return; end if;
  select array_agg(array_to_string(words[i:j], ' ')), array_agg((1::bigint << j) - (1::bigint << i - 1)) into phrases, bits_of
  from generate_series(1, count) i, generate_series(i, least(i + 6, count)) j;

  with phrase as materialized (
    select name, bits, (bits & -bits) - 1 as before from unnest(phrases, bits_of) phrase (name, bits)),
  stands as materialized (
    select area.id, area.lies_in, phrase.bits, phrase.before, whole & ~phrase.bits & ~phrase.before as after, phrase.name <> all (area.names) as is_former
    from area, lateral unnest(area.names || area.former_names) called join phrase on phrase.name = called
    where (area.names && phrases or area.former_names && phrases)
      and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
      and (below is null or (area.path <@ below and area.path <> below))),
  lying as (
    select stands.*, around,
      -- The last word may still be being typed.
      case when last & after & ~around = 0 then 0 else coalesce((
        select bit_or(phrase.bits) from unnest(lies_in) lie join phrase on phrase.bits & last <> 0 and phrase.bits & ~after = 0 and starts_with(lie, phrase.name)), 0) end as typed
    from stands, lateral (
      select coalesce(bit_or(phrase.bits), 0) as around from unnest(stands.lies_in) lie join phrase on phrase.name = lie and phrase.bits & stands.bits = 0) there),
  weighed as (
    select lying.id, is_former, before, bits, after & ~around & ~typed & ~kinds as loose, 3 * words_weigh(after & ~around & ~typed, kinds) / 2 + case when typed = 0 then 0 else 1 end
      + words_weigh(before & ~around, kinds) + words_weigh(before & around, kinds) / 2 as cost
    from lying),
  named as (
    select distinct on (weighed.id) weighed.id, cost, is_former, before, bits, loose from weighed order by weighed.id, cost, is_former, bits desc)
  select array_agg(named.id), array_agg(cost), array_agg(is_former), coalesce(min(cost), 1000), (array_agg(before order by cost, before))[1], coalesce((array_agg(loose order by cost, before))[1], 0), coalesce(bool_or(bits = whole), false)
  into found_ids, found_costs, found_before, best, head, elsewhere, is_whole
  from named;

  if best = 0 and not is_whole then
    is_whole := false; -- every word is explained, and no name has them all
  else
    is_whole := exists (select from area where area.search like '%' || asked || '%');
  end if;
  return query
  select ranked.id, (ranked.base
    + case when ranked.base >= 3000 or spelt is null or strpos(spelt, spell_vi(area.name)) > 0 then 0 else 50 end
    + case when area.valid_to is null then 0 else 10 end
    + case area.kind when 'PROVINCE' then 0 when 'DISTRICT' then 2 when 'COMMUNE' then 4 else 6 end)::real
  from (
    select listed.id, min(listed.base) as base
    from (
      select each.id, each.cost * 200 + case when each.is_former then 100 else 0 end + case when each.cost < 10 then 0 else 10000 end as base
      from unnest(found_ids, found_costs, found_before) each (id, cost, is_former)
      where each.cost < best + 10 and (each.cost < 10 or not is_whole)
      union all
      select area.id, case
          when starts_with(area.search, '|' || asked) then 3000
          when strpos(area.search, '|' || asked) > 0 then 4000
          when strpos(area.search, ' ' || asked) > 0 then 5000
          else 6000 end
      from area
      where is_whole and area.search like '%' || asked || '%'
        and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
        and (below is null or (area.path <@ below and area.path <> below))) listed
    group by listed.id) ranked
  join area on area.id = ranked.id;

  if best = 0 then return; end if;
  -- A district of before is no area here: the communes that lay in it are, where it explains more than any name does.
  return query
  with lay as (
    select area.id, area.valid_to, coalesce((
      select bit_or(phrase.bits) from unnest(area.lies_in) lie join unnest(phrases, bits_of) phrase (name, bits) on phrase.name = lie), 0) as around
    from area
    where area.kind = 'COMMUNE' and area.lies_in && phrases
      and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
      and (below is null or (area.path <@ below and area.path <> below))),
  explained as (
    select lay.id, lay.valid_to, words_weigh(whole & ~around, kinds) as cost, around & elsewhere <> 0 as goes_on from lay)
  select explained.id, (case when explained.cost < 10 then explained.cost * 200 + 100 else 9000 end + case when explained.valid_to is null then 0 else 10 end)::real
  from explained
  -- "Lê Lợi, Quận 1": a street there, rather than a commune of that name elsewhere.
  where (explained.cost + 1 < best or (goes_on and explained.cost <= best + 10)) and explained.cost = (select min(each.cost) from explained each)
    and (explained.cost = 0 or not is_whole)
    -- These are listed already.
    and not exists (select from unnest(found_ids, found_costs) each (id, cost) where each.id = explained.id and each.cost < best + 10 and (each.cost < 10 or not is_whole))
    and not (is_whole and exists (select from area where area.id = explained.id and area.search like '%' || asked || '%'));
  if found or best < 10 or is_whole then return; end if;
  -- A slip of the keyboard in what stands before the places that are known.
  if coalesce(head, 0) = 0 then head := whole; end if;
  asked := array_to_string(words[:bit_count(head::bit(64))::int], ' ');
  return query
  select nearly.id, (10050 + nearly.cost * 200)::real
  from (
    select area.id, (2 * words_weigh(head, kinds) * (1 - word_similarity(asked, area.search)))::int
      + 3 * words_weigh(whole & ~head & ~coalesce((
          select bit_or((1::bigint << j) - (1::bigint << i - 1))
          from generate_series(bit_count(head::bit(64))::int + 1, count) i, generate_series(i, least(i + 6, count)) j
          where array_to_string(words[i:j], ' ') = any (area.lies_in)), 0), kinds) / 2 as cost
    from area
    where area.search %> asked and area.id <> all (coalesce(found_ids, '{}'))
      and not exists ( -- a number after "thôn", "khu phố" or "phường" is no slip
        select from generate_series(2, bit_count(head::bit(64))::int) i
        where words[i] ~ '^\d+$' and kinds >> i - 2 & 1 = 1 and area.search !~ ('\m' || words[i] || '\M'))
      and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
      and (below is null or (area.path <@ below and area.path <> below))) nearly
  where nearly.cost < best;
end $$;
