// A question that must be answered first, on the browser's own modal dialog: it keeps focus inside and gives it back.
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import './Dialog.css'

interface DialogProps {
  isOpen: boolean
  /** Called for Escape, the closing cross and, where the browser knows `closedby`, a press outside. */
  onClose: () => void
  title: ReactNode
  children: ReactNode
  /** Buttons; the one that goes on stands first. */
  actions?: ReactNode
}

export function Dialog({ isOpen, onClose, title, children, actions }: DialogProps) {
  const t = useTranslations('ui')
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (isOpen && element && !element.open) {
      element.showModal()
      // Not on the first button: it may be the one that cannot be taken back.
      element.querySelector('h2')?.focus()
    }
    if (!isOpen && element?.open) element.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onClose={onClose}
      closedby="any"
    >
      {isOpen && (
        <div className="dialog-body">
          <h2 id={titleId} tabIndex={-1}>{title}</h2>
          {children}
          {actions && <div className="row">{actions}</div>}
          <Button variant="quiet" className="dialog-close" icon="cross" aria-label={t('close')} onClick={onClose} />
        </div>
      )}
    </dialog>
  )
}
