// The one h1 of a page: names the browser's tab too, and takes focus when one arrives by a link.
import { useEffect, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import './PageHeading.css'

interface PageHeadingProps {
  children: ReactNode
  /** For the tab and history; the heading's own text when it is plain. */
  title?: string
  /** Where this page hangs: a link back, or a short path. */
  above?: ReactNode
  lede?: ReactNode
}

export function PageHeading({ children, title, above, lede }: PageHeadingProps) {
  const t = useTranslations('app')
  const name = title ?? (typeof children === 'string' ? children : undefined)
  useEffect(() => {
    document.title = name ? `${name} – ${t('name')}` : t('name')
  }, [name, t])
  return (
    <div className="page-heading">
      {above && <div className="page-heading-above">{above}</div>}
      <h1 tabIndex={-1}>{children}</h1>
      {lede && <div className="lede">{lede}</div>}
    </div>
  )
}
