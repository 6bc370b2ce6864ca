// Whatever people do with a pledge of whatever kind, in whatever order: the hub accepts what simple arithmetic allows, refuses the rest, and its books balance after each step.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kindsOf } from '../../server/src/features/outcomes/rules.ts'
import type { SupportFamily } from '../../server/src/generated/prisma/enums.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { OFTEN_HELPED } from '../support/helped-household.ts'
import { balanced, ledgerOf } from '../support/ledger.ts'
import { type Village, startVillage } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

/** Promised, and needed: in parts, of which money has larger ones. */
const PARTS = 4

interface Kind {
  code: string
  family: SupportFamily
  unit: string
  typicalCost: string
}

/** What the books must say. */
interface Model {
  promised: number
  isWithdrawn: boolean
  allocations: { id: string; allocated: number; dispatched: number; received: number; settled: number }[]
  deliveries: { id: string; of: number; quantity: number; received: number; isFull: boolean }[]
}

let village: Village
let kinds: Kind[]
let partyId: string

beforeAll(async () => {
  village = await startVillage()
  const { supportKinds, viewer } = await village.giver.ask('{ supportKinds { code family unit typicalCost } viewer { roles { partyId } } }')
  kinds = supportKinds.filter(({ unit, typicalCost }: Kind) => unit === 'VND' || Number(typicalCost) * PARTS <= 100_000_000)
  partyId = viewer.roles[0].partyId
})
afterAll(() => village?.end())

const n = fc.constantFrom(1, 1, 1, 1, 2, 2, PARTS)
const which = fc.nat({ max: 3 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('allocate' as const), n }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), which }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('dispatch' as const), which, n }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('confirm' as const), which, n, answer: fc.constantFrom('FULL' as const, 'FULL' as const, 'SHORT' as const, 'WRONG' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('settle' as const), which, n }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('record' as const), which, n, outcome: which, daysAgo: fc.constantFrom(0, 0, 0, 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lower' as const), n }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

it('keeps five quantities in balance', { timeout: 240_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), async (choice, steps) => {
    const kind = kinds[choice % kinds.length]!
    const part = kind.unit === 'VND' ? 100_000 : 1
    const quantity = String(PARTS * part)
    const { need } = await village.done(village.officer, 'raiseNeed', { householdId: village.home.householdId, kind: kind.code, quantity, urgency: 2 }, 'need { id version }')
    await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    const pledge = await pledged(village.giver, { areaId: 'Area:c06733', partyId, lines: [{ kind: kind.code, quantity }] })
    await verified(village.officer, pledge)

    const model: Model = { promised: PARTS, isWithdrawn: false, allocations: [], deliveries: [] }
    for (const one of steps) {
      await take(one, model, { kind, part, needId: need.id, pledgeId: pledge.id, lineId: pledge.lines[0]!.id })
      const ledger = await ledgerOf(village.giver, pledge.id)
      const [booked] = balanced(ledger)
      const sum = (stage: 'allocated' | 'dispatched' | 'received' | 'settled') => BigInt(model.allocations.reduce((total, allocation) => total + allocation[stage], 0) * part)
      expect(booked).toEqual({ promised: BigInt(model.promised * part), allocated: sum('allocated'), dispatched: sum('dispatched'), received: sum('received'), settled: sum('settled') })
      expect(ledger.lines[0].quantities.shortfall).toBe(String(sum('dispatched') - sum('received')))
      for (const { quantities, completion } of ledger.lines[0].allocations.nodes) {
        expect([completion.isComplete && quantities.allocated !== '0' && (quantities.received === '0' || quantities.dispatched !== quantities.allocated)]).toEqual([false])
      }
    }
  }), { numRuns: 30, endOnFailure: true })
})

/** Takes a step in the hub, and in the model if arithmetic allows it: both must agree. */
async function take(one: Step, model: Model, at: { kind: Kind; part: number; needId: string; pledgeId: string; lineId: string }): Promise<void> {
  const { allocations, deliveries } = model
  const allocated = allocations.reduce((total, allocation) => total + allocation.allocated, 0)
  const times = (count: number) => String(count * at.part)
  const allocation = 'which' in one && one.do !== 'confirm' ? allocations[one.which % Math.max(1, allocations.length)] : undefined
  const both = async (isAllowed: boolean, actor: Actor, name: string, input: Record<string, unknown>, selection: string) => {
    const { problem, ...answer } = await actor.do(name, input, selection)
    expect({ one, model, code: problem?.code, isAccepted: problem === null }).toEqual({ one, model, code: problem?.code, isAccepted: isAllowed })
    return isAllowed ? answer : null
  }
  const mayGoThrough = (may: boolean, problem: object | null) => expect(may || problem !== null).toBe(true)
  switch (one.do) {
    case 'allocate': {
      const isAllowed = !model.isWithdrawn && one.n <= model.promised - allocated
      const done = await both(isAllowed, village.officer, 'allocate', { lineId: at.lineId, needId: at.needId, quantity: times(one.n), overrideReason: OFTEN_HELPED }, 'allocation { id }')
      if (done) allocations.push({ id: done.allocation.id, allocated: one.n, dispatched: 0, received: 0, settled: 0 })
      return
    }
    case 'release':
      if (!allocation) return
      if (await both(allocation.allocated > allocation.dispatched, village.officer, 'releaseAllocation', { allocationId: allocation.id, reason: 'hộ đã có' }, 'allocation { id }')) {
        allocation.allocated = allocation.dispatched
      }
      return
    case 'dispatch': {
      if (!allocation) return
      const isAllowed = one.n <= allocation.allocated - allocation.dispatched
      const done = await both(isAllowed, village.officer, 'dispatch', { allocationId: allocation.id, quantity: times(one.n), witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id }')
      if (!done) return
      allocation.dispatched += one.n
      deliveries.push({ id: done.delivery.id, of: allocations.indexOf(allocation), quantity: one.n, received: 0, isFull: false })
      return
    }
    case 'confirm': {
      const delivery = deliveries[one.which % Math.max(1, deliveries.length)]
      if (!delivery) return
      const of = allocations[delivery.of]!
      const confirmed = { FULL: delivery.quantity, SHORT: one.n, WRONG: 0 }[one.answer]
      const isAllowed = !delivery.isFull && (one.answer !== 'SHORT' || one.n < delivery.quantity) && of.received - delivery.received + confirmed >= of.settled
      const input = { deliveryId: delivery.id, answer: one.answer, witnessName: 'Mạc Thị Chứng Kiến', ...(one.answer === 'SHORT' ? { received: times(one.n) } : {}) }
      if (!(await both(isAllowed, village.head, 'confirmReceipt', input, 'delivery { id }'))) return
      of.received += confirmed - delivery.received
      Object.assign(delivery, { received: confirmed, isFull: one.answer === 'FULL' })
      return
    }
    case 'settle':
      if (!allocation) return
      if (await both(one.n <= allocation.received - allocation.settled, village.province, 'settle', { allocationId: allocation.id, quantity: times(one.n) }, 'allocation { id }')) allocation.settled += one.n
      return
    case 'record': {
      if (!allocation) return
      // What may be said is the families' own matter: whatever it is, it moves no quantity, and nothing comes of what did not arrive.
      const outcomes = kindsOf(at.kind.family)
      const { problem } = await village.officer.do('recordOutcome', {
        allocationId: allocation.id, kind: outcomes[one.outcome % outcomes.length], quantity: times(one.n), observedOn: later(dayInVietNam(), { days: -one.daysAgo }),
        cause: 'rét đậm', witnessName: 'Đinh Văn Chứng',
      }, 'outcome { id }')
      mayGoThrough(allocation.received > 0, problem)
      return
    }
    case 'lower': {
      const { pledge } = await village.giver.ask('query($id: ID!) { pledge(id: $id) { version } }', { id: at.pledgeId })
      const isAllowed = !model.isWithdrawn && one.n < model.promised && one.n >= allocated
      if (await both(isAllowed, village.giver, 'amendPledge', { pledgeId: at.pledgeId, version: pledge.version, lineId: at.lineId, quantity: times(one.n) }, 'pledge { id }')) model.promised = one.n
      return
    }
    case 'withdraw': {
      const { pledge } = await village.giver.ask('query($id: ID!) { pledge(id: $id) { version } }', { id: at.pledgeId })
      const isAllowed = !model.isWithdrawn && model.promised > allocated
      if (!(await both(isAllowed, village.giver, 'withdrawPledge', { pledgeId: at.pledgeId, version: pledge.version }, 'pledge { id }'))) return
      model.promised = allocated
      model.isWithdrawn = allocated === 0
    }
  }
}
