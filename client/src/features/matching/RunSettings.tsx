// The weights and guards of a run: the office's own, what may be changed before it matches again, and kept for the office.
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { BOUNDS, type Bound } from '../../../../common/bounds.ts'
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
  return (
    // What is wrong inside is shown before the form is held back for it.
    <details className="batch-more" onInvalidCapture={({ currentTarget }) => (currentTarget.open = true)}>
      <summary>{t('batch.settings')}</summary>
      <fieldset className="batch-settings">
        <legend>{t('batch.weights')}</legend>
        {weightNames.map((name) => (
          <SettingField
            key={name}
            name={`weight-${name}`}
            label={t(`batch.weight.${name}`)}
            bound={BOUNDS.points}
            value={changed.weights[name] ?? standing.weights[name]}
            onValue={(value) => onChange({ ...changed, weights: { ...changed.weights, [name]: value } })}
          />
        ))}
        <p className="muted batch-note">{t('batch.notCounted')}</p>
      </fieldset>
      <fieldset className="batch-settings">
        <legend>{t('batch.guards')}</legend>
        {spanNames.map((name) => (
          <SettingField
            key={name}
            name={`guard-${name}`}
            label={t(`batch.guard.${name}`)}
            bound={BOUNDS.months}
            value={changed.guards[name] ?? standing.guards[name]}
            onValue={(value) => onChange({ ...changed, guards: { ...changed.guards, [name]: value } })}
          />
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

interface SettingFieldProps {
  name: string
  label: string
  bound: Bound
  value: number | undefined
  onValue: (value: number) => void
}

/** While it is being rewritten, and empty, the setting stays what it was. */
function SettingField({ name, label, bound, value, onValue }: SettingFieldProps) {
  const [isEmpty, setEmpty] = useState(false)
  return (
    <Field name={name} label={label}>
      <NumberInput
        required={false}
        bound={bound}
        value={isEmpty || value === undefined ? '' : String(value)}
        onValue={(digits) => {
          setEmpty(digits === '')
          if (digits !== '') onValue(Number(digits))
        }}
      />
    </Field>
  )
}
