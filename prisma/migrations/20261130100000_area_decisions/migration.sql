-- Hamlets are made by people: the administrator or the office of their commune, by a decision that everyone may read.

-- CreateTable
CREATE TABLE "area_decision" (
    "area_id" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "decision_no" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "issuer" TEXT NOT NULL,
    "recorded_by" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "area_decision_pkey" PRIMARY KEY ("area_id","effective_on")
);

-- AddForeignKey
ALTER TABLE "area_decision" ADD CONSTRAINT "area_decision_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "area_decision" ADD CONSTRAINT "area_decision_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

create trigger append_only before update or delete on area_decision for each row execute function forbid_change();
create trigger never_truncated before truncate on area_decision for each statement execute function forbid_change();
create trigger changed after insert or update or delete or truncate on area_decision for each statement execute function change_everywhere();

create function viewer_administers() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.administers', true), '') = 'yes' $$;

-- What lies where it says, and of areas hamlets alone.
create function makes_hamlet_at(path ltree) returns boolean language sql stable as $$
  select nlevel(path) = 3 and (path <@ any ((select viewer_offices())::ltree[]) or viewer_administers())
$$;
revoke execute on function makes_hamlet_at(ltree) from public;
grant execute on function makes_hamlet_at(ltree) to chungtay_app;

grant insert on area, area_place to chungtay_app;
grant select, insert on area_decision to chungtay_app;
alter table area_decision enable row level security;
create policy visible on area_decision for select to chungtay_app using (true);
create policy written on area for insert to chungtay_app with check (kind = 'HAMLET' and valid_to is null and not is_demo and makes_hamlet_at(path));
create policy written on area_place for insert to chungtay_app with check (valid_to is null and makes_hamlet_at(path));
create policy written on area_decision for insert to chungtay_app with check (
  recorded_by = viewer_account() and exists (select 1 from area where area.id = area_id and area.kind = 'HAMLET' and makes_hamlet_at(area.path)));

create view open.area_decision as select * from public.area_decision;
grant select on open.area_decision to chungtay_public;
