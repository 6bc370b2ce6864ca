// Sends a photo of a hand-over: made smaller first, so that it goes through a weak network, and told how far it is.
import { isStillFor, viewerHeader } from '../../graphql/viewer.ts'
import type { Failing } from '../desk/use-command.ts'

/** Enough to see who and what; a twentieth of what a telephone's camera makes. */
const MOST_ACROSS = 1600

/** The photo as it is sent: upright, and no larger than it must be. The server takes metadata off in any case. */
export async function madeSmaller(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return file // the server says what is wrong with it
  const scale = Math.min(1, MOST_ACROSS / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) return file
  pen.fillStyle = '#fff' // what is transparent would come out black
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return (await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', 0.82))) ?? file
}

/** As an address that the page may show: our Content-Security-Policy allows no `blob:`. */
export const shownAs = (photo: Blob) =>
  new Promise<string>((shown, failed) => {
    const reader = new FileReader()
    reader.onload = () => shown(reader.result as string)
    reader.onerror = failed
    reader.readAsDataURL(photo)
  })

export interface PhotoWords {
  caption: string
  consentFrom: string
  consent: boolean
  idempotencyKey: string
}

/** Null when it is kept; else what stopped it. XMLHttpRequest, since fetch does not tell how far an upload is. */
export function sendPhoto(delivery: string, photo: Blob, said: PhotoWords, onPercent: (percent: number) => void): Promise<Failing | null> {
  const form = new FormData()
  form.set('photo', photo)
  form.set('caption', said.caption)
  form.set('consentFrom', said.consentFrom)
  form.set('consent', said.consent ? 'yes' : 'no')
  form.set('idempotencyKey', said.idempotencyKey)
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onPercent(Math.round((100 * loaded) / total))
    request.onload = () => isStillFor(request.getResponseHeader('x-viewer')) && done(failingOf(request))
    request.onerror = () => done({ problem: null, message: null, errorId: undefined })
    request.open('POST', `/tai-len/bien-ban/${delivery}`)
    request.setRequestHeader('x-language', document.documentElement.lang === 'en' ? 'en' : 'vi')
    for (const [name, value] of Object.entries(viewerHeader())) request.setRequestHeader(name, value)
    request.send(form)
  })
}

function failingOf({ status, responseText }: XMLHttpRequest): Failing | null {
  if (status === 201) return null
  try {
    const { problem, errors } = JSON.parse(responseText) as { problem?: Failing['problem']; errors?: { message: string }[] }
    return { problem: problem ?? null, message: problem?.message ?? errors?.[0]?.message ?? null, errorId: undefined }
  } catch {
    return { problem: null, message: null, errorId: undefined } // a proxy's page
  }
}
