// Brings a database to the facts that the hub needs and, where asked for, to its demonstration. Safe to repeat: what is there stays.
import pg from 'pg'
import { loadAreas } from '../features/areas/load.ts'
import { loadRotationRules } from '../features/herds/load.ts'
import { loadStandards } from '../features/households/load.ts'
import { loadPlans } from '../features/plans/load.ts'
import type { Config } from '../platform/config.ts'
import { dayInVietNam } from '../platform/day.ts'
import { connect } from '../platform/db.ts'
import { createLog } from '../platform/log.ts'
import { makeDemoAccounts } from './accounts.ts'
import { loadDemoHerd } from './herd.ts'
import { loadDemoHouseholds } from './households.ts'
import { playStory } from './story.ts'

/** Bump it when the story changes: a database that holds an older one, or a part of it, keeps that. */
const STORY = 'demonstration-4'
const TOLD = 'told'

/** All of it. `say` gets lines in both languages. */
export async function loadData(ownerUrl: string, config: Config, say: (line: string) => void): Promise<void> {
  await loadFacts(ownerUrl, config, say)
  await loadDemonstration(ownerUrl, config, say)
}

/** Areas, standards, kinds, plans: without them the hub knows no place and no rule. */
export const loadFacts = (ownerUrl: string, config: Config, say: (line: string) => void): Promise<void> => asOwner(ownerUrl, async (owner) => {
  await loadStandards(owner)
  await loadRotationRules(owner)
  const loaded = await loadAreas(owner, config)
  if (loaded.changed) say(`Đã nạp ${loaded.areas} địa bàn / Loaded ${loaded.areas} areas`)
  await loadPlans(owner)
})

/**
 * Households, accounts and the story that people play with them, where asked for; a hub that is open tells it live. One that was broken off
 * goes on as of the day it began: its steps are told apart by what they say, dates among it.
 */
export const loadDemonstration = (ownerUrl: string, config: Config, say: (line: string) => void): Promise<void> => asOwner(ownerUrl, async (owner) => {
  if (!config.demo) return
  await owner.query(
    `insert into loaded_data (name, digest) select $1, $2 where not exists (select from loaded_data where name like 'demonstration-%') on conflict do nothing`, [STORY, dayInVietNam()])
  const { rows: [begun] } = await owner.query<{ digest: string }>('select digest from loaded_data where name = $1', [STORY])
  if (!begun || begun.digest === TOLD) return
  say('Đang dựng dữ liệu minh họa / Making the demonstration')
  await loadDemoHouseholds(owner)
  await play(owner, ownerUrl, config, begun.digest)
  await owner.query('update loaded_data set digest = $2, loaded_at = now() where name = $1', [STORY, TOLD])
})

async function asOwner(ownerUrl: string, run: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await run(owner).finally(() => owner.end())
}

/** Today's part through the app's own roles and commands, as people would. */
async function play(owner: pg.Client, ownerUrl: string, config: Config, today: string): Promise<void> {
  const db = await connect(ownerUrl, { max: 6 })
  try {
    await makeDemoAccounts(db)
    await loadDemoHerd(owner, today)
    await playStory({ db, config, log: createLog('silent') }, today)
  } finally {
    await db.close()
  }
}
