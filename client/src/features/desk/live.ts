// The desk's live feed: everything in the office's area; entities in it land in the cache, lists are asked for again.
import { graphql } from '../../graphql/graphql.ts'
import { useLive } from '../../graphql/use-live.ts'
import type { Connection } from '../../ui/LiveDot.tsx'
import { useDesk } from './desk-context.ts'

const deskEvents = graphql(`
  subscription DeskEvents($scope: EventScope, $after: Cursor) {
    events(scope: $scope, after: $after) {
      __typename
      id
      cursor
      at
      ... on PledgeVerified { pledge { id state version } }
      ... on PledgeDeclined { pledge { id state version } }
      ... on PledgeWithdrawn { pledge { id state version } }
      ... on PledgeLapsed { pledge { id state version } }
      ... on LineAllocated { allocation { id quantities { allocated dispatched received settled } } line { id quantities { promised allocated open dispatched received settled } } }
      ... on AllocationReleased { allocation { id quantities { allocated dispatched received settled } } line { id quantities { promised allocated open dispatched received settled } } }
      ... on DeliveryDispatched { allocation { id quantities { allocated dispatched received settled } } }
      ... on DeliveryTakenBack { allocation { id quantities { allocated dispatched received settled } } }
      ... on ReceiptConfirmed { delivery { id answer received isUnconfirmed } allocation { id quantities { allocated dispatched received settled } } }
      ... on AllocationSettled { allocation { id quantities { allocated dispatched received settled } } }
      ... on TaskClosed { task { id closedAt } }
    }
  }
`)

/** Follows the office's area from `after` on. */
export function useDeskLive(after: string | null | undefined, refresh: () => void): Connection {
  const { area } = useDesk()
  return useLive(deskEvents, { scope: area ? { area: area.id } : null }, { refresh, after })
}
