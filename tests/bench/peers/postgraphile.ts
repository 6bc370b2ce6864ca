// PostGraphile 5 on views of the same tables that hold what a visitor may see; relations by its own smart tags, subtrees by functions.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { OWNER_URL, announce } from './serve.ts'

// It is made for Node 22 and fails on 20 without this, with an unrelated message.
;(Promise as any).withResolvers ??= () => {
  const made: any = {}
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  return made
}

const VIEWS = `
  drop schema if exists peer cascade;
  create schema peer;
  create view peer.area as select id as key, kind::text as kind, name, full_name, path from public.area;
  create view peer.support_kind as select code, name, unit, unit_name, ordinal from public.support_kind;
  create view peer.area_need as
    select area_id, area_path, kind_code, sum(quantity)::bigint as quantity, sum(allocated)::bigint as allocated, sum(received)::bigint as received,
           (sum(quantity) - sum(allocated))::bigint as open, max(urgency) as urgency
    from public.need where verified_at is not null and withdrawn_at is null group by area_id, area_path, kind_code;
  create view peer.party as select id as key, name, kind::text as kind from public.party;
  create view peer.pledge as
    select id as key, anonymous, expected_on, case when not anonymous then party_id end as party_key, area_path, registered_at
    from public.pledge where state = 'VERIFIED';
  create view peer.pledge_line as
    select line.id as key, pledge_id as pledge_key, ordinal, kind_code, detail, promised, allocated, dispatched, received, settled from public.pledge_line line;
  comment on view peer.area is '@primaryKey key';
  comment on view peer.support_kind is '@primaryKey code';
  comment on view peer.area_need is E'@primaryKey area_id,kind_code\\n@foreignKey (kind_code) references peer.support_kind (code)';
  comment on view peer.party is '@primaryKey key';
  comment on view peer.pledge is E'@primaryKey key\\n@foreignKey (party_key) references peer.party (key)';
  comment on view peer.pledge_line is E'@primaryKey key\\n@foreignKey (pledge_key) references peer.pledge (key)|@foreignFieldName lines\\n@foreignKey (kind_code) references peer.support_kind (code)';
  create function peer.area_children(area peer.area) returns setof peer.area language sql stable as $$
    select child.* from public.area_place place join peer.area child on child.key = place.area_id
    where place.parent_id = area.key and today_in_viet_nam() between place.valid_from and coalesce(place.valid_to, 'infinity')
    order by child.name collate "vi-x-icu", child.key $$;
  create function peer.area_needs(area peer.area) returns setof peer.area_need language sql stable as $$
    select need.* from peer.area_need need join peer.support_kind kind on kind.code = need.kind_code where need.area_path <@ area.path order by kind.ordinal $$;
  create function peer.area_pledges(area peer.area) returns setof peer.pledge language sql stable as $$
    select * from peer.pledge where area_path <@ area.path order by registered_at desc, key desc $$;
`
const owner = new pg.Client({ connectionString: OWNER_URL })
await owner.connect()
await owner.query(VIEWS)
await owner.end()

const { postgraphile } = await import('postgraphile')
const { PostGraphileAmberPreset } = await import('postgraphile/presets/amber')
const { makePgService } = await import('postgraphile/adaptors/pg')
const { grafserv } = await import('postgraphile/grafserv/node')

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: `${OWNER_URL}?options=-c%20jit%3Doff`, schemas: ['peer'], pubsub: false })],
  grafserv: { graphqlPath: '/graphql', watch: false },
})
const server = createServer()
await instance.createServ(grafserv).addTo(server)
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port))
