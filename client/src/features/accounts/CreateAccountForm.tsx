// Opens an account with one role; its one-time password is shown once.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { TextInput } from '../../ui/TextInput.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { useCommand } from '../desk/use-command.ts'
import { createAccount } from './account-fields.ts'
import type { Secret } from './OneTimePassword.tsx'
import { RoleFields, roleInput, type RoleChoice } from './RoleFields.tsx'

export function CreateAccountForm({ onDone, onCancel }: { onDone: (secret: Secret) => void; onCancel: () => void }) {
  const t = useTranslations('desk')
  const [displayName, setDisplayName] = useState('')
  const [login, setLogin] = useState('')
  const [role, setRole] = useState<RoleChoice>({ role: '', area: null })
  const command = useCommand(createAccount)
  async function send() {
    const done = await command.send({ displayName, login, ...roleInput(role) })
    if (done?.account) onDone({ name: done.account.displayName, login: done.account.login, password: done.oneTimePassword })
  }
  return (
    <DeskForm name="account" label={t('accounts.create')} {...command} onSubmit={send} submit={t('accounts.send')} onCancel={onCancel}>
      <FormField name="displayName" label={t('accounts.name')}>
        <TextInput value={displayName} autoComplete="off" onChange={(event) => setDisplayName(event.target.value)} />
      </FormField>
      <FormField name="login" label={t('accounts.login')} hint={t('accounts.loginHint')}>
        <TextInput value={login} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => setLogin(event.target.value)} />
      </FormField>
      <RoleFields value={role} onValue={setRole} />
    </DeskForm>
  )
}
