// Brings a database to the facts that the hub needs and, where asked for, to its demonstration. Safe to repeat: what is there stays.
import pg from 'pg'
import { loadAreas } from '../features/areas/load.ts'
import { connect } from '../platform/db.ts'
import { makeDemoAccounts } from './accounts.ts'

/** `say` gets lines in both languages. */
export async function loadData(ownerUrl: string, { demo, say }: { demo: boolean; say: (line: string) => void }): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const loaded = await loadAreas(owner, { demo })
    if (loaded.changed) say(`Đã nạp ${loaded.areas} địa bàn / Loaded ${loaded.areas} areas`)
  } finally {
    await owner.end()
  }
  if (demo) await loadDemonstration(ownerUrl)
}

/** Through the app's own roles, as people would. */
async function loadDemonstration(ownerUrl: string): Promise<void> {
  const db = await connect(ownerUrl, { max: 2 })
  try {
    await makeDemoAccounts(db)
  } finally {
    await db.close()
  }
}
