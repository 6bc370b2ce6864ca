-- Whoever plays a demonstration knows its administrator's password. What that administrator opened is part of the demonstration, too, and
-- what it granted to somebody real ends: a hub that is in earnest must owe nothing to it.

with recursive opened as (
  select id from account where is_demo
  union
  select account.id from opened
    join role_grant on role_grant.granted_by = opened.id
    join account on account.id = role_grant.account_id and account.created_at = role_grant.granted_at)
update account set is_demo = true from opened where account.id = opened.id and not account.is_demo;

update person set is_demo = true from account where account.person_id = person.id and account.is_demo and not person.is_demo;

with ended as (
  update role_grant set revoked_at = now() from account giver, account taker
  where giver.id = role_grant.granted_by and giver.is_demo and taker.id = role_grant.account_id and not taker.is_demo and role_grant.revoked_at is null
  returning role_grant.account_id)
update account set rights_version = rights_version + 1 where id in (select account_id from ended);

-- The gate asks of a slip whether its household is one of the demonstration's.
grant select (is_demo) on household to chungtay_gate;
