// Where the follow code is typed; case, spaces and dashes do not matter.
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary, type FormError } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { codeIn } from './pledge-life.ts'

export function CodeForm({ initial = '' }: { initial?: string }) {
  const t = useTranslations('follow')
  const navigate = useNavigate()
  const [typed, setTyped] = useState(initial)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  function submit(event: FormEvent) {
    event.preventDefault()
    const code = codeIn(typed)
    if (!code) return setErrors([{ field: 'code', message: t('badCode') }])
    setErrors([])
    void navigate({ to: '/theo-doi/$code', params: { code } })
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <Field name="code" label={t('code')} hint={t('codeHint')} error={errors[0]?.message}>
        <TextInput value={typed} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={40} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <div>
        <Button type="submit" variant="primary" icon="route">
          {t('open')}
        </Button>
      </div>
    </form>
  )
}
