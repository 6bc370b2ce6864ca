-- Whatever a task waits for, silence climbs: a pledge that nobody verifies and an adoption that nobody answers go one office up, too.
drop index task_silent;
create index task_silent on task (due_on) where closed_at is null;

-- Every open task whose day has passed goes one office up, where there is one, with a new day. Returns how many did.
create or replace function escalate_silent_tasks(due date) returns int language sql security definer set search_path = public, pg_temp as $$
  with silent as (
    -- Another process that is at the same task has it; by the time it lets go, the task has a new day.
    select id, area_path, assignee_id, due_on, opened_at from task
    where closed_at is null and due_on < today_in_viet_nam()
    for update skip locked),
  risen as (
    select silent.*, officer_above(area_path, assignee_id) as to_id from silent),
  moved as (
    update task set assignee_id = risen.to_id, due_on = $1
    from risen
    where task.id = risen.id and risen.to_id is not null
    returning task.id, task.area_id, task.pledge_id, task.delivery_id, task.adoption_id, risen.assignee_id as from_id, risen.to_id, risen.due_on, risen.opened_at),
  said as (
    insert into task_escalation (task_id, due_on, area_id, from_id, to_id, silent_since)
    select id, due_on, area_id, from_id, to_id,
           coalesce((select max(earlier.at) from task_escalation earlier where earlier.task_id = moved.id), opened_at)
    from moved),
  told as (
    insert into event (type, audience, area_id, pledge_id, delivery_id, adoption_id, task_id)
    select 'TASK_ESCALATED', 'OFFICE', area_id, pledge_id, delivery_id, adoption_id, id from moved)
  select count(*)::int from moved
$$;
