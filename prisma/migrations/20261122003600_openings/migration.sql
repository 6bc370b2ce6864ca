-- Posts and promises to buy produce can be searched by words without diacritics: these are kept beside the terms, which never change.
-- AlterTable
ALTER TABLE "job_post" ADD COLUMN "search" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "purchase_agreement" ADD COLUMN "search" TEXT NOT NULL DEFAULT '';

-- Whatever a writer says of them: the skills or the product, and the giver's own words of the line. A space stands before each word.
create function take_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said text;
begin
  if tg_table_name = 'job_post' then
    said := array_to_string(new.skills_wanted || new.skills_taught, ' ');
  else
    said := new.product;
  end if;
  select ' ' || fold_vi(concat_ws(' ', said, detail)) into new.search from pledge_line where id = new.line_id;
  return new;
end $$;
revoke all on function take_words() from public;
create trigger words before insert or update of search on job_post for each row execute function take_words();
create trigger words before insert or update of search on purchase_agreement for each row execute function take_words();
update job_post set search = '';
update purchase_agreement set search = '';

create or replace view open.job_post as
  select job_post.* from public.job_post
  where exists (select from public.pledge_line where pledge_line.id = job_post.line_id and pledge_line.state = 'VERIFIED');
create or replace view open.purchase_agreement as
  select purchase_agreement.* from public.purchase_agreement
  where exists (select from public.pledge_line where pledge_line.id = purchase_agreement.line_id and pledge_line.state = 'VERIFIED');

-- Kept answers: terms that are there verified from the first, as data loaded in bulk are.
alter function agreement_changed() rename to terms_changed;
create trigger added after insert on job_post referencing new table as after for each statement execute function terms_changed();
create trigger added after insert on purchase_agreement referencing new table as after for each statement execute function terms_changed();
