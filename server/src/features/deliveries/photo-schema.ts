// Photos of a hand-over in the API: what is shown of them, and how they are erased. They come and are shown over plain HTTP (route.ts).
import { can } from '../../access/policy.ts'
import { builder } from '../../graphql/builder.ts'
import { Permission, type Row, command, idempotencyKey, produced } from '../../graphql/define.ts'
import { column, globalId, instant, many, needs } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { removePhoto } from './photos.ts'
import { BEHIND, Delivery, nameOf } from './schema.ts'

const DeliveryPhotoActions = builder.objectRef<Row>('DeliveryPhotoActions').implement({
  description: 'What the viewer may do with a photo.',
  fields: (t) => ({
    remove: t.field({
      type: Permission, description: 'Erase it.',
      resolve: (row, _args, { hub }) => ({ allowed: !row._removed && can(hub.viewer, 'photo.remove', { areaPath: row._path, householdId: row._household }) }),
    }),
  }),
})

const DeliveryPhoto = builder.objectRef<Row>('DeliveryPhoto').implement({
  description: `A photo that proves a hand-over, without metadata, with the consent of those pictured. Added with \`POST /tai-len/bien-ban/<delivery>\`. ${BEHIND}`,
  extensions: { table: 'delivery_photo' },
  fields: (t) => ({
    id: t.id(globalId('DeliveryPhoto')),
    address: t.string({ nullable: true, description: 'Where it is shown; null once it is removed.', ...column((row) => `case when ${row}.removed_at is null then '/tai-ve/anh-giao-nhan/' || ${row}.id end`) }),
    caption: t.string({ description: 'What it shows.', ...column('caption') }),
    width: t.int(column('width')),
    height: t.int(column('height')),
    consentFrom: t.string({ description: 'Who agreed to be pictured.', ...column('consent_from') }),
    addedAt: t.field({ type: 'DateTime', ...instant('added_at') }),
    addedByName: t.string({ nullable: true, description: 'For the offices.', ...column(nameOf('added_by')) }),
    removedAt: t.field({ type: 'DateTime', nullable: true, description: 'Null while it is there.', ...instant('removed_at') }),
    removalReason: t.string({ nullable: true, ...column((row) => `nullif(${row}.removal_reason, '')`) }),
    viewerCan: t.field({
      type: DeliveryPhotoActions,
      ...needs({ path: (row) => `${row}.area_path::text`, household: 'household_id', removed: (row) => `${row}.removed_at is not null` }),
      resolve: (row: Row) => row,
    }),
  }),
})

builder.objectFields(Delivery, (t) => ({
  photos: t.field({
    type: [DeliveryPhoto], description: `The oldest first, with what is left of those that were removed. ${BEHIND}`,
    ...many({ where: (row, { parent }) => `${row}.delivery_id = ${parent}.id`, orderBy: (row) => `${row}.added_at, ${row}.id`, limit: 50 }),
  }),
}))

command('removePhoto', {
  description: 'Erase a photo of a hand-over, for instance because consent was taken back. That there was one, and why it went, stays.',
  access: 'photo.remove',
  input: (t) => ({
    photoId: t.id(),
    reason: t.string({ ...text('reason'), description: '3–200 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ photo: produced(t, DeliveryPhoto, 'photoId'), delivery: produced(t, Delivery, 'deliveryId') }),
  run: removePhoto,
})
