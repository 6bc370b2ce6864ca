// The life of a pledge as its giver reads it: which moments are past, what comes next, whose step it is and by when. Pure.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { AreaPlace } from '../areas/area-words.ts'
import { SupportKindWords } from '../areas/support-kind.ts'

export const PledgeLife = graphql(
  `
    fragment PledgeLife on Pledge @_unmask {
      id
      code
      state
      anonymous
      expectedOn
      isLate
      registeredAt
      verifiedAt
      isDemonstration
      party {
        id
        name
        kind
      }
      area {
        ...AreaPlace
      }
      lines {
        id
        detail
        kind {
          ...SupportKindWords
        }
        quantities {
          promised
          allocated
          dispatched
          received
          settled
          open
          shortfall
        }
      }
      steps {
        step
        at
        reason
      }
      allocations(first: 50) {
        totalCount
        nodes {
          id
          recipientCode
          decidedAt
          area {
            id
            fullName
          }
          kind {
            ...SupportKindWords
          }
          line {
            id
          }
          quantities {
            allocated
            dispatched
            received
            settled
          }
          completion {
            isComplete
            says
          }
          deliveries(first: 10) {
            nodes {
              id
              quantity
              isDirect
              dispatchedAt
              handedOverOn
              confirmBy
              isUnconfirmed
              answer
              received
              takenBack
            }
          }
        }
      }
      outcomes(first: 100) {
        nodes {
          id
          kind
          quantity
          observedOn
          allocation {
            id
          }
        }
      }
    }
  `,
  [AreaPlace, SupportKindWords],
)

export type PledgeLife = ResultOf<typeof PledgeLife>
export type PledgeAllocation = PledgeLife['allocations']['nodes'][number]

/** YYYY-MM-DD in Việt Nam, today or on the day of an instant. */
export const dayInVietNam = (at: Date = new Date()): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at)

const daysAfter = (instant: string, days: number): string => dayInVietNam(new Date(new Date(instant).getTime() + days * 86_400_000))

/** Days in which the Front verifies a new pledge: the hub's own rule. */
const VERIFY_WITHIN_DAYS = 3

export type Stage = 'registered' | 'verified' | 'allocated' | 'dispatched' | 'received' | 'outcome'
export interface LifeMoment {
  stage: Stage
  state: 'done' | 'current' | 'todo' | 'stopped'
  /** When it began, or was first reached. */
  at: string | null
}

const earliest = (instants: readonly (string | null | undefined)[]): string | null => instants.filter((at) => at != null).toSorted()[0] ?? null

/** Done is only what is done in full; a part shows in the quantities beside it. */
export function momentsOf(pledge: PledgeLife): LifeMoment[] {
  const allocations = pledge.allocations.nodes
  const deliveries = allocations.flatMap(({ deliveries }) => deliveries.nodes)
  const hasAny = pledge.lines.some(({ quantities }) => quantities.promised !== '0')
  const reached = (stage: 'allocated' | 'dispatched' | 'received') => hasAny && pledge.lines.every(({ quantities }) => quantities[stage] === quantities.promised)
  const isComplete = allocations.length > 0 && reached('received') && allocations.every(({ completion }) => completion.isComplete)
  const moments: { stage: Stage; isDone: boolean; at: string | null }[] = [
    { stage: 'registered', isDone: true, at: pledge.registeredAt },
    { stage: 'verified', isDone: pledge.verifiedAt !== null, at: pledge.verifiedAt },
    { stage: 'allocated', isDone: reached('allocated'), at: earliest(allocations.map(({ decidedAt }) => decidedAt)) },
    { stage: 'dispatched', isDone: reached('dispatched'), at: earliest(deliveries.map(({ dispatchedAt }) => dispatchedAt)) },
    { stage: 'received', isDone: reached('received'), at: null },
    // No day: it could point to a household.
    { stage: 'outcome', isDone: isComplete, at: null },
  ]
  const next = moments.findIndex(({ isDone }) => !isDone)
  const isStopped = pledge.state === 'DECLINED' || pledge.state === 'WITHDRAWN' || pledge.state === 'LAPSED'
  return moments.map(({ stage, isDone, at }, index) => ({
    stage,
    at,
    state: isDone ? 'done' : index === next ? (isStopped ? 'stopped' : 'current') : 'todo',
  }))
}

export interface NextStep {
  key: 'verify' | 'match' | 'handOver' | 'confirm' | 'lookInto' | 'watch'
  /** The last day, YYYY-MM-DD; null where none is set. */
  by: string | null
  isLate: boolean
}

/** Everything that someone has to do now; nothing once a pledge has ended or is complete. */
export function nextStepsOf(pledge: PledgeLife, today: string): NextStep[] {
  const by = (key: NextStep['key'], day: string | null): NextStep => ({ key, by: day, isLate: day !== null && day < today })
  if (pledge.state === 'REGISTERED') return [by('verify', daysAfter(pledge.registeredAt, VERIFY_WITHIN_DAYS))]
  const any = (test: (quantities: PledgeLife['lines'][number]['quantities']) => boolean) => pledge.lines.some(({ quantities }) => test(quantities))
  const deliveries = pledge.allocations.nodes.flatMap(({ deliveries }) => deliveries.nodes)
  const unanswered = deliveries.filter(({ answer }) => answer === null)
  const steps: NextStep[] = []
  if (pledge.state === 'VERIFIED' && any(({ open }) => open !== '0')) steps.push(by('match', pledge.expectedOn))
  if (any(({ allocated, dispatched }) => allocated !== dispatched)) steps.push(by('handOver', pledge.expectedOn))
  if (unanswered.length > 0) steps.push(by('confirm', earliest(unanswered.map(({ confirmBy }) => confirmBy))))
  if (deliveries.some(({ answer, quantity, received, takenBack }) => answer !== null && answer !== 'FULL' && BigInt(received) + BigInt(takenBack) < BigInt(quantity))) steps.push(by('lookInto', null))
  if (steps.length === 0 && pledge.allocations.nodes.some(({ completion }) => !completion.isComplete)) steps.push(by('watch', null))
  return steps
}

/** The code as people write it: VNN 1A2B 3C4D. */
export const spacedCode = (code: string): string => code.replace(/^(\w{3})(\w{4})(\w{4})$/, '$1 $2 $3')

/** What a person typed, as the address takes it; null when it cannot be a code. Only the server knows whether it exists. */
export function codeIn(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return /^VNN[A-Z0-9]{8}$/.test(code) ? code : null
}
