-- Whether the viewer knows a party by a pledge or an adoption is asked by a function: a policy that looks into other tables meets their policies
-- in turn, and a statement pays for all of them even where no party is read.

create function party_is_known(of_party uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  offices ltree[] := viewer_offices();
  followed uuid[] := viewer_pledges();
begin
  return exists (select from pledge where pledge.party_id = of_party
                 and (pledge.area_path <@ any (offices) or (not pledge.anonymous and (pledge.state = 'VERIFIED' or pledge.id = any (followed)))))
      or exists (select from adoption where adoption.party_id = of_party
                 and (adoption.area_path <@ any (offices) or (not adoption.anonymous and adoption.accepted_at is not null)));
end $$;

create function party_pledges_here(of_party uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  offices ltree[] := viewer_offices();
begin
  return exists (select from pledge where pledge.party_id = of_party and pledge.area_path <@ any (offices));
end $$;

revoke all on function party_is_known(uuid), party_pledges_here(uuid) from public;
grant execute on function party_is_known(uuid), party_pledges_here(uuid) to chungtay_app;

alter policy visible on party using ((party.id = any ((select viewer_parties())::uuid[]) or party_is_known(party.id)));
alter policy visible on party_contact using ((party_contact.party_id = any ((select viewer_parties())::uuid[]) or party_pledges_here(party_contact.party_id)));
