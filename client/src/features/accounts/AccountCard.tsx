// One account: its roles, and what an administrator can do to it; what cannot be taken back is asked first.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { DeskForm, FailingNotice } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { useCommand } from '../desk/use-command.ts'
import { isolated } from '../../ui/names.ts'
import { disableAccount, enableAccount, grantRole, resetPassword, revokeRole, type Account } from './account-fields.ts'
import type { Secret } from './OneTimePassword.tsx'
import { RoleFields, roleInput, type RoleChoice } from './RoleFields.tsx'

type Asking = { what: 'reset' } | { what: 'disable' } | { what: 'revoke'; grantId: string } | null

export function AccountCard({ account, onSecret }: { account: Account; onSecret: (secret: Secret) => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const { accountId } = useDesk()
  const [asking, setAsking] = useState<Asking>(null)
  const [isGranting, setGranting] = useState(false)
  const reset = useCommand(resetPassword, false)
  const disable = useCommand(disableAccount, false)
  const enable = useCommand(enableAccount, false)
  const revoke = useCommand(revokeRole, false)
  const isBusy = reset.isBusy || disable.isBusy || enable.isBusy || revoke.isBusy
  const named = { accountId: account.id }

  async function confirm() {
    const what = asking
    if (!what) return
    if (what.what === 'reset') {
      const done = await reset.send(named)
      if (done) onSecret({ name: account.displayName, login: account.login, password: done.oneTimePassword })
    } else if (what.what === 'disable') {
      if (await disable.send(named)) toast({ message: t('accounts.disabledDone', { name: isolated(account.displayName) }) })
    } else if (await revoke.send({ grantId: what.grantId })) {
      toast({ message: t('accounts.revoked') })
    }
    setAsking(null)
  }
  async function open() {
    if (await enable.send(named)) toast({ message: t('accounts.enabledDone', { name: isolated(account.displayName) }) })
  }

  return (
    <article className="desk-line" aria-label={account.displayName}>
      <div className="desk-part-head">
        <span className="desk-row-main">
          <b><bdi>{account.displayName}</bdi></b>
          <span className="muted">{account.login}</span>
        </span>
        <span className="row">
          {account.isDisabled && <Badge tone="danger">{t('accounts.disabled')}</Badge>}
          {account.mustChangePassword && <Badge tone="warn">{t('accounts.mustChange')}</Badge>}
          {account.isDemonstration && <Badge>{t('demonstration')}</Badge>}
        </span>
      </div>
      <ul role="list" className="stack">
        {account.roles.map(({ id, role, area }) => (
          <li key={id} className="row">
            {t(`role.${role}`)}
            {area && <span className="muted">{area.fullName}</span>}
            {!(role === 'ADMIN' && account.id === accountId) && (
              <Button size="compact" variant="quiet" onClick={() => setAsking({ what: 'revoke', grantId: id })}>
                {t('accounts.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {[reset, disable, enable, revoke].map(({ failing }, index) => failing && <FailingNotice key={index} failing={failing} />)}
      {isGranting ? (
        <GrantForm
          account={account}
          onDone={() => {
            setGranting(false)
            toast({ message: t('accounts.granted') })
          }}
          onCancel={() => setGranting(false)}
        />
      ) : (
        <div className="row">
          {account.id !== accountId && (
            <>
              <Button size="compact" onClick={() => setGranting(true)}>
                {t('accounts.grant')}
              </Button>
              <Button size="compact" onClick={() => setAsking({ what: 'reset' })}>
                {t('accounts.reset')}
              </Button>
            </>
          )}
          {account.isDisabled ? (
            <Button size="compact" busy={enable.isBusy} onClick={open}>
              {t('accounts.enable')}
            </Button>
          ) : (
            account.id !== accountId && (
              <Button size="compact" variant="quiet" onClick={() => setAsking({ what: 'disable' })}>
                {t('accounts.disable')}
              </Button>
            )
          )}
        </div>
      )}
      <Dialog
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        title={asking && t(`accounts.ask.${asking.what}`, { name: isolated(account.displayName) })}
        actions={
          <>
            <Button variant="danger" busy={isBusy} onClick={confirm}>
              {asking && t(asking.what === 'reset' ? 'accounts.reset' : asking.what === 'disable' ? 'accounts.disable' : 'accounts.revoke')}
            </Button>
            <Button variant="quiet" onClick={() => setAsking(null)}>
              {t('cancel')}
            </Button>
          </>
        }
      >
        <p>{asking && t(`accounts.askNote.${asking.what}`)}</p>
      </Dialog>
    </article>
  )
}

function GrantForm({ account, onDone, onCancel }: { account: Account; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk')
  const [role, setRole] = useState<RoleChoice>({ role: '', area: null })
  const command = useCommand(grantRole)
  async function send() {
    if (await command.send({ accountId: account.id, ...roleInput(role) })) onDone()
  }
  return (
    <DeskForm name={`grant-${keyPart(account.id)}`} label={t('accounts.grant')} {...command} onSubmit={send} submit={t('accounts.grant')} onCancel={onCancel}>
      <RoleFields value={role} onValue={setRole} />
    </DeskForm>
  )
}
