// Who answers for this site, and the pages that say how it works and what it keeps.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { BrandMark } from './Brand.tsx'
import { Contact } from './Contact.tsx'
import './Footer.css'

export function Footer() {
  const t = useTranslations()
  return (
    <footer className="footer">
      <div className="footer-row">
        <div className="footer-brand">
          <BrandMark size={44} />
          <p>{t('app.slogan')}</p>
        </div>
        <nav aria-label={t('shell.footerNav')}>
          <ul role="list">
            <li>
              <Link to="/viec-lam">{t('shell.openings')}</Link>
            </li>
            <li>
              <Link to="/gioi-thieu">{t('shell.about')}</Link>
            </li>
            <li>
              <Link to="/quyen-rieng-tu">{t('shell.privacy')}</Link>
            </li>
          </ul>
        </nav>
        <div>
          <p className="footer-title">{t('shell.contact')}</p>
          <Contact />
        </div>
      </div>
    </footer>
  )
}
