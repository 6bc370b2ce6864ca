// Tasks: closing one by hand, opening those about deliveries that nobody has answered, and passing silent ones one office up.
import { type Answer, type Hub, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { dayInVietNam, later } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { noteIn } from './rules.ts'

interface SeenTask {
  id: string
  areaId: string
  areaPath: string
  pledgeId: string | null
  deliveryId: string | null
  closed: string | null
  closer: string | null
}

/** Ends a task, saying what was done. */
export async function closeTask(hub: Hub, input: { taskId: string; note: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'closeTask', key: idempotencyKey, input: asked }, async (tx) => {
    const [task] = await tx.$queryRaw<SeenTask[]>`
      select task.id, task.area_id as "areaId", task.area_path::text as "areaPath", task.pledge_id as "pledgeId", task.delivery_id as "deliveryId",
             to_char(task.closed_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM') as closed, person.display_name as closer
      from task left join account on account.id = task.closed_by left join person on person.id = account.person_id
      where task.id = ${keyOf('Task', input.taskId, 'taskId')}::uuid for update of task`
    if (!task) throw notFound('việc này', 'this task')
    mustBeAllowed(hub.viewer, 'task.close', task)
    if (task.closed) {
      throw conflict('TASK_CLOSED', `${task.closer ?? 'Câu trả lời của hộ'} đã khép việc này lúc ${task.closed}.`, `${task.closer ?? "The household's answer"} closed this task at ${task.closed}.`)
    }
    const closingNote = noteIn(input.note, 'note')
    if (closingNote === '') throw invalid('note', 'NOTE_NEEDED', 'Hãy ghi đã làm gì và kết quả ra sao.', 'Say what was done and how it ended.')
    await tx.task.update({ where: { id: task.id }, data: { closedAt: new Date(), closedBy: hub.viewer.accountId, closingNote }, select: { id: true } })
    const { areaId, pledgeId, deliveryId } = task
    await record(tx, { type: 'TASK_CLOSED', audience: 'OFFICE', areaId, pledgeId, deliveryId, taskId: task.id, actorId: hub.viewer.accountId })
    return { taskId: task.id, deliveryId }
  })
}

/** Opens a task for each delivery whose day has passed without an answer, once each; for a timer. @returns how many */
export const openUnconfirmedTasks = (hub: Ground): Promise<number> => untilFollowedUp(hub, 'open_unconfirmed_tasks')

/** Passes each task whose day has gone by in silence, whatever it is about, to the office above, once for each day; for a timer. @returns how many */
export const escalateSilentTasks = (hub: Ground): Promise<number> => untilFollowedUp(hub, 'escalate_silent_tasks')

type Ground = Pick<Hub, 'db' | 'config'>

async function untilFollowedUp({ db, config }: Ground, work: string): Promise<number> {
  const { rows } = await db.pool.query<{ tasks: number }>(`select ${work}($1::date) as tasks`, [later(dayInVietNam(), { days: config.followUpWithinDays })])
  return rows[0]!.tasks
}
