// A password shown once: it opens nothing but the page where its owner sets another.
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

export interface Secret {
  name: string
  login: string
  /** Null when the same request was answered before: then it must be reset. */
  password: string | null
}

export function OneTimePassword({ secret, onSeen }: { secret: Secret; onSeen: () => void }) {
  const t = useTranslations('desk')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [secret])
  return (
    <div ref={box} tabIndex={-1}>
      <Notice tone="warn" icon="lock" title={t('accounts.secretFor', { name: secret.name })}>
        {secret.password ? (
          <>
            <p>
              {t('accounts.login')}: <code>{secret.login}</code>
            </p>
            <p>
              {t('accounts.password')}: <code className="account-secret">{secret.password}</code>
            </p>
            <p>{t('accounts.secretNote')}</p>
          </>
        ) : (
          <p>{t('accounts.secretGone')}</p>
        )}
        <Button size="compact" onClick={onSeen}>
          {t('accounts.secretSeen')}
        </Button>
      </Notice>
    </div>
  )
}
