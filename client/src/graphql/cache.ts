// The normalised cache: which objects are things of their own, and which belong to what they hang on.
import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'

// Every type without an id; tests/architecture.test.ts compares the list with the schema.
export const PARTS = [
  'AccountConnection', 'AccountEdge', 'ActiveParty', 'AdoptionActions', 'AdoptionConnection', 'AdoptionEdge', 'AdoptionProgress', 'AllocationActions', 'AllocationConnection', 'AllocationEdge', 'AllocationQuantities',
  'AnimalHandoverActions', 'Duty', 'HerdQueueEntryConnection', 'HerdQueueEntryEdge', 'RotationRule',
  'AreaChange', 'AreaConnection', 'AreaDecision', 'AreaEdge', 'AreaNeed', 'Completion', 'Conflict', 'Consent', 'DeliveryActions', 'DeliveryConnection', 'DeliveryEdge',
  'DeliveryPhotoActions', 'Deprivation', 'DeprivationIndicator', 'EventConnection', 'EventEdge', 'Forbidden', 'Gap', 'GapCause', 'GapConnection',
  'GapEdge', 'GivingYear', 'GivingYearKind', 'GivingYearOutcome', 'GivingYearPlace', 'HouseholdActions', 'HouseholdConnection', 'HouseholdCount',
  'HouseholdEdge', 'Hub', 'InvalidInput', 'JobPost', 'JobTarget', 'Limited', 'LineFact', 'MatchingGuards', 'MatchingKind',
  'MatchingProposalConnection', 'MatchingProposalEdge', 'MatchingRefusal', 'MatchingRunConnection', 'MatchingRunEdge', 'MatchingSettingChange',
  'MatchingSettingVersion', 'MatchingSettings',
  'MatchingWeights', 'NeedActions',
  'NeedConnection', 'NeedEdge', 'NotFound', 'OfficeHolder', 'OutcomeConnection', 'OutcomeEdge', 'OverriddenGuard', 'PageInfo', 'PartyContact',
  'Permission', 'PlanConnection', 'PlanEdge', 'PlanTarget', 'PledgeActions', 'PledgeConnection', 'PledgeEdge', 'PledgeLineConnection', 'PledgeLineEdge', 'PledgeStep',
  'PovertyCause', 'PovertyStandard', 'PrintedFigure', 'PurchaseAgreement', 'Quantities', 'Reason', 'RecognisedStatus', 'Review', 'ReviewRow',
  'ReviewTarget', 'StageTotals', 'Suggestion', 'SupportKind', 'TaskConnection', 'TaskEdge', 'TaskEscalation', 'Viewer', 'Waiting',
]

/** What each interface can be, so that a fragment on it is matched by name and not by guess. */
export const POSSIBLE_TYPES = {
  Problem: ['InvalidInput', 'NotFound', 'Forbidden', 'Conflict', 'Limited'],
  Event: [
    'AdoptionAccepted', 'AdoptionDeclined', 'AdoptionEnded', 'AdoptionProposed', 'AllocationReleased', 'AllocationSettled', 'AnimalHandedOn',
    'ConsentRecorded', 'DeliveryDispatched', 'DeliveryTakenBack', 'GuardOverridden', 'HouseholdStatusRecorded', 'LineAllocated', 'MatchingAnswered',
    'NeedRaised',
    'OutcomeRecorded', 'PledgeAmended', 'PledgeDeclined', 'PledgeLapsed', 'PledgeMade', 'PledgeVerified', 'PledgeWithdrawn',
    'ReceiptConfirmed', 'TaskClosed', 'TaskEscalated', 'TaskOpened',
  ],
}

export const cache = () => cacheExchange({
  // What has no id is part of its parent in any case; while developing, the cache asks whether that is meant.
  ...(import.meta.env.DEV && { keys: Object.fromEntries(PARTS.map((name) => [name, () => null])) }),
  possibleTypes: POSSIBLE_TYPES,
  resolvers: {
    Query: {
      areas: relayPagination(),
      pledges: relayPagination(),
      openings: relayPagination(),
      adoptions: relayPagination(),
      gaps: relayPagination(),
      households: relayPagination(),
      needs: relayPagination(),
      allocations: relayPagination(),
      deliveries: relayPagination(),
      tasks: relayPagination(),
      herdQueue: relayPagination(),
    },
  },
})
