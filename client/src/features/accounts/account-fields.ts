// What an administrator reads of an account, and what is done to it.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { problemFields } from '../desk/use-command.ts'

export const accountFields = graphql(`
  fragment DeskAccount on Account @_unmask {
    id
    displayName
    login
    isDisabled
    isDemonstration
    mustChangePassword
    createdAt
    roles { id role grantedAt area { id fullName } partyId householdId }
  }
`)

export type Account = ResultOf<typeof accountFields>

export const createAccount = graphql(
  `
    mutation DeskCreateAccount($input: CreateAccountInput!) {
      createAccount(input: $input) {
        account { ...DeskAccount }
        oneTimePassword
        problem { ...DeskProblem }
      }
    }
  `,
  [accountFields, problemFields],
)

export const grantRole = graphql(
  `
    mutation DeskGrantRole($input: GrantRoleInput!) {
      grantRole(input: $input) {
        account { ...DeskAccount }
        problem { ...DeskProblem }
      }
    }
  `,
  [accountFields, problemFields],
)

export const revokeRole = graphql(
  `
    mutation DeskRevokeRole($input: RevokeRoleInput!) {
      revokeRole(input: $input) {
        account { ...DeskAccount }
        problem { ...DeskProblem }
      }
    }
  `,
  [accountFields, problemFields],
)

export const resetPassword = graphql(
  `
    mutation DeskResetPassword($input: ResetPasswordInput!) {
      resetPassword(input: $input) {
        account { ...DeskAccount }
        oneTimePassword
        problem { ...DeskProblem }
      }
    }
  `,
  [accountFields, problemFields],
)

export const disableAccount = graphql(
  `
    mutation DeskDisableAccount($input: DisableAccountInput!) {
      disableAccount(input: $input) {
        account { ...DeskAccount }
        problem { ...DeskProblem }
      }
    }
  `,
  [accountFields, problemFields],
)

export const enableAccount = graphql(
  `
    mutation DeskEnableAccount($input: EnableAccountInput!) {
      enableAccount(input: $input) {
        account { ...DeskAccount }
        problem { ...DeskProblem }
      }
    }
  `,
  [accountFields, problemFields],
)
