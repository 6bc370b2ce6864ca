// The administrator and the office of a commune add a hamlet to it, by the decision that made it.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import '../desk/Desk.css'

const addHamlet = graphql(
  `
    mutation DeskAddHamlet($input: AddHamletInput!) {
      addHamlet(input: $input) {
        area { id fullName }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface AddHamletProps {
  commune: { id: string; fullName: string; validFrom: string }
  onAdded: () => void
}

export function AddHamlet({ commune, onAdded }: AddHamletProps) {
  const t = useTranslations('desk')
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <Button icon="plus" onClick={() => setOpen(true)}>
        {t('hamlet.add')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('hamlet.add')}>
        {isOpen && (
          <HamletForm
            commune={commune}
            onCancel={() => setOpen(false)}
            onDone={() => {
              setOpen(false)
              onAdded()
            }}
          />
        )}
      </Dialog>
    </div>
  )
}

function HamletForm({ commune, onDone, onCancel }: { commune: AddHamletProps['commune']; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const format = useFormat()
  const [said, setSaid] = useState({ name: '', effectiveOn: '', decisionNo: '', decidedOn: '', issuer: '' })
  const command = useCommand(addHamlet)
  const input = (name: keyof typeof said) => ({ value: said[name], onChange: (event: { target: { value: string } }) => setSaid({ ...said, [name]: event.target.value }) })

  async function send() {
    const done = await command.send({ communeId: commune.id, ...said })
    if (!done?.area) return
    toast({ message: t('hamlet.added', { name: done.area.fullName }) })
    onDone()
  }

  return (
    <DeskForm name="hamlet" label={t('hamlet.add')} {...command} onSubmit={send} submit={t('hamlet.send')} onCancel={onCancel}>
      <p>{t('hamlet.lede', { commune: commune.fullName })}</p>
      <FormField name="name" label={t('hamlet.name')} hint={t('hamlet.nameHint')}>
        <TextInput maxLength={80} autoComplete="off" {...input('name')} />
      </FormField>
      <FormField name="effectiveOn" label={t('hamlet.effectiveOn')} hint={t('hamlet.effectiveOnHint', { commune: commune.fullName, day: format.date(commune.validFrom) })}>
        <TextInput type="date" {...input('effectiveOn')} />
      </FormField>
      <FormField name="issuer" label={t('hamlet.issuer')}>
        <TextInput maxLength={120} {...input('issuer')} />
      </FormField>
      <div className="desk-pair">
        <FormField name="decisionNo" label={t('hamlet.decisionNo')} hint={t('hamlet.decisionNoHint')}>
          <TextInput maxLength={60} autoComplete="off" {...input('decisionNo')} />
        </FormField>
        <FormField name="decidedOn" label={t('hamlet.decidedOn')}>
          <TextInput type="date" {...input('decidedOn')} />
        </FormField>
      </div>
    </DeskForm>
  )
}
