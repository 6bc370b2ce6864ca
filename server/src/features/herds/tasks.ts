// Chases silence: a hand-over of an animal that the next household does not answer becomes a task for a named person.
import type { Hub } from '../../access/hub.ts'
import { dayInVietNam, later } from '../../platform/day.ts'

/** Opens a task for each hand-over whose days have passed without an answer, once each; for a timer. @returns how many */
export async function openUnansweredHandoverTasks({ db, config }: Pick<Hub, 'db' | 'config'>): Promise<number> {
  const today = dayInVietNam()
  const { rows } = await db.pool.query<{ opened: number }>('select open_unanswered_handover_tasks($1::date, $2::date) as opened',
    [later(today, { days: -config.confirmWithinDays }), later(today, { days: config.followUpWithinDays })])
  return rows[0]!.opened
}
