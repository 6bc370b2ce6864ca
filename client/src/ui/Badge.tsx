// A short state beside the thing it belongs to: always a word, never colour alone.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import type { Tone } from './Notice.tsx'
import './tone.css'
import './Badge.css'

export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`badge tone-${tone}`}>
      {icon && <Icon name={icon} size={15} />}
      {children}
    </span>
  )
}
