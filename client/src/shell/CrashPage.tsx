// A page broke while it was drawn: owns the fault, offers to try again, and never leaves a blank screen.
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Button, LinkButton } from '../ui/Button.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'

export function CrashPage({ reset }: ErrorComponentProps) {
  const t = useTranslations()
  const router = useRouter()
  async function retry() {
    await router.invalidate()
    reset()
  }
  return (
    <div className="page page-narrow">
      <PageHeading lede={t('crash.text')}>{t('crash.title')}</PageHeading>
      <div className="row">
        <Button variant="primary" onClick={retry}>
          {t('ui.retry')}
        </Button>
        <LinkButton to="/">{t('crash.home')}</LinkButton>
      </div>
    </div>
  )
}
