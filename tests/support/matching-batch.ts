// Made-up batches of any size, the same for the same seed: eight kinds, a province's worth of hamlets for every few thousand needs.
import { type Batch, GUARDS, type Line, type Need, WEIGHTS } from '../../server/src/features/matching/optimal/batch.ts'

const KINDS = ['CASH', 'COW', 'GOAT', 'TOOL', 'HOUSE', 'JOB', 'TRAINING', 'RADIO']
const DAY = '2026-11-22'
const HAMLETS_PER_COMMUNE = 20
const COMMUNES_PER_PROVINCE = 40
const NEEDS_PER_HAMLET = 8
/** How much is there of what is wanted. */
const SUPPLY = 0.61

/** One line for every five needs; the area that a giver chose binds, or is a wish. */
export function makeBatch({ needs: count, seed, targetBinds = false }: { needs: number; seed: number; targetBinds?: boolean }): Batch {
  const random = generator(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const chance = (share: number) => random() < share
  const daysAgo = (most: number) => new Date(Date.parse(DAY) - below(most) * 86_400_000).toISOString().slice(0, 10)

  const hamlets = Array.from({ length: Math.max(1, Math.ceil(count / NEEDS_PER_HAMLET)) }, (_, hamlet) => {
    const commune = Math.floor(hamlet / HAMLETS_PER_COMMUNE)
    return [`p${Math.floor(commune / COMMUNES_PER_PROVINCE)}`, `c${commune}`, `h${hamlet}`]
  })
  const anyHamlet = () => hamlets[below(hamlets.length)]!

  const needs = Array.from({ length: count }, (_, i): Need => {
    const kind = KINDS[below(KINDS.length)]!
    const quantity = 1 + below(12)
    return {
      id: `n${String(i).padStart(6, '0')}`, household: `hh${i}`, kind, area: anyHamlet().join('.'),
      quantity, open: chance(0.1) ? below(quantity + 1) : quantity, urgency: 1 + below(3),
      deprivations: below(3), causes: below(2), isPoor: chance(0.5), isListed: !chance(0.02), isHouse: kind === 'HOUSE',
      raisedOn: daysAgo(500), supportedOn: chance(0.3) ? daysAgo(900) : null, sameKindOn: chance(0.05) ? daysAgo(1_500) : null,
      houseOn: chance(0.02) ? daysAgo(6_000) : null, declinedOn: chance(0.01) ? daysAgo(700) : null, consents: null,
    }
  })
  const wanted = needs.reduce((sum, { open }) => sum + open, 0)
  const lines = Math.max(1, Math.round(count / 5))
  const perLine = Math.max(1, Math.round((2 * SUPPLY * wanted) / lines) - 1)
  return {
    day: DAY, needs, weights: WEIGHTS, guards: { ...GUARDS, targetBinds },
    lines: Array.from({ length: lines }, (_, i): Line => {
      const reach = random() // a fifth for the whole country, three tenths for a province, half for a commune or a hamlet
      const levels = reach < 0.2 ? 0 : reach < 0.5 ? 1 : reach < 0.75 ? 2 : 3
      return { id: `l${String(i).padStart(6, '0')}`, kind: KINDS[below(KINDS.length)]!, area: anyHamlet().slice(0, levels).join('.'), open: 1 + below(perLine) }
    }),
  }
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
