// A giver's year as a file to print: /tai-ve/tong-ket/<party>/<year>.pdf?ngon-ngu=vi|en
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../../graphql/context.ts'
import { type Route, type Visit, answer, languageAsked } from '../../platform/http.ts'
import { paperOf, yearOf } from './paper.ts'

/** For the giver alone. `contextOf` says who asks. */
export const givingYearRoute = (contextOf: (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<Context>): Route => ({
  method: 'GET',
  pattern: /^\/tai-ve\/tong-ket\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(20\d\d)\.pdf$/,
  async handle(request, response, visit) {
    const { hub, language } = await contextOf(request, response, visit)
    const [, partyId, year] = visit.match as unknown as [string, string, string]
    const it = await yearOf(hub, partyId, Number(year))
    response.setHeader('cache-control', 'no-store')
    if (!it) return answer(response, 404, 'Bản tổng kết này chỉ dành cho chính người giúp. Hãy đăng nhập.\nThis summary is for the giver alone. Sign in.\n')
    response.setHeader('content-disposition', `inline; filename="tong-ket-${it.year}.pdf"`)
    answer(response, 200, await paperOf(it, languageAsked(visit) ?? language), 'application/pdf')
  },
})
