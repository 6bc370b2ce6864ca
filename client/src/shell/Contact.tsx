// How to reach the office that runs this hub; where it has not said, the Front of one's own commune.
import { useTranslations } from 'use-intl'
import { useShellStatus } from './shell-status.ts'

export function Contact() {
  const t = useTranslations('shell')
  const { office } = useShellStatus()
  if (!office) return <p>{t('contactUnset')}</p>
  return (
    <address className="contact">
      {office.name}
      {office.phone && <a href={`tel:${office.phone.replace(/[^+\d]/g, '')}`}>{office.phone}</a>}
      {office.email && <a href={`mailto:${office.email}`}>{office.email}</a>}
    </address>
  )
}
