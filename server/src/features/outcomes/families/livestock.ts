// Livestock: complete once offspring is handed on, or it is seen alive a year after it came, or all of it has died.
import { later, spoken } from '../../../platform/day.ts'
import { conflict } from '../../../platform/failure.ts'
import { promisedIn } from '../../../../../common/bounds.ts'
import { type Family, type Ground, type Recorded, type Saying, complete, leastFrom, sumOf, until, waiting } from './family.ts'
import { toAnother } from './to-another.ts'

/** The first offspring stays at least this long with its mother's household (the Red Cross cow bank: 6 to 12 months). */
const HAND_ON_AFTER_MONTHS = 6
/** Livestock seen alive this long after it came has taken root. */
const ALIVE_AFTER_MONTHS = 12

type Known = Pick<Ground, 'received' | 'before'>

/** Head that should be with the household that received the gift: what came and was born there, less what died and was handed on from there. */
function livingOf({ received, before }: Known): bigint {
  const there = before.filter(({ isFurtherOn }) => !isFurtherOn)
  return received + sumOf(there, 'LIVESTOCK_BORN') - sumOf(there, 'LIVESTOCK_DIED', 'LIVESTOCK_HANDED_ON')
}
const livingOn = (day: string, { received, before }: Known) => livingOf({ received, before: until(before, day) })

/** What may go on a day: no later count is contradicted. A count stands; on its own day an animal may have gone after it. */
function mayGo(day: string, known: Known): bigint {
  const counted = (on: string) => known.before.reduce((most, outcome) =>
    outcome.kind === 'LIVESTOCK_ALIVE' && outcome.observedOn === on && on > day && outcome.quantity > most ? outcome.quantity : most, 0n)
  return leastFrom(day, known.before, (on) => livingOn(on, known) - counted(on))
}

const grownOn = (birth: Recorded) => later(birth.observedOn, { months: HAND_ON_AFTER_MONTHS })
/** Offspring old enough by a day to be handed on. */
const grownBy = (day: string, before: Recorded[]) => sumOf(before.filter((outcome) => grownOn(outcome) <= day), 'LIVESTOCK_BORN')

function checkHandingOn(saying: Saying, ground: Ground): void {
  toAnother(saying, ground)
  const { quantity, observedOn } = saying
  const { before } = ground
  const grown = leastFrom(observedOn, before, (on) => grownBy(on, before) - sumOf(until(before, on), 'LIVESTOCK_HANDED_ON'))
  if (quantity > grown) {
    const next = before.filter((outcome) => outcome.kind === 'LIVESTOCK_BORN').map((birth) => grownOn(birth)).filter((day) => day > observedOn).sort()[0]
    throw conflict('TOO_YOUNG',
      `Con giống được chuyển giao khi đủ ${HAND_ON_AFTER_MONTHS} tháng tuổi; ngày ${spoken(observedOn)} mới có ${grown} con.${next ? ` Lứa sau đủ tuổi từ ${spoken(next)}.` : ''}`,
      `An animal is handed on once it is ${HAND_ON_AFTER_MONTHS} months old; on ${observedOn} there were ${grown}.${next ? ` The next are old enough from ${next} on.` : ''}`)
  }
}

export const LIVESTOCK: Family = {
  says: {
    LIVESTOCK_ALIVE: { most: livingOn },
    LIVESTOCK_BORN: { most: (day, known) => (livingOn(day, known) > 0n ? promisedIn('head').most : 0n), isOfBook: true }, // a birth needs a mother
    LIVESTOCK_DIED: { most: mayGo, asks: ['cause', 'witnessName'], isOfBook: true },
    LIVESTOCK_HANDED_ON: { most: mayGo, asks: ['toHouseholdId'], check: checkHandingOn, isOfBook: true },
  },
  asks: [{ yes: 'LIVESTOCK_ALIVE', no: 'LIVESTOCK_DIED' }, { yes: 'LIVESTOCK_BORN' }],
  completion({ received, firstReceivedOn, before }) {
    if (sumOf(before, 'LIVESTOCK_HANDED_ON') > 0n) return complete('Đã sinh sản và chuyển giao con giống cho hộ khác.', 'It has bred, and offspring was handed on to another household.')
    const rooted = later(firstReceivedOn, { months: ALIVE_AFTER_MONTHS })
    if (before.some((outcome) => outcome.kind === 'LIVESTOCK_ALIVE' && outcome.observedOn >= rooted)) return complete('Con giống sống khỏe sau 12 tháng.', 'Alive and well after 12 months.')
    if (livingOf({ received, before }) === 0n) return complete('Con giống đã chết, đã ghi nguyên nhân.', 'The animals died; the causes are recorded.')
    return waiting(`Theo dõi đến ${spoken(rooted)} hoặc đến khi chuyển giao con giống.`, `Followed until ${rooted}, or until offspring is handed on.`)
  },
}
