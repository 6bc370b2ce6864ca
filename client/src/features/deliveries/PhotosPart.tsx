// The photos that prove a hand-over: shown to the office, added with consent, erased when it is taken back.
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { newKey } from '../../graphql/new-key.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { When } from '../../ui/Figure.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { type Failing, problemFields, useCommand } from '../desk/use-command.ts'
import { isolated } from '../../ui/names.ts'
import { madeSmaller, sendPhoto, shownAs } from './photo-upload.ts'

export const photoFields = graphql(`
  fragment DeskDeliveryPhoto on DeliveryPhoto @_unmask {
    id
    address
    caption
    width
    height
    consentFrom
    addedAt
    addedByName
    removedAt
    removalReason
    viewerCan { remove { allowed } }
  }
`)

const removePhoto = graphql(
  `
    mutation DeskRemovePhoto($input: RemovePhotoInput!) {
      removePhoto(input: $input) {
        photo { id address removedAt removalReason viewerCan { remove { allowed } } }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

type Photo = ResultOf<typeof photoFields>

interface PhotosPartProps {
  delivery: { id: string; photos: readonly Photo[]; viewerCan: { addPhoto: { allowed: boolean } } }
  onChanged: () => void
}

export function PhotosPart({ delivery, onChanged }: PhotosPartProps) {
  const t = useTranslations('desk')
  const [isAdding, setAdding] = useState(false)
  const { photos, viewerCan } = delivery
  if (photos.length === 0 && !viewerCan.addPhoto.allowed) return null
  return (
    <div className="stack photos">
      <h4>{t('photo.title')}</h4>
      {photos.length === 0 && <p className="muted">{t('photo.none')}</p>}
      <ul role="list" className="photo-list">
        {photos.map((photo) => (
          <li key={photo.id}>
            <OnePhoto photo={photo} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {isAdding ? (
        <AddPhoto
          deliveryId={delivery.id}
          onDone={() => {
            setAdding(false)
            onChanged()
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        viewerCan.addPhoto.allowed && (
          <div>
            <Button size="compact" icon="plus" onClick={() => setAdding(true)}>
              {t('photo.add')}
            </Button>
          </div>
        )
      )}
    </div>
  )
}

function OnePhoto({ photo, onChanged }: { photo: Photo; onChanged: () => void }) {
  const t = useTranslations('desk')
  const [isRemoving, setRemoving] = useState(false)
  const { address, caption } = photo
  if (address === null) {
    return (
      <p className="muted">
        {t('photo.gone')} {photo.removalReason} {photo.removedAt && <When at={photo.removedAt} />}
      </p>
    )
  }
  return (
    <figure className="photo">
      <a href={address} target="_blank" rel="noopener" aria-label={t('photo.open', { caption })}>
        <img src={address} alt={caption} width={photo.width} height={photo.height} loading="lazy" />
      </a>
      <figcaption>
        <span>{caption}</span>
        <span className="muted">
          {t('photo.agreed', { names: photo.consentFrom })}
          {photo.addedByName && <> · {t('photo.addedBy', { name: isolated(photo.addedByName) })}</>} · <When at={photo.addedAt} />
        </span>
      </figcaption>
      {photo.viewerCan.remove.allowed && (
        <div>
          <Button size="compact" variant="quiet" aria-label={t('photo.removeOf', { caption })} onClick={() => setRemoving(true)}>
            {t('photo.remove')}
          </Button>
        </div>
      )}
      <Dialog isOpen={isRemoving} onClose={() => setRemoving(false)} title={t('photo.removeTitle')}>
        <RemovePhoto photo={photo} onDone={onChanged} onClose={() => setRemoving(false)} />
      </Dialog>
    </figure>
  )
}

function RemovePhoto({ photo, onDone, onClose }: { photo: Photo; onDone: () => void; onClose: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const [reason, setReason] = useState('')
  const command = useCommand(removePhoto)
  async function remove() {
    if (!(await command.send({ photoId: photo.id, reason }))) return
    toast({ message: t('photo.removed') })
    onClose()
    onDone()
  }
  return (
    <DeskForm name={`remove-${keyPart(photo.id)}`} label={t('photo.removeTitle')} {...command} onSubmit={remove} submit={t('photo.remove')} submitVariant="danger" onCancel={onClose} onReload={onDone}>
      <p>{t('photo.removeNote')}</p>
      <FormField name="reason" label={t('photo.reason')} hint={t('photo.reasonHint')}>
        <TextInput value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}

function AddPhoto({ deliveryId, onDone, onCancel }: { deliveryId: string; onDone: () => void; onCancel: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const [photo, setPhoto] = useState<{ bytes: Blob; shown: string } | null>(null)
  const [said, setSaid] = useState({ caption: '', consentFrom: '', consent: false })
  const [percent, setPercent] = useState<number | null>(null)
  const [failing, setFailing] = useState<Failing | null>(null)
  // The same key for every retry of the same photo with the same words.
  const attempt = useRef<{ asked: unknown[]; key: string } | null>(null)
  const name = `photo-${keyPart(deliveryId)}`

  async function choose(file: File | undefined) {
    if (!file) return setPhoto(null)
    const bytes = await madeSmaller(file)
    setPhoto({ bytes, shown: await shownAs(bytes) })
  }

  async function send() {
    if (!photo || percent !== null) return
    const asked = [photo.bytes, said.caption, said.consentFrom, said.consent]
    if (!attempt.current?.asked.every((value, i) => value === asked[i])) attempt.current = { asked, key: newKey() }
    setPercent(0)
    const stopped = await sendPhoto(keyPart(deliveryId), photo.bytes, { ...said, idempotencyKey: attempt.current!.key }, setPercent)
    setPercent(null)
    setFailing(stopped)
    if (stopped) return
    toast({ message: t('photo.sent') })
    onDone()
  }

  return (
    <DeskForm name={name} label={t('photo.addTitle')} failing={failing} isBusy={percent !== null} onSubmit={send} submit={t('photo.send')} onCancel={onCancel}>
      <FormField name="photo" label={t('photo.file')} hint={t('photo.fileHint')}>
        <TextInput type="file" accept="image/jpeg,image/png,image/webp" onChange={(event) => void choose(event.target.files?.[0])} />
      </FormField>
      {photo && <img className="photo-preview" src={photo.shown} alt={said.caption || t('photo.preview')} />}
      <FormField name="caption" label={t('photo.caption')} hint={t('photo.captionHint')}>
        <TextArea rows={2} value={said.caption} maxLength={200} onChange={(event) => setSaid({ ...said, caption: event.target.value })} />
      </FormField>
      <FormField name="consentFrom" label={t('photo.consentFrom')} hint={t('photo.consentFromHint')}>
        <TextInput value={said.consentFrom} maxLength={200} onChange={(event) => setSaid({ ...said, consentFrom: event.target.value })} />
      </FormField>
      <Checkbox
        id={`${name}-consent`}
        label={t('photo.consent')}
        note={t('photo.consentNote')}
        required
        checked={said.consent}
        onChange={(event) => setSaid({ ...said, consent: event.target.checked })}
      />
      {percent !== null && (
        <p className="photo-progress" role="status">
          <progress max={100} value={percent} aria-label={t('photo.sending', { percent })} /> {t('photo.sending', { percent })}
        </p>
      )}
    </DeskForm>
  )
}
