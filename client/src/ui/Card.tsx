// A surface that holds one thing.
import type { ReactNode } from 'react'
import './Card.css'

interface CardProps {
  /** article for a thing in a list, section for a part of a page. */
  as?: 'article' | 'section' | 'div' | 'li'
  /** Lifts on hover; the card's one link carries class `card-link` and then covers all of it. */
  isLink?: boolean
  className?: string
  children: ReactNode
  'aria-labelledby'?: string
}

export function Card({ as: Element = 'div', isLink, className, children, ...rest }: CardProps) {
  return (
    <Element {...rest} className={['card', isLink && 'card-lifts', className].filter(Boolean).join(' ')}>
      {children}
    </Element>
  )
}
