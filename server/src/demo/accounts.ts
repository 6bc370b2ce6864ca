// The accounts of the demonstration: invented people, one password, offered on this machine only.
import { createHash } from 'node:crypto'
import type { Database } from '../platform/db.ts'
import { hashPassword } from '../features/identity/passwords.ts'

export const DEMO_PASSWORD = 'chung tay 2026'

type Role = 'DONOR' | 'HOUSEHOLD' | 'HAMLET_HEAD' | 'COMMUNE_OFFICER' | 'PROVINCE_OFFICER' | 'ADMIN'

export interface DemoAccount {
  login: string
  name: string
  role: Role
  areaId?: string
  party?: { kind: string; name: string }
  /** Who this is, as the start prints it. */
  is: { vi: string; en: string }
}

export const DEMO_ACCOUNTS: DemoAccount[] = [
  { login: 'mattran.quangninh', name: 'Nguyễn Thị Minh Họa', role: 'PROVINCE_OFFICER', areaId: 'p22', is: { vi: 'cán bộ Mặt trận tỉnh Quảng Ninh', en: 'Front officer, Quảng Ninh province' } },
  { login: 'mattran.mongcai1', name: 'Trần Văn Ví Dụ', role: 'COMMUNE_OFFICER', areaId: 'c06712', is: { vi: 'cán bộ Mặt trận phường Móng Cái 1', en: 'Front officer, Móng Cái 1 ward' } },
  { login: 'mattran.haininh', name: 'Lê Thị Thử', role: 'COMMUNE_OFFICER', areaId: 'c06733', is: { vi: 'cán bộ Mặt trận xã Hải Ninh', en: 'Front officer, Hải Ninh commune' } },
  { login: 'thon1.haitien', name: 'Phạm Văn Mẫu', role: 'HAMLET_HEAD', areaId: 'h06733_001', is: { vi: 'Trưởng Ban công tác Mặt trận Thôn 1 Hải Tiến', en: 'Front head of hamlet Thôn 1 Hải Tiến' } },
  { login: 'mattran.mytho', name: 'Võ Thị Tượng Trưng', role: 'PROVINCE_OFFICER', areaId: 'p82', is: { vi: 'cán bộ Mặt trận tỉnh Đồng Tháp (địa bàn khác)', en: 'Front officer of another province, Đồng Tháp' } },
  { login: 'saomai', name: 'Đỗ Thị Giả Định', role: 'DONOR', party: { kind: 'BUSINESS', name: 'Công ty Sao Mai (minh họa)' }, is: { vi: 'doanh nghiệp', en: 'a business' } },
  { login: 'nguoigiup', name: 'Hoàng Văn Minh Chứng', role: 'DONOR', party: { kind: 'PERSON', name: 'Hoàng Văn Minh Chứng (minh họa)' }, is: { vi: 'nhà hảo tâm', en: 'a person who gives' } },
  { login: 'quantri', name: 'Bùi Văn Quản Trị', role: 'ADMIN', is: { vi: 'quản trị', en: 'administrator' } },
]

/** One UUID for a name, the same on every machine. */
export function demoId(name: string): string {
  const hex = createHash('sha256').update(`chung-tay-demo/${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Makes those accounts that are missing; the rest keep what their users made of them. */
export async function makeDemoAccounts(db: Database): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const account of DEMO_ACCOUNTS) {
    const [personId, accountId] = [demoId(`person/${account.login}`), demoId(`account/${account.login}`)]
    const partyId = account.party ? demoId(`party/${account.login}`) : null
    await db.gate.query('insert into person (id, display_name, is_demo) values ($1, $2, true) on conflict do nothing', [personId, account.name])
    await db.gate.query('insert into account (id, person_id, login, password_hash, is_demo) values ($1, $2, $3, $4, true) on conflict do nothing', [accountId, personId, account.login, passwordHash])
    if (account.party) {
      await db.gate.query('insert into party (id, kind, name, is_demo) values ($1, $2::"PartyKind", $3, true) on conflict do nothing', [partyId, account.party.kind, account.party.name])
    }
    await db.gate.query(
      `insert into role_grant (id, account_id, role, area_id, party_id) values ($1, $2, $3::"Role", $4, $5) on conflict do nothing`,
      [demoId(`grant/${account.login}`), accountId, account.role, account.areaId ?? null, partyId])
  }
}
