// Asking the hub to register a pledge.
import { graphql } from '../../graphql/graphql.ts'
import { ProblemWords } from '../../graphql/problem.ts'

export const MakePledge = graphql(
  `
    mutation MakePledge($input: MakePledgeInput!) {
      makePledge(input: $input) {
        pledge {
          id
          followCode
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)
