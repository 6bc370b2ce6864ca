// What an event says to people: one sentence each, with nobody's name that the server did not send.
import { isolated } from '../../ui/names.ts'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { type SupportKind, SupportKindWords, useSupportWords } from '../areas/support-kind.ts'

const EventPledge = graphql(
  `
    fragment EventPledge on Pledge @_unmask {
      id
      anonymous
      party {
        id
        name
      }
      lines {
        id
        kind {
          ...SupportKindWords
        }
        quantities {
          promised
        }
      }
    }
  `,
  [SupportKindWords],
)

const EventAdoption = graphql(`
  fragment EventAdoption on Adoption @_unmask {
    id
    anonymous
    party {
      id
      name
    }
  }
`)

export const EventLine = graphql(
  `
    fragment EventLine on Event @_unmask {
      __typename
      id
      cursor
      at
      area {
        id
        fullName
      }
      ... on PledgeMade {
        pledge {
          ...EventPledge
        }
      }
      ... on PledgeVerified {
        pledge {
          ...EventPledge
        }
      }
      ... on PledgeAmended {
        pledge {
          ...EventPledge
        }
      }
      ... on PledgeWithdrawn {
        pledge {
          ...EventPledge
        }
      }
      ... on LineAllocated {
        quantity
        kind {
          ...SupportKindWords
        }
        pledge {
          ...EventPledge
        }
      }
      ... on AllocationReleased {
        quantity
        kind {
          ...SupportKindWords
        }
      }
      ... on DeliveryDispatched {
        quantity
        kind {
          ...SupportKindWords
        }
      }
      ... on DeliveryTakenBack {
        quantity
        kind {
          ...SupportKindWords
        }
      }
      ... on ReceiptConfirmed {
        quantity
        kind {
          ...SupportKindWords
        }
      }
      ... on AllocationSettled {
        quantity
        kind {
          ...SupportKindWords
        }
      }
      ... on OutcomeRecorded {
        outcome {
          id
          kind
          quantity
        }
      }
      ... on AnimalHandedOn {
        quantity
        kind {
          ...SupportKindWords
        }
      }
      ... on AdoptionAccepted {
        adoption {
          ...EventAdoption
        }
      }
      ... on AdoptionEnded {
        adoption {
          ...EventAdoption
        }
      }
      ... on NeedRaised {
        quantity
        kind {
          ...SupportKindWords
        }
      }
    }
  `,
  [SupportKindWords, EventPledge, EventAdoption],
)

export type EventLine = ResultOf<typeof EventLine>

type Name = EventLine['__typename']

/** What the public and givers are told; what only offices deal with (tasks, statuses) is not news here. */
const icons = {
  PledgeMade: 'hands',
  PledgeVerified: 'hands',
  PledgeAmended: 'undo',
  PledgeWithdrawn: 'undo',
  PledgeDeclined: 'stop',
  PledgeLapsed: 'clock',
  LineAllocated: 'route',
  AllocationReleased: 'undo',
  DeliveryDispatched: 'truck',
  DeliveryTakenBack: 'undo',
  ReceiptConfirmed: 'household',
  AllocationSettled: 'check',
  OutcomeRecorded: 'sprout',
  NeedRaised: 'bell',
  AnimalHandedOn: 'sprout',
  AdoptionAccepted: 'shield',
  AdoptionEnded: 'shield',
} as const satisfies Partial<Record<Name, IconName>>

type Told = keyof typeof icons
export type Sentence = { key: Told | 'NothingReceived' | 'OutcomeUntold'; values: { giver: string; what: string; area: string } }

interface Words {
  /** For a giver who stays anonymous, and for one whose name is not known here. */
  anonymous: string
  someone: string
  what: (kind: SupportKind, amount: string) => string
  list: (parts: string[]) => string
  outcome: (outcome: { kind: string; quantity: string }) => string
}

const withoutWhat: readonly Told[] = ['PledgeDeclined', 'PledgeLapsed', 'AdoptionAccepted', 'AdoptionEnded']

const isTold = (name: Name): name is Told => name in icons
export const iconOf = (name: Name): IconName => (isTold(name) ? icons[name] : 'info')

/** The sentence's key and values; null for what is not told here, or of which the viewer may know too little to make a sentence. */
export function sentenceOf(event: EventLine, words: Words): Sentence | null {
  const { __typename: name } = event
  if (!isTold(name)) return null
  const given = ('pledge' in event ? event.pledge : 'adoption' in event ? event.adoption : null) ?? null
  const values = { giver: given?.party ? isolated(given.party.name) : (given?.anonymous === false ? words.someone : words.anonymous), what: whatOf(event, words), area: event.area.fullName }
  if (name === 'ReceiptConfirmed' && 'quantity' in event && event.quantity === '0') return { key: 'NothingReceived', values }
  if (values.what !== '' || withoutWhat.includes(name)) return { key: name, values }
  return name === 'OutcomeRecorded' ? { key: 'OutcomeUntold', values } : null
}

function whatOf(event: EventLine, words: Words): string {
  if ('outcome' in event && event.outcome) return words.outcome(event.outcome)
  if ('kind' in event && event.kind && event.quantity) return words.what(event.kind, event.quantity)
  if ('pledge' in event && event.pledge) return words.list(event.pledge.lines.map(({ kind, quantities }) => words.what(kind, quantities.promised)))
  return ''
}

export function useEventWords(): (event: EventLine) => Sentence | null {
  const t = useTranslations()
  const support = useSupportWords()
  const words: Words = {
    anonymous: t('event.anonymous'),
    someone: t('event.someone'),
    what: support.what,
    list: (parts) => parts.join(', '),
    outcome: ({ kind, quantity }) => t(`outcome.${kind}` as 'outcome.CAPITAL_USED', { n: Number(quantity) }),
  }
  return (event) => sentenceOf(event, words)
}
