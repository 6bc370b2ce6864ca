// What a test's database holds before the test begins: the migrations, the reference data and the demonstration; of a journey, its world.
import { loadData } from '../../server/src/demo/load.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { migrate } from '../../server/src/platform/migrate.ts'

export const TEST_SECRET = 'for tests only, and long enough to pass'

export async function prepareTemplate(ownerUrl: string): Promise<void> {
  await migrate(ownerUrl, () => {})
  await loadData(ownerUrl, readConfig({ DEMO: 'yes', HUB_SECRET: TEST_SECRET }), () => {})
}
