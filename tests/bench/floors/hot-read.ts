// The hot read by hand, as lateral subqueries: a tenth faster than correlated ones.
import { type Floor, key } from './floor.ts'

export const Hamlets: Floor = {
  values: ({ id }) => [key(id)],
  text: `
    select json_build_object('area', (
      select json_build_object('id', 'Area:' || commune.id, 'fullName', commune.full_name, 'children', json_build_object('nodes', (
        select coalesce(json_agg(json_build_object(
          'id', 'Area:' || hamlet.id, 'name', hamlet.name, 'fullName', hamlet.full_name, 'kind', hamlet.kind, 'needs', lacking.value, 'pledges', json_build_object('nodes', promised.value)
        ) order by hamlet.name collate "vi-x-icu", hamlet.id), '[]')
        from (
          select area.id, area.name, area.full_name, area.kind, area.path
          from area_place place join area on area.id = place.area_id
          where place.parent_id = commune.id and today_in_viet_nam() between place.valid_from and coalesce(place.valid_to, 'infinity')
          order by area.name collate "vi-x-icu", area.id limit 20
        ) hamlet
        cross join lateral (
          select coalesce(json_agg(json_build_object(
            'kind', json_build_object('code', kind.code, 'name', kind.name, 'unit', kind.unit, 'unitName', kind.unit_name),
            'quantity', need.quantity::text, 'allocated', need.allocated::text, 'received', need.received::text,
            'open', (need.quantity - need.allocated)::text, 'urgency', need.urgency
          ) order by kind.ordinal), '[]') as value
          from (
            select kind_code, sum(quantity) as quantity, sum(allocated) as allocated, sum(received) as received, max(urgency) as urgency
            from need where area_path <@ hamlet.path and verified_at is not null and withdrawn_at is null group by kind_code
          ) need join support_kind kind on kind.code = need.kind_code
        ) lacking
        cross join lateral (
          select coalesce(json_agg(json_build_object(
            'id', 'Pledge:' || pledge.id, 'anonymous', pledge.anonymous, 'expectedOn', pledge.expected_on,
            'party', case when party.id is not null then json_build_object('name', party.name, 'kind', party.kind) end, 'lines', line.value
          ) order by pledge.registered_at desc, pledge.id desc), '[]') as value
          from (
            select id, anonymous, expected_on, party_id, registered_at
            from pledge where area_path <@ hamlet.path and state = 'VERIFIED' order by registered_at desc, id desc limit 3
          ) pledge
          left join party on party.id = pledge.party_id and not pledge.anonymous
          cross join lateral (
            select coalesce(json_agg(json_build_object(
              'kind', json_build_object('code', kind.code, 'name', kind.name, 'unit', kind.unit, 'unitName', kind.unit_name), 'detail', line.detail,
              'quantities', json_build_object('promised', line.promised::text, 'allocated', line.allocated::text, 'dispatched', line.dispatched::text,
                'received', line.received::text, 'settled', line.settled::text)
            ) order by line.ordinal), '[]') as value
            from pledge_line line join support_kind kind on kind.code = line.kind_code where line.pledge_id = pledge.id
          ) line
        ) promised
      ))) from area commune where commune.id = $1
    ))::text as value`,
}
