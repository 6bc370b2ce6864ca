// The weights and guards of a run: the office's own, what may be changed before it matches again, and kept for the office.
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'

export const weightNames = ['need', 'deprivation', 'cause', 'urgency', 'waiting', 'neverHelped', 'poor', 'distance', 'fairness'] as const
export const spanNames = ['sameKindMonths', 'houseYears', 'consentMonths'] as const
export const ruleNames = ['listedOnly', 'consentNeeded', 'targetBinds'] as const

/** What was changed; everything else stays as it stands. */
export interface Settings {
  weights: Partial<Record<(typeof weightNames)[number], number>>
  guards: Partial<Record<(typeof spanNames)[number], number> & Record<(typeof ruleNames)[number], boolean>>
}

export const UNCHANGED: Settings = { weights: {}, guards: {} }

interface RunSettingsProps {
  /** Those of the office. */
  standing: Settings
  changed: Settings
  onChange: (changed: Settings) => void
  /** What can be done with what was changed, and what was changed before. */
  children: ReactNode
}

export function RunSettings({ standing, changed, onChange, children }: RunSettingsProps) {
  const t = useTranslations('desk')
  const shown = (value: number | undefined) => (value === undefined ? '' : String(value))
  return (
    <details className="batch-more">
      <summary>{t('batch.settings')}</summary>
      <fieldset className="batch-settings">
        <legend>{t('batch.weights')}</legend>
        {weightNames.map((name) => (
          <Field key={name} name={`weight-${name}`} label={t(`batch.weight.${name}`)}>
            <NumberInput
              maxDigits={4}
              required={false}
              value={shown(changed.weights[name] ?? standing.weights[name])}
              onValue={(value) => onChange({ ...changed, weights: { ...changed.weights, [name]: Number(value) } })}
            />
          </Field>
        ))}
        <p className="muted batch-note">{t('batch.notCounted')}</p>
      </fieldset>
      <fieldset className="batch-settings">
        <legend>{t('batch.guards')}</legend>
        {spanNames.map((name) => (
          <Field key={name} name={`guard-${name}`} label={t(`batch.guard.${name}`)}>
            <NumberInput
              maxDigits={3}
              required={false}
              value={shown(changed.guards[name] ?? standing.guards[name])}
              onValue={(value) => onChange({ ...changed, guards: { ...changed.guards, [name]: Number(value) } })}
            />
          </Field>
        ))}
        {ruleNames.map((name) => (
          <Checkbox
            key={name}
            label={t(`batch.guard.${name}`)}
            checked={changed.guards[name] ?? standing.guards[name] ?? false}
            onChange={(event) => onChange({ ...changed, guards: { ...changed.guards, [name]: event.target.checked } })}
          />
        ))}
      </fieldset>
      {children}
    </details>
  )
}
