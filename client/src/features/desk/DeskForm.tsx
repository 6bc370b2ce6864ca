// A form of the desk: fields, one button that acts, and whatever stopped it, said where it can be mended.
import { createContext, use, useMemo, type FormEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { formErrors, type Failing } from './use-command.ts'

interface DeskFormProps {
  /** Unique on the page; the fields' ids begin with it. */
  name: string
  label: string
  failing: Failing | null
  isBusy: boolean
  onSubmit: () => void
  submit: ReactNode
  submitVariant?: 'primary' | 'danger' | 'secondary'
  onCancel?: () => void
  /** Asks for what is shown anew; offered after a conflict. */
  onReload?: () => void
  children: ReactNode
}

const CurrentForm = createContext<{ name: string; failing: Failing | null }>({ name: 'form', failing: null })

export function DeskForm({ name, label, failing, isBusy, onSubmit, submit, submitVariant = 'primary', onCancel, onReload, children }: DeskFormProps) {
  const t = useTranslations('desk')
  const errors = useMemo(() => formErrors(failing, name), [failing, name])
  const form = useMemo(() => ({ name, failing }), [name, failing])
  function send(event: FormEvent) {
    event.preventDefault()
    if (!isBusy) onSubmit()
  }
  return (
    <form className="stack desk-form" aria-label={label} onSubmit={send}>
      <ErrorSummary errors={errors} />
      <FailingNotice failing={failing} onReload={onReload} />
      <CurrentForm value={form}>{children}</CurrentForm>
      <div className="row">
        <Button type="submit" variant={submitVariant} busy={isBusy}>
          {submit}
        </Button>
        {onCancel && (
          <Button variant="quiet" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}

interface FormFieldProps {
  /** As the input object of the API names it. */
  name: string
  label: ReactNode
  hint?: ReactNode
  optional?: boolean
  children: ReactNode
}

/** A Field inside a DeskForm: shows the server's word about it. */
export function FormField({ name, ...rest }: FormFieldProps) {
  const form = use(CurrentForm)
  const error = formErrors(form.failing, form.name).find(({ field }) => field === `${form.name}-${name}`)?.message
  return <Field name={`${form.name}-${name}`} error={error} {...rest} />
}

/** What stopped a command, other than a wrong field: a conflict says who was first and offers to look again. */
export function FailingNotice({ failing, onReload }: { failing: Failing | null; onReload?: (() => void) | undefined }) {
  const t = useTranslations('desk')
  if (!failing || failing.problem?.__typename === 'InvalidInput') return null
  const isConflict = failing.problem?.__typename === 'Conflict'
  return (
    <Notice tone={isConflict ? 'warn' : 'danger'} title={t(isConflict ? 'conflict' : 'notDone')}>
      <p>{failing.message ?? t('notSent')}</p>
      {failing.errorId && (
        <p>
          {t('errorId')} <code>{failing.errorId}</code>
        </p>
      )}
      {isConflict && onReload && (
        <Button size="compact" onClick={onReload}>
          {t('reload')}
        </Button>
      )}
    </Notice>
  )
}
