// The record of a hand-over as a file to print: /tai-ve/bien-ban/<delivery>.pdf?ngon-ngu=vi|en
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../../graphql/context.ts'
import { type Route, type Visit, answer, languageAsked } from '../../platform/http.ts'
import { handOverOf, recordOf } from './record.ts'

/** For the receiving side and the offices of the delivery. `contextOf` says who asks. */
export const recordRoute = (contextOf: (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<Context>): Route => ({
  method: 'GET',
  pattern: /^\/tai-ve\/bien-ban\/([0-9a-f-]{36})\.pdf$/,
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
