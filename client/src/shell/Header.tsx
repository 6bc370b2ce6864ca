// Who this site is, where one can go, and whether its figures are live; on phones the ways to go lie under the thumb.
import { Link } from '@tanstack/react-router'
import { useLocale, useTranslations } from 'use-intl'
import { changeLanguage } from '../i18n/Language.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { BrandMark } from './Brand.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { sections } from './sections.ts'
import { useShellStatus } from './shell-status.ts'
import './Header.css'

export function Header() {
  const t = useTranslations()
  const { isDemo, account } = useShellStatus()
  return (
    <>
      {isDemo && (
        <aside className="demo-strip" aria-label={t('shell.demoTitle')}>
          <b>{t('shell.demoTitle')}.</b> {t('shell.demo')}
        </aside>
      )}
      <header className="header">
        <div className="header-row">
          <Link to="/" className="brand">
            <BrandMark />
            <span>{t('app.name')}</span>
          </Link>
          <nav className="main-nav" aria-label={t('shell.nav')}>
            <ul role="list">
              <NavItem to={sections.home} icon="home" label={t('shell.home')} isExact />
              <NavItem to={sections.hamlets} icon="hamlet" label={t('shell.hamlets')} short={t('shell.hamletsShort')} />
              <NavItem to={sections.follow} icon="route" label={t('shell.follow')} short={t('shell.followShort')} />
              <NavItem to={account?.to ?? sections.signIn} icon="user" label={account?.name ?? t('shell.signIn')} short={t(account ? 'shell.account' : 'shell.signIn')} />
            </ul>
          </nav>
          <LanguageSwitch />
        </div>
        <ConnectionBanner />
      </header>
    </>
  )
}

function NavItem({ to, icon, label, short = label, isExact = false }: { to: string; icon: IconName; label: string; short?: string; isExact?: boolean }) {
  return (
    <li>
      <Link to={to} className="nav-item" activeOptions={{ exact: isExact }}>
        <span className="nav-icon">
          <Icon name={icon} size={24} />
        </span>
        <span className="nav-long">{label}</span>
        <span className="nav-short">{short}</span>
      </Link>
    </li>
  )
}

function LanguageSwitch() {
  const t = useTranslations('shell')
  const other = useLocale() === 'vi' ? 'en' : 'vi'
  return (
    <Button variant="quiet" className="language-switch" lang={other} onClick={() => changeLanguage(other)}>
      {t('otherLanguage')}
    </Button>
  )
}
