// The five ways in which a request may fail for a reason that its sender can act on.

export type FailureKind = 'InvalidInput' | 'NotFound' | 'Forbidden' | 'Conflict' | 'Limited'

/** A sentence in both languages that says what is wrong and what to do. */
export interface Sentence {
  vi: string
  en: string
}

/** An expected failure; anything else that is thrown is masked, logged and given an id to quote. */
export class Failure extends Error {
  readonly kind: FailureKind
  /** Stable, UPPER_SNAKE_CASE: clients may switch on it. */
  readonly code: string
  readonly sentence: Sentence
  /** For InvalidInput: the path of the field, as in `lines.0.quantity`. */
  readonly field: string | null
  /** For Limited: when to try again. */
  readonly retryAfterSeconds: number | null

  constructor(kind: FailureKind, code: string, sentence: Sentence, more: { field?: string; retryAfterSeconds?: number } = {}) {
    super(`${code}: ${sentence.en}`)
    this.name = 'Failure'
    this.kind = kind
    this.code = code
    this.sentence = sentence
    this.field = more.field ?? null
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
  }
}

export const invalid = (field: string, code: string, vi: string, en: string) => new Failure('InvalidInput', code, { vi, en }, { field })
export const conflict = (code: string, vi: string, en: string) => new Failure('Conflict', code, { vi, en })
export const forbidden = (code: string, vi: string, en: string) => new Failure('Forbidden', code, { vi, en })
export const limited = (retryAfterSeconds: number, vi: string, en: string) =>
  new Failure('Limited', 'TOO_MANY_ATTEMPTS', { vi, en }, { retryAfterSeconds })

/** Absent and hidden give one answer, so that nobody learns of a row by asking for it. */
export const notFound = (vi = 'mục này', en = 'this item') =>
  new Failure('NotFound', 'NOT_FOUND', {
    vi: `Không tìm thấy ${vi}, hoặc ông/bà không có quyền xem.`,
    en: `Could not find ${en}, or you may not see it.`,
  })
