// Whether a household allows that support is matched for it: what it said, and writing it down for it before a witness.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { When } from '../../ui/Figure.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { isolated } from '../../ui/names.ts'
import type { Household } from './household-fields.ts'

const recordConsent = graphql(
  `
    mutation DeskRecordConsent($input: RecordConsentInput!) {
      recordConsent(input: $input) { household { id consents { purpose given at isOwnWord recordedBy witnessName } } problem { ...DeskProblem } }
    }
  `,
  [problemFields],
)

export function ConsentPart({ household }: { household: Household }) {
  const t = useTranslations('desk')
  const said = household.consents.filter(({ purpose }) => purpose === 'MATCHING')
  const [writing, setWriting] = useState<boolean | null>(null)
  return (
    <Card as="section" aria-labelledby="consent" className="desk-part">
      <h2 id="consent">{t('household.consent')}</h2>
      {said.length === 0 && <p className="muted">{t('household.consentNone')}</p>}
      <ul role="list" className="stack">
        {said.map(({ given, at, isOwnWord, recordedBy, witnessName }, index) => (
          <li key={at} className="row">
            <Badge tone={index > 0 ? 'neutral' : given ? 'ok' : 'warn'} icon={given ? 'check' : 'stop'}>
              {t(given ? 'household.consentGiven' : 'household.consentRevoked')}
            </Badge>
            <When at={at} />
            <span>{isOwnWord ? t('household.consentOwnWord') : t('household.consentWritten', { name: isolated(recordedBy ?? '–'), witness: isolated(witnessName ?? '–') })}</span>
          </li>
        ))}
      </ul>
      {writing === null ? (
        <div className="row">
          {said[0]?.given !== true && <Button onClick={() => setWriting(true)}>{t('household.consentGive')}</Button>}
          {said[0]?.given !== false && <Button onClick={() => setWriting(false)}>{t('household.consentRevoke')}</Button>}
        </div>
      ) : (
        <ConsentForm household={household} given={writing} onDone={() => setWriting(null)} />
      )}
    </Card>
  )
}

function ConsentForm({ household, given, onDone }: { household: Household; given: boolean; onDone: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const { send, isBusy, failing } = useCommand(recordConsent)
  const [witnessName, setWitnessName] = useState('')
  async function record() {
    if (!(await send({ householdId: household.id, purpose: 'MATCHING', given, witnessName }))) return
    toast({ message: t('household.consentRecorded') })
    onDone()
  }
  const says = t(given ? 'household.consentGive' : 'household.consentRevoke')
  return (
    <DeskForm name="consent" label={says} failing={failing} isBusy={isBusy} onSubmit={() => void record()} submit={says} onCancel={onDone}>
      <FormField name="witnessName" label={t('household.consentWitness')} hint={t('household.consentWitnessHint')}>
        <TextInput value={witnessName} maxLength={100} required onChange={(event) => setWitnessName(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
