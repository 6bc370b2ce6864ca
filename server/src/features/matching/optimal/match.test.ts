// Matching in batches: the best there is, proved by another solver, and no guard ever broken.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../../platform/failure.ts'
import { openHighs } from '../../../../../tests/support/highs.ts'
import { makeBatch } from '../../../../../tests/support/matching-batch.ts'
import { pairProgramme, treeProgramme } from '../../../../../tests/support/matching-lp.ts'
import { type Batch, GUARDS, type Line, type Need, WEIGHTS } from './batch.ts'
import { greedy } from './greedy.ts'
import { REFUSALS, checkGuards, guard, refusalsOf } from './guards.ts'
import { type Method, match } from './match.ts'
import { solve } from './optimum.ts'
import { problemsOf, scoreOf } from './problem.ts'
import { matchInThread } from './worker.ts'

const DAY = '2026-11-22'
const METHODS: Method[] = ['greedy', 'optimal']
const PLACES = ['p1', 'p1.c1', 'p1.c1.h1', 'p1.c1.h2', 'p1.c2', 'p1.c2.h3', 'p2', 'p2.c3', 'p2.c3.h4']
const HAMLETS = PLACES.filter((place) => place.includes('h'))

const day = fc.integer({ min: 0, max: 4_000 }).map((ago) => new Date(Date.parse(DAY) - ago * 86_400_000).toISOString().slice(0, 10))
const sometime = fc.option(day, { freq: 3 })
const kind = fc.constantFrom('COW', 'HOUSE')
const units = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 400_000_000 }))
const household = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
const terms = fc.subarray(['may', 'hàn', 'rau'])
const need = fc.record({
  household, kind, speaksOf: terms, area: fc.constantFrom(...HAMLETS),
  open: units, met: fc.integer({ min: 0, max: 9 }), urgency: fc.integer({ min: 1, max: 3 }), deprivations: fc.nat(3), causes: fc.nat(2),
  isPoor: fc.boolean(), isListed: fc.boolean(), raisedOn: day, supportedOn: sometime, sameKindOn: sometime, houseOn: sometime, declinedOn: sometime, consents: fc.option(fc.boolean()),
})
const line = fc.record({
  kind, area: fc.constantFrom('', ...PLACES), open: units, terms: fc.option(terms),
  household: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: household }), workplace: fc.option(fc.constantFrom('p1.c1', 'p1.c2', 'p2.c3')),
})
const weight = fc.nat(40)
const batches = fc.record({
  day: fc.constant(DAY),
  lines: fc.array(line, { maxLength: 8 }).map((rows) => rows.map((row, i): Line => ({ ...row, id: `l${i}` }))),
  needs: fc.array(need, { maxLength: 10 }).map((rows) => rows.map(({ met, ...row }, i): Need =>
    ({ ...row, id: `n${i}`, quantity: row.open + met, isHouse: row.kind === 'HOUSE' }))),
  weights: fc.record({
    need: weight, deprivation: weight, cause: weight, urgency: weight, waiting: weight, neverHelped: weight, poor: weight, distance: weight, fairness: weight,
  }),
  guards: fc.record({
    consentNeeded: fc.boolean(),
    sameKindMonths: fc.constantFrom(0, 24), houseYears: fc.constantFrom(0, 10), consentMonths: fc.constantFrom(0, 12),
    listedOnly: fc.boolean(), targetBinds: fc.boolean(),
  }),
})

describe('the optimum', () => {
  let best: Awaited<ReturnType<typeof openHighs>>
  beforeAll(async () => {
    best = await openHighs()
  })

  /** Levels by the problem's own arrays, counted from the ancestors of both. */
  const levelsIn = ({ tree, lines, needs }: ReturnType<typeof problemsOf>['problems'][number]) => (line: number, need: number) => {
    const above = new Set<number>()
    for (let node = needs[need]!.node; node >= 0; node = tree.parent[node]!) above.add(node)
    let levels = 0
    for (let node = lines[line]!.node; !above.has(node); node = tree.parent[node]!) levels++
    return levels
  }

  it('is that of HiGHS, to the unit, where each line stands beside each need', () => {
    fc.assert(fc.property(batches, (batch) => {
      for (const problem of problemsOf(batch).problems) expect(scoreOf(problem, solve(problem))).toBe(best(pairProgramme(problem, levelsIn(problem))))
    }), { numRuns: 300 })
  })

  it('is that of HiGHS, to the unit, on the tree of areas', () => {
    fc.assert(fc.property(batches, (batch) => {
      for (const problem of problemsOf(batch).problems) expect(scoreOf(problem, solve(problem))).toBe(best(treeProgramme(problem)))
    }), { numRuns: 100 })
  })

  it.each([true, false])('is that of HiGHS, to the unit, for 1,000 needs (the chosen area binds: %s)', (targetBinds) => {
    const { problems } = problemsOf(makeBatch({ needs: 1_000, seed: 7, targetBinds }))
    expect(problems).toHaveLength(8)
    for (const problem of problems) expect(scoreOf(problem, solve(problem))).toBe(best(treeProgramme(problem)))
  }, 60_000)

  it('is never worth less than the greedy answer, and that never less than none', () => {
    fc.assert(fc.property(batches, (batch) => {
      for (const problem of problemsOf(batch).problems) {
        const quick = scoreOf(problem, greedy(problem))
        expect(quick >= 0n && scoreOf(problem, solve(problem)) >= quick).toBe(true)
      }
    }))
  })
})

describe('a matched batch', () => {
  it('never gives more than a line has or a need lacks', () => {
    fc.assert(fc.property(batches, fc.constantFrom(...METHODS), (batch, method) => {
      const { proposals } = match(batch, method)
      const given = (side: 'line' | 'need', id: string) => proposals.filter((proposal) => proposal[side] === id).reduce((sum, { quantity }) => sum + quantity, 0)
      for (const { quantity } of proposals) expect(Number.isSafeInteger(quantity) && quantity > 0).toBe(true)
      for (const line of batch.lines) expect(given('line', line.id)).toBeLessThanOrEqual(line.open)
      for (const need of batch.needs) expect(given('need', need.id)).toBeLessThanOrEqual(need.open)
    }))
  })

  it('never breaks a guard', () => {
    fc.assert(fc.property(batches, fc.constantFrom(...METHODS), (batch, method) => {
      const { proposals } = match(batch, method)
      const needs = new Map(batch.needs.map((need) => [need.id, need]))
      const lines = new Map(batch.lines.map((line) => [line.id, line]))
      const served = [...new Set(proposals.map(({ need }) => need))].map((id) => needs.get(id)!)
      for (const need of served) expect(refusalsOf(need, batch.guards, DAY)).toEqual([])
      const once = (keys: string[]) => expect(new Set(keys).size).toBe(keys.length)
      if (batch.guards.sameKindMonths) once(served.map(({ household, kind }) => `${household} ${kind}`))
      if (batch.guards.houseYears) once(served.filter(({ isHouse }) => isHouse).map(({ household }) => household))
      for (const proposal of proposals) {
        const [line, need] = [lines.get(proposal.line)!, needs.get(proposal.need)!]
        expect(line.kind).toBe(need.kind)
        expect(line.household).not.toBe(need.household)
        expect(!batch.guards.targetBinds || line.area === '' || `${need.area}.`.startsWith(`${line.area}.`)).toBe(true)
      }
    }), { numRuns: 300 })
  })

  it('is the same, to the letter, whatever the order of its lines and needs', () => {
    fc.assert(fc.property(batches, fc.constantFrom(...METHODS), (batch, method) => {
      const turned: Batch = { ...batch, lines: batch.lines.toReversed(), needs: batch.needs.toReversed() }
      expect(JSON.stringify(match(turned, method))).toBe(JSON.stringify(match(batch, method)))
    }))
  })

  it('prints the reasons of every proposal', () => {
    fc.assert(fc.property(batches, (batch) => {
      for (const { reasons } of match(batch, 'optimal').proposals) expect(reasons.length).toBeGreaterThan(0)
    }))
  })

  it('tells where a line names what the household speaks of and where the work is near, and counts neither', () => {
    fc.assert(fc.property(batches, fc.constantFrom(...METHODS), (batch, method) => {
      const bare: Batch = { ...batch, lines: batch.lines.map((line) => ({ ...line, terms: null, workplace: null })) }
      const [told, untold] = [match(batch, method), match(bare, method)]
      expect(told.kinds).toEqual(untold.kinds)
      const [lines, needs] = [new Map(batch.lines.map((line) => [line.id, line])), new Map(batch.needs.map((need) => [need.id, need]))]
      told.proposals.forEach(({ reasons, ...proposal }, i) => {
        const { reasons: others, ...same } = untold.proposals[i]!
        expect(proposal).toEqual(same)
        const [line, need] = [lines.get(proposal.line)!, needs.get(proposal.need)!]
        const answersWish = line.terms?.some((term) => need.speaksOf!.includes(term)) ?? false
        const isNearWork = line.workplace === need.area.slice(0, 5)
        expect(new Set(reasons)).toEqual(new Set([...others, ...(answersWish ? ['ANSWERS_WISH'] : []), ...(isNearWork ? ['NEAR_WORK'] : [])]))
      })
    }))
  })

  it('shares one gift among hamlets instead of meeting all the needs of one, when fairness weighs', () => {
    const rows = ['p1.c1.h1', 'p1.c1.h2'].flatMap((area) => [1, 2, 3, 4].map((n) => ({ ...plain, id: `${area}-${n}`, household: `${area}-${n}`, area })))
    const given = (fairness: number) => {
      const batch = { ...one, needs: rows, lines: [{ id: 'l', kind: 'COW', area: 'p1', open: 4 }], weights: { ...WEIGHTS, fairness } }
      return match(batch, 'optimal').proposals.filter(({ need }) => need.startsWith('p1.c1.h1')).length
    }
    expect([given(0), given(5)]).toEqual([4, 2])
  })

  it('is matched in a thread as it is without one', async () => {
    const batch = makeBatch({ needs: 200, seed: 3 })
    const { greedy, optimal } = matchInThread(batch)
    expect([await greedy, await optimal]).toEqual([match(batch, 'greedy'), match(batch, 'optimal')])
  }, 60_000)

  it('has no answers once nobody wants them', async () => {
    const matching = matchInThread(makeBatch({ needs: 20, seed: 3 }))
    matching.stop()
    await expect(matching.optimal).rejects.toThrow(/without a result/)
  })

  it('refuses quantities that no longer add up exactly', () => {
    const open = Number.MAX_SAFE_INTEGER
    expect(() => match({ ...one, needs: [{ ...plain, quantity: open, open }] }, 'optimal')).toThrow(/too large to be exact/)
  })
})

const plain: Need = {
  id: 'n', household: 'a', kind: 'COW', area: 'p1.c1.h1', quantity: 1, open: 1, urgency: 2, deprivations: 0, causes: 0, isPoor: true, isListed: true,
  isHouse: false, raisedOn: '2026-10-01', supportedOn: null, sameKindOn: null, houseOn: null, declinedOn: null, consents: null,
}
const one: Batch = { day: DAY, lines: [{ id: 'l', kind: 'COW', area: '', open: 9 }], needs: [plain], weights: WEIGHTS, guards: GUARDS }

describe('a guard', () => {
  it.each<[string, Partial<Need>, (keyof typeof REFUSALS)[]]>([
    ['lets through what nothing speaks against', {}, []],
    ['refuses a second item of the kind within the window', { sameKindOn: '2024-11-23' }, ['SAME_KIND_RECENTLY']],
    ['allows it when the window is over', { sameKindOn: '2024-11-22' }, []],
    ['refuses a second house within ten years', { isHouse: true, houseOn: '2016-11-23' }, ['HOUSE_RECENTLY']],
    ['allows a cow beside a house', { houseOn: '2026-01-01' }, []],
    ['refuses what the household would not have', { declinedOn: '2026-06-01' }, ['DECLINED_RECENTLY']],
    ['refuses a household that has left the list', { isListed: false }, ['NOT_LISTED']],
    ['says of everything that is in the way', { isListed: false, sameKindOn: '2026-06-01' }, ['NOT_LISTED', 'SAME_KIND_RECENTLY']],
    ['lets a household through that never said anything', { consents: null }, []],
    ['refuses one that does not allow it', { consents: false }, ['CONSENT_REVOKED']],
  ])('%s', (_name, known, expected) => {
    expect(refusalsOf({ ...plain, ...known }, GUARDS, DAY)).toEqual(expected)
  })

  it('lets the weightiest of two needs of a household go first, and says so of the other', () => {
    const { eligible, refused } = guard({ ...one, needs: [plain, { ...plain, id: 'urgent', urgency: 3 }] })
    expect(eligible.map(({ id }) => id)).toEqual(['urgent'])
    expect(refused).toEqual([{ need: 'n', refusal: 'ANOTHER_NEED_FIRST' }])
  })

  it('leaves out a household that gives of the kind itself, and no other, whatever else is switched off', () => {
    const mine = { id: 'mine', kind: 'COW', area: 'p1', open: 2, household: 'a' }
    const neighbour = { ...plain, id: 'm', household: 'b' }
    const off = { sameKindMonths: 0, houseYears: 0, consentMonths: 0, consentNeeded: false, listedOnly: false, targetBinds: false }
    const asked = (line: Line) => guard({ ...one, lines: [...one.lines, line], needs: [plain, neighbour], guards: off }).refused
    expect(asked(mine)).toEqual([{ need: 'n', refusal: 'OWN_GIFT' }])
    expect(asked({ ...mine, kind: 'GOAT' })).toEqual([])
    expect(asked({ ...mine, open: 0 })).toEqual([])
  })

  it('that is switched off stops nothing', () => {
    const off = { sameKindMonths: 0, houseYears: 0, consentMonths: 0, consentNeeded: false, listedOnly: false, targetBinds: false }
    expect(refusalsOf({ ...plain, isHouse: true, isListed: false, sameKindOn: DAY, houseOn: DAY, declinedOn: DAY }, off, DAY)).toEqual([])
  })

  it('that asks for consent waits for the household to give it', () => {
    const asking = { ...GUARDS, consentNeeded: true }
    expect([null, true, false].map((consents) => refusalsOf({ ...plain, consents }, asking, DAY))).toEqual([['NO_CONSENT'], [], ['CONSENT_REVOKED']])
  })
})

describe('a guard in the way of one need', () => {
  const failure = (...given: Parameters<typeof checkGuards>) => {
    try {
      return checkGuards(...given)
    } catch (error) {
      return { kind: (error as Failure).kind, code: (error as Failure).code, field: (error as Failure).field }
    }
  }
  it('is passed over by who may, with a reason that is kept', () => {
    expect(checkGuards(['SAME_KIND_RECENTLY', 'NOT_LISTED'], ' Con trước đã chết ', true)).toEqual({ overridden: ['SAME_KIND_RECENTLY', 'NOT_LISTED'], overrideReason: 'Con trước đã chết' })
  })
  it('asks for the reason where it is missing', () => {
    expect(failure(['SAME_KIND_RECENTLY'], ' ', true)).toEqual({ kind: 'InvalidInput', code: 'SAME_KIND_RECENTLY', field: 'overrideReason' })
  })
  it('stands for who may not pass it over', () => {
    expect(failure(['SAME_KIND_RECENTLY'], 'Con trước đã chết', false)).toMatchObject({ kind: 'Conflict', code: 'SAME_KIND_RECENTLY' })
  })
  it('stands for everyone where it is the household\'s own word', () => {
    expect(failure(['NOT_LISTED', 'CONSENT_REVOKED'], 'Con trước đã chết', true)).toMatchObject({ kind: 'Conflict', code: 'CONSENT_REVOKED' })
  })
  it('leaves nothing behind where there was none', () => {
    expect(checkGuards([], 'Con trước đã chết', true)).toBeNull()
  })
})
