// What a task about an animal's hand-over adds to its card: which animal, its herd's book, and the household's answer by its proxy.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { keyPart } from '../desk/key-part.ts'
import { ConfirmAnimalDialog } from './ConfirmAnimalForm.tsx'

export const handoverTaskFields = graphql(`
  fragment HandoverTask on AnimalHandover @_unmask {
    id
    tag
    animal { id herd { id } }
    viewerCan { confirm { allowed } }
  }
`)

export function HandoverTask({ handover, onDone }: { handover: ResultOf<typeof handoverTaskFields>; onDone: () => void }) {
  const t = useTranslations('desk.herd')
  const [confirming, setConfirming] = useState<string | null>(null)
  const herd = handover.animal?.herd
  return (
    <>
      {herd && (
        <LinkButton size="compact" to="/cb/giao-nhan/$id/dan" params={{ id: keyPart(herd.id) }}>
          {t('openOf', { tag: handover.tag ?? '' })}
        </LinkButton>
      )}
      {handover.viewerCan.confirm.allowed && (
        <Button size="compact" onClick={() => setConfirming(handover.id)}>
          {t('confirm')}
        </Button>
      )}
      <ConfirmAnimalDialog handoverId={confirming} onClose={() => setConfirming(null)} onChanged={onDone} />
    </>
  )
}
