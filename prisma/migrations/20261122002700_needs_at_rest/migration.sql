-- The sums with their tail are for the second in which there is a tail; at rest, which is mostly, not even the aggregate over nothing is begun.
create or replace function needs_in(area ltree)
returns table (kind_code text, quantity bigint, allocated bigint, received bigint, urgency int, ordinal int,
  code text, family "SupportFamily", name text, name_en text, unit text, unit_name text, unit_name_en text, typical_cost bigint, answers text[])
language sql stable as $$
  select part.kind_code, quantity, allocated, received, urgency, kind.ordinal,
         kind.code, kind.family, kind.name, kind.name_en, kind.unit, kind.unit_name, kind.unit_name_en, kind.typical_cost, kind.answers
  from (
    select kind_code, quantity, allocated, received, case when urgency_3 > 0 then 3 when urgency_2 > 0 then 2 else 1 end as urgency
    from need_total
    where area_path = ltree2text($1) and urgency_1 + urgency_2 + urgency_3 > 0 and not exists (select from need_total_delta)
    union all
    select kind_code, quantity, allocated, received, urgency
    from (
      select kind_code, sum(quantity)::bigint as quantity, sum(allocated)::bigint as allocated, sum(received)::bigint as received,
             case when sum(urgency_3) > 0 then 3 when sum(urgency_2) > 0 then 2 else 1 end as urgency
      from (
        select kind_code, quantity, allocated, received, urgency_1, urgency_2, urgency_3 from need_total where area_path = ltree2text($1)
        union all
        select kind_code, quantity, allocated, received, urgency_1, urgency_2, urgency_3 from need_total_delta where area_path <@ $1) moved
      group by kind_code
      having sum(urgency_1 + urgency_2 + urgency_3) > 0) summed
    where exists (select from need_total_delta)) part
  left join support_kind kind on kind.code = part.kind_code
$$;
