-- Trigger functions that act with their owner's rights serve the owner's tables alone: whoever may execute one could hang it on a
-- temporary table of their own and feed it whatever they like. A trigger that is there fires without the right to execute.
do $$
declare f regprocedure;
begin
  for f in select oid from pg_proc where prosecdef and prorettype = 'trigger'::regtype and pronamespace = 'public'::regnamespace loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
