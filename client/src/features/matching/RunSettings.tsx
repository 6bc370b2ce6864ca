// The weights and guards of a run: what an office may change before it matches again.
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'

export const weightNames = ['need', 'deprivation', 'cause', 'urgency', 'waiting', 'neverHelped', 'poor', 'distance', 'fairness'] as const
export const spanNames = ['sameKindMonths', 'houseYears', 'consentMonths'] as const
export const ruleNames = ['listedOnly', 'targetBinds'] as const

/** What was changed; everything else stays as it stands. */
export interface Settings {
  weights: Partial<Record<(typeof weightNames)[number], number>>
  guards: Partial<Record<(typeof spanNames)[number], number> & Record<(typeof ruleNames)[number], boolean>>
}

interface RunSettingsProps {
  /** Those of the last run, where there was one. */
  last: Settings
  changed: Settings
  onChange: (changed: Settings) => void
}

export function RunSettings({ last, changed, onChange }: RunSettingsProps) {
  const t = useTranslations('desk')
  const shown = (value: number | undefined) => (value === undefined ? '' : String(value))
  return (
    <details>
      <summary>{t('batch.settings')}</summary>
      <fieldset className="batch-settings">
        <legend>{t('batch.weights')}</legend>
        {weightNames.map((name) => (
          <Field key={name} name={`weight-${name}`} label={t(`batch.weight.${name}`)}>
            <NumberInput
              maxDigits={4}
              required={false}
              value={shown(changed.weights[name] ?? last.weights[name])}
              onValue={(value) => onChange({ ...changed, weights: { ...changed.weights, [name]: Number(value) } })}
            />
          </Field>
        ))}
      </fieldset>
      <fieldset className="batch-settings">
        <legend>{t('batch.guards')}</legend>
        {spanNames.map((name) => (
          <Field key={name} name={`guard-${name}`} label={t(`batch.guard.${name}`)}>
            <NumberInput
              maxDigits={3}
              required={false}
              value={shown(changed.guards[name] ?? last.guards[name])}
              onValue={(value) => onChange({ ...changed, guards: { ...changed.guards, [name]: Number(value) } })}
            />
          </Field>
        ))}
        {ruleNames.map((name) => (
          <Checkbox
            key={name}
            label={t(`batch.guard.${name}`)}
            checked={changed.guards[name] ?? last.guards[name] ?? true}
            onChange={(event) => onChange({ ...changed, guards: { ...changed.guards, [name]: event.target.checked } })}
          />
        ))}
      </fieldset>
    </details>
  )
}
