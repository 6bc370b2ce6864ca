// Short confirmations that pass by themselves, with a way to take the act back while they stand.
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import './Toasts.css'

export interface Toast {
  message: ReactNode
  onUndo?: () => void
}

type Standing = Toast & { id: number }

// WCAG 2.2.1: long enough to read and to reach the button, and longer while one is on it.
const stayMs = 10_000
let lastId = 0

const ShowToast = createContext<(toast: Toast) => void>(() => {})

export function useToast(): (toast: Toast) => void {
  return use(ShowToast)
}

export function ToastsProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('ui')
  const [toasts, setToasts] = useState<readonly Standing[]>([])
  const show = useCallback((toast: Toast) => setToasts((standing) => [...standing.slice(-2), { ...toast, id: ++lastId }]), [])
  const remove = useCallback((id: number) => setToasts((standing) => standing.filter((toast) => toast.id !== id)), [])
  return (
    <ShowToast value={show}>
      {children}
      <div className="toasts" role="status" aria-label={t('notifications')}>
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onGone={remove} />
        ))}
      </div>
    </ShowToast>
  )
}

function ToastCard({ toast, onGone }: { toast: Standing; onGone: (id: number) => void }) {
  const t = useTranslations('ui')
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => onGone(toast.id), stayMs)
    return () => clearTimeout(timer)
  }, [isHeld, onGone, toast.id])
  const undo = toast.onUndo
  return (
    <div className="toast" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Icon name="check" />
      <span className="toast-text">{toast.message}</span>
      {undo && (
        <Button
          variant="quiet"
          icon="undo"
          onClick={() => {
            undo()
            onGone(toast.id)
          }}
        >
          {t('undo')}
        </Button>
      )}
      <Button variant="quiet" icon="cross" aria-label={t('close')} onClick={() => onGone(toast.id)} />
    </div>
  )
}
