// Photos of a hand-over through the hub's own door: kept with consent alone, without metadata, for those behind the hand-over, erased when asked.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { SECRETS, jpeg, jpegTold, png, pngTold, webpAlpha, webpTold } from '../support/pictures.ts'
import { fieldIn, telephone } from '../support/telephone.ts'
import type { Actor } from '../support/world.ts'

let village: Village
let household: Actor
beforeAll(async () => {
  village = await startVillage()
  household = await village.newcomer('Người Nhà Minh Họa', 'HOUSEHOLD', { householdId: village.home.householdId })
})
afterAll(() => village?.end())

const handedOver = async () => village.handedOver((await village.matched('GOAT', 1)).allocationId, 1)
const said = { caption: 'Hai con dê trước chuồng mới', consent: 'yes', consentFrom: 'Chủ hộ và vợ' }

async function send(actor: Actor, delivery: string, photo: Buffer | null, more: Record<string, string | null> = {}, headers: Record<string, string> = {}) {
  const form = new FormData()
  if (photo) form.set('photo', new Blob([new Uint8Array(photo)], { type: 'image/gif' }), 'anh.gif')
  for (const [name, value] of Object.entries({ idempotencyKey: randomUUID(), ...said, ...more })) if (value !== null) form.set(name, value)
  const response = await fetch(`${village.url}/tai-len/bien-ban/${uuidOf(delivery)}`, {
    method: 'POST', body: form, headers: { 'x-language': 'en', ...(actor.cookie ? { cookie: actor.cookie } : {}), ...headers } })
  const { photo: kept, problem, errors } = await response.json() as { photo?: { id: string }; problem?: { __typename: string; code: string; field: string | null; message: string }; errors?: { extensions: { code: string } }[] }
  return { status: response.status, id: kept?.id, code: problem?.code ?? errors?.[0]?.extensions.code, field: problem?.field }
}
const stopped = async (sent: Promise<{ status: number; code?: string | undefined }>) => { const { status, code } = await sent; return `${status} ${code}` }

const photosOf = async (actor: Actor, delivery: string) =>
  (await actor.ask('query($id: ID!) { delivery(id: $id) { viewerCan { addPhoto { allowed } } photos { id address caption width height consentFrom addedByName removedAt removalReason viewerCan { remove { allowed } } } } }', { id: delivery })).delivery
const shown = (actor: Actor, id: string) => fetch(`${village.url}/tai-ve/anh-giao-nhan/${uuidOf(id)}`, { headers: actor.cookie ? { cookie: actor.cookie } : {} })
const stored = async (delivery: string) => (await village.owner.query<{ n: number }>('select count(*)::int as n from delivery_photo where delivery_id = $1', [uuidOf(delivery)])).rows[0]!.n

describe('a photo', () => {
  it.each([['jpeg', jpegTold(), jpeg, 'image/jpeg'], ['png', pngTold, png, 'image/png'], ['webp', webpTold, webpAlpha, 'image/webp']] as const)(
    'is kept without what it tells beside what it shows, by its bytes alone: %s', async (_name, told, clean, type) => {
      const delivery = await handedOver()
      const { status, id } = await send(village.officer, delivery, told)
      expect(status).toBe(201)
      const response = await shown(village.officer, id!)
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control'), response.headers.get('x-content-type-options')]).toEqual([200, type, 'no-store', 'nosniff'])
      expect(Buffer.from(await response.arrayBuffer())).toEqual(clean)
      const { rows: [row] } = await village.owner.query('select bytes from delivery_photo where id = $1', [uuidOf(id!)])
      expect(SECRETS.filter((secret) => row.bytes.includes(secret))).toEqual([])
    })

  it('is for the receiving side and the offices, and for nobody else', async () => {
    const delivery = await handedOver()
    const { id } = await send(village.head, delivery, jpeg)
    const kept = { id, address: `/tai-ve/anh-giao-nhan/${uuidOf(id!)}`, caption: said.caption, width: 8, height: 8, consentFrom: said.consentFrom, removedAt: null, removalReason: null, viewerCan: { remove: { allowed: true } } }
    expect(await photosOf(village.officer, delivery)).toEqual({ viewerCan: { addPhoto: { allowed: true } }, photos: [{ ...kept, addedByName: 'Phạm Văn Mẫu' }] })
    expect(await photosOf(household, delivery)).toEqual({ viewerCan: { addPhoto: { allowed: false } }, photos: [{ ...kept, addedByName: null }] })
    expect(await photosOf(village.giver, delivery)).toEqual({ viewerCan: { addPhoto: { allowed: false } }, photos: [] })
    const elsewhere = await village.signIn('mattran.mytho')
    const answers = await Promise.all([village.officer, village.province, village.head, household, village.giver, village.visitor, elsewhere].map(async (actor) => (await shown(actor, id!)).status))
    expect(answers).toEqual([200, 200, 200, 200, 404, 404, 404])
    expect((await village.db.open.query('select * from delivery_photo')).rows).toEqual([])
  })

  it('is never kept without the word of those pictured, and says what it shows', async () => {
    const delivery = await handedOver()
    const attempt = (more: Record<string, string | null>) => stopped(send(village.officer, delivery, jpeg, more))
    expect([
      await attempt({ consent: null }), await attempt({ consent: 'no' }), await attempt({ consent: 'on' }), await attempt({ consentFrom: ' ' }), await attempt({ consentFrom: null }),
      await attempt({ caption: 'dê' }), await attempt({ caption: 'x'.repeat(201) }), await attempt({ idempotencyKey: 'x' }),
    ]).toEqual(['422 CONSENT_NEEDED', '422 CONSENT_NEEDED', '422 CONSENT_NEEDED', '422 CONSENT_FROM_NEEDED', '422 CONSENT_FROM_NEEDED', '422 CAPTION_NEEDED', '422 TOO_LONG', '422 BAD_IDEMPOTENCY_KEY'])
    expect((await send(village.officer, delivery, jpeg, { consent: null })).field).toBe('consent')
    expect(await stored(delivery)).toBe(0)
  })

  it('is a picture, sent as a form, and not too large', async () => {
    const delivery = await handedOver()
    const plain = await fetch(`${village.url}/tai-len/bien-ban/${uuidOf(delivery)}`, { method: 'POST', body: new Uint8Array(jpeg), headers: { cookie: village.officer.cookie!, 'content-type': 'image/jpeg' } })
    expect(plain.status).toBe(400)
    const cut = await fetch(`${village.url}/tai-len/bien-ban/${uuidOf(delivery)}`, { method: 'POST', body: '--x\r\nnonsense', headers: { cookie: village.officer.cookie!, 'content-type': 'multipart/form-data; boundary=x' } })
    expect(cut.status).toBe(400)
    expect([
      await stopped(send(village.officer, delivery, null)), await stopped(send(village.officer, delivery, Buffer.from('<svg onload="alert(1)"/>'))),
      await stopped(send(village.officer, delivery, jpeg.subarray(0, 60))), await stopped(send(village.officer, delivery, Buffer.alloc(6 * 1024 * 1024 + 16 * 1024))),
    ]).toEqual(['422 PHOTO_NEEDED', '422 NOT_A_PHOTO', '422 NOT_A_PHOTO', '413 BODY_TOO_LARGE'])
    expect(await stored(delivery)).toBe(0)
  })

  it('is added by an office of the place alone, from a page of ours', async () => {
    const delivery = await handedOver()
    const elsewhere = await village.signIn('mattran.mytho')
    expect([
      await stopped(send(village.visitor, delivery, jpeg)), await stopped(send(village.giver, delivery, jpeg)), await stopped(send(household, delivery, jpeg)),
      await stopped(send(elsewhere, delivery, jpeg)), await stopped(send(village.officer, `Delivery:${randomUUID()}`, jpeg)),
      await stopped(send(village.officer, delivery, jpeg, {}, { 'sec-fetch-site': 'cross-site' })),
    ]).toEqual(['403 SIGN_IN_FIRST', '403 NOT_ALLOWED', '403 NOT_ALLOWED', '404 NOT_FOUND', '404 NOT_FOUND', '403 FOREIGN_ORIGIN'])
    expect(await stored(delivery)).toBe(0)
  })

  it('is kept once for one key, and ten of one hand-over, however many come at once', async () => {
    const delivery = await handedOver()
    const idempotencyKey = randomUUID()
    const same = await Promise.all(Array.from({ length: 4 }, () => send(village.officer, delivery, jpeg, { idempotencyKey })))
    expect(new Set(same.map(({ id }) => id)).size).toBe(1)
    expect(await stopped(send(village.officer, delivery, png, { idempotencyKey }))).toBe('409 KEY_USED_FOR_OTHER_INPUT')
    const many = await Promise.all(Array.from({ length: 12 }, () => send(village.officer, delivery, jpeg)))
    expect(many.map(({ status, code }) => code ?? status).sort()).toEqual([...Array(9).fill(201), ...Array(3).fill('ENOUGH_PHOTOS')])
  })
})

describe('a photo that is no longer agreed to', () => {
  const remove = (actor: Actor, photoId: string, reason = 'Hộ rút lại sự đồng ý') => actor.do('removePhoto', { photoId, reason }, 'photo { address removedAt removalReason viewerCan { remove { allowed } } }')

  it('is erased by the household itself, and what is left says that it went and why', async () => {
    const delivery = await handedOver()
    const { id } = await send(village.officer, delivery, jpeg)
    expect((await remove(household, id!, 'x')).problem).toMatchObject({ code: 'REASON_NEEDED', field: 'reason' })
    const { photo, problem } = await remove(household, id!)
    expect(problem).toBeNull()
    expect(photo).toEqual({ address: null, removedAt: expect.any(String), removalReason: 'Hộ rút lại sự đồng ý', viewerCan: { remove: { allowed: false } } })
    expect((await shown(village.officer, id!)).status).toBe(404)
    const { rows } = await village.owner.query('select bytes from delivery_photo where id = $1', [uuidOf(id!)])
    expect(rows).toEqual([{ bytes: null }])
    expect((await remove(village.officer, id!)).problem.code).toBe('PHOTO_REMOVED')
  })

  it('is erased by an office, and by no one else', async () => {
    const delivery = await handedOver()
    const { id } = await send(village.officer, delivery, jpeg)
    expect((await remove(await village.signIn('mattran.mytho'), id!)).problem.__typename).toBe('NotFound')
    const neighbour = await village.newcomer('Hộ Bên Cạnh', 'HOUSEHOLD', { householdId: `Household:${(await village.owner.query('select id from household where id <> $1 limit 1', [uuidOf(village.home.householdId)])).rows[0].id}` })
    expect((await remove(neighbour, id!)).problem.__typename).toBe('NotFound')
    for (const actor of [village.giver, village.visitor]) {
      const { errors } = await actor.try('mutation($input: RemovePhotoInput!) { removePhoto(input: $input) { problem { code } } }', { input: { photoId: id, reason: 'vì vậy', idempotencyKey: randomUUID() } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
    expect((await remove(village.head, id!)).problem).toBeNull()
  })

  it('is erased by the household with its slip alone, on a telephone without scripts', async () => {
    const home = await helpedHousehold(village, village.officer, [{ kind: 'GOAT', quantity: 1 }])
    const phone = telephone(village.url)
    expect((await phone.openNew(home.code)).text).not.toContain('/h/anh')
    expect((await phone.get('/h/anh')).text).toContain(words.vi.photos.none)
    const [kept, other] = [await send(village.head, `Delivery:${home.deliveries[0]}`, jpeg), await send(village.head, await handedOver(), jpeg)]
    expect((await phone.get('/h')).text).toContain(`<a href="/h/anh">${words.vi.photos.title}</a>`)
    const page = await phone.get('/h/anh')
    expect(page.text).toContain(`<img class="photo" src="/h/anh/${uuidOf(kept.id!)}" alt="${said.caption}"`)
    expect(page.text).not.toContain(uuidOf(other.id!))
    const image = await phone.get(`/h/anh/${uuidOf(kept.id!)}`)
    expect([image.status, image.headers.get('content-type'), image.headers.get('cache-control')]).toEqual([200, 'image/jpeg', 'no-store'])
    for (const path of [`/h/anh/${uuidOf(other.id!)}`, `/h/anh/${uuidOf(other.id!)}/xoa`]) expect((await phone.get(path)).status).toBe(404)
    expect((await telephone(village.url).get(`/h/anh/${uuidOf(kept.id!)}`)).text).toContain(words.vi.code.title)

    const asking = await phone.get(`/h/anh/${uuidOf(kept.id!)}/xoa`)
    expect(asking.text).toContain(words.vi.photos.ask)
    const khoa = fieldIn(asking, 'khoa')
    for (let i = 0; i < 2; i++) expect((await phone.post(`/h/anh/${uuidOf(kept.id!)}/xoa`, { khoa })).text).toContain(words.vi.photos.removed.title)
    expect((await phone.get('/h/anh')).text).toContain(words.vi.photos.none)
    expect((await photosOf(village.officer, `Delivery:${home.deliveries[0]}`)).photos[0]).toMatchObject({ address: null, removalReason: words.vi.photos.reason })
    expect((await phone.post(`/h/anh/${uuidOf(other.id!)}/xoa`, { khoa: randomUUID() })).status).toBe(404)
  })

  it('stays erased: the database lets nobody change a photo but to erase it', async () => {
    const delivery = await handedOver()
    const { id } = await send(village.officer, delivery, jpeg)
    await expect(village.db.pool.query('update delivery_photo set caption = $2 where id = $1', [uuidOf(id!), 'khác'])).rejects.toThrow(/permission denied/)
    await expect(village.db.pool.query('delete from delivery_photo where id = $1', [uuidOf(id!)])).rejects.toThrow(/permission denied/)
    const client = await village.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.offices', 'p22', true), set_config('app.account', '', true), set_config('app.person', '', true), set_config('app.parties', '', true), set_config('app.households', '', true), set_config('app.pledges', '', true)`)
      await expect(client.query(`update delivery_photo set bytes = '\\x00' where id = $1`, [uuidOf(id!)])).rejects.toThrow(/row-level security/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
