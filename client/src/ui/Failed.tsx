// Could not be loaded: what happened in plain words, a way to try again, and the id to quote to the office.
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import './Waiting.css'

interface FailedProps {
  title?: ReactNode
  /** The server's own sentence where it sent one. */
  message?: ReactNode
  errorId?: string | undefined
  onRetry?: (() => void) | undefined
}

export function Failed({ title, message, errorId, onRetry }: FailedProps) {
  const t = useTranslations('ui')
  return (
    <div className="standing standing-failed" role="alert">
      <span className="standing-picture">
        <Icon name="alert" size={32} />
      </span>
      <p className="standing-title">{title ?? t('failedTitle')}</p>
      <p className="muted">{message ?? t('failed')}</p>
      {errorId && (
        <p className="muted">
          {t('errorId')} <code>{errorId}</code>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    </div>
  )
}
