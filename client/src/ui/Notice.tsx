// A message that stands in the page: what happened or what to know, said aloud when it appears.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import './tone.css'
import './Notice.css'

export type Tone = 'ok' | 'warn' | 'danger' | 'info' | 'neutral'

const toneIcon: Record<Tone, IconName> = { ok: 'check', warn: 'alert', danger: 'alert', info: 'info', neutral: 'info' }

interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  icon?: IconName
  /** Read out when it appears; off for text that was there from the start. Danger interrupts. */
  live?: boolean
}

export function Notice({ tone = 'info', title, children, icon, live = true }: NoticeProps) {
  const role = live ? (tone === 'danger' ? 'alert' : 'status') : undefined
  return (
    <div className={`notice tone-${tone}`} role={role}>
      <Icon name={icon ?? toneIcon[tone]} size={22} />
      <div className="notice-text">
        {title && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
