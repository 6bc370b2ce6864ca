// The photos kept of what a household was given: it sees each, and has any of them erased, without being asked why.
import { randomUUID } from 'node:crypto'
import type { Hub } from '../../access/hub.ts'
import { photoOf, removePhoto } from '../../features/deliveries/photos.ts'
import { type Answering, type Asked, type Reply, missing } from './asked.ts'
import { keptFor } from './home.ts'
import { type Html, html } from './html.ts'
import { before, hidden, lead, notice } from './layout.ts'
import { opened } from './opening.ts'
import { type Photo, readPhotos } from './reads.ts'

const shown = ({ id, caption, width, height }: Photo): Html => html`<img class="photo" src="/h/anh/${id}" alt="${caption}" width="${width}" height="${height}" loading="lazy"><p>${caption}</p>`

export const showPhotos = opened(async ({ words }, hub) => {
  const photos = await readPhotos(hub)
  const said = words.photos
  return {
    title: said.title, keptFor: keptFor(hub),
    body: html`${before('/h', words)}<h1>${said.title}</h1>${lead(photos.length ? said.lead : [said.none])}${photos.map((photo) =>
      html`<article class="card">${shown(photo)}<a class="button danger" href="/h/anh/${photo.id}/xoa">${said.remove}<span class="enter"> ${photo.caption}</span></a></article>`)}`,
  }
})

/** A page about one photo of this household's. */
const ofPhoto = (show: (asked: Asked, photo: Photo, hub: Hub) => Reply | Promise<Reply>): Answering =>
  opened(async (asked, hub) => {
    const photo = (await readPhotos(hub)).find(({ id }) => id === asked.params[0])
    return photo ? show(asked, photo, hub) : missing(asked.words)
  })

export const showPhoto = opened(async ({ words, params }, hub) => (await photoOf(hub, params[0]!)) ?? missing(words))

export const askToRemove = ofPhoto(({ words }, photo, hub) => ({
  title: words.photos.ask, keptFor: keptFor(hub),
  body: html`${before('/h/anh', words)}<h1>${words.photos.ask}</h1><article class="card">${shown(photo)}</article><form method="post" action="/h/anh/${photo.id}/xoa">${
    hidden({ khoa: randomUUID() })}<div class="buttons"><button class="button danger">${words.photos.remove}</button><a class="button plain" href="/h/anh">${words.photos.keep}</a></div></form>`,
}))

/** Pressing twice is harmless: the form has a key. */
export const takeRemoval: Answering = opened(async ({ words, params, form }, hub) => {
  await removePhoto(hub, { photoId: `DeliveryPhoto:${params[0]}`, reason: words.photos.reason, idempotencyKey: form.get('khoa') ?? '' })
  const said = words.photos.removed
  return { title: said.title, keptFor: keptFor(hub), body: notice(said.title, 'house', said.lead, html`<a class="button main" href="/h">${words.goHome}</a>`) }
})
