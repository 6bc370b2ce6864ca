// The household's addresses, all under /h: each page works without a script, on any telephone, in any app's own browser.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Route, answer } from '../../platform/http.ts'
import { askAnimal, checkAnimal, showAnimalReceipt, takeAnimal } from './animal.ts'
import { askHowMany, askReceived, checkAnswer, showReceipt, takeAnswer } from './answering.ts'
import { type Answering, type Base, missing, page } from './asked.ts'
import { askConsent, takeConsent } from './consent.ts'
import { showHome } from './home.ts'
import { askAccept, askWhyNot, declineOffer, takeOffer } from './offer.ts'
import { askPromise, takePromise } from './passing.ts'
import { askFirst, askQuestion, showThanks, takeWord } from './telling.ts'
import { askCode, askToLeave, leave, openByCode, opened, takeCode, takePin } from './opening.ts'
import { askToRemove, showPhoto, showPhotos, takeRemoval } from './photos.ts'

const told = (page = '') => new RegExp(`^/h/ket-qua/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})${page}$`)
const coming = (page = '') => new RegExp(`^/h/sap-den/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})${page}$`)
const animal = (page = '') => new RegExp(`^/h/con-giong/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})${page}$`)
const delivery = (page = '') => new RegExp(`^/h/nhan/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})${page}$`)

const photo = (page = '') => new RegExp(`^/h/anh/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})${page}$`)

export function householdRoutes(hub: Omit<Base, 'script'>): Route[] {
  const scripts = ['show-anew.js', 'keep-answer.js', 'listen.js'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join(';')
  const script = `/h/them-${createHash('sha256').update(scripts).digest('hex').slice(0, 12)}.js`
  const base = { ...hub, script }
  const get = (pattern: RegExp, answering: Answering) => page(base, 'GET', pattern, answering)
  const post = (pattern: RegExp, answering: Answering) => page(base, 'POST', pattern, answering)
  return [
    {
      method: 'GET',
      pattern: /^\/h\/them-[0-9a-f]{12}\.js$/,
      handle(_request, response) {
        response.setHeader('cache-control', 'public, max-age=31536000, immutable')
        answer(response, 200, scripts, 'text/javascript; charset=utf-8')
      },
    },
    get(/^\/h\/?$/, opened(showHome)),
    post(/^\/h$/, takePin),
    get(/^\/h\/ma$/, askCode),
    post(/^\/h\/ma$/, takeCode),
    get(/^\/h\/thoat$/, askToLeave),
    post(/^\/h\/thoat$/, leave),
    get(/^\/h\/dong-y$/, askConsent),
    post(/^\/h\/dong-y$/, takeConsent),
    get(delivery(), askReceived),
    get(delivery('/bao-nhieu'), askHowMany),
    get(delivery('/xem-lai'), checkAnswer),
    post(delivery(), takeAnswer),
    get(delivery('/bien-nhan'), showReceipt),
    get(animal(), askAnimal),
    get(animal('/xem-lai'), checkAnimal),
    post(animal(), takeAnimal),
    get(animal('/bien-nhan'), showAnimalReceipt),
    get(coming(), askAccept),
    post(coming(), takeOffer),
    get(coming('/khong'), askWhyNot),
    post(coming('/khong'), declineOffer),
    get(/^\/h\/giup-lai$/, askPromise),
    post(/^\/h\/giup-lai$/, takePromise),
    get(told(), askFirst),
    get(told('/(\\d)'), askQuestion),
    post(told('/(\\d)'), takeWord),
    get(told('/(\\d)/bien-nhan'), showThanks),
    get(/^\/h\/anh$/, showPhotos),
    get(photo(), showPhoto),
    get(photo('/xoa'), askToRemove),
    post(photo('/xoa'), takeRemoval),
    get(/^\/h\/([^/]+)$/, openByCode),
    get(/^\/h\//, ({ words }) => missing(words)),
  ]
}
