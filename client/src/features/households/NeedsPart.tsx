// What a household lacks: raised by an office or by itself, verified by an officer, withdrawn when it no longer holds.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Ago } from '../../ui/Figure.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { Amount, KindName } from '../desk/support.tsx'
import { ReferDialog } from '../jobs/ReferDialog.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { needFields, type Household, type Need } from './household-fields.ts'
import { NeedForm } from './NeedForm.tsx'
import { urgencyOf, type Urgency } from './urgency.ts'

const verifyNeed = graphql(
  `
    mutation DeskVerifyNeed($input: VerifyNeedInput!) {
      verifyNeed(input: $input) {
        need { ...DeskNeed }
        problem { ...DeskProblem }
      }
    }
  `,
  [needFields, problemFields],
)

const withdrawNeed = graphql(
  `
    mutation DeskWithdrawNeed($input: WithdrawNeedInput!) {
      withdrawNeed(input: $input) {
        need { ...DeskNeed }
        problem { ...DeskProblem }
      }
    }
  `,
  [needFields, problemFields],
)

const urgencyTone: Record<Urgency, Tone> = { later: 'neutral', season: 'info', urgent: 'danger' }

export function NeedsPart({ household, onChanged }: { household: Household; onChanged: () => void }) {
  const t = useTranslations('desk')
  const [isRaising, setRaising] = useState(false)
  return (
    <Card as="section" aria-labelledby="needs" className="desk-part">
      <h2 id="needs">{t('need.title')}</h2>
      {household.needs.length === 0 && <p className="muted">{t('need.none')}</p>}
      <ul role="list" className="desk-list">
        {household.needs
          .filter(({ withdrawnAt }) => withdrawnAt === null)
          .map((need) => (
            <li key={need.id}>
              <NeedCard householdId={household.id} need={need} onChanged={onChanged} />
            </li>
          ))}
      </ul>
      {household.viewerCan.raiseNeed.allowed &&
        (isRaising ? (
          <NeedForm
            householdId={household.id}
            members={household.members}
            onDone={() => {
              setRaising(false)
              onChanged()
            }}
            onCancel={() => setRaising(false)}
          />
        ) : (
          <div>
            <Button icon="plus" onClick={() => setRaising(true)}>
              {t('need.raise')}
            </Button>
          </div>
        ))}
    </Card>
  )
}

function NeedCard({ householdId, need, onChanged }: { householdId: string; need: Need; onChanged: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const [isReferring, setReferring] = useState(false)
  const [isWithdrawing, setWithdrawing] = useState(false)
  const verify = useCommand(verifyNeed)
  const withdraw = useCommand(withdrawNeed)
  const urgency = urgencyOf(need.urgency)
  const seen = { needId: need.id, version: need.version }
  async function verifyNow() {
    if (!(await verify.send(seen))) return
    toast({ message: t('need.verified') })
    onChanged()
  }
  async function withdrawNow() {
    const done = await withdraw.send(seen)
    setWithdrawing(false)
    if (!done) return
    toast({ message: t('need.withdrawn') })
    onChanged()
  }
  return (
    <article className="desk-line">
      <div className="desk-part-head">
        <span className="row">
          <KindName kind={need.kind} />
          <b>
            <Amount of={need.quantity} kind={need.kind} />
          </b>
          {need.detail}
        </span>
        <span className="row">
          <Badge tone={urgencyTone[urgency]}>{t(`need.urgency.${urgency}`)}</Badge>
          {need.verifiedAt ? (
            <Badge tone="ok" icon="check">
              {t('need.isVerified')}
            </Badge>
          ) : (
            <Badge tone="warn" icon="clock">
              {t('need.isWaiting')}
            </Badge>
          )}
        </span>
      </div>
      <p className="muted">
        {t('stage.allocated')} <Amount of={need.allocated} kind={need.kind} /> · {t('stage.received')} <Amount of={need.received} kind={need.kind} /> · {t('need.raised')} <Ago at={need.raisedAt} />
      </p>
      <FailingNotice failing={verify.failing ?? withdraw.failing} onReload={onChanged} />
      {(need.viewerCan.verify.allowed || need.viewerCan.withdraw.allowed) && (
        <div className="row">
          {need.kind.family === 'JOB' && need.verifiedAt && (
            <Button size="compact" icon="job" onClick={() => setReferring(true)}>
              {t('jobs.referNeed')}
            </Button>
          )}
          {need.viewerCan.verify.allowed && (
            <Button size="compact" variant="primary" icon="check" busy={verify.isBusy} onClick={verifyNow}>
              {t('need.verify')}
            </Button>
          )}
          {need.viewerCan.withdraw.allowed && (
            <Button size="compact" variant="quiet" onClick={() => setWithdrawing(true)}>
              {t('need.withdraw')}
            </Button>
          )}
        </div>
      )}
      <ReferDialog isOpen={isReferring} householdId={householdId} needId={need.id} onClose={() => setReferring(false)} onChanged={onChanged} />
      <Dialog
        isOpen={isWithdrawing}
        onClose={() => setWithdrawing(false)}
        title={t('need.withdrawTitle')}
        actions={
          <>
            <Button variant="danger" busy={withdraw.isBusy} onClick={withdrawNow}>
              {t('need.withdraw')}
            </Button>
            <Button variant="quiet" onClick={() => setWithdrawing(false)}>
              {t('cancel')}
            </Button>
          </>
        }
      >
        <p>{t('need.withdrawNote')}</p>
      </Dialog>
    </article>
  )
}
