// Why something was not done or not loaded, as the screens show it.
import type { CombinedError } from '@urql/core'
import { graphql, type ResultOf } from './graphql.ts'

export const ProblemWords = graphql(`
  fragment ProblemWords on Problem @_unmask {
    __typename
    code
    message
    ... on InvalidInput {
      field
    }
  }
`)

export type ProblemWords = ResultOf<typeof ProblemWords>

/** The input field that a problem names, for instance `lines.0.quantity`. */
export const fieldOf = (problem: ProblemWords): string | undefined => ('field' in problem ? (problem.field ?? undefined) : undefined)

/** The server's sentence and the id to quote, when it answered at all; nothing when the network failed. */
export function wordsOf(error: CombinedError | undefined): { message?: string; errorId?: string | undefined } {
  const answer = error?.graphQLErrors[0]
  if (!answer) return {}
  const { errorId } = answer.extensions
  return { message: answer.message, errorId: typeof errorId === 'string' ? errorId : undefined }
}

/** The address names nothing of this kind: it is no page, rather than a page that does not load. */
export const namesNothing = (error: CombinedError | undefined): boolean => error?.graphQLErrors.some(({ extensions }) => extensions?.reason === 'BAD_ID') ?? false
