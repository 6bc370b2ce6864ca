// The demonstration is told once, however often the hub is started, stopped in the middle, or renewed.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDemonstration } from '../../server/src/demo/load.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'
import { TEST_SECRET } from '../support/template.ts'

const TOLD = ['pledge', 'pledge_line', 'allocation', 'delivery', 'receipt', 'outcome', 'adoption', 'herd', 'animal', 'line_fact'] as const

describe('the demonstration', () => {
  let database: FreshDatabase
  let owner: pg.Client
  const said: string[] = []
  const load = () => loadDemonstration(database.ownerUrl, readConfig({ DEMO: 'yes', HUB_SECRET: TEST_SECRET }), (line) => said.push(line))
  const counts = async () => (await owner.query(`select ${TOLD.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`)).rows[0]
  const stories = async () => (await owner.query<{ name: string; digest: string }>(`select name, digest from loaded_data where name like 'demonstration-%'`)).rows
  const set = (name: string, digest: string) => owner.query(`update loaded_data set name = $1, digest = $2 where name like 'demonstration-%'`, [name, digest])
  let current = ''

  beforeAll(async () => {
    database = await freshDatabase()
    owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    current = (await stories())[0]!.name
  })
  afterAll(async () => {
    await owner.end()
    await database.drop()
  })

  it('says nothing when it has been told', async () => {
    const before = await counts()
    expect(Math.min(...Object.values(before as Record<string, number>))).toBeGreaterThan(0)
    await load()
    expect([await counts(), said]).toEqual([before, []])
  })

  it('that was broken off goes on as of the day it began, and doubles nothing', async () => {
    const before = await counts()
    await set(current, dayInVietNam())
    await load()
    expect(await counts()).toEqual(before)
    expect(said).toHaveLength(1)
    expect(await stories()).toEqual([{ name: current, digest: 'told' }])
  })

  it.each([['told', 'an older hub told'], [later(dayInVietNam(), { days: -1 }), 'an older hub broke off']])('with digest %s, which %s, stays as it is', async (digest) => {
    const before = await counts()
    await set('demonstration-1', digest)
    await load()
    expect([await counts(), await stories()]).toEqual([before, [{ name: 'demonstration-1', digest }]])
    expect(said).toHaveLength(1)
  })
})
