// Another password; all other browsers are signed out by it.
import { useState } from 'react'
import { useMutation } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { ProblemWords } from '../../graphql/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { useForm } from './use-form.ts'
import { Wait, WaitLeft, waitUntil } from './WaitLeft.tsx'

const ChangePassword = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        viewer {
          account {
            id
            mustChangePassword
          }
        }
        problem {
          ...ProblemWords
          ...Wait
        }
      }
    }
  `,
  [ProblemWords, Wait],
)

const MIN_PASSWORD = 10

/** `login` lets password managers know whose password it is. */
export function ChangePasswordForm({ login, onChanged }: { login: string; onChanged: () => void }) {
  const t = useTranslations('account')
  const toast = useToast()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const [, change] = useMutation(ChangePassword)
  const [until, setUntil] = useState<number | null>(null)
  const { errors, isBusy, submit, errorOf } = useForm(
    () => [
      ...(currentPassword ? [] : [{ field: 'currentPassword', message: t('noCurrent') }]),
      ...(newPassword.length < MIN_PASSWORD ? [{ field: 'newPassword', message: t('shortPassword') }] : []),
    ],
    async () => {
      const { data, error } = await change({ input: { currentPassword, newPassword } })
      setUntil(waitUntil(data?.changePassword?.problem))
      return { error, problem: data?.changePassword?.problem }
    },
    () => {
      setCurrent('')
      setNew('')
      toast({ message: t('changed') })
      onChanged()
    },
  )
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      {until !== null && <WaitLeft key={until} until={until} />}
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      <Field name="currentPassword" label={t('currentPassword')} error={errorOf('currentPassword')}>
        <TextInput type="password" value={currentPassword} autoComplete="current-password" onChange={(event) => setCurrent(event.target.value)} />
      </Field>
      <Field name="newPassword" label={t('newPassword')} hint={t('newPasswordHint')} error={errorOf('newPassword')}>
        <TextInput type="password" value={newPassword} autoComplete="new-password" onChange={(event) => setNew(event.target.value)} />
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={isBusy}>
          {t('change')}
        </Button>
      </div>
    </form>
  )
}
