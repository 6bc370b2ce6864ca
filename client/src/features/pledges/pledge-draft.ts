// A pledge while it is being written: kept on the device, checked step by step, turned into the API's input. Pure but for the storage.
import type { VariablesOf } from '../../graphql/graphql.ts'
import { newKey } from '../../graphql/new-key.ts'
import type { Family } from '../areas/support-kind.ts'
import { draftKey } from '../identity/drafts.ts'
import { blankTerms, type DraftTerms, type Place, type TermFault, termFaultsOf, termsInput } from './draft-terms.ts'
import type { GapSearch } from './gap-search.ts'
import type { MakePledge } from './make-pledge.ts'

export type PledgeInput = VariablesOf<typeof MakePledge>['input']
export type PartyKind = NonNullable<PledgeInput['party']>['kind']

export const partyKinds = ['PERSON', 'BUSINESS', 'COOPERATIVE', 'BANK', 'ORGANISATION', 'OVERSEAS', 'FOREIGN', 'HOUSEHOLD'] as const satisfies readonly PartyKind[]

/** One question a step. */
export const steps = ['what', 'when', 'who', 'check'] as const
export type Step = (typeof steps)[number]

export interface DraftLine extends DraftTerms {
  kind: string
  /** Digits, or empty. */
  quantity: string
  detail: string
}

export interface PledgeDraft {
  lines: readonly DraftLine[]
  expectedOn: string
  message: string
  partyKind: PartyKind
  name: string
  contactName: string
  phone: string
  email: string
  anonymous: boolean
  /** The same answers sent again, after a lost connection or a second press, make one pledge. */
  idempotencyKey: string
}

export const emptyDraft = (): PledgeDraft => ({
  lines: [], expectedOn: '', message: '', partyKind: 'PERSON', name: '', contactName: '', phone: '', email: '', anonymous: false, idempotencyKey: newKey(),
})

/** Other answers are another pledge, so they get another key. */
export const edited = (draft: PledgeDraft, change: Partial<PledgeDraft>): PledgeDraft => ({ ...draft, ...change, idempotencyKey: newKey() })

/** Takes a kind in or out; what was written for others stays. */
export function withKind(lines: readonly DraftLine[], kind: string, isTaken: boolean): DraftLine[] {
  const others = lines.filter((line) => line.kind !== kind)
  return isTaken ? [...others, { kind, quantity: '', detail: '' }] : others
}

/** The draft with the terms that its kinds ask for, blank where none were written. */
export function withTerms(draft: PledgeDraft, kinds: readonly { code: string; family: Family }[], place: Place): PledgeDraft {
  const families = new Map(kinds.map(({ code, family }) => [code, family]))
  return { ...draft, lines: draft.lines.map((line) => ({ ...blankTerms(families.get(line.kind), place), ...line })) }
}

/** The draft with the gap among its lines; a quantity that was written before stays. */
export function withGap(draft: PledgeDraft, { loai, so }: GapSearch, kinds: readonly string[]): PledgeDraft {
  if (!loai || !kinds.includes(loai) || draft.lines.some(({ kind, quantity }) => kind === loai && quantity !== '')) return draft
  const others = draft.lines.filter(({ kind }) => kind !== loai)
  return edited(draft, { lines: [...others, { kind: loai, quantity: so ?? '', detail: '' }] })
}

export type Fault =
  | { field: string; key: 'noLines' | 'noDay' | 'badDay' | 'noName' | 'badPhone' | 'badEmail' }
  | { field: string; key: 'noQuantity' | TermFault; kind: string }

const MAX_YEARS_AHEAD = 3

/** What must be corrected before the step can be left. `today`: YYYY-MM-DD in Việt Nam. `isOwnParty`: the account says who gives. */
export function faultsOf(step: Step, draft: PledgeDraft, { today, isOwnParty }: { today: string; isOwnParty: boolean }): Fault[] {
  const faults: (Fault | false)[] = {
    what: () =>
      draft.lines.length === 0
        ? [{ field: 'lines', key: 'noLines' } as const]
        : draft.lines.flatMap((line) => [
            ...(/^[1-9]\d*$/.test(line.quantity) ? [] : [{ field: `quantity-${line.kind}`, key: 'noQuantity', kind: line.kind } as const]),
            ...termFaultsOf(line, today, yearsAfter(today)).map(({ field, key }) => ({ field: `${field}-${line.kind}`, key, kind: line.kind })),
          ]),
    when: () => [
      draft.expectedOn === '' && ({ field: 'expectedOn', key: 'noDay' } as const),
      draft.expectedOn !== '' && (draft.expectedOn < today || draft.expectedOn > yearsAfter(today)) && ({ field: 'expectedOn', key: 'badDay' } as const),
    ],
    who: () =>
      isOwnParty
        ? []
        : [
            (draft.name.trim().length < 2 || !/\p{L}/u.test(draft.name)) && ({ field: 'name', key: 'noName' } as const),
            draft.phone !== '' && !mayBePhone(draft.phone) && ({ field: 'phone', key: 'badPhone' } as const),
            draft.email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(draft.email) && ({ field: 'email', key: 'badEmail' } as const),
          ],
    check: () => [],
  }[step]()
  return faults.filter((fault) => fault !== false)
}

const yearsAfter = (day: string) => `${Number(day.slice(0, 4)) + MAX_YEARS_AHEAD}${day.slice(4)}`

/** The step and control that a field of the API's input stands in. */
export function placeOfField(field: string, draft: PledgeDraft): { step: Step; field: string } {
  const [first, second, third, fourth] = field.split('.')
  if (first === 'lines') {
    const kind = draft.lines[Number(second)]?.kind
    const control = fourth ?? (third === 'detail' ? 'detail' : 'quantity')
    return { step: 'what', field: kind ? `${control}-${kind}` : 'lines' }
  }
  if (first === 'party') return { step: 'who', field: second === 'kind' ? 'partyKind' : (second ?? 'name') }
  if (first === 'expectedOn' || first === 'message') return { step: 'when', field: first }
  return { step: 'check', field: first ?? '' }
}

/** @param partyId the viewer's own party, where there is one */
export function inputOf(draft: PledgeDraft, areaId: string, partyId: string | null): PledgeInput {
  const { lines, expectedOn, message, anonymous, idempotencyKey } = draft
  const party = {
    kind: draft.partyKind,
    name: draft.name.trim(),
    contactName: draft.partyKind === 'PERSON' ? null : draft.contactName.trim() || null,
    phone: draft.phone.trim() || null,
    email: draft.email.trim() || null,
  }
  return {
    areaId,
    ...(partyId ? { partyId } : { party }),
    lines: lines.map(({ kind, quantity, detail, ...terms }) => ({ kind, quantity, detail: detail.trim() || null, ...termsInput(terms) })),
    expectedOn,
    message: message.trim() || null,
    anonymous,
    idempotencyKey,
  }
}

// ── kept on the device ──────────────────────────────────────────────────────────────────────────────────────────────

const storageKey = (areaKey: string) => draftKey(`pledge ${areaKey}`)

/** What was written here before and not sent; null where there is none or it cannot be read. */
export function keptDraft(areaKey: string): PledgeDraft | null {
  try {
    localStorage.removeItem(`pledge-draft-${areaKey}`) // of before, when drafts were nobody's
    return draftIn(localStorage.getItem(storageKey(areaKey)))
  } catch {
    return null // storage is refused in some in-app browsers
  }
}

export function keepDraft(areaKey: string, draft: PledgeDraft | null): void {
  try {
    if (draft) localStorage.setItem(storageKey(areaKey), JSON.stringify(draft))
    else localStorage.removeItem(storageKey(areaKey))
  } catch {
    return
  }
}

export function draftIn(text: string | null): PledgeDraft | null {
  if (!text) return null
  try {
    const kept = JSON.parse(text) as Partial<PledgeDraft>
    const blank = emptyDraft()
    const isLike = Object.entries(blank).every(([name, value]) => typeof kept[name as keyof PledgeDraft] === typeof value)
    return isLike && Array.isArray(kept.lines) ? { ...blank, ...kept } : null
  } catch {
    return null
  }
}

/** Enough digits of any width, and nothing but what stands between them; the hub knows which numbers there are. */
function mayBePhone(typed: string): boolean {
  const text = typed.normalize('NFKC')
  const digits = text.replaceAll(/\D/g, '').length
  return digits >= 8 && digits <= 15 && /^[\d\s()+.–-]+$/.test(text)
}
