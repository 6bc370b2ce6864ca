// What a giver changes about an adoption: its next period, or its end.
import { useState } from 'react'
import { useMutation } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { ProblemWords } from '../../graphql/problem.ts'
import { useKeyFor } from '../../graphql/use-key-for.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { useForm } from '../identity/use-form.ts'
import type { MyAdoption } from './MyAdoptionsPage.tsx'

const RenewAdoption = graphql(
  `
    mutation RenewMyAdoption($input: RenewAdoptionInput!) {
      renewAdoption(input: $input) {
        adoption {
          id
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

const EndAdoption = graphql(
  `
    mutation EndMyAdoption($input: EndAdoptionInput!) {
      endAdoption(input: $input) {
        adoption {
          id
          state
          version
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

interface AdoptionDialogProps {
  adoption: MyAdoption
  isOpen: boolean
  onClose: () => void
  /** Shows the adoptions as they are now; also after a conflict. */
  again: () => void
}

export function RenewDialog(props: AdoptionDialogProps) {
  const t = useTranslations('myAdoptions')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('renewTitle')}>
      <RenewForm {...props} />
    </Dialog>
  )
}

function RenewForm({ adoption: { id, version }, onClose, again }: AdoptionDialogProps) {
  const t = useTranslations('myAdoptions')
  const toast = useToast()
  const [until, setUntil] = useState('')
  const [, renew] = useMutation(RenewAdoption)
  const idempotencyKey = useKeyFor(`${until} ${version}`)
  const { errors, isBusy, submit, errorOf } = useForm(
    () => (until === '' ? [{ field: 'until', message: t('noUntil') }] : []),
    async () => {
      const { data, error } = await renew({ input: { adoptionId: id, version, until, idempotencyKey } })
      const problem = data?.renewAdoption?.problem
      if (problem) again()
      return { error, problem }
    },
    () => {
      toast({ message: t('renewed') })
      again()
      onClose()
    },
  )
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <p>{t('renewNote')}</p>
      <Field name="until" label={t('renewUntil')} error={errorOf('until')}>
        <TextInput type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
      </Field>
      <div className="row">
        <Button type="submit" variant="primary" busy={isBusy}>{t('renewSend')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}

export function EndDialog(props: AdoptionDialogProps) {
  const t = useTranslations('myAdoptions')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('endTitle')}>
      <EndForm {...props} />
    </Dialog>
  )
}

function EndForm({ adoption: { id, version }, onClose, again }: AdoptionDialogProps) {
  const t = useTranslations('myAdoptions')
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [, end] = useMutation(EndAdoption)
  const idempotencyKey = useKeyFor(`${reason} ${version}`)
  const { errors, isBusy, submit, errorOf } = useForm(
    () => (reason.trim().length < 2 ? [{ field: 'reason', message: t('noReason') }] : []),
    async () => {
      const { data, error } = await end({ input: { adoptionId: id, version, reason, idempotencyKey } })
      const problem = data?.endAdoption?.problem
      if (problem) again()
      return { error, problem }
    },
    () => {
      toast({ message: t('endDone') })
      again()
      onClose()
    },
  )
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <p>{t('endNote')}</p>
      <Field name="reason" label={t('why')} hint={t('whyHint')} error={errorOf('reason')}>
        <TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className="row">
        <Button type="submit" variant="danger" busy={isBusy}>{t('endSend')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
