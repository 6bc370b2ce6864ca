// What is read of a hamlet's jobs that were kept, and the share that they make.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'

export const JobTargetFigures = graphql(`
  fragment JobTargetFigures on JobTarget @_unmask {
    households
    kept
    isReached
  }
`)

export type JobTargetFigures = ResultOf<typeof JobTargetFigures>

/** 46,2 %, or nothing where a number is not published. */
export function useJobShare() {
  const format = useFormat()
  return ({ households, kept }: JobTargetFigures) => (/^\d+$/.test(households) && /^\d+$/.test(kept) ? format.percent(Number(kept), Number(households)) : null)
}
