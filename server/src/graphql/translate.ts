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

/** GraphQL's own complaints about a document are for its author; they name nothing but the document. */
const isComplaintAboutDocument = ({ originalError }: GraphQLError): boolean =>
  !originalError || (originalError instanceof GraphQLError && isComplaintAboutDocument(originalError)) // Apollo wraps them once more

/** For Apollo's formatError and the socket alike. */
export function formatError(log: Log, language: 'vi' | 'en', formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const failure = expected(error)
  if (failure) return { ...formatted, message: sentenceIn(language, failure.sentence), extensions: failureExtensions(failure) }
  if (error instanceof GraphQLError && isComplaintAboutDocument(error)) {
    const { stacktrace: _, ...extensions } = { ...formatted.extensions }
    return { ...formatted, extensions }
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
