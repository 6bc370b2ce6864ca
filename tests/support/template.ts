// Makes the database that every test file starts from a copy of.
import { migrate } from '../../server/src/platform/migrate.ts'

export async function prepareTemplate(ownerUrl: string): Promise<void> {
  await migrate(ownerUrl, () => {})
}
