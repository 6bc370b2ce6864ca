// Asking the hub to register a pledge.
import { graphql } from '../../graphql/graphql.ts'
import { ProblemWords } from '../../graphql/problem.ts'

export const MakePledge = graphql(
  `
    mutation MakePledge($input: MakePledgeInput!) {
      makePledge(input: $input) {
        code
        pledge {
          id
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)
