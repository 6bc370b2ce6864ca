// What is followed live is what the same scope lists: for each viewer, whatever the place, pledge, party and audience of the event.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_ACCOUNTS, demoId } from '../../server/src/demo/accounts.ts'
import { compare } from '../../server/src/events/cursor.ts'
import { openGreeted } from '../support/live-client.ts'
import { type Actor, type World, pledged, startWorld } from '../support/world.ts'

const PLACES = ['p22', 'c06733', 'h06733_001', 'p82']
const PARTIES = ['saomai', 'nguoigiup'].map((login) => demoId(`party/${login}`))
const EVENTS = 'subscription($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { cursor } }'

let world: World
let followed: { id: string; code: string; party: string }
beforeAll(async () => {
  world = await startWorld()
  const { id, code } = await pledged(world.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '1' }] })
  const { rows } = await world.owner.query<{ party: string }>(`select 'Party:' || party_id as party from pledge where 'Pledge:' || id = $1`, [id])
  followed = { id, code, party: rows[0]!.party }
  // Named and not, in these places and states.
  await world.owner.query(
    `insert into pledge (transfer_code, party_id, anonymous, area_id, expected_on, state)
     select 'MADE UP ' || row_number() over (), party, anonymous, place, '2026-12-31', state::"PledgeState"
     from unnest($1::text[]) place, unnest($2::uuid[]) party, unnest(array[true, false]) anonymous, unnest(array['REGISTERED', 'VERIFIED', 'WITHDRAWN']) state`,
    [PLACES.slice(0, 3), PARTIES])
})
afterAll(() => world?.end())

/** Something about each of those pledges, and about none, happens in each place, for each audience. */
const happen = () =>
  world.owner.query(
    `insert into event (type, audience, area_id, pledge_id, party_id)
     select 'PLEDGE_AMENDED', audience, place, pledge.id, pledge.party_id
     from unnest($1::text[]) place, unnest(enum_range(null::"EventAudience")) audience, (select id, party_id from pledge where transfer_code like 'MADE UP %' or 'Pledge:' || id = $2 union all select null, null) pledge`,
    [PLACES, followed.id])

/** Something that everyone sees. @returns its cursor */
async function mark(): Promise<string> {
  const { rows } = await world.owner.query<{ cursor: string }>(
    `insert into event (type, audience, area_id) values ('NEED_RAISED', 'PUBLIC', 'c06733') returning xid::text || '.' || id as cursor`)
  return rows[0]!.cursor
}

/** What happened after a cursor and a bit more, oldest first. */
async function listed(actor: Actor, scope: object, after: string): Promise<string[]> {
  const cursors: string[] = []
  for (let page: string | null = null; ;) {
    const { events } = await actor.ask(
      'query($scope: EventScope, $page: String) { events(scope: $scope, first: 100, after: $page) { nodes { cursor } pageInfo { hasNextPage endCursor } } }', { scope, page })
    cursors.push(...events.nodes.map(({ cursor }: { cursor: string }) => cursor))
    page = events.pageInfo.endCursor
    if (!events.pageInfo.hasNextPage || compare(cursors.at(-1)!, after) < 0) return cursors.reverse()
  }
}

describe('whatever is followed', () => {
  const viewers = DEMO_ACCOUNTS.filter(({ login }) => !['mattran.mongcai1', 'nguoigiup', 'quantri'].includes(login)).map(({ login, is }) => [is.en, login] as const)
  test.each([['a visitor', null], ...viewers] as const)('is told live just as it is listed, to %s', async (_, login) => {
    const actor = login ? await world.signIn(login) : world.visitor
    const scopes: object[] = [
      {}, ...PLACES.map((place) => ({ area: `Area:${place}` })), { area: 'Area:h06733_002' }, { area: 'Area:c99999' },
      ...PARTIES.flatMap((party) => [{ party: `Party:${party}` }, { party: `Party:${party}`, area: 'Area:c06733' }]),
      { pledge: followed.id }, { pledge: followed.id, area: 'Area:c06733' }, { party: followed.party },
      { followCode: followed.code }, { followCode: followed.code, area: 'Area:p22' }, { followCode: followed.code, party: followed.party }, { followCode: 'VNN-NOSUCH' },
    ]
    const { say, frames, socket } = await openGreeted(world, actor)
    const cursorOf = ({ payload }: any) => payload.data.events.cursor as string
    /** All that came before the mark has come. */
    async function passed(cursor: string) {
      await frames.next(({ id, type, payload }) => id === '0' && type === 'next' && payload.data.events.cursor === cursor)
      say({ type: 'ping' }) // what was written together with it comes before the answer
      await frames.next(({ type }) => type === 'pong')
    }
    const begin = await mark()
    const after = `${BigInt(begin.split('.')[0]!) - 1n}.0`
    scopes.forEach((scope, i) => say({ id: String(i), type: 'subscribe', payload: { query: EVENTS, variables: { scope, after } } }))
    await passed(begin)
    const from = await mark()
    await passed(from)
    await happen()
    const until = await mark()
    await passed(until)
    const isBetween = (cursor: string) => compare(cursor, from) > 0 && compare(cursor, until) < 0
    let filled = 0
    for (const [i, scope] of scopes.entries()) {
      const list = (await listed(actor, scope, from)).filter(isBetween)
      await expect.poll(() => frames.items.filter(({ id, type }) => id === String(i) && type === 'next').map(cursorOf).filter(isBetween), { message: JSON.stringify(scope) }).toEqual(list)
      if (list.length > 0) filled += 1
    }
    expect(filled).toBeGreaterThan(5)
    socket.close()
  })
})
