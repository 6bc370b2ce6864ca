// How many of a hamlet's poor and near-poor households have a job that was kept, beside the target of a fifth a year.
import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/Badge.tsx'
import { Card } from '../../ui/Card.tsx'
import { type JobTargetFigures, useJobShare } from './job-target.ts'

export function JobTarget({ target, year }: { target: JobTargetFigures; year: number }) {
  const t = useTranslations('jobTarget')
  const share = useJobShare()(target)
  const { kept, households, isReached } = target
  return (
    <section className="stack">
      <h2>{t('title')}</h2>
      <Card>
        <p className="row">
          <span className="figures">
            <b>{t('figures', { year: String(year), kept, households })}</b>
            {share && ` (${share})`}
          </span>
          {isReached !== null && <Badge tone={isReached ? 'ok' : 'warn'} icon={isReached ? 'check' : undefined}>{t(isReached ? 'reached' : 'notReached')}</Badge>}
        </p>
        <p className="muted">{t('note')}</p>
      </Card>
    </section>
  )
}
