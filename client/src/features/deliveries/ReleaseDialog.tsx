// Takes back what was matched and not handed over: asks first, and why.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { useCommand } from '../desk/use-command.ts'
import { releaseAllocation } from '../matching/release.ts'

interface ReleaseDialogProps {
  allocation: { id: string }
  isOpen: boolean
  onClose: () => void
  onChanged: () => void
}

export function ReleaseDialog({ allocation, isOpen, onClose, onChanged }: ReleaseDialogProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const [reason, setReason] = useState('')
  const command = useCommand(releaseAllocation)
  async function send() {
    if (!(await command.send({ allocationId: allocation.id, reason }))) return
    toast({ message: t('match.released') })
    onClose()
    onChanged()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('deliver.releaseTitle')}>
      <DeskForm name="release" label={t('deliver.releaseTitle')} {...command} onSubmit={send} submit={t('deliver.release')} submitVariant="danger" onCancel={onClose} onReload={onChanged}>
        <p>{t('deliver.releaseNote')}</p>
        <FormField name="reason" label={t('pledges.reason')}>
          <TextArea value={reason} onChange={(event) => setReason(event.target.value)} />
        </FormField>
      </DeskForm>
    </Dialog>
  )
}
