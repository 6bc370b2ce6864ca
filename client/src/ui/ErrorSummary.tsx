// Says at the top of a form everything that must be corrected, takes focus, and leads to each field.
import { useEffect, useRef, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import './Notice.css'

export interface FormError {
  /** The Field's or RadioCards' name; without one the line is not a link. */
  field?: string
  message: string
}

/** What the controls of a form find wrong with themselves, before anything is sent; each then shows it, too. */
export function faultsIn(form: HTMLFormElement): FormError[] {
  const wrong = [...form.querySelectorAll('input')].filter(({ validity }) => validity.customError)
  return wrong.filter((control) => !control.checkValidity()).map(({ id, validationMessage }) => ({ field: id, message: validationMessage }))
}

/** The first that is said of each field. */
export const firstOfEach = (errors: readonly FormError[]): FormError[] => errors.filter(({ field }, at) => !field || errors.findIndex((other) => other.field === field) === at)

/** Give a new array for each attempt to send: that is what brings focus back here. */
export function ErrorSummary({ errors }: { errors: readonly FormError[] }) {
  const t = useTranslations('ui')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors.length > 0) box.current?.focus()
  }, [errors])
  if (errors.length === 0) return null
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{t('errorSummary', { count: errors.length })}</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li key={`${field} ${message}`}>{field ? <a href={`#${field}`} onClick={(event) => focusField(event, field)}>{message}</a> : message}</li>
        ))}
      </ul>
    </div>
  )
}

function focusField(event: MouseEvent, field: string): void {
  event.preventDefault()
  const control = document.getElementById(field)
  control?.focus()
  // The label above is what tells the reader where they are.
  const label = control?.closest('.field, .choice-set') ?? control
  label?.scrollIntoView({ block: 'start' })
}
