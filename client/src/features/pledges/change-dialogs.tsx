// Changing how much one line promises, and taking back what is open; both say when someone else was first.
import { useState } from 'react'
import { useMutation } from 'urql'
import { useTranslations } from 'use-intl'
import { promisedIn } from '../../../../common/bounds.ts'
import { graphql } from '../../graphql/graphql.ts'
import { ProblemWords } from '../../graphql/problem.ts'
import { useKeyFor } from '../../graphql/use-key-for.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { unitOf, useSupportWords } from '../areas/support-kind.ts'
import { useForm } from '../identity/use-form.ts'
import type { MyPledge } from './MyPledgesPage.tsx'

const AmendPledge = graphql(
  `
    mutation AmendPledge($input: AmendPledgeInput!) {
      amendPledge(input: $input) {
        pledge {
          id
          version
          state
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

const WithdrawPledge = graphql(
  `
    mutation WithdrawPledge($input: WithdrawPledgeInput!) {
      withdrawPledge(input: $input) {
        pledge {
          id
          version
          state
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

interface ChangeDialogProps {
  pledge: MyPledge
  isOpen: boolean
  onClose: () => void
  /** Shows the pledge as it is now; also after a conflict. */
  again: () => void
}

export function AmendDialog(props: ChangeDialogProps) {
  const t = useTranslations('myPledges')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('amendTitle')}>
      <AmendForm {...props} />
    </Dialog>
  )
}

function AmendForm({ pledge, onClose, again }: ChangeDialogProps) {
  const t = useTranslations('myPledges')
  const words = useSupportWords()
  const toast = useToast()
  const [lineId, setLineId] = useState(pledge.lines[0]?.id ?? '')
  const line = pledge.lines.find(({ id }) => id === lineId)
  const [quantity, setQuantity] = useState(line?.quantities.promised ?? '')
  const [reason, setReason] = useState('')
  const [, amend] = useMutation(AmendPledge)
  const key = useKeyFor(`${lineId} ${quantity} ${reason} ${pledge.version}`)
  const { errors, isBusy, submit, errorOf } = useForm(
    () => (/^[1-9]\d*$/.test(quantity) ? [] : [{ field: 'quantity', message: t('noQuantity') }]),
    async () => {
      const { data, error } = await amend({ input: { pledgeId: pledge.id, version: pledge.version, lineId, quantity, reason: reason.trim() || null, idempotencyKey: key } })
      const problem = data?.amendPledge?.problem
      if (problem) again()
      return { error, problem }
    },
    () => {
      toast({ message: t('amended') })
      again()
      onClose()
    },
  )
  if (!line) return null
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      {pledge.lines.length > 1 && (
        <Field name="lineId" label={t('which')}>
          <Select
            value={lineId}
            options={pledge.lines.map(({ id, kind }) => ({ value: id, label: words.name(kind) }))}
            onChange={(event) => {
              setLineId(event.target.value)
              setQuantity(pledge.lines.find(({ id }) => id === event.target.value)?.quantities.promised ?? '')
            }}
          />
        </Field>
      )}
      <Field name="quantity" label={t('newQuantity', { kind: words.name(line.kind) })} hint={t(pledge.state === 'VERIFIED' ? 'onlyLower' : 'anyQuantity', { least: words.amount(line.kind, line.quantities.allocated) })} error={errorOf('quantity')}>
        <NumberInput counts={unitOf(line.kind)} bound={promisedIn(line.kind.unit)} value={quantity} unit={words.unit(line.kind)} onValue={setQuantity} />
      </Field>
      <ReasonField reason={reason} onReason={setReason} error={errorOf('reason')} />
      <div className="row">
        <Button type="submit" variant="primary" busy={isBusy}>{t('amendSend')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}

export function WithdrawDialog(props: ChangeDialogProps) {
  const t = useTranslations('myPledges')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('withdrawTitle')}>
      <WithdrawForm {...props} />
    </Dialog>
  )
}

function WithdrawForm({ pledge, onClose, again }: ChangeDialogProps) {
  const t = useTranslations('myPledges')
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [, withdraw] = useMutation(WithdrawPledge)
  const key = useKeyFor(`${reason} ${pledge.version}`)
  const { errors, isBusy, submit, errorOf } = useForm(
    () => [],
    async () => {
      const { data, error } = await withdraw({ input: { pledgeId: pledge.id, version: pledge.version, reason: reason.trim() || null, idempotencyKey: key } })
      const problem = data?.withdrawPledge?.problem
      if (problem) again()
      return { error, problem }
    },
    () => {
      toast({ message: t('withdrawn') })
      again()
      onClose()
    },
  )
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <p>{t('withdrawNote')}</p>
      <ReasonField reason={reason} onReason={setReason} error={errorOf('reason')} />
      <div className="row">
        <Button type="submit" variant="danger" busy={isBusy}>{t('withdrawSend')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}

function ReasonField({ reason, onReason, error }: { reason: string; onReason: (reason: string) => void; error: string | undefined }) {
  const t = useTranslations('myPledges')
  return (
    <Field name="reason" label={t('why')} hint={t('whyHint')} error={error} optional>
      <TextArea rows={2} maxLength={500} value={reason} onChange={(event) => onReason(event.target.value)} />
    </Field>
  )
}
