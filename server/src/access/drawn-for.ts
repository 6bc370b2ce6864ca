// Of two people at one computer neither acts, nor reads, as the other: a page says for whom it was drawn, an answer for whom it is.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../platform/http.ts'
import type { Viewer } from './viewer.ts'

/** In a request: for whom the page that sends it was drawn. In an answer: who asked. An account's id, or `visitor`. */
export const VIEWER_HEADER = 'x-viewer'

export const viewerName = ({ accountId }: Viewer): string => (accountId === null ? 'visitor' : `Account:${accountId}`)

/** The page was drawn for someone else than who asks now. Programs draw no pages, and say nothing. */
export const isDrawnForAnother = (drawnFor: unknown, viewer: Viewer): boolean => drawnFor !== undefined && drawnFor !== viewerName(viewer)

/** Says in the answer whom it is for. @throws Refusal 409, before anything is read or written, for a page that was drawn for someone else */
export function answerFor(viewer: Viewer, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader(VIEWER_HEADER, viewerName(viewer))
  if (!isDrawnForAnother(request.headers[VIEWER_HEADER], viewer)) return
  throw new Refusal(409, 'VIEWER_CHANGED',
    'Trên máy này vừa có người khác đăng nhập, hoặc phiên đăng nhập đã kết thúc, nên chưa có gì được ghi. Hãy tải lại trang, đăng nhập bằng tên của mình rồi làm lại.',
    'Someone else has signed in on this computer, or the session has ended, so nothing was recorded. Reload the page, sign in under your own name and do it again.')
}
