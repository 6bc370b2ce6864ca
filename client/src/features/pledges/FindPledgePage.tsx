// Asks for the follow code, or leads to one's own pledges.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Card } from '../../ui/Card.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { CodeForm } from './CodeForm.tsx'

export function FindPledgePage() {
  const t = useTranslations('follow')
  return (
    <div className="page page-narrow">
      <PageHeading lede={t('lede')}>{t('title')}</PageHeading>
      <Card>
        <CodeForm />
      </Card>
      <p>
        {t('haveAccount')} <Link to="/cam-ket-cua-toi">{t('myPledges')}</Link>
      </p>
    </div>
  )
}
