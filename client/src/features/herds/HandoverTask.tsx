// What a task about an animal's hand-over adds to its card: which animal, its book or its herd's, and the household's answer by its proxy.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { When } from '../../ui/Figure.tsx'
import { keyPart } from '../desk/key-part.ts'
import { AnimalDialog, type Opened } from './AnimalDialog.tsx'
import { ConfirmAnimalDialog } from './ConfirmAnimalForm.tsx'

export const handoverTaskFields = graphql(`
  fragment HandoverTask on AnimalHandover @_unmask {
    id
    tag
    sex
    bornOn
    animal { id herd { id } }
    viewerCan { confirm { allowed } }
  }
`)

/** Its herd may be of another place: what the next hamlet knows of it. */
export function HandedAnimal({ handover: { tag, sex, bornOn } }: { handover: ResultOf<typeof handoverTaskFields> }) {
  const t = useTranslations('desk.herd')
  if (!tag || !sex || !bornOn) return null
  return (
    <p>
      <b>{tag}</b> · {t(`sex.${sex}`)} · {t('born')} <When at={bornOn} />
    </p>
  )
}

export function HandoverTask({ handover, onDone }: { handover: ResultOf<typeof handoverTaskFields>; onDone: () => void }) {
  const t = useTranslations('desk.herd')
  const [confirming, setConfirming] = useState<string | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  const { tag, animal } = handover
  const herd = animal?.herd
  return (
    <>
      {herd && (
        <LinkButton size="compact" to="/cb/giao-nhan/$id/dan" params={{ id: keyPart(herd.id) }}>
          {t('openOf', { tag: tag ?? '' })}
        </LinkButton>
      )}
      {animal && !herd && (
        <Button size="compact" onClick={() => setOpened({ id: animal.id, tag: tag ?? '' })}>
          {t('see', { tag: tag ?? '' })}
        </Button>
      )}
      {handover.viewerCan.confirm.allowed && (
        <Button size="compact" onClick={() => setConfirming(handover.id)}>
          {t('confirm')}
        </Button>
      )}
      <AnimalDialog opened={opened} onClose={() => setOpened(null)} onChanged={onDone} />
      <ConfirmAnimalDialog handoverId={confirming} onClose={() => setConfirming(null)} onChanged={onDone} />
    </>
  )
}
