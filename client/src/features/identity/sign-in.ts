// Opening a session, as the page for it asks, and the one that makes an account.
import { graphql } from '../../graphql/graphql.ts'
import { ProblemWords } from '../../graphql/problem.ts'
import { ViewerRoles } from './viewer.ts'
import { Wait } from './WaitLeft.tsx'

export const SignIn = graphql(
  `
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        viewer {
          ...ViewerRoles
        }
        problem {
          ...ProblemWords
          ...Wait
        }
      }
    }
  `,
  [ViewerRoles, ProblemWords, Wait],
)
