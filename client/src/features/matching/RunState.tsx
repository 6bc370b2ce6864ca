// Which answer of a run is shown: the greedy one while the best is being found, then the best with what it is worth more.
import { useLocale, useTranslations } from 'use-intl'
import type { ResultOf } from '../../graphql/graphql.ts'
import { Notice } from '../../ui/Notice.tsx'
import { type figureFields, missed } from './RunFigures.tsx'

interface RunStateProps {
  state: 'SOLVING' | 'SOLVED' | 'GREEDY_ONLY'
  kinds: ResultOf<typeof figureFields>['kinds']
}

export function RunState({ state, kinds }: RunStateProps) {
  const t = useTranslations('desk')
  const percent = new Intl.NumberFormat(useLocale(), { style: 'percent', maximumFractionDigits: 2 })
  if (state === 'SOLVING') {
    return (
      <Notice icon="clock" title={t('batch.solving')}>
        <p>{t('batch.solvingNote')}</p>
      </Notice>
    )
  }
  if (state === 'GREEDY_ONLY') {
    return (
      <Notice tone="warn" title={t('batch.greedyOnly')}>
        <p>{t('batch.greedyOnlyNote')}</p>
      </Notice>
    )
  }
  if (kinds.length === 0) return null
  const most = Math.max(...kinds.map((kind) => missed(kind) ?? 0))
  return <Notice tone="ok" title={most > 0 ? t('batch.solved', { percent: percent.format(most / 10_000) }) : t('batch.solvedEqual')} />
}
