// Where one is among ordered steps: across the top of a wizard, or down the life of a pledge.
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Icon, type IconName } from './Icon.tsx'
import './Steps.css'

/** The steps of a wizard: a bar with the number and name of the one at hand; all names where there is room. */
export function WizardSteps({ steps, current }: { steps: readonly string[]; current: number }) {
  const t = useTranslations('ui')
  return (
    <nav className="wizard" aria-label={t('wizard')}>
      <p className="wizard-now">
        {t('stepOf', { step: current + 1, total: steps.length })} · <b>{steps[current]}</b>
      </p>
      <ol role="list">
        {steps.map((name, index) => (
          <li key={name} className={`wizard-step wizard-${index < current ? 'done' : index === current ? 'current' : 'todo'}`} aria-current={index === current ? 'step' : undefined}>
            <span>{name}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

export interface Moment {
  key: string
  label: ReactNode
  state: 'done' | 'current' | 'todo' | 'stopped'
  /** When it happened, or by when it is expected. */
  at?: ReactNode
  /** Who did it, how much, what is still missing. */
  detail?: ReactNode
  icon?: IconName
}

const markOf: Record<Moment['state'], IconName | null> = { done: 'check', current: 'clock', todo: null, stopped: 'cross' }

/** The life of a pledge: down the page on phones, across it on wide screens. */
export function Timeline({ moments, label }: { moments: readonly Moment[]; label: string }) {
  const t = useTranslations('ui')
  const words = { done: t('stepDone'), current: t('stepCurrent'), todo: t('stepTodo'), stopped: t('stepStopped') }
  return (
    <ol className="timeline" role="list" aria-label={label} style={{ '--moments': moments.length }}>
      {moments.map(({ key, label, state, at, detail, icon }) => {
        const mark = icon ?? markOf[state]
        return (
          <li key={key} className={`moment moment-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
            <span className="moment-mark">{mark && <Icon name={mark} size={18} />}</span>
            <div className="moment-text">
              <p className="moment-label">
                {label}
                <span className="visually-hidden"> ({words[state]})</span>
              </p>
              {at && <p className="moment-at figures">{at}</p>}
              {detail && <div className="moment-detail">{detail}</div>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
