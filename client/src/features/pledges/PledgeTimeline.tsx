// The moments of a pledge's life, what comes next, and by when: late is said plainly.
import { useTranslations } from 'use-intl'
import { When } from '../../ui/Figure.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Timeline } from '../../ui/Steps.tsx'
import { useSupportWords } from '../areas/support-kind.ts'
import { momentsOf, type NextStep, nextStepsOf, type PledgeLife, type Stage } from './pledge-life.ts'

const icons: Record<Stage, IconName> = { registered: 'hands', verified: 'shield', allocated: 'route', dispatched: 'truck', received: 'household', outcome: 'sprout' }

export function PledgeTimeline({ pledge }: { pledge: PledgeLife }) {
  const t = useTranslations('life')
  const amounts = useAmounts(pledge)
  return (
    <Timeline
      label={t('title')}
      moments={momentsOf(pledge).map(({ stage, state, at }) => ({
        key: stage,
        label: t(`stage.${stage}`),
        state,
        ...(state === 'todo' || state === 'current' ? { icon: icons[stage] } : {}),
        at: at && <When at={at} />,
        detail: stage === 'allocated' || stage === 'dispatched' || stage === 'received' ? amounts(stage) : null,
      }))}
    />
  )
}

/** 7 con bò giống of 10, line by line; nothing while nothing has happened. */
function useAmounts(pledge: PledgeLife) {
  const t = useTranslations('life')
  const words = useSupportWords()
  return (stage: 'allocated' | 'dispatched' | 'received') =>
    pledge.lines
      .filter(({ quantities }) => quantities[stage] !== '0')
      .map(({ kind, quantities }) => t('ofPromised', { part: words.amount(kind, quantities[stage]), whole: words.amount(kind, quantities.promised) }))
      .join('; ')
}

export function NextSteps({ pledge }: { pledge: PledgeLife }) {
  const t = useTranslations('life')
  const steps = nextStepsOf(pledge)
  const stopped = pledge.state !== 'REGISTERED' && pledge.state !== 'VERIFIED'
  if (steps.length === 0) {
    return stopped ? (
      <Notice tone="neutral" live={false} icon="stop" title={t(`ended.${pledge.state as 'DECLINED' | 'WITHDRAWN' | 'LAPSED'}`)}>
        {lastReason(pledge) && <p>{t('reason', { reason: lastReason(pledge) })}</p>}
      </Notice>
    ) : (
      <Notice tone="ok" live={false} title={t('complete')} />
    )
  }
  return (
    <ul role="list" className="next-steps">
      {steps.map((step) => (
        <li key={step.key}>
          <NextStepNotice step={step} area={pledge.area.fullName} />
        </li>
      ))}
    </ul>
  )
}

function NextStepNotice({ step: { key, since, by, isLate }, area }: { step: NextStep; area: string }) {
  const t = useTranslations('life')
  return (
    <Notice tone={isLate ? 'warn' : key === 'lookInto' ? 'warn' : 'info'} live={false} icon={isLate ? 'clock' : 'info'} title={t(`next.${key}.who`, { area })}>
      <p>
        {t(`next.${key}.what`)} {since && <>{t('waitsSince')} <When at={since} />.</>} {by && <>{t(isLate ? 'wasDueBy' : 'dueBy')} <When at={by} />. {isLate && <b>{t('isLate')}</b>}</>}
      </p>
    </Notice>
  )
}

const lastReason = (pledge: PledgeLife): string => pledge.steps.at(-1)?.reason ?? ''
