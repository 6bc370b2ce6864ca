-- The gate knows that a household or a party exists, and nothing else of it; and it may forget old sessions.
revoke select on household, party from chungtay_gate;
grant select (id) on household, party to chungtay_gate;
grant delete on session to chungtay_gate;
