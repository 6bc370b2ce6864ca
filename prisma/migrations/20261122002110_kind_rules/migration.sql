-- What one unit of a kind is worth from a day on: for estimates, so that a promise in kind keeps the value that it had when it was made.
create table "support_price" (
    "kind_code" TEXT NOT NULL,
    "applies_from" DATE NOT NULL,
    "cost" BIGINT NOT NULL,

    CONSTRAINT "support_price_pkey" PRIMARY KEY ("kind_code", "applies_from")
);
alter table "support_price" add constraint "support_price_kind_code_fkey" foreign key ("kind_code") references "support_kind"("code") on delete restrict on update restrict;
alter table support_price add constraint support_price_cost_positive check (cost > 0);

grant select on support_price to chungtay_app;
alter table support_price enable row level security;
create policy visible on support_price for select to chungtay_app using (true);

create view open.support_price as select * from public.support_price;
grant select on open.support_price to chungtay_public;

create trigger changed after insert or update or delete or truncate on support_price for each statement execute function change_everywhere();
