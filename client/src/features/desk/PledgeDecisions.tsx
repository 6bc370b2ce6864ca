// What an officer decides on a pledge: verify, decline with a reason, let lapse; each on the version that was seen.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FailingNotice, FormField } from './DeskForm.tsx'
import { problemFields, useCommand } from './use-command.ts'

export const pledgeDecisionFields = graphql(`
  fragment DeskPledgeDecisions on Pledge @_unmask {
    id
    state
    version
    verifiedAt
    viewerCan { verify { allowed } decline { allowed } lapse { allowed } }
  }
`)

const verifyPledge = graphql(
  `
    mutation DeskVerifyPledge($input: VerifyPledgeInput!) {
      verifyPledge(input: $input) {
        pledge { ...DeskPledgeDecisions steps { step at reason } }
        problem { ...DeskProblem }
      }
    }
  `,
  [pledgeDecisionFields, problemFields],
)

const declinePledge = graphql(
  `
    mutation DeskDeclinePledge($input: DeclinePledgeInput!) {
      declinePledge(input: $input) {
        pledge { ...DeskPledgeDecisions steps { step at reason } }
        problem { ...DeskProblem }
      }
    }
  `,
  [pledgeDecisionFields, problemFields],
)

const lapsePledge = graphql(
  `
    mutation DeskLapsePledge($input: LapsePledgeInput!) {
      lapsePledge(input: $input) {
        pledge { ...DeskPledgeDecisions steps { step at reason } }
        problem { ...DeskProblem }
      }
    }
  `,
  [pledgeDecisionFields, problemFields],
)

interface PledgeDecisionsProps {
  pledge: ResultOf<typeof pledgeDecisionFields>
  onChanged: () => void
}

export function PledgeDecisions({ pledge, onChanged }: PledgeDecisionsProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const [ending, setEnding] = useState<'decline' | 'lapse' | null>(null)
  const verify = useCommand(verifyPledge)
  const seen = { pledgeId: pledge.id, version: pledge.version }
  const { viewerCan: can } = pledge

  function done(message: string) {
    setEnding(null)
    toast({ message })
    onChanged()
  }
  async function verifyNow() {
    if (await verify.send(seen)) done(t('pledges.verified'))
  }
  return (
    <>
      <FailingNotice failing={verify.failing} onReload={onChanged} />
      {(can.verify.allowed || can.decline.allowed || can.lapse.allowed) && (
        <div className="row">
          {can.verify.allowed && (
            <Button variant="primary" icon="check" busy={verify.isBusy} onClick={verifyNow}>
              {t('pledges.verify')}
            </Button>
          )}
          {can.decline.allowed && <Button onClick={() => setEnding('decline')}>{t('pledges.decline')}</Button>}
          {can.lapse.allowed && (
            <Button variant="quiet" onClick={() => setEnding('lapse')}>
              {t('pledges.lapse')}
            </Button>
          )}
        </div>
      )}
      <Dialog isOpen={ending === 'decline'} onClose={() => setEnding(null)} title={t('pledges.declineTitle')}>
        <EndingForm of="decline" seen={seen} onDone={() => done(t('pledges.declined'))} onCancel={() => setEnding(null)} onReload={onChanged} />
      </Dialog>
      <Dialog isOpen={ending === 'lapse'} onClose={() => setEnding(null)} title={t('pledges.lapseTitle')}>
        <EndingForm of="lapse" seen={seen} onDone={() => done(t('pledges.lapsed'))} onCancel={() => setEnding(null)} onReload={onChanged} />
      </Dialog>
    </>
  )
}

interface EndingFormProps {
  of: 'decline' | 'lapse'
  seen: { pledgeId: string; version: number }
  onDone: () => void
  onCancel: () => void
  onReload: () => void
}

function EndingForm({ of, seen, onDone, onCancel, onReload }: EndingFormProps) {
  const t = useTranslations('desk')
  const [reason, setReason] = useState('')
  const decline = useCommand(declinePledge)
  const lapse = useCommand(lapsePledge)
  const command = of === 'decline' ? decline : lapse
  async function send() {
    if (await command.send({ ...seen, reason })) onDone()
  }
  return (
    <DeskForm name={of} label={t(`pledges.${of}Title`)} {...command} onSubmit={send} submit={t(`pledges.${of}`)} submitVariant="danger" onCancel={onCancel} onReload={onReload}>
      <p>{t(`pledges.${of}Note`)}</p>
      <FormField name="reason" label={t('pledges.reason')} hint={t('pledges.reasonHint')}>
        <TextArea value={reason} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
