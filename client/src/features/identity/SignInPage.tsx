// Signing in, and going on where one was or to one's first page.
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useMutation } from 'urql'
import { useTranslations } from 'use-intl'
import { useShellStatus } from '../../shell/shell-status.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { isolated } from '../../ui/names.ts'
import { takeAlong } from './drafts.ts'
import { SignIn } from './sign-in.ts'
import { type SignInSearch, startOver } from './start-over.ts'
import { useForm } from './use-form.ts'
import { firstPageOf } from './viewer.ts'
import { WaitLeft, waitUntil } from './WaitLeft.tsx'

const route = getRouteApi('/dang-nhap')

/** Signing in leads on, never back to itself. */
const wanted = (ve: string | undefined) => (ve?.startsWith('/dang-nhap') ? undefined : ve)

export function SignInPage() {
  const t = useTranslations('signIn')
  const { ve, vi }: SignInSearch = route.useSearch()
  const navigate = useNavigate()
  const { account } = useShellStatus()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [, signIn] = useMutation(SignIn)
  const next = useRef({ viewer: '', to: '/' })
  const [until, setUntil] = useState<number | null>(null)
  const { errors, isBusy, submit, errorOf } = useForm(
    () => [...(login.trim() ? [] : [{ field: 'login', message: t('noLogin') }]), ...(password ? [] : [{ field: 'password', message: t('noPassword') }])],
    async () => {
      const { data, error } = await signIn({ input: { login, password } })
      const viewer = data?.signIn?.viewer
      if (viewer) next.current = { viewer: viewer.account.id, to: viewer.account.mustChangePassword ? '/tai-khoan' : (wanted(ve) ?? firstPageOf(viewer)) }
      setUntil(waitUntil(data?.signIn?.problem))
      return { error, problem: data?.signIn?.problem }
    },
    () => {
      const { viewer, to } = next.current
      const [, area] = /^\/chung-tay\/([^/?]+)/.exec(to) ?? []
      if (area) takeAlong(`pledge ${area}`, viewer)
      startOver(viewer, to)
    },
  )
  return (
    <div className="page page-narrow">
      <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
      {vi && (
        <Notice tone="warn" title={t(`why.${vi}`)}>
          <p>{t('notRecorded')}</p>
        </Notice>
      )}
      {account && (
        <p>
          {t('already', { name: isolated(account.name) })} <Link to="/tai-khoan">{t('toAccount')}</Link>
        </p>
      )}
      <Card>
        <form className="stack" noValidate onSubmit={submit}>
          <ErrorSummary errors={errors} />
          {until !== null && <WaitLeft key={until} until={until} />}
          <Field name="login" label={t('login')} hint={t('loginHint')} error={errorOf('login')}>
            <TextInput value={login} autoComplete="username" autoCapitalize="none" spellCheck={false} onChange={(event) => setLogin(event.target.value)} />
          </Field>
          <Field name="password" label={t('password')} error={errorOf('password')}>
            <TextInput type="password" value={password} autoComplete="current-password" onChange={(event) => setPassword(event.target.value)} />
          </Field>
          <div className="row">
            <Button type="submit" variant="primary" busy={isBusy}>
              {t('submit')}
            </Button>
            <Button variant="quiet" onClick={() => void navigate({ to: '/dang-ky', search: { ve } })}>
              {t('register')}
            </Button>
          </div>
        </form>
      </Card>
      <p className="muted">{t('forgot')}</p>
    </div>
  )
}
