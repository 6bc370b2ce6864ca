// Opening an account for someone who gives, so that all their pledges stand together.
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useMutation } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type VariablesOf } from '../../graphql/graphql.ts'
import { newKey } from '../../graphql/new-key.ts'
import { ProblemWords } from '../../graphql/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useRenewSession } from './Session.tsx'
import { SignIn } from './sign-in.ts'
import { useForm } from './use-form.ts'

const RegisterDonor = graphql(
  `
    mutation RegisterDonor($input: RegisterDonorInput!) {
      registerDonor(input: $input) {
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

type PartyKind = VariablesOf<typeof RegisterDonor>['input']['partyKind']
const partyKinds = ['PERSON', 'BUSINESS', 'COOPERATIVE', 'BANK', 'ORGANISATION', 'OVERSEAS', 'FOREIGN', 'HOUSEHOLD'] as const satisfies readonly PartyKind[]
const MIN_PASSWORD = 10

const route = getRouteApi('/dang-ky')

export function RegisterDonorPage() {
  const t = useTranslations('register')
  const words = useTranslations('partyKind')
  const { ve } = route.useSearch()
  const router = useRouter()
  const renew = useRenewSession()
  const [, register] = useMutation(RegisterDonor)
  const [, signIn] = useMutation(SignIn)
  const [form, setForm] = useState({ partyKind: 'PERSON' as PartyKind, partyName: '', contactName: '', login: '', password: '', idempotencyKey: newKey() })
  // Other answers are another request, so they get another key.
  const edit = (change: Partial<typeof form>) => setForm({ ...form, ...change, idempotencyKey: newKey() })
  const { errors, isBusy, submit, errorOf } = useForm(
    () => [
      ...(form.partyName.trim().length < 2 ? [{ field: 'partyName', message: t('noName') }] : []),
      ...(form.login.trim() ? [] : [{ field: 'login', message: t('noLogin') }]),
      ...(form.password.length < MIN_PASSWORD ? [{ field: 'password', message: t('shortPassword') }] : []),
    ],
    async () => {
      const made = await register({ input: { ...form, contactName: form.contactName.trim() || null } })
      const refused = made.data?.registerDonor?.problem
      if (made.error || refused) return { error: made.error, problem: refused }
      // Whether the login had an account already is not told; signing in tells it to whoever knows its password.
      const { data, error } = await signIn({ input: { login: form.login, password: form.password } })
      const problem = data?.signIn?.problem
      return { error, problem: problem?.code === 'WRONG_LOGIN_OR_PASSWORD' ? { ...problem, message: t('maybeKnown') } : problem }
    },
    async () => {
      await renew()
      router.history.push(ve ?? '/cam-ket-cua-toi')
    },
  )
  return (
    <div className="page page-narrow">
      <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
      <Card>
        <form className="stack" noValidate onSubmit={submit}>
          <ErrorSummary errors={errors} />
          <Field name="partyKind" label={t('partyKind')} error={errorOf('partyKind')}>
            <Select value={form.partyKind} options={partyKinds.map((value) => ({ value, label: words(value) }))} onChange={(event) => edit({ partyKind: event.target.value as PartyKind })} />
          </Field>
          <Field name="partyName" label={t('partyName')} error={errorOf('partyName')}>
            <TextInput value={form.partyName} maxLength={120} autoComplete={form.partyKind === 'PERSON' ? 'name' : 'organization'} onChange={(event) => edit({ partyName: event.target.value })} />
          </Field>
          {form.partyKind !== 'PERSON' && (
            <Field name="contactName" label={t('contactName')} error={errorOf('contactName')} optional>
              <TextInput value={form.contactName} maxLength={120} autoComplete="name" onChange={(event) => edit({ contactName: event.target.value })} />
            </Field>
          )}
          <Field name="login" label={t('login')} hint={t('loginHint')} error={errorOf('login')}>
            <TextInput value={form.login} autoComplete="username" autoCapitalize="none" spellCheck={false} onChange={(event) => edit({ login: event.target.value })} />
          </Field>
          <Field name="password" label={t('password')} hint={t('passwordHint')} error={errorOf('password')}>
            <TextInput type="password" value={form.password} autoComplete="new-password" onChange={(event) => edit({ password: event.target.value })} />
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={isBusy}>
              {t('submit')}
            </Button>
          </div>
        </form>
      </Card>
      <p>
        {t('haveAccount')} <Link to="/dang-nhap" search={{ ve }}>{t('signIn')}</Link>
      </p>
    </div>
  )
}
