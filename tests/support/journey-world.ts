// The world that journeys begin in, made as it is made in earnest: on a new hub the first administrator comes by `npm run admin`, opens the
// accounts of offices and adds hamlets; a business registers to give. Everything goes through the API, by published operations alone.
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type HubProcess, startHubProcess } from './hub-process.ts'
import { publishedMutation } from './published.ts'
import { TEST_SECRET } from './template.ts'
import { type Actor, actorsOf } from './world.ts'

/** Of everyone in it. */
export const JOURNEY_PASSWORD = 'một câu ngắn dễ nhớ'
export const ADMIN = 'quantri'
export const DONOR = 'saomai@vidu.example'
export const DONOR_NAME = 'Công ty Sao Mai (minh họa)'
/** Of Xã Hải Ninh, in Quảng Ninh. */
export const HAMLETS = ['Thôn 1 Hải Tiến', 'Thôn 2 Hải Tiến', 'Thôn 3 Hải Tiến']
export const [HAMLET_1, HAMLET_2, HAMLET_3] = ['h06733_101', 'h06733_102', 'h06733_103'] as const

const OFFICES = [
  { login: 'mattran.haininh', displayName: 'Lê Thị Thử', role: 'COMMUNE_OFFICER', areaId: 'Area:c06733' },
  { login: 'mattran.quangninh', displayName: 'Trần Văn Mẫu', role: 'PROVINCE_OFFICER', areaId: 'Area:p22' },
  { login: 'thon1.haitien', displayName: 'Phạm Thị Minh Họa', role: 'HAMLET_HEAD', areaId: `Area:${HAMLET_1}` },
]

/** A hub as an operator runs it: in production, unless JOURNEYS=development. */
export async function startJourneyHub(ownerUrl: string): Promise<HubProcess> {
  const port = await freePort()
  return startHubProcess({ ownerUrl }, {
    NODE_ENV: process.env.JOURNEYS === 'development' ? 'development' : 'production',
    PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, CONTACT: 'Mặt trận xã Hải Ninh, 0203 388 1234',
  })
}

/** Who can ask it, in the words that production takes. */
export const journeyActors = (hub: { url: string }) => actorsOf(hub, publishedMutation)

export async function buildJourneyWorld(ownerUrl: string): Promise<void> {
  const hub = await startJourneyHub(ownerUrl)
  try {
    const { visitor, signIn } = journeyActors(hub)
    const begin = async (login: string, oneTimePassword: string) => {
      const newcomer = await signIn(login, oneTimePassword)
      await done(newcomer, 'changePassword', { currentPassword: oneTimePassword, newPassword: JOURNEY_PASSWORD })
      return newcomer
    }
    const admin = await begin(ADMIN, await firstAdministrator(ownerUrl))
    for (const name of HAMLETS) {
      await done(admin, 'addHamlet', { communeId: 'Area:c06733', name, effectiveOn: '2025-07-01', decisionNo: '12/QĐ-UBND', decidedOn: '2025-07-01', issuer: 'UBND xã Hải Ninh' })
    }
    for (const office of OFFICES) {
      const { oneTimePassword } = await done(admin, 'createAccount', office)
      await begin(office.login, oneTimePassword)
    }
    await done(visitor, 'registerDonor', { login: DONOR, password: JOURNEY_PASSWORD, partyKind: 'BUSINESS', partyName: DONOR_NAME, contactName: 'Đỗ Thị Giả Định' })
  } finally {
    await hub.stop()
  }
}

async function done(actor: Actor, mutation: string, input: Record<string, unknown>): Promise<any> {
  const { problem, ...answer } = await actor.do(mutation, input, '')
  if (problem) throw new Error(`${mutation}: ${problem.message}`)
  return answer
}

/** @returns the one-time password that the script prints */
async function firstAdministrator(ownerUrl: string): Promise<string> {
  const script = fileURLToPath(new URL('../../scripts/create-admin.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '--login', ADMIN, '--name', 'Người Quản Trị'], {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: ownerUrl, HUB_SECRET: TEST_SECRET },
  })
  const password = /One-time password: (\S+)/.exec(stdout)?.[1]
  if (!password) throw new Error(`no one-time password in: ${stdout}`)
  return password
}

/** PUBLIC_URL is given before the hub starts, so its port is known before. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as { port: number }
  await new Promise((closed) => probe.close(closed))
  return port
}
