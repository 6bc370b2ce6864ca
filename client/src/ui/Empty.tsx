// Nothing here yet: says why, and what can be done instead.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import './Waiting.css'

interface EmptyProps {
  title: ReactNode
  icon?: IconName
  /** One or two sentences. */
  children?: ReactNode
  /** A button or link to the next best thing. */
  action?: ReactNode
}

export function Empty({ title, icon = 'search', children, action }: EmptyProps) {
  return (
    <div className="standing">
      <span className="standing-picture">
        <Icon name={icon} size={32} />
      </span>
      <p className="standing-title">{title}</p>
      {children && <div className="muted">{children}</div>}
      {action}
    </div>
  )
}
