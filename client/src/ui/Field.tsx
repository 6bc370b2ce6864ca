// One question of a form: its label, hint and error, tied to whichever control stands inside.
import { createContext, use, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from './Icon.tsx'
import './Field.css'

interface Control {
  id: string
  name: string
  required: boolean
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

const CurrentField = createContext<Partial<Control>>({})

interface FieldProps {
  /** Also the control's id, so that ErrorSummary can send focus to it. Unique on the page. */
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  /** Questions are required unless said otherwise; the optional ones are marked. */
  optional?: boolean
  children: ReactNode
}

export function Field({ name, label, hint, error, optional = false, children }: FieldProps) {
  const t = useTranslations('ui')
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  const control: Control = {
    id: name,
    name,
    required: !optional,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? true : undefined,
  }
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label className="field-label" htmlFor={name}>
        {label}
        {optional && <span className="field-optional"> ({t('optional')})</span>}
      </label>
      {hint && <FieldHint name={name}>{hint}</FieldHint>}
      {error && <FieldError name={name}>{error}</FieldError>}
      <CurrentField value={control}>{children}</CurrentField>
    </div>
  )
}

/** What a control must carry to belong to the field around it. */
export function useControl(): Partial<Control> {
  return use(CurrentField)
}

export function FieldHint({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div id={`${name}-hint`} className="field-hint">
      {children}
    </div>
  )
}

export function FieldError({ name, children }: { name: string; children: ReactNode }) {
  const t = useTranslations('ui')
  return (
    <p id={`${name}-error`} className="field-error">
      <Icon name="alert" size={18} />
      <span>
        <span className="visually-hidden">{t('errorPrefix')} </span>
        {children}
      </span>
    </p>
  )
}
