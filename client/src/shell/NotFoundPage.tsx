// No such page: says why that may be, and leads on.
import { useTranslations } from 'use-intl'
import { LinkButton } from '../ui/Button.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'

export function NotFoundPage() {
  const t = useTranslations()
  return (
    <div className="page page-narrow">
      <PageHeading above="404" lede={t('notFound.text')}>
        {t('notFound.title')}
      </PageHeading>
      <div className="row">
        <LinkButton to="/" variant="primary">
          {t('crash.home')}
        </LinkButton>
        <LinkButton to="/gioi-thieu">{t('shell.about')}</LinkButton>
      </div>
    </div>
  )
}
