// Things to press: a button that acts, a link that goes to a route, a link that goes elsewhere.
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import './Button.css'

interface Look {
  /** One primary per view; quiet for what stands beside text. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  /** Compact is for officers' rows; the public always gets 48 px. */
  size?: 'normal' | 'compact'
  icon?: IconName
  iconEnd?: IconName
  /** As wide as its container. */
  wide?: boolean
}

type ButtonProps = Look & { busy?: boolean; ref?: Ref<HTMLButtonElement> } & ButtonHTMLAttributes<HTMLButtonElement>

/** While `busy` it keeps its focus and its width, and a second press does nothing. */
export function Button({ variant = 'secondary', size, icon, iconEnd, wide, busy = false, type = 'button', onClick, className, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      className={look({ variant, size, wide }, className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      <Face icon={icon} iconEnd={iconEnd}>
        {children}
      </Face>
    </button>
  )
}

type AnchorProps = Look & { ref?: Ref<HTMLAnchorElement> } & AnchorHTMLAttributes<HTMLAnchorElement>

/** A link that looks like a button and leaves the router: downloads, telephone numbers, other sites. */
export function AnchorButton({ variant = 'secondary', size, icon, iconEnd, wide, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={look({ variant, size, wide }, className)}>
      <Face icon={icon} iconEnd={iconEnd}>
        {children}
      </Face>
    </a>
  )
}

/** A link to a route of ours that looks like a button. */
export const LinkButton = createLink(AnchorButton)

function look({ variant, size, wide }: Look, more?: string): string {
  return ['button', `button-${variant}`, size === 'compact' && 'button-compact', wide && 'button-wide', more].filter(Boolean).join(' ')
}

function Face({ icon, iconEnd, children }: { icon?: IconName; iconEnd?: IconName; children?: ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {iconEnd && <Icon name={iconEnd} />}
    </>
  )
}
