// Says that what the household did not receive has come back: how much, and why.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { unitOf } from '../areas/support-kind.ts'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { type SupportKind, upTo, useUnitName } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'

const takeBack = graphql(
  `
    mutation DeskTakeBack($input: TakeBackInput!) {
      takeBack(input: $input) {
        delivery { id takenBack viewerCan { confirm { allowed } takeBack { allowed } addPhoto { allowed } } }
        allocation { id quantities { allocated dispatched received settled } viewerCan { dispatch { allowed } } }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface TakeBackProps {
  delivery: { id: string }
  /** What may have come back at most. */
  missing: string
  kind: SupportKind
  onClose: () => void
  onChanged: () => void
}

export function TakeBackDialog({ isOpen, ...props }: TakeBackProps & { isOpen: boolean }) {
  const t = useTranslations('desk')
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} title={t('deliver.takeBackTitle')}>
      <TakeBackForm {...props} />
    </Dialog>
  )
}

function TakeBackForm({ delivery, missing, kind, onClose, onChanged }: TakeBackProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const unitName = useUnitName()
  const [quantity, setQuantity] = useState(missing)
  const [reason, setReason] = useState('')
  const command = useCommand(takeBack)
  async function send() {
    if (!(await command.send({ deliveryId: delivery.id, quantity: quantity || '0', reason }))) return
    toast({ message: t('deliver.takeBackDone') })
    onClose()
    onChanged()
  }
  return (
    <DeskForm name={`back-${keyPart(delivery.id)}`} label={t('deliver.takeBackTitle')} {...command} onSubmit={send} submit={t('deliver.takeBack')} onCancel={onClose} onReload={onChanged}>
      <p>{t('deliver.takeBackNote')}</p>
      <FormField name="quantity" label={t('deliver.takeBackQuantity')}>
        <NumberInput counts={unitOf(kind)} bound={upTo(missing)} value={quantity} onValue={setQuantity} unit={unitName(kind)} />
      </FormField>
      <FormField name="reason" label={t('pledges.reason')} hint={t('deliver.settleNoteHint')}>
        <TextArea rows={2} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
