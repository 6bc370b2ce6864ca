-- Who was given or lost the right to act, or whose password or account an administrator opened anew: nobody gains a right to read unseen.
-- CreateEnum
CREATE TYPE "RightsChangeKind" AS ENUM ('GRANTED', 'REVOKED', 'PASSWORD_RESET', 'DISABLED', 'ENABLED');

-- CreateTable
CREATE TABLE "rights_change" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "kind" "RightsChangeKind" NOT NULL,
    "role" "Role" NOT NULL,
    "area_id" TEXT,
    "area_path" ltree,
    "party_id" UUID,
    "account_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "by_id" UUID,
    "by_name" TEXT,

    CONSTRAINT "rights_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rights_change_at_id_idx" ON "rights_change"("at", "id");

-- CreateIndex
CREATE INDEX "rights_change_area_gist" ON "rights_change" USING GIST ("area_path");

-- AddForeignKey
ALTER TABLE "rights_change" ADD CONSTRAINT "rights_change_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rights_change" ADD CONSTRAINT "rights_change_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rights_change" ADD CONSTRAINT "rights_change_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rights_change" ADD CONSTRAINT "rights_change_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AlterTable
ALTER TABLE "event" ADD COLUMN "rights_change_id" UUID;

-- The grants of before; who took one away was not kept. A donor's registration and the demonstration's own accounts are nobody's grant.
insert into rights_change (at, kind, role, area_id, area_path, party_id, account_id, person_name, by_id, by_name)
select happened.at, happened.kind::"RightsChangeKind", held.role, area.id, area.path, held.party_id, held.account_id, person.display_name, happened.by, giver.display_name
from role_grant held
  join account on account.id = held.account_id join person on person.id = account.person_id
  left join household on household.id = held.household_id left join area on area.id = coalesce(held.area_id, household.area_id)
  cross join lateral (values (held.granted_at, 'GRANTED', held.granted_by), (held.revoked_at, 'REVOKED', null)) as happened (at, kind, by)
  left join account giver_account on giver_account.id = happened.by left join person giver on giver.id = giver_account.person_id
where happened.at is not null and (held.granted_by is not null or (held.role = 'ADMIN' and not account.is_demo));

create trigger append_only before update or delete on rights_change for each row execute function forbid_change();
create trigger never_truncated before truncate on rights_change for each statement execute function forbid_change();

grant select on rights_change to chungtay_app;
alter table rights_change enable row level security;
create policy visible on rights_change for select to chungtay_app using ((rights_change.area_path <@ any ((select viewer_offices())::ltree[]) or rights_change.party_id = any ((select viewer_parties())::uuid[]) or rights_change.account_id = viewer_account() or viewer_administers()));

create view open.rights_change as select * from public.rights_change where false;
grant select on open.rights_change to chungtay_public;

-- What is done to a right, as an event of its place: for the offices there, and for administrators.
drop policy visible on event;
create policy visible on event for select to chungtay_app using (((event.audience = 'PUBLIC' or event.area_path <@ any ((select viewer_offices())::ltree[]) or (event.audience = 'PARTIES' and (event.party_id = any ((select viewer_parties())::uuid[]) or event.household_id = any ((select viewer_households())::uuid[]) or event.pledge_id = any ((select viewer_pledges())::uuid[]))) or (event.audience = 'RIGHTS' and viewer_administers()))));

create or replace view open.event as
  select id, xid, at, type, audience, area_id, area_path, pledge_id,
         (select pledge.party_id from public.pledge where pledge.id = event.pledge_id and not pledge.anonymous) as party_id,
         null::uuid as household_id, line_id, null::uuid as allocation_id, null::uuid as delivery_id, null::uuid as outcome_id,
         null::uuid as need_id, null::uuid as task_id, kind_code, quantity, null::uuid as actor_id, adoption_id, null::uuid as rights_change_id
  from public.event where audience = 'PUBLIC';

-- The gate tells of a grant, in the transaction that changes it; it can neither read nor change what was told.
create function record_rights_change(what text, of_grant uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  with changed as (
    insert into rights_change (kind, role, area_id, area_path, party_id, account_id, person_name, by_id, by_name)
    select $1::"RightsChangeKind", held.role, area.id, area.path, held.party_id, held.account_id, person.display_name, viewer_account(),
           (select display_name from person join account on account.person_id = person.id where account.id = viewer_account())
    from role_grant held
      join account on account.id = held.account_id join person on person.id = account.person_id
      left join household on household.id = held.household_id left join area on area.id = coalesce(held.area_id, household.area_id)
    where held.id = $2
    returning *)
  insert into event (type, audience, area_id, actor_id, rights_change_id)
  select 'RIGHTS_CHANGED', 'RIGHTS', area_id, by_id, id from changed where area_id is not null
$$;
revoke all on function record_rights_change(text, uuid) from public;
grant execute on function record_rights_change(text, uuid) to chungtay_gate;
