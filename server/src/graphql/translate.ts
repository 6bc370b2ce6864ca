// Failures on their way out, in one place: expected ones as typed problems, all others masked, logged and given an id to quote.
import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { Failure, type Sentence, conflict } from '../platform/failure.ts'
import type { Log } from '../platform/log.ts'
import { brokenConstraint } from '../platform/retry.ts'

export const sentenceIn = (language: 'vi' | 'en', sentence: Sentence) => sentence[language]

const CODES: Record<Failure['kind'], string> = {
  InvalidInput: 'BAD_USER_INPUT', NotFound: 'NOT_FOUND', Forbidden: 'FORBIDDEN', Conflict: 'CONFLICT', Limited: 'TOO_MANY_REQUESTS',
}

export const failureExtensions = (failure: Failure) => ({
  code: CODES[failure.kind],
  reason: failure.code,
  messages: failure.sentence,
  ...(failure.retryAfterSeconds === null ? {} : { retryAfterSeconds: failure.retryAfterSeconds }),
})

// The database's own word, should a race get past the rules: it says what the rule would have said.
const BROKEN: Record<string, () => Failure> = {
  line_allocated_within: () => conflict('LINE_EXHAUSTED', 'Phần cam kết này vừa được ghép hết. Hãy tải lại để thấy số còn lại.', 'This line has just been matched in full. Reload to see what is left.'),
  need_allocated_within: () => conflict('NEED_MET', 'Nhu cầu này vừa được ghép đủ. Hãy tải lại để chọn nhu cầu khác.', 'This need has just been met in full. Reload and choose another.'),
  allocation_own_gift: () => conflict('OWN_GIFT', 'Món quà này do chính hộ này cho, nên không ghép cho hộ được.', 'This gift is from the household itself and cannot come back to it.'),
  receipt_two_sides: () => conflict('BOTH_SIDES', 'Một người không thể vừa giao (hay làm chứng) vừa xác nhận nhận thay.', 'One person cannot hand over (or witness) and also confirm receipt.'),
}

/** The expected failure in what was thrown, if it holds one. */
export function expected(error: unknown): Failure | null {
  if (error instanceof Failure) return error
  if (error instanceof GraphQLError) return error.originalError ? expected(error.originalError) : null
  const constraint = brokenConstraint(error)
  return constraint ? (BROKEN[constraint]?.() ?? null) : null
}

/** What is wrong with a document or its variables is for its author: GraphQL itself says it, and points at a place in the document. */
function isAboutDocument(error: GraphQLError): boolean {
  if (error.originalError && !(error.originalError instanceof GraphQLError)) return false
  const innermost = innermostOf(error)
  // A value of ours that the schema does not know is found while a field is answered, and points at nothing.
  return !error.path || innermost.nodes !== undefined || innermost.extensions.code !== undefined
}

const innermostOf = (error: GraphQLError): GraphQLError => (error.originalError instanceof GraphQLError ? innermostOf(error.originalError) : error)

// In production a document's author is told what kind of mistake it is; which names there are is in the published schema.
const MASKED: Record<string, Sentence> = {
  GRAPHQL_PARSE_FAILED: {
    vi: 'Không đọc được câu hỏi GraphQL này. Hãy xem lại cú pháp.', en: 'This GraphQL document cannot be read. Check its syntax.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    vi: 'Câu hỏi GraphQL này không hợp với lược đồ. Hãy tải lại trang, hoặc so lại với schema/schema.graphql.',
    en: 'This GraphQL document does not fit the schema. Reload the page, or compare it with schema/schema.graphql.',
  },
  BAD_USER_INPUT: {
    vi: 'Một giá trị gửi lên không đúng dạng. Hãy tải lại trang, xem lại rồi gửi lại.', en: 'A value that was sent has the wrong form. Reload the page, check it and send again.',
  },
}

export interface Telling {
  log: Log
  production: boolean
  language: 'vi' | 'en'
}

/** For Apollo's formatError and the socket alike. */
export function formatError({ log, production, language }: Telling, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const failure = expected(error)
  if (failure) return { ...formatted, message: sentenceIn(language, failure.sentence), extensions: failureExtensions(failure) }
  if (error instanceof GraphQLError && isAboutDocument(error)) {
    const { stacktrace: _, ...extensions } = { ...formatted.extensions }
    if (!production) return { ...formatted, extensions }
    const code = String(error.extensions.code ?? 'BAD_USER_INPUT')
    const masked = MASKED[code]
    if (!masked) return { ...formatted, extensions }
    return {
      message: sentenceIn(language, masked),
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations && code === 'GRAPHQL_PARSE_FAILED' ? { locations: formatted.locations } : {}),
      extensions: { code, messages: masked },
    }
  }
  const errorId = randomUUID()
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error
  log.error({ event: 'internal_error', errorId, reason: cause instanceof Error ? cause.message : String(cause), ...(cause instanceof Error && cause.stack ? { stack: cause.stack } : {}) })
  const message =
    language === 'vi'
      ? `Hệ thống gặp lỗi. Chưa có gì bị mất; hãy thử lại, và nếu vẫn lỗi thì báo mã ${errorId}.`
      : `Something broke on our side. Nothing was lost; try again, and if it persists quote ${errorId}.`
  return {
    message,
    ...(formatted.path ? { path: formatted.path } : {}),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  }
}
