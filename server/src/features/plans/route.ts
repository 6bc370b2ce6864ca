// A review as a file to download: /tai-ve/kiem-diem/<plan>.xlsx?tu=<first day>&den=<last day>&ngon-ngu=vi|en
import type { IncomingMessage, ServerResponse } from 'node:http'
import { may } from '../../access/policy.ts'
import type { Context } from '../../graphql/context.ts'
import { isDay } from '../../platform/day.ts'
import { Failure } from '../../platform/failure.ts'
import { type Route, type Visit, answer, languageAsked } from '../../platform/http.ts'
import { reviewOf } from './queries.ts'
import { reviewWorkbook } from './sheet.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Needs the right to the review itself. `contextOf` says who asks. */
export const reviewRoute = (contextOf: (request: IncomingMessage, response: ServerResponse, visit: Visit) => Promise<Context>): Route => ({
  method: 'GET',
  pattern: /^\/tai-ve\/kiem-diem\/([\w.-]{1,60})\.xlsx$/,
  async handle(request, response, visit) {
    const { hub, language: preferred } = await contextOf(request, response, visit)
    response.setHeader('cache-control', 'no-store')
    const refuse = (status: number, vi: string, en: string) => answer(response, status, `${vi}\n${en}\n`)
    const asked = visit.url.searchParams
    const [from, to] = [asked.get('tu') ?? '', asked.get('den') ?? '']
    const language = languageAsked(visit) ?? preferred
    if (!isDay(from) || !isDay(to)) return refuse(400, 'Hãy ghi kỳ kiểm điểm, ví dụ ?tu=2024-01-01&den=2024-03-31.', 'Name the period, for instance ?tu=2024-01-01&den=2024-03-31.')
    if (!may(hub.viewer, 'review.read')) return refuse(403, 'Bảng kiểm điểm chỉ dành cho cán bộ Mặt trận. Hãy đăng nhập.', 'Reviews are for officers of the Front. Sign in.')
    try {
      const review = await reviewOf(hub, visit.match[1]!, { from, to })
      if (!review) return refuse(404, 'Không tìm thấy kế hoạch này, hoặc địa bàn của kế hoạch không thuộc quyền của ông/bà.', 'There is no such plan, or its area is not within your office.')
      const file = await reviewWorkbook(review, language)
      response.setHeader('content-disposition', `attachment; filename="kiem-diem-${visit.match[1]}-${to}.xlsx"`)
      answer(response, 200, Buffer.from(file), XLSX)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      refuse(400, error.sentence.vi, error.sentence.en)
    }
  },
})
