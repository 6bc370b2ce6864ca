-- Two people may bear one name: then the number of the witness's identity card tells them apart. It stands beside the witness's name, for whoever sees that.
alter table delivery add column witness_document text not null default '';
alter table receipt add column witness_document text not null default '';
alter table animal_handover add column witness_document text not null default '', add column answer_witness_document text not null default '';
grant update (answer_witness_document) on animal_handover to chungtay_app;

create or replace view open.delivery as select * from public.delivery where false;
create or replace view open.receipt as select * from public.receipt where false;
create or replace view open.animal_handover as select * from public.animal_handover where false;
