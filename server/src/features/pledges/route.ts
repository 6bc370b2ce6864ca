// A giver's certificate as a file to print: /tai-ve/ghi-nhan/<follow code>.pdf?ngon-ngu=vi|en
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../../graphql/context.ts'
import { Failure } from '../../platform/failure.ts'
import { type Route, type Visit, answer, languageAsked } from '../../platform/http.ts'
import { certificateOf, givenBy } from './certificate.ts'
import { pledgeOfCode } from './schema.ts'

/** For whoever holds the code. `contextOf` says who asks. */
export const certificateRoute = (contextOf: (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<Context>): Route => ({
  method: 'GET',
  pattern: /^\/tai-ve\/ghi-nhan\/([^/]{1,200})\.pdf$/,
  async handle(request, response, visit) {
    const context = await contextOf(request, response, visit)
    response.setHeader('cache-control', 'no-store')
    try {
      const id = await pledgeOfCode(context, visit.match[1]!)
      const given = id && await givenBy(context.hub, id)
      if (!given) return answer(response, 404, 'Không có cam kết nào mang mã này, hoặc Mặt trận chưa xác minh.\nNo pledge has this code, or the Front has not verified it yet.\n')
      response.setHeader('content-disposition', `inline; filename="ghi-nhan-${given.transferCode}.pdf"`)
      answer(response, 200, await certificateOf(given, languageAsked(visit) ?? context.language), 'application/pdf')
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      answer(response, 429, `${error.sentence.vi}\n${error.sentence.en}\n`)
    }
  },
})
