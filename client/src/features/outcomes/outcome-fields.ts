// What the desk reads of an outcome.
import { graphql } from '../../graphql/graphql.ts'

export const outcomeFields = graphql(`
  fragment DeskOutcome on Outcome @_unmask {
    id
    kind
    quantity
    observedOn
    isOwnWord
    isFurtherOn
    recordedAt
    detail
    cause
    witnessName
    unitPrice
    toHousehold { id headName code }
  }
`)
