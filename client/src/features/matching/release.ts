// Takes back an allocation that was not handed over: the way to undo a match.
import { graphql } from '../../graphql/graphql.ts'
import { problemFields } from '../desk/use-command.ts'

export const releaseAllocation = graphql(
  `
    mutation DeskReleaseAllocation($input: ReleaseAllocationInput!) {
      releaseAllocation(input: $input) {
        allocation { id quantities { allocated dispatched received settled } }
        line { id quantities { promised allocated open dispatched received settled } }
        need { id allocated open }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)
