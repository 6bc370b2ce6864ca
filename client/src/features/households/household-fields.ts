// What the desk reads of one household.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { allocationRowFields } from '../deliveries/AllocationRow.tsx'
import { kindFields } from '../desk/support.tsx'

export const needFields = graphql(
  `
    fragment DeskNeed on Need @_unmask {
      id
      detail
      quantity
      allocated
      received
      open
      urgency
      raisedAt
      verifiedAt
      withdrawnAt
      version
      kind { ...DeskKind }
      viewerCan { verify { allowed } withdraw { allowed } }
    }
  `,
  [kindFields],
)

export type Need = ResultOf<typeof needFields>

export const householdFields = graphql(
  `
    fragment DeskHousehold on Household @_unmask {
      id
      code
      displayCode
      headName
      phone
      members
      wish
      status
      version
      isDemonstration
      area { id fullName ancestors { id fullName } }
      causes { code name nameEn }
      statusHistory { status decisionNo decidedOn effectiveOn listYear standard { code name nameEn } }
      deprivations { indicator { code name nameEn } standard { code name nameEn } recordedOn }
      needs { ...DeskNeed }
      consents { purpose given at isOwnWord recordedBy witnessName }
      allocations(first: 20) { totalCount nodes { ...DeskAllocationRow } }
      viewerCan { update { allowed } recordStatus { allowed } raiseNeed { allowed } }
    }
  `,
  [needFields, allocationRowFields],
)

export type Household = ResultOf<typeof householdFields>
