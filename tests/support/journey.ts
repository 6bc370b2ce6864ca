// Starts a journey: a hub of its own, in a process of its own, on a copy of the journeys' world.
import pg from 'pg'
import { readConfig } from '../../server/src/platform/config.ts'
import { connect } from '../../server/src/platform/db.ts'
import { freshDatabase } from './db.ts'
import { DONOR, HAMLET_1, JOURNEY_PASSWORD, journeyActors, startJourneyHub } from './journey-world.ts'
import { type Village, villageIn } from './matched.ts'
import { TEST_SECRET } from './template.ts'
import type { World } from './world.ts'

export type Journey = Pick<World, 'url' | 'visitor' | 'signIn' | 'owner' | 'db' | 'config' | 'end'> & { hamlet: string }

export async function startJourney(): Promise<Journey> {
  const database = await freshDatabase('journeyTemplate')
  const hub = await startJourneyHub(database.ownerUrl)
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const db = await connect(database.ownerUrl)
  const { visitor, signIn } = journeyActors(hub)
  return {
    url: hub.url, visitor, owner, db, hamlet: `Area:${HAMLET_1}`,
    config: readConfig({ DEMO: 'no', HUB_SECRET: TEST_SECRET }),
    signIn: (login) => signIn(login, JOURNEY_PASSWORD),
    async end() {
      await db.close()
      await owner.end()
      await hub.stop()
      await database.drop()
    },
  }
}

/** The same, with people around a household of Thôn 1 Hải Tiến. */
export const startJourneyVillage = async (): Promise<Village> => villageIn(await startJourney(), DONOR)
