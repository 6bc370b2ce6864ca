-- Telephone numbers that were typed before numbers had one spelling: 0912345678 within Viet Nam, +447911123456 from abroad. What is no number stays as it
-- was typed, for whoever knows what was meant. Of eleven-digit mobile numbers, which ended in 2018, the one that is called today.
create function telephone_of_before(typed text) returns text language sql immutable strict as $$
  select case
    when number ~ '^01[0-9]{9}$' and moved.now is not null then moved.now || right(number, 7)
    when number ~ '^(0[235789][0-9]{8}|02[0-9]{9}|1[89]00[0-9]{4,6}|\+[1-9][0-9]{7,14})$' then number
    else typed
  end
  from (select regexp_replace(regexp_replace(normalize(typed, NFKC), '[^0-9+]', '', 'g'), '^(\+84|0084|84(?=[0-9]{9}$))0?', '0') as number
        where normalize(typed, NFKC) ~ '^[0-9+().[:space:]-]+$') digits
  left join (values ('0120','070'),('0121','079'),('0122','077'),('0126','076'),('0128','078'),('0123','083'),('0124','084'),('0125','085'),('0127','081'),('0129','082'),
    ('0162','032'),('0163','033'),('0164','034'),('0165','035'),('0166','036'),('0167','037'),('0168','038'),('0169','039'),('0186','056'),('0188','058'),('0199','059')
  ) moved (was, now) on moved.was = left(number, 4)
  union all select typed where normalize(typed, NFKC) !~ '^[0-9+().[:space:]-]+$'
$$;

update household set phone = telephone_of_before(phone) where phone is distinct from telephone_of_before(phone);
update party_contact set phone = telephone_of_before(phone) where phone is distinct from telephone_of_before(phone);
update adoption set contact_phone = telephone_of_before(contact_phone) where contact_phone is distinct from telephone_of_before(contact_phone);

drop function telephone_of_before;
