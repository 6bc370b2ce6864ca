// Photos that prove a hand-over: added with the consent of those pictured and without metadata, erased when consent is taken back.
import { createHash, randomUUID } from 'node:crypto'
import { type Answer, type Hub, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { visibility } from '../../access/visibility.ts'
import { keyOf } from '../../graphql/define.ts'
import { run } from '../../graphql/run.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { cleaned } from '../../platform/picture.ts'
import { captionIn, checkPhotos, consentIn, reasonIn } from './rules.ts'

export interface AddPhoto {
  deliveryId: string
  bytes: Buffer
  caption: string
  /** Said outright, never by default. */
  hasConsent: boolean
  /** Who agreed to be pictured. */
  consentFrom: string
  idempotencyKey: string
}

/** An office keeps a photo of a hand-over, as far as those pictured agreed. */
export async function addPhoto(hub: Hub, { bytes, idempotencyKey, ...said }: AddPhoto): Promise<Answer> {
  const input = { ...said, digest: createHash('sha256').update(bytes).digest('hex') }
  return once(hub, { name: 'addPhoto', key: idempotencyKey, input }, async (tx) => {
    const id = keyOf('Delivery', said.deliveryId, 'deliveryId')
    // Locked, so that two at once do not both find the last place free.
    const [delivery] = await tx.$queryRaw<{ householdId: string; areaId: string; areaPath: string; photos: number }[]>`
      select household_id as "householdId", area_id as "areaId", area_path::text as "areaPath"
      from delivery where id = ${id}::uuid for update`
    if (!delivery) throw notFound('lần giao này', 'this delivery')
    mustBeAllowed(hub.viewer, 'photo.add', delivery)
    const consentFrom = consentIn(said.hasConsent, said.consentFrom)
    const caption = captionIn(said.caption)
    checkPhotos(await tx.deliveryPhoto.count({ where: { deliveryId: id, removedAt: null } }))
    const picture = cleaned(bytes)
    if (!picture) {
      throw invalid('photo', 'NOT_A_PHOTO', 'Không đọc được ảnh này. Hãy chọn một ảnh JPEG, PNG hoặc WebP còn nguyên vẹn.', 'This photo cannot be read. Choose a whole JPEG, PNG or WebP picture.')
    }
    const photoId = randomUUID()
    await tx.deliveryPhoto.createMany({
      data: {
        id: photoId, deliveryId: id, householdId: delivery.householdId, areaId: delivery.areaId, caption, consentFrom, addedBy: hub.viewer.accountId!,
        mediaType: picture.type, width: picture.width, height: picture.height, bytes: new Uint8Array(picture.bytes),
      },
    })
    return { photoId, deliveryId: id }
  })
}

/** Erases a photo and keeps that there was one, and why it went. For the offices, and for whoever is pictured. */
export async function removePhoto(hub: Hub, { idempotencyKey, ...asked }: { photoId: string; reason: string; idempotencyKey: string }): Promise<Answer> {
  return once(hub, { name: 'removePhoto', key: idempotencyKey, input: asked }, async (tx) => {
    const [photo] = await tx.$queryRaw<{ id: string; deliveryId: string; householdId: string; areaPath: string; isRemoved: boolean }[]>`
      select id, delivery_id as "deliveryId", household_id as "householdId", area_path::text as "areaPath", removed_at is not null as "isRemoved"
      from delivery_photo where id = ${keyOf('DeliveryPhoto', asked.photoId, 'photoId')}::uuid for update`
    if (!photo) throw notFound('ảnh này', 'this photo')
    mustBeAllowed(hub.viewer, 'photo.remove', photo)
    if (photo.isRemoved) throw conflict('PHOTO_REMOVED', 'Ảnh này đã được xóa.', 'This photo has been removed already.')
    const removalReason = reasonIn(asked.reason)
    await tx.deliveryPhoto.update({
      where: { id: photo.id }, data: { bytes: null, removedAt: new Date(), removedBy: hub.viewer.accountId, removalReason }, select: { id: true },
    })
    return { photoId: photo.id, deliveryId: photo.deliveryId }
  })
}

/** What is shown of a photo; null for whoever may not see it, and once it is removed. */
export async function photoOf(hub: Hub, id: string): Promise<{ type: string; bytes: Buffer } | null> {
  const [photo] = await run<{ type: string; bytes: Buffer }>(hub, hub.viewer, {
    text: `select media_type as type, bytes from delivery_photo where id = $1::uuid and bytes is not null and ${visibility.delivery_photo('delivery_photo')}`,
    values: [id],
  })
  return photo ?? null
}
