// Where the settings of matching come from, keeping what was changed as the office's own, and going back to how it was.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { When } from '../../ui/Figure.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { ruleNames, type Settings, spanNames, UNCHANGED, weightNames } from './RunSettings.tsx'

export const settingsFields = graphql(`
  fragment DeskMatchingSettings on MatchingSettings @_unmask {
    area { id }
    weights { need deprivation cause urgency waiting neverHelped poor distance fairness }
    guards { sameKindMonths houseYears consentMonths consentNeeded listedOnly targetBinds }
    setIn { id fullName }
    versions { version changedAt changedBy returnsTo isInherited changes { setting from to } }
  }
`)

export type OfficeMatching = ResultOf<typeof settingsFields>

const change = graphql(
  `
    mutation DeskChangeMatchingSettings($input: ChangeMatchingSettingsInput!) {
      changeMatchingSettings(input: $input) { settings { versions { version } } problem { ...DeskProblem } }
    }
  `,
  [problemFields],
)

const goBack = graphql(
  `
    mutation DeskReturnToMatchingSettings($input: ReturnToMatchingSettingsInput!) {
      returnToMatchingSettings(input: $input) { settings { versions { version } } problem { ...DeskProblem } }
    }
  `,
  [problemFields],
)

interface OfficeSettingsProps {
  office: OfficeMatching
  changed: Settings
  onChange: (changed: Settings) => void
  onSaved: () => void
}

export function OfficeSettings({ office, changed, onChange, onSaved }: OfficeSettingsProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const [saving, returning] = [useCommand(change), useCommand(goBack)]
  const { area, setIn, versions } = office
  const isChanged = Object.keys({ ...changed.weights, ...changed.guards }).length > 0

  async function save() {
    const done = await saving.send({ areaId: area.id, weights: changed.weights, guards: changed.guards })
    const version = done?.settings?.versions[0]?.version
    if (version === undefined) return
    onChange(UNCHANGED)
    onSaved()
    toast({ message: t('batch.saved'), onUndo: () => void returnTo(version - 1) })
  }
  async function returnTo(version: number) {
    if (await returning.send({ areaId: area.id, version })) toast({ message: t('batch.returned') })
    onSaved()
  }

  return (
    <div className="batch-office stack">
      <p className="muted">
        {setIn ? t('batch.setIn', { area: setIn.fullName }) : t('batch.setNowhere')} {setIn && setIn.id !== area.id && t('batch.inherited')} {isChanged && t('batch.onlyThisRun')}
      </p>
      <FailingNotice failing={saving.failing ?? returning.failing} onReload={onSaved} />
      {saving.failing?.problem?.__typename === 'InvalidInput' && <p className="field-error">{saving.failing.message}</p>}
      {isChanged && (
        <div className="row">
          <Button busy={saving.isBusy} onClick={() => void save()}>
            {t('batch.save')}
          </Button>
          <Button variant="quiet" onClick={() => onChange(UNCHANGED)}>
            {t('batch.forget')}
          </Button>
        </div>
      )}
      {versions.length > 0 && (
        <details className="batch-more">
          <summary>{t('batch.history', { count: versions.length })}</summary>
          <ol role="list" className="batch-versions">
            {versions.map((version, index) => (
              <li key={version.version}>
                <p>
                  <b>{t('batch.version', { version: version.version })}</b> · <bdi>{version.changedBy}</bdi> · <When at={version.changedAt} withTime />
                  {version.returnsTo !== null && <> · {version.returnsTo === 0 ? t('batch.returnsToInherited') : t('batch.returnsTo', { version: version.returnsTo })}</>}
                </p>
                <Changes version={version} />
                {index > 0 && (
                  <Button variant="quiet" size="compact" icon="undo" busy={returning.isBusy} onClick={() => void returnTo(version.version)}>
                    {t('batch.return')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
          {!versions[0]!.isInherited && (
            <Button variant="quiet" size="compact" icon="undo" busy={returning.isBusy} onClick={() => void returnTo(0)}>
              {t('batch.returnToInherited')}
            </Button>
          )}
        </details>
      )}
    </div>
  )
}

/** What a version made different, in the words of the fields above. */
function Changes({ version: { isInherited, changes } }: { version: OfficeMatching['versions'][number] }) {
  const t = useTranslations('desk')
  if (isInherited) return null
  if (changes.length === 0) return <p className="muted">{t('batch.nothingChanged')}</p>
  const nameOf = (setting: string) => {
    const weight = weightNames.find((name) => name === setting)
    const guard = [...spanNames, ...ruleNames].find((name) => name === setting)
    return weight ? t(`batch.weight.${weight}`) : guard ? t(`batch.guard.${guard}`) : setting
  }
  const said = (value: string) => (value === 'true' ? t('batch.yes') : value === 'false' ? t('batch.no') : value)
  return (
    <ul>
      {changes.map(({ setting, from, to }) => (
        <li key={setting}>{t('batch.becomes', { name: nameOf(setting), from: said(from), to: said(to) })}</li>
      ))}
    </ul>
  )
}
