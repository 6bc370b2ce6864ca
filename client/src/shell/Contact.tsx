// How to reach the office that runs this hub; where it has not said, the Front of one's own commune.
import { useTranslations } from 'use-intl'
import { useShellStatus } from './shell-status.ts'

const phoneOrMail = /(\+?\d[\d .-]{6,}\d|[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+)/

export function Contact() {
  const t = useTranslations('shell')
  const { contact } = useShellStatus()
  if (!contact) return <p>{t('contactUnset')}</p>
  return (
    <address className="contact">
      <span>{contact.split(phoneOrMail).map((part) => (phoneOrMail.test(part) ? <a key={part} href={linkTo(part)}>{part}</a> : part))}</span>
    </address>
  )
}

const linkTo = (part: string) => (part.includes('@') ? `mailto:${part}` : `tel:${part.replace(/[^+\d]/g, '')}`)
