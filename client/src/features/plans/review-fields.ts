// What the review's page reads.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'

const rowFields = graphql(`
  fragment DeskReviewRow on ReviewRow @_unmask {
    kind
    unit { id fullName name }
    had
    left
    worsened
    joined
    remaining
    percent
    printed { numerator denominator percent }
    check
  }
`)

export const planQuery = graphql(`
  query DeskPlan($id: ID!) {
    plan(id: $id) {
      id
      number
      title
      titleEn
      issuer
      issuedOn
      baselineOn
      area { id fullName }
      standard { code name nameEn }
      targets { dueOn }
    }
  }
`)

export const reviewQuery = graphql(
  `
    query DeskReview($plan: ID!, $from: Date!, $to: Date!) {
      review(plan: $plan, from: $from, to: $to) {
        plan { id baselineOn }
        from
        to
        householdsTotal
        atBaseline
        rate
        rows { ...DeskReviewRow }
        total { ...DeskReviewRow }
        silentUnits { id fullName name }
        targets { agrees reached leftToReach target { dueOn numerator denominator percent printed cumulative } }
      }
    }
  `,
  [rowFields],
)

export type Plan = NonNullable<ResultOf<typeof planQuery>['plan']>
export type Review = NonNullable<ResultOf<typeof reviewQuery>['review']>
export type ReviewRow = ResultOf<typeof rowFields>
export type Figure = 'HAD' | 'LEFT' | 'WORSENED' | 'JOINED' | 'REMAINING'
