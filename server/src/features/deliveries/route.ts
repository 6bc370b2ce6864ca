// What a hand-over has beside the API: its record as a file to print (/tai-ve/bien-ban/<delivery>.pdf?ngon-ngu=vi|en), and its photos, sent
// as a form (POST /tai-len/bien-ban/<delivery>: photo, caption, consent, consentFrom, idempotencyKey) and shown (/tai-ve/anh-giao-nhan/<photo>).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { may, notAllowed } from '../../access/policy.ts'
import type { Context } from '../../graphql/context.ts'
import { Failure, type FailureKind, invalid } from '../../platform/failure.ts'
import { Refusal, type Route, type Visit, answer, languageAsked, readBody } from '../../platform/http.ts'
import { addPhoto, photoOf } from './photos.ts'
import { handOverOf, recordOf } from './record.ts'

/** Says who asks. */
type ContextOf = (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<Context>

/** For the receiving side and the offices of the delivery. */
export const recordRoute = (contextOf: ContextOf): Route => ({
  method: 'GET',
  pattern: /^\/tai-ve\/bien-ban\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pdf$/,
  async handle(request, response, visit) {
    const { hub, language } = await contextOf(request, response, visit)
    const it = await handOverOf(hub, visit.match[1]!)
    response.setHeader('cache-control', 'no-store')
    if (!it) {
      return answer(response, 404, 'Không tìm thấy lần giao này, hoặc lần giao không thuộc quyền của ông/bà. Hãy đăng nhập.\nThere is no such hand-over, or it is not within your office. Sign in.\n')
    }
    response.setHeader('content-disposition', `inline; filename="bien-ban-${it.code}-${it.on}.pdf"`)
    answer(response, 200, await recordOf(it, languageAsked(visit) ?? language), 'application/pdf')
  },
})

const MOST_BYTES = 6 * 1024 * 1024
/** The form's own words around the photo. */
const AROUND = 8 * 1024

const STATUS: Record<FailureKind, number> = { InvalidInput: 422, NotFound: 404, Forbidden: 403, Conflict: 409, Limited: 429 }

/** Keeps a photo for an office of the delivery. */
export const addPhotoRoute = (contextOf: ContextOf): Route => ({
  method: 'POST',
  pattern: /^\/tai-len\/bien-ban\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  async handle(request, response, visit) {
    const { hub, language } = await contextOf(request, response, visit)
    const say = (status: number, body: object) => answer(response, status, JSON.stringify(body), 'application/json; charset=utf-8')
    response.setHeader('cache-control', 'no-store')
    try {
      if (!may(hub.viewer, 'photo.add')) throw notAllowed(hub.viewer) // before megabytes are read
      const form = await formIn(request)
      const photo = form.get('photo')
      if (!(photo instanceof Blob) || photo.size === 0) throw invalid('photo', 'PHOTO_NEEDED', 'Hãy chọn một ảnh.', 'Choose a photo.')
      const word = (name: string) => String(form.get(name) ?? '')
      const { photoId } = await addPhoto(hub, {
        deliveryId: `Delivery:${visit.match[1]}`, bytes: Buffer.from(await photo.arrayBuffer()), caption: word('caption'), hasConsent: word('consent') === 'yes',
        consentFrom: word('consentFrom'), idempotencyKey: word('idempotencyKey'),
      })
      say(201, { photo: { id: `DeliveryPhoto:${photoId}` } })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      // As a mutation says it.
      const { kind, code, sentence, field } = error
      say(STATUS[kind], { problem: { __typename: kind, code, message: sentence[language], field } })
    }
  },
})

async function formIn(request: IncomingMessage): Promise<FormData> {
  const type = request.headers['content-type'] ?? ''
  const body = await readBody(request, MOST_BYTES + AROUND)
  const unreadable = () => new Refusal(400, 'BAD_FORM', 'Không đọc được nội dung gửi lên. Hãy gửi lại.', 'What was sent could not be read. Send it again.')
  if (!type.startsWith('multipart/form-data')) throw unreadable()
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw unreadable()
  })
}

/** Shows a photo to the receiving side and the offices. */
export const photoRoute = (contextOf: ContextOf): Route => ({
  method: 'GET',
  pattern: /^\/tai-ve\/anh-giao-nhan\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  async handle(request, response, visit) {
    const { hub } = await contextOf(request, response, visit)
    const photo = await photoOf(hub, visit.match[1]!)
    response.setHeader('cache-control', 'no-store')
    if (!photo) return answer(response, 404, 'Không có ảnh này, hoặc ảnh đã được xóa, hoặc ông/bà không có quyền xem.\nThere is no such photo, it was removed, or you may not see it.\n')
    response.setHeader('content-disposition', 'inline; filename="anh-giao-nhan"')
    answer(response, 200, photo.bytes, photo.type)
  },
})
