// Who waits for the next animal of a programme: in their order, with ways in and out.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { When } from '../../ui/Figure.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Asked } from '../desk/Asked.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { HouseholdPicker } from '../households/HouseholdPicker.tsx'
import { StatusBadge } from '../households/household-status.tsx'
import { isolated } from '../../ui/names.ts'
import { type Waiting, turnOf, useHerdQueue } from './herd-queue.ts'

const joinHerdQueue = graphql(
  `
    mutation DeskJoinHerdQueue($input: JoinHerdQueueInput!) {
      joinHerdQueue(input: $input) {
        entry { id }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

const leaveHerdQueue = graphql(
  `
    mutation DeskLeaveHerdQueue($input: LeaveHerdQueueInput!) {
      leaveHerdQueue(input: $input) {
        entry { id leftAt }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface HerdQueueProps {
  rule: string
  /** The commune. */
  area: string
}

export function HerdQueue({ rule, area }: HerdQueueProps) {
  const t = useTranslations('desk.herd.queue')
  const query = useHerdQueue(rule, area)
  const [isJoining, setJoining] = useState(false)
  const [leaving, setLeaving] = useState<Waiting | null>(null)
  const again = () => query[1]({ requestPolicy: 'network-only' })
  return (
    <Card as="section" aria-labelledby="queue" className="desk-part">
      <div className="desk-part-head">
        <h2 id="queue">{t('title')}</h2>
        <Button icon="plus" size="compact" onClick={() => setJoining(true)}>
          {t('join')}
        </Button>
      </div>
      <p className="muted">{t('order')}</p>
      <Asked query={query} count={2}>
        {({ herdQueue: { nodes } }) =>
          nodes.length === 0 ? <p>{t('none')}</p> : (
            <ol role="list" className="herd-queue">
              {nodes.map((entry, i) => (
                <Place key={entry.id} entry={entry} number={i + 1} isNext={entry === turnOf(nodes)} onLeave={() => setLeaving(entry)} />
              ))}
            </ol>
          )
        }
      </Asked>
      <Dialog isOpen={isJoining} onClose={() => setJoining(false)} title={t('join')}>
        <JoinForm rule={rule} onDone={() => { setJoining(false); again() }} onCancel={() => setJoining(false)} />
      </Dialog>
      <Dialog isOpen={leaving !== null} onClose={() => setLeaving(null)} title={t('leaveOf', { name: isolated(leaving?.household?.headName ?? '') })}>
        {leaving && <LeaveForm entryId={leaving.id} onDone={() => { setLeaving(null); again() }} onCancel={() => setLeaving(null)} />}
      </Dialog>
    </Card>
  )
}

function Place({ entry, number, isNext, onLeave }: { entry: Waiting; number: number; isNext: boolean; onLeave: () => void }) {
  const t = useTranslations('desk.herd.queue')
  const { household, area, joinedAt, isProvided } = entry
  const name = isolated(household?.headName ?? '–')
  return (
    <li className="herd-place">
      <span className="herd-place-number figures">{number}</span>
      <div className="herd-place-who">
        <p className="row">
          <b>{name}</b> {household && <StatusBadge status={household.status} />}
          {isNext && <Badge tone="ok" icon="arrow-right">{t('next')}</Badge>}
          {isProvided && <Badge>{t('provided')}</Badge>}
        </p>
        <p className="muted">
          {household?.code} · {area.fullName} · {t('since')} <When at={joinedAt} />
        </p>
      </div>
      <Button size="compact" variant="quiet" aria-label={`${t('leave')}: ${name}`} onClick={onLeave}>
        {t('leave')}
      </Button>
    </li>
  )
}

function JoinForm({ rule, onDone, onCancel }: { rule: string; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk.herd.queue')
  const toast = useToast()
  const [householdId, setHouseholdId] = useState<string | null>(null)
  const command = useCommand(joinHerdQueue)
  async function send() {
    if (!(await command.send({ householdId: householdId ?? '', rule }))) return
    toast({ message: t('joined') })
    onDone()
  }
  return (
    <DeskForm name="join-queue" label={t('join')} {...command} onSubmit={send} submit={t('joinSend')} onCancel={onCancel} onReload={onDone}>
      <HouseholdPicker name="householdId" label={t('household')} value={householdId} onValue={setHouseholdId} />
    </DeskForm>
  )
}

function LeaveForm({ entryId, onDone, onCancel }: { entryId: string; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk.herd.queue')
  const toast = useToast()
  const [reason, setReason] = useState('')
  const command = useCommand(leaveHerdQueue)
  async function send() {
    if (!(await command.send({ entryId, reason }))) return
    toast({ message: t('left') })
    onDone()
  }
  return (
    <DeskForm name="leave-queue" label={t('leave')} {...command} onSubmit={send} submit={t('leave')} submitVariant="danger" onCancel={onCancel} onReload={onDone}>
      <FormField name="reason" label={t('reason')}>
        <TextArea rows={2} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
