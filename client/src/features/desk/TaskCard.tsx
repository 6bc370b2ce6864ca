// One task: what, where, by when, whose; closed with a word on what was done.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { When } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { HandedAnimal, HandoverTask, handoverTaskFields } from '../herds/HandoverTask.tsx'
import { keyPart } from './key-part.ts'
import { DeskForm, FormField } from './DeskForm.tsx'
import { problemFields, useCommand } from './use-command.ts'

export const taskFields = graphql(
  `
  fragment DeskTask on Task @_unmask {
    id
    kind
    area { id fullName }
    pledge { id }
    delivery { id allocation { id recipientCode } }
    handover { ...HandoverTask }
    assigneeName
    escalations { fromName silentSince wasDueOn }
    isMine
    dueOn
    isOverdue
    openedAt
    closedAt
  }
`,
  [handoverTaskFields],
)

const closeTask = graphql(
  `
    mutation DeskCloseTask($input: CloseTaskInput!) {
      closeTask(input: $input) {
        task { id closedAt closingNote }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

export function TaskCard({ task, onDone }: { task: ResultOf<typeof taskFields>; onDone: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const format = useFormat()
  const [isClosing, setClosing] = useState(false)
  const [note, setNote] = useState('')
  const command = useCommand(closeTask)
  const allocation = task.delivery?.allocation

  async function close() {
    if (!(await command.send({ taskId: task.id, note }))) return
    toast({ message: t('task.closed') })
    onDone()
  }

  return (
    <article className={task.isOverdue ? 'desk-task desk-task-overdue' : 'desk-task'}>
      <div className="row desk-task-head">
        <h3>{t(`task.kind.${task.kind}`)}</h3>
        {task.isOverdue && (
          <Badge tone="danger" icon="alert">
            {t('task.overdue')}
          </Badge>
        )}
        {task.isMine && <Badge tone="info">{t('task.mine')}</Badge>}
      </div>
      <p>
        {allocation && <b>{allocation.recipientCode} · </b>}
        {task.area.fullName}
      </p>
      {task.handover && <HandedAnimal handover={task.handover} />}
      <p className="muted">
        {t('task.due')} <When at={task.dueOn} /> · <bdi>{task.assigneeName ?? t('task.nobody')}</bdi>
      </p>
      {task.escalations.map(({ fromName, silentSince, wasDueOn }) => (
        <p key={wasDueOn} className="desk-task-silent">
          <Icon name="bell" size={18} />
          <span>{t(fromName === null ? 'task.silentNobody' : 'task.silent', { name: fromName ?? '', since: format.date(silentSince), due: format.date(wasDueOn) })}</span>
        </p>
      ))}
      {isClosing ? (
        <DeskForm name={`task-${keyPart(task.id)}`} label={t('task.close')} {...command} onSubmit={close} submit={t('task.close')} onCancel={() => setClosing(false)} onReload={onDone}>
          <FormField name="note" label={t('task.note')} hint={t('task.noteHint')}>
            <TextArea value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </FormField>
        </DeskForm>
      ) : (
        <div className="row">
          {task.pledge && !allocation && !task.handover && (
            <LinkButton size="compact" to="/cb/cam-ket" search={{ chon: task.pledge.id }}>
              {t('task.openPledge')}
            </LinkButton>
          )}
          {task.kind === 'ACCEPT_ADOPTION' && (
            <LinkButton size="compact" to="/cb/do-dau">
              {t('task.openAdoption')}
            </LinkButton>
          )}
          {task.handover && <HandoverTask handover={task.handover} onDone={onDone} />}
          {allocation && (
            <LinkButton size="compact" to="/cb/giao-nhan/$id" params={{ id: keyPart(allocation.id) }}>
              {t('task.openDelivery')}
            </LinkButton>
          )}
          <Button size="compact" variant="quiet" onClick={() => setClosing(true)}>
            {t('task.close')}
          </Button>
        </div>
      )}
    </article>
  )
}
