// A kind of support as a reader recognises it anywhere: its picture and its word, in its colour.
import { useTranslations } from 'use-intl'
import { Icon } from './Icon.tsx'

/** In the order in which they are shown. */
export const kinds = ['capital', 'revolving', 'credit', 'livestock', 'training', 'job', 'offtake', 'goods', 'works', 'labour'] as const
export type Kind = (typeof kinds)[number]

export function KindMark({ kind }: { kind: Kind }) {
  const t = useTranslations('kind')
  return (
    <span className={`kind-mark kind-${kind}`}>
      <Icon name={kind} />
      {t(kind)}
    </span>
  )
}

/** The picture alone, on a tinted tile; the word must stand beside it. */
export function KindTile({ kind, size = 48 }: { kind: Kind; size?: number }) {
  return (
    <span className={`kind-mark-tile kind-${kind}`} style={{ '--tile-size': `${size}px` }}>
      <Icon name={kind} size={Math.round(size * 0.56)} />
    </span>
  )
}
