// Chases silence: a hand-over of an animal that the next household does not answer becomes a task for a named person.
import { dayInVietNam, later } from '../../platform/day.ts'
import type { Database } from '../../platform/db.ts'
import { CONFIRM_WITHIN_DAYS, FOLLOW_UP_WITHIN_DAYS } from '../deliveries/rules.ts'

/** Opens a task for each hand-over whose days have passed without an answer, once each; for a timer. @returns how many */
export async function openUnansweredHandoverTasks(db: Database): Promise<number> {
  const today = dayInVietNam()
  const { rows } = await db.pool.query<{ opened: number }>('select open_unanswered_handover_tasks($1::date, $2::date) as opened',
    [later(today, { days: -CONFIRM_WITHIN_DAYS }), later(today, { days: FOLLOW_UP_WITHIN_DAYS })])
  return rows[0]!.opened
}
