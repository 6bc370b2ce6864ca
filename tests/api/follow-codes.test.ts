// The two codes of a pledge: one opens it and is told to nobody but its giver, the other stands on papers and opens nothing.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asViewer } from '../../server/src/access/hub.ts'
import { visitor } from '../../server/src/access/viewer.ts'
import { followCodesIn, newFollowCode } from '../../server/src/features/pledges/code.ts'
import { followPledge } from '../../server/src/features/identity/limits.ts'
import { contextOf, viewerNamed } from '../support/context.ts'
import { type Actor, type World, pledged, startWorld, verified } from '../support/world.ts'

let world: World
let officer: Actor
let donor: Actor
let partyId: string

const area = 'Area:c06733'
const lines = [{ kind: 'GOAT', quantity: '3' }]

beforeAll(async () => {
  world = await startWorld({ config: { proxies: 1 } })
  ;[officer, donor] = await Promise.all([world.signIn('mattran.haininh'), world.signIn('saomai')]) as [Actor, Actor]
  partyId = (await donor.ask('{ viewer { roles { partyId } } }')).viewer.roles[0].partyId
})
afterAll(() => world?.end())

const FOLLOW = 'query($code: String!) { pledgeByCode(code: $code) { id } }'
const hub = () => contextOf(visitor, world.db, world.config).hub
const found = async (code: string, network: string) => followPledge(hub(), followCodesIn(code), network).then((id) => id ?? 'unknown', (failure) => failure.kind as string)

describe('the transfer code', () => {
  it('opens nothing: no pledge, no news, no certificate', async () => {
    const pledge = await pledged(donor, { areaId: area, lines, partyId })
    await verified(officer, pledge)
    const said = await world.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { id } events(scope: { followCode: $code }, first: 5) { nodes { id } } }', { code: pledge.transferCode })
    expect(said).toEqual({ pledgeByCode: null, events: { nodes: [] } })
    expect((await fetch(`${world.url}/tai-ve/ghi-nhan/${pledge.transferCode}.pdf`)).status).toBe(404)
    expect((await fetch(`${world.url}/tai-ve/ghi-nhan/${pledge.code.toLowerCase()}.pdf`)).status).toBe(200)
  })

  it('is never a code that opens, whoever writes it', async () => {
    const old = await shortCode()
    await expect(world.owner.query('update pledge set transfer_code = $1 where id = (select id from pledge limit 1)', [old])).rejects.toMatchObject({ constraint: 'pledge_transfer_code_opens_nothing' })
    await expect(world.owner.query(`insert into follow_code (pledge_id, code) select id, transfer_code from pledge limit 1`)).rejects.toMatchObject({ constraint: 'follow_code_is_long' })
  })
})

/** Gives a pledge a follow code as they were before. */
async function shortCode(): Promise<string> {
  const { id } = await pledged(donor, { areaId: area, lines, partyId })
  await world.owner.query('alter table follow_code disable trigger user')
  const { rows: [row] } = await world.owner.query<{ code: string }>(`update follow_code set code = new_transfer_code() where 'Pledge:' || pledge_id = $1 returning code`, [id])
  await world.owner.query('alter table follow_code enable trigger user')
  return row!.code
}

describe('the follow code', () => {
  it('is told to its giver and to whoever made the pledge, and to no office', async () => {
    const input = { anonymous: false, areaId: area, lines, expectedOn: '2027-11-30', party: { kind: 'PERSON', name: 'Người Đến Tận Nơi' } }
    const { pledge } = await officer.do('makePledge', input, 'pledge { id followCode }') // for somebody at the counter, who takes it along
    expect(pledge.followCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    const seen = async (actor: Actor) => (await actor.ask('query($id: ID!) { pledge(id: $id) { followCode } }', { id: pledge.id })).pledge
    expect(await seen(officer)).toEqual({ followCode: null })
    const own = await pledged(donor, { areaId: area, lines, partyId })
    expect((await donor.ask('query($id: ID!) { pledge(id: $id) { followCode } }', { id: own.id })).pledge.followCode).toBe(own.code)
  })

  it('of others is out of reach for an office even in SQL', async () => {
    const viewer = await viewerNamed(world.owner, 'mattran.haininh')
    const rows = await asViewer({ ...hub(), viewer }, (tx) => tx.followCode.findMany())
    expect(rows).toEqual([])
  })

  it.each([
    ['in small letters with spaces', (code: string) => code.toLowerCase().replaceAll(/.{4}/g, '$& ')],
    ['full-width', (code: string) => code.replaceAll(/./g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))],
    ['as an address with a full stop', (code: string) => `https://hub.example/theo-doi/${code}?x=1.`],
    ['behind its label', (code: string) => `Mã theo dõi: ${code}`],
    ['as Telex leaves it', (code: string) => code.replaceAll('DD', 'đ').replaceAll('AA', 'â').replaceAll('EE', 'ê').replaceAll('W', 'ư').toLowerCase()],
  ])('is understood %s, by the query, the feed and the certificate', async (_how, typed) => {
    const pledge = await pledged(donor, { areaId: area, lines, partyId })
    await verified(officer, pledge)
    const text = typed(pledge.code)
    const follow = (selection: string) => world.visitor.ask(`query($code: String!) { ${selection} }`, { code: text })
    expect((await follow('pledgeByCode(code: $code) { id followCode }')).pledgeByCode).toEqual({ id: pledge.id, followCode: pledge.code })
    await expect.poll(async () => (await follow('events(scope: { followCode: $code }, first: 5) { nodes { __typename } }')).events.nodes.map((event: any) => event.__typename)).toContain('PledgeMade')
    expect((await fetch(`${world.url}/tai-ve/ghi-nhan/${encodeURIComponent(text)}.pdf`)).status).toBe(200)
  })
})

describe('guesses at a follow code', () => {
  it('are counted for a /64, a /56 and a /48, and stop there', async () => {
    const tries = async (address: (i: number) => string) => {
      for (let i = 0; ; i++) if (await found(newFollowCode(), address(i)) === 'Limited') return i
    }
    expect(await tries((i) => `2001:db8:11:100::${i + 1}`)).toBe(30)
    expect(await tries((i) => `2001:db8:12:1${i.toString(16).padStart(2, '0')}::1`)).toBe(60)
    expect(await tries((i) => `2001:db8:13:${(0x100 * i).toString(16)}::1`)).toBe(120)
    expect(await tries(() => '192.0.2.200')).toBe(30)
  })

  it('refuse nobody who holds a long code, even in the network that guessed', async () => {
    const pledge = await pledged(donor, { areaId: area, lines, partyId })
    for (let i = 0; i < 31; i++) await found(newFollowCode(), '192.0.2.201')
    expect(await found(newFollowCode(), '192.0.2.201')).toBe('Limited')
    expect(`Pledge:${await found(pledge.code, '192.0.2.201')}`).toBe(pledge.id)
  })

  it('open nothing any more once the code is taken away, however lately it was followed', async () => {
    const pledge = await pledged(donor, { areaId: area, lines, partyId })
    const follow = async () => (await world.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { id } }', { code: pledge.code })).pledgeByCode
    expect([await follow(), await follow()]).toEqual([{ id: pledge.id }, { id: pledge.id }])
    await world.owner.query('update follow_code set code = $1 where code = $2', [newFollowCode(), pledge.code])
    expect(await follow()).toBeNull()
  })

  it('make a short code of before wait in the network that guessed, and nowhere else', async () => {
    const code = await shortCode()
    for (let i = 0; i < 30; i++) await found(newFollowCode(), '192.0.2.202')
    expect(await found(code, '192.0.2.202')).toBe('Limited')
    expect(await found(code, '192.0.2.203')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('from everywhere leave unknown networks three, known ones thirty, and refuse no right code', async () => {
    const code = await shortCode()
    await found(code, '198.51.100.200')
    await world.owner.query(`update rate_limit set points = 1000 where key like 'followCode total:%'`)
    const tries = async (network: string) => {
      for (let i = 0; ; i++) if (await found(newFollowCode(), network) === 'Limited') return i
    }
    expect(await tries('192.0.2.210')).toBe(3)
    expect(await found(code, '192.0.2.211')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await tries('198.51.100.200')).toBe(30)
    await world.owner.query(`delete from rate_limit where key like 'followCode total:%'`)
  })

  it('are none where nothing could be a code, and each reading of a garbled one is one', async () => {
    const points = async () => (await world.owner.query<{ points: number }>(`select coalesce(sum(points), 0)::int as points from rate_limit where key like 'followCode total:%'`)).rows[0]!.points
    const before = await points()
    await world.visitor.ask(FOLLOW, { code: 'không phải mã' })
    expect(await points()).toBe(before)
    await followPledge(hub(), [newFollowCode(), newFollowCode()], '192.0.2.220')
    expect(await points()).toBe(before + 2)
  })
})

describe('the migration', () => {
  it('lets pledges of before keep their code to follow by, and gives each a fresh one for transfers', async () => {
    const sql = readFileSync(new URL('../../prisma/migrations/20261130700000_two_codes/migration.sql', import.meta.url), 'utf8')
    await world.owner.query('begin')
    try {
      await world.owner.query(`
        drop trigger transfer_code_opens_nothing on pledge; drop function transfer_code_opens_nothing();
        drop view open.follow_code; drop table follow_code; drop function take_pledges_giver();
        alter table pledge alter transfer_code drop default; drop function new_transfer_code();
        alter table pledge rename column transfer_code to code; alter index pledge_transfer_code_key rename to pledge_code_key;
        alter view open.pledge rename column transfer_code to code`)
      const { rows: before } = await world.owner.query<{ id: string; code: string }>('select id, code from pledge order by id')
      expect(before.length).toBeGreaterThan(5)
      await world.owner.query(`insert into idempotency_key (scope, key, operation, request_hash, answer) values ('visitor', 'before-1', 'makePledge', '', '{"pledgeId": "x", "code": "VNN00000000"}')`)
      await world.owner.query(sql)
      const { rows: after } = await world.owner.query<{ id: string; code: string; transferCode: string; isGivers: boolean }>(`
        select id, code, transfer_code as "transferCode", follow_code.party_id = pledge.party_id as "isGivers" from pledge join follow_code on pledge_id = id order by id`)
      expect(after.map(({ id, code }) => ({ id, code }))).toEqual(before)
      expect(after.every(({ isGivers }) => isGivers)).toBe(true)
      const opening = new Set(before.map(({ code }) => code))
      expect(after.filter(({ transferCode }) => opening.has(transferCode) || followCodesIn(transferCode)[0] !== transferCode)).toEqual([])
      expect(new Set(after.map(({ transferCode }) => transferCode)).size).toBe(after.length)
      expect((await world.owner.query(`select answer from idempotency_key where key = 'before-1'`)).rows).toEqual([{ answer: { pledgeId: 'x' } }])
    } finally {
      await world.owner.query('rollback')
    }
  })
})
