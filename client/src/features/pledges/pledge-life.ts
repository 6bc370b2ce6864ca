// The life of a pledge as its giver reads it: which moments are past, what comes next, whose step it is and by when. Pure.
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { AreaPlace } from '../areas/area-words.ts'
import { SupportKindWords } from '../areas/support-kind.ts'
import { HerdLife } from '../herds/herd-life.ts'
import { LineTermsWords } from './LineTerms.tsx'

/** What a line waits for; the hub's rules say whose step it is and whether it is late. */
export const LineWaits = graphql(`
  fragment LineWaits on PledgeLine @_unmask {
    id
    waitsFor {
      step
      quantity
      since
      days
      by
      isLate
    }
  }
`)

export type LineWait = ResultOf<typeof LineWaits>['waitsFor'][number]

export const PledgeLife = graphql(
  `
    fragment PledgeLife on Pledge @_unmask {
      id
      followCode
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
        ...LineTermsWords
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
          shortfall
        }
        facts {
          stage
          amount
          at
        }
        ...LineWaits
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
          herd {
            ...HerdLife
          }
          deliveries(first: 10) {
            nodes {
              id
              quantity
              isDirect
              dispatchedAt
              handedOverOn
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
          isOwnWord
          isFurtherOn
          allocation {
            id
          }
        }
      }
    }
  `,
  [AreaPlace, HerdLife, LineWaits, LineTermsWords, SupportKindWords],
)

export type PledgeLife = ResultOf<typeof PledgeLife>
export type PledgeAllocation = PledgeLife['allocations']['nodes'][number]

/** YYYY-MM-DD in Việt Nam, today or on the day of an instant. */
export const dayInVietNam = (at: Date = new Date()): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at)

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

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
  /** Since when someone waits for it; null where nobody does. */
  since: string | null
  /** The last day, YYYY-MM-DD; null where none is set. */
  by: string | null
  isLate: boolean
}

const steps = [['VERIFY', 'verify'], ['ALLOCATE', 'match'], ['HAND_OVER', 'handOver'], ['CONFIRM', 'confirm'], ['LOOK_INTO', 'lookInto']] as const

/** Everything that someone has to do now, for any line; nothing once a pledge has ended or is complete. */
export function nextStepsOf(pledge: PledgeLife): NextStep[] {
  const waits = pledge.lines.flatMap(({ waitsFor }) => waitsFor)
  const open = steps.flatMap(([step, key]): NextStep[] => {
    const same = waits.filter((wait) => wait.step === step)
    return same.length === 0 ? [] : [{ key, since: earliest(same.map(({ since }) => since)), by: earliest(same.map(({ by }) => by)), isLate: same.some(({ isLate }) => isLate) }]
  })
  const isWatched = open.length === 0 && pledge.allocations.nodes.some(({ completion }) => !completion.isComplete)
  return isWatched ? [{ key: 'watch', since: null, by: null, isLate: false }] : open
}

const quantities = ['promised', 'allocated', 'dispatched', 'received', 'settled'] as const

export interface LineStage {
  stage: (typeof quantities)[number]
  amount: string
  /** Of what was promised, 0–1. */
  share: number
  /** The first and the last day on which something was added to it, YYYY-MM-DD; null while there is nothing. */
  from: string | null
  to: string | null
}

/** The five quantities of a line beside each other, each with its days: what was promised, and how far it has come. */
export function stagesOf({ quantities: of, facts }: Pick<PledgeLife['lines'][number], 'quantities' | 'facts'>): LineStage[] {
  return quantities.map((stage) => {
    const amount = of[stage]
    const days = amount === '0' ? [] : facts.filter((fact) => fact.stage === stage.toUpperCase() && !fact.amount.startsWith('-')).map(({ at }) => dayInVietNam(new Date(at))).toSorted()
    return { stage, amount, share: of.promised === '0' ? 0 : Number(amount) / Number(of.promised), from: days[0] ?? null, to: days.at(-1) ?? null }
  })
}

/** What the herds of a line have come to, taken together. */
export const spreadOf = (allocations: readonly { herd: { founders: number; households: number; living: number } | null }[]) =>
  allocations.reduce((sum, { herd }) => ({
    founders: sum.founders + (herd?.founders ?? 0), households: sum.households + (herd?.households ?? 0), living: sum.living + (herd?.living ?? 0),
  }), { founders: 0, households: 0, living: 0 })

/** Whether it looks like a transfer code, which opens nothing. What it is to follow by, however it was typed, the hub alone understands. */
export const looksLikeTransferCode = (typed: string): boolean => /(^|[^\p{L}\p{N}])VNN\P{L}*[\p{L}\p{N}]{4}/iu.test(typed.normalize('NFKC'))
