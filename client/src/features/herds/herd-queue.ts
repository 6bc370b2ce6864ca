// Who waits for the next animal of a programme in a commune, whose turn it is first.
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'

const herdQueueQuery = graphql(`
  query DeskHerdQueue($area: ID!, $rule: String!) {
    herdQueue(area: $area, rule: $rule, first: 50) {
      totalCount
      nodes {
        id
        joinedAt
        isProvided
        area { id fullName }
        household { id code headName status }
      }
    }
  }
`)

export type Waiting = ResultOf<typeof herdQueueQuery>['herdQueue']['nodes'][number]

export const useHerdQueue = (rule: string, area: string | null) =>
  useQuery({ query: herdQueueQuery, variables: { rule, area: area ?? '' }, pause: area === null, requestPolicy: 'cache-and-network' })

/** Turns go round within a commune. */
export const communeOf = ({ id, kind, parent }: { id: string; kind: string; parent: { id: string } | null }) => (kind === 'HAMLET' && parent ? parent.id : id)

/** Whose turn it is for an animal of a household. */
export const turnOf = (queue: readonly Waiting[], fromHouseholdId?: string) => queue.find(({ household, isProvided }) => household !== null && !isProvided && household.id !== fromHouseholdId)
