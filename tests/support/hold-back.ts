// Holds the best answers of matching back at the door of the database, so that a test sees what is there before them.
import type pg from 'pg'

/** Returns how to let them go, which may be done twice. */
export async function holdBack(owner: pg.Client): Promise<() => Promise<void>> {
  await owner.query(`
    create or replace function hold_back() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(4711); return new; end $$;
    create or replace trigger hold_back before update on matching_run for each row execute function hold_back()`)
  await owner.query('select pg_advisory_lock(4711)')
  return async () => {
    await owner.query('select pg_advisory_unlock_all()')
    await owner.query('drop trigger if exists hold_back on matching_run')
  }
}
