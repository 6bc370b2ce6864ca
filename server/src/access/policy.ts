// Who may do what: one table. Root fields ask it by role, commands by role and relation, screens through `viewerCan`.
import { forbidden } from '../platform/failure.ts'
import { type Role, type Viewer, holdsOfficeOver } from './viewer.ts'

/** ANYONE: visitors too. SIGNED_IN: any account. SLIP: the holder of a household's paper slip. */
type Who = Role | 'ANYONE' | 'SIGNED_IN' | 'SLIP'
/** What must tie the viewer to the thing: an office over its area, its party, its household, or nothing more than the role. */
type Tie = 'area' | 'party' | 'household' | 'none'

const OFFICERS = [['COMMUNE_OFFICER', 'area'], ['PROVINCE_OFFICER', 'area']] as const
const OFFICES = [['HAMLET_HEAD', 'area'], ...OFFICERS] as const
const HOUSEHOLDS = [['HOUSEHOLD', 'household'], ['SLIP', 'household']] as const

const policy = {
  'public.read': [['ANYONE', 'none']],
  'session.open': [['ANYONE', 'none']],
  'session.own': [['SIGNED_IN', 'none']],
  'account.manage': [['ADMIN', 'none']],

  'area.addHamlet': [['ADMIN', 'none'], ['COMMUNE_OFFICER', 'area']],

  'household.read': [...OFFICES, ...HOUSEHOLDS],
  'household.register': OFFICES,
  'household.recordStatus': OFFICERS,
  'need.raise': [...OFFICES, ...HOUSEHOLDS],
  'need.verify': OFFICERS,
  'consent.record': [...OFFICES, ...HOUSEHOLDS],
  'need.withdraw': [...OFFICES, ...HOUSEHOLDS],
  'slip.issue': OFFICES,

  'pledge.make': [['ANYONE', 'none']],
  'help.passOn': HOUSEHOLDS,
  'pledge.amend': [['DONOR', 'party']],
  'pledge.withdraw': [['DONOR', 'party']],
  'pledge.verify': OFFICERS,
  'pledge.decline': OFFICERS,
  'pledge.lapse': OFFICERS,

  // What one gave in a year.
  'giving.read': [['DONOR', 'party']],

  'adoption.propose': [['DONOR', 'party']],
  'adoption.accept': OFFICERS,
  'adoption.decline': OFFICERS,
  'adoption.renew': [['DONOR', 'party']],
  'adoption.end': [['DONOR', 'party'], ...OFFICERS],

  'match.suggest': OFFICERS,
  'match.propose': OFFICERS,
  'match.allocate': OFFICERS,
  // Past a guard of the office, with a reason that is kept.
  'match.override': OFFICERS,
  'match.set': OFFICERS,
  // To a post: who knows the person refers them.
  'match.refer': OFFICES,
  // A household may let go of what is for itself.
  'match.release': [...OFFICERS, ...HOUSEHOLDS],
  'match.accept': [...HOUSEHOLDS, ['HAMLET_HEAD', 'area']],

  'delivery.read': [...OFFICES, ...HOUSEHOLDS, ['DONOR', 'party']],
  'delivery.dispatch': OFFICERS,
  // What a giver hands over itself, without an office between.
  'delivery.direct': [['DONOR', 'party']],
  // A hamlet head speaks for those who cannot, recorded as their proxy.
  'receipt.confirm': [...HOUSEHOLDS, ['HAMLET_HEAD', 'area']],
  'delivery.takeBack': OFFICERS,
  'photo.add': OFFICES,
  // Whoever is pictured may have it erased.
  'photo.remove': [...OFFICES, ...HOUSEHOLDS],
  'allocation.settle': OFFICERS,
  'outcome.record': [...OFFICES, ...HOUSEHOLDS],
  'herd.read': [...OFFICES, ...HOUSEHOLDS, ['DONOR', 'party']],
  'herd.register': OFFICERS,
  'herd.record': OFFICES,
  'herd.handOn': OFFICERS,
  'herd.queue': OFFICES,
  'task.read': OFFICES,
  'task.close': OFFICES,

  'review.read': OFFICERS,
} as const satisfies Record<string, readonly (readonly [Who, Tie])[]>

export type Action = keyof typeof policy

/** What a command acts on, as far as the policy asks. */
export interface Subject {
  areaPath?: string
  partyId?: string | null
  householdId?: string | null
}

const rules = (action: Action) => policy[action] as readonly (readonly [Who, Tie])[]

function holds(viewer: Viewer, who: Who): boolean {
  if (who === 'ANYONE') return true
  if (who === 'SIGNED_IN') return viewer.accountId !== null
  if (who === 'SLIP') return viewer.slipId !== null
  return viewer.grants.some((grant) => grant.role === who)
}

function tied(viewer: Viewer, who: Who, tie: Tie, subject: Subject): boolean {
  switch (tie) {
    case 'none':
      return true
    case 'area':
      return subject.areaPath !== undefined && holdsOfficeOver(viewer, subject.areaPath, who as Role)
    case 'party':
      return subject.partyId != null && viewer.parties.includes(subject.partyId)
    case 'household':
      return subject.householdId != null && viewer.households.includes(subject.householdId)
  }
}

/** The viewer's role allows the action somewhere: enough to try. */
export const may = (viewer: Viewer, action: Action) => rules(action).some(([who]) => holds(viewer, who))

/** The viewer may do the action to this subject. */
export const can = (viewer: Viewer, action: Action, subject: Subject) =>
  rules(action).some(([who, tie]) => holds(viewer, who) && tied(viewer, who, tie, subject))

/** @throws Forbidden when the policy does not allow it. */
export function mustBeAllowed(viewer: Viewer, action: Action, subject: Subject = {}): void {
  if (!can(viewer, action, subject)) throw notAllowed(viewer)
}

export const notAllowed = (viewer: Viewer) =>
  viewer.accountId === null && viewer.slipId === null
    ? forbidden('SIGN_IN_FIRST', 'Hãy đăng nhập để làm việc này.', 'Sign in to do this.')
    : forbidden('NOT_ALLOWED', 'Vai trò của ông/bà không được làm việc này ở địa bàn này. Hãy liên hệ cán bộ Mặt trận phụ trách.',
        'Your role may not do this here. Ask the Front officer in charge of the area.')
