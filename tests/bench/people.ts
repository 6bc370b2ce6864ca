// The people as whom the bench asks: an officer of a commune, one of its province, a giver, an administrator; each with a session of their own.
import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { sessionCookie } from '../../server/src/platform/cookies.ts'

export type Person = 'visitor' | 'officer' | 'province' | 'giver' | 'admin'

/** @returns the cookie of each; the visitor has none */
export async function signInAll(owner: pg.Client, of: { commune: string; province: string; party: string }): Promise<Record<Person, string | undefined>> {
  return {
    visitor: undefined,
    officer: await signIn(owner, 'COMMUNE_OFFICER', of.commune),
    province: await signIn(owner, 'PROVINCE_OFFICER', of.province),
    giver: await signIn(owner, 'DONOR', null, of.party),
    admin: await signIn(owner, 'ADMIN', null),
  }
}

async function signIn(owner: pg.Client, role: string, areaId: string | null, partyId: string | null = null): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await owner.query(
    `with person as (insert into person (display_name) values ('Người Đo ' || $1) returning id),
      account as (insert into account (person_id, login, password_hash) select id, 'bench.' || gen_random_uuid(), '' from person returning id),
      held as (insert into role_grant (account_id, role, area_id, party_id) select id, $1::"Role", $2, $4::uuid from account)
    insert into session (account_id, token_hash, user_agent, expires_at) select id, $3, 'bench', now() + interval '12 hours' from account`,
    [role, areaId, createHash('sha256').update(token).digest(), partyId])
  return `${sessionCookie(null).name}=${token}`
}
