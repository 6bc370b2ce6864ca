// A page of someone's own, opened by a visitor: asks them to sign in, and comes back.
import { useTranslations } from 'use-intl'
import { LinkButton } from '../../ui/Button.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'

export function NotSignedIn({ returnTo }: { returnTo: string }) {
  const t = useTranslations('signIn')
  return (
    <div className="page page-narrow">
      <PageHeading lede={t('neededLede')}>{t('needed')}</PageHeading>
      <div className="row">
        <LinkButton to="/dang-nhap" search={{ ve: returnTo }} variant="primary" icon="user">
          {t('title')}
        </LinkButton>
        <LinkButton to="/dang-ky" search={{ ve: returnTo }}>{t('register')}</LinkButton>
      </div>
    </div>
  )
}
