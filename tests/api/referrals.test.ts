// Referring somebody to a post: by an officer or the head of the hamlet, who sees the posts that are open to the household, and nothing more than was theirs to see.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OFTEN_HELPED } from '../support/helped-household.ts'
import { type Village, startVillage } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village

beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const needFor = async (kind: string, quantity = '2') => {
  const { need } = await village.done(village.head, 'raiseNeed', { householdId: village.home.householdId, kind, quantity, urgency: 2 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  return need.id as string
}
const offered = async (kind: string, areaId = 'Area:c06733', quantity = '3') => {
  const pledge = await pledged(village.visitor, { areaId, lines: [{ kind, quantity }] })
  await verified(areaId === 'Area:c06733' ? village.officer : village.province, pledge)
  return pledge.lines[0]!.id
}
const postsFor = async (actor: Actor, needId: string) => {
  const { household } = await actor.ask('query($id: ID!) { household(id: $id) { needs { id posts { id post { wage } quantities { open } } } } }', { id: village.home.householdId })
  return household.needs.find((need: any) => need.id === needId).posts.map((post: any) => post.id) as string[]
}
const refer = (actor: Actor, lineId: string, needId: string, quantity = '1') => actor.try(
  'mutation($input: AllocateInput!) { allocate(input: $input) { allocation { id quantities { allocated } } problem { __typename code } } }', { input: { lineId, needId, quantity, ...(actor === village.officer ? { overrideReason: OFTEN_HELPED } : {}), idempotencyKey: randomUUID() } })
const outcome = ({ data, errors }: any) => errors?.[0]?.extensions.code ?? data.allocate.problem?.code ?? 'done'

describe('the head of a hamlet', () => {
  it('sees the posts that are open to a household, and refers somebody of it to one', async () => {
    const needId = await needFor('JOB')
    const [near, far] = [await offered('JOB'), await offered('JOB', 'Area:c06712')]
    const posts = await postsFor(village.head, needId)
    expect(posts).toContain(near)
    expect(posts).not.toContain(far)
    expect(outcome(await refer(village.head, near, needId))).toBe('done')
    expect(outcome(await refer(village.head, far, needId))).toBe('OUTSIDE_TARGET')
    expect(outcome(await refer(village.head, near, needId, '2'))).toBe('NEED_MET')
  })

  it('matches nothing else, and nobody of another hamlet', async () => {
    expect(outcome(await refer(village.head, await offered('GOAT'), await needFor('GOAT')))).toBe('NOT_ALLOWED')
    const beside = await village.newcomer('Trưởng Thôn Bên', 'HAMLET_HEAD', { areaId: 'h06733_002' })
    expect(outcome(await refer(beside, await offered('JOB'), await needFor('JOB', '1')))).toBe('NOT_FOUND')
  })
})

describe('a need', () => {
  it('has no posts to refer anyone to before it is verified, for another kind, or once it is met', async () => {
    const lineId = await offered('JOB')
    const { need } = await village.done(village.head, 'raiseNeed', { householdId: village.home.householdId, kind: 'JOB', quantity: '1', urgency: 2 }, 'need { id version }')
    expect(await postsFor(village.head, need.id)).toEqual([])
    await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    expect(await postsFor(village.officer, need.id)).toContain(lineId)
    expect(outcome(await refer(village.officer, lineId, need.id))).toBe('done')
    expect(await postsFor(village.officer, need.id)).toEqual([])
    expect(await postsFor(village.officer, await needFor('GOAT'))).toEqual([])
  })
})

describe('who may not refer', () => {
  it.each(['visitor', 'giver'] as const)('a %s is refused', async (who) => {
    expect(outcome(await refer(village[who], await offered('JOB'), await needFor('JOB', '1')))).toBe('FORBIDDEN')
  })
})
