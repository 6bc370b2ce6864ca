// What a demonstration has left in a database: where the hub runs in earnest, its operator hears of it.
import pg from 'pg'
import type { Database } from '../platform/db.ts'

/** Every demonstration, and everything that is seeded, has accounts. */
export const holdsDemonstration = async ({ gate }: Pick<Database, 'gate'>): Promise<boolean> =>
  (await gate.query('select from account where is_demo limit 1')).rowCount === 1

/** Says, in both languages, what is there and what to do about it; nothing where there is nothing. */
export async function tellOfRemains(ownerUrl: string, say: (line: string) => void): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const { rows: [left] } = await owner.query<{ accounts: number; households: number; slips: number; pledges: number }>(`
    select (select count(*)::int from account where is_demo) as accounts, (select count(*)::int from household where is_demo) as households,
           (select count(*)::int from slip join household on household.id = household_id where is_demo and revoked_at is null) as slips,
           (select count(*)::int from pledge where is_demo) as pledges`).finally(() => owner.end())
  const { accounts, households, slips, pledges } = left!
  if (accounts + households + pledges === 0) return
  say(`CƠ SỞ DỮ LIỆU NÀY CÓ DỮ LIỆU MINH HỌA / THIS DATABASE HOLDS DEMONSTRATION DATA`)
  say(`Có ${accounts} tài khoản (không đăng nhập được), ${households} hộ (${slips} phiếu không mở được) và ${pledges} lượt hứa; số liệu của chúng vẫn nằm trong các tổng số. Để chạy thật, hãy dùng một cơ sở dữ liệu trống: DATABASE_URL=postgresql://…/tên-mới`)
  say(`It has ${accounts} accounts (none can sign in), ${households} households (${slips} slips, none of which opens) and ${pledges} pledges, whose figures still count in the totals. To run in earnest, take an empty database: DATABASE_URL=postgresql://…/new-name`)
}
