// Where the follow code is typed or pasted. The hub understands it, however it was typed, and says what it is; then its page opens.
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState, type FormEvent } from 'react'
import { useClient } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary, type FormError } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { looksLikeTransferCode } from './pledge-life.ts'

const FindPledge = graphql(`
  query FindPledge($code: String!) {
    pledgeByCode(code: $code) {
      id
      followCode
    }
  }
`)

export function CodeForm({ initial = '' }: { initial?: string }) {
  const t = useTranslations('follow')
  const navigate = useNavigate()
  const client = useClient()
  const [typed, setTyped] = useState(initial)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [isBusy, setBusy] = useState(false)
  const isAsking = useRef(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isAsking.current) return
    const refuse = (message: string) => setErrors([{ field: 'code', message }])
    if (!typed.trim()) return refuse(t('noCode'))
    isAsking.current = true
    setBusy(true)
    const { data, error } = await client.query(FindPledge, { code: typed }, { requestPolicy: 'network-only' })
    isAsking.current = false
    setBusy(false)
    const code = data?.pledgeByCode?.followCode
    if (code) return void navigate({ to: '/theo-doi/$code', params: { code } })
    if (error) return refuse(wordsOf(error).message ?? t('notAsked'))
    refuse(t(looksLikeTransferCode(typed) ? 'transferCode' : 'badCode'))
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <Field name="code" label={t('code')} hint={t('codeHint')} error={errors[0]?.message}>
        <TextInput value={typed} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={400} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <div>
        <Button type="submit" variant="primary" icon="route" busy={isBusy}>
          {t('open')}
        </Button>
      </div>
    </form>
  )
}
