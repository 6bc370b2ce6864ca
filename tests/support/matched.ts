// Something matched for a household, the people around it, and the household itself with its slip: built by walking, but for accounts.
import { randomUUID } from 'node:crypto'
import type { Hub } from '../../server/src/access/hub.ts'
import { visitor } from '../../server/src/access/viewer.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { openSlip } from '../../server/src/features/identity/slips.ts'
import type { Overrides } from './app.ts'
import { type HelpedHousehold, OFTEN_HELPED, helpedHousehold } from './helped-household.ts'
import { published } from './published.ts'
import { type Actor, type World, pledged, startWorld, verified } from './world.ts'

/** What it takes of a world. */
type Ground = Pick<World, 'url' | 'visitor' | 'signIn' | 'owner' | 'db' | 'config' | 'end'> & { hamlet?: string }

export type Village<World extends Ground = Ground> = World & {
  officer: Actor
  province: Actor
  head: Actor
  giver: Actor
  home: HelpedHousehold
  /** Runs a mutation that must go through. */
  done(actor: Actor, name: string, input: Record<string, unknown>, selection: string): Promise<any>
  /** The id of an allocation of so many of a kind to the household, out of a pledge of the giver's. */
  matched(kind: string, quantity: number): Promise<{ allocationId: string; pledgeId: string; code: string; transferCode: string }>
  /** Hands it over before Đinh Văn Làm Chứng, whole unless told otherwise. */
  handedOver(allocationId: string, quantity: number, more?: Record<string, unknown>): Promise<string>
  /** As `matched`, and received in full: on the word of the hamlet's head, today or so many months ago. */
  received(kind: string, quantity: number, monthsAgo?: number): Promise<{ allocationId: string; pledgeId: string; code: string }>
  /** Someone new, with the demonstration's password. */
  newcomer(name: string, role: string, scope: { areaId?: string; householdId?: string }): Promise<Actor>
  /** The household, with its slip in its hand. */
  slip(): Promise<Hub>
}

export const startVillage = async (overrides: Overrides = {}): Promise<Village<World>> => villageIn(await startWorld(overrides), 'saomai')

/** In a world with an office of the commune and of the province, a head of the hamlet, and a giver of this login. */
export async function villageIn<World extends Ground>(world: World, givers: string): Promise<Village<World>> {
  const [officer, province, head, giver] = await Promise.all(['mattran.haininh', 'mattran.quangninh', 'thon1.haitien', givers].map((login) => world.signIn(login)))
  const home = await helpedHousehold(world, officer!, [])
  const { viewer } = await giver!.ask(published('viewer'))

  const done: Village['done'] = async (actor, name, input, selection) => {
    const { problem, ...answer } = await actor.do(name, input, selection)
    if (problem) throw new Error(`${name}: ${problem.code} ${problem.message}`)
    return answer
  }
  const village: Village<World> = {
    ...world, officer: officer!, province: province!, head: head!, giver: giver!, home, done,
    async matched(kind, amount) {
      const quantity = String(amount)
      const { need } = await done(officer!, 'raiseNeed', { householdId: home.householdId, kind, quantity, urgency: 2 }, 'need { id version }')
      await done(officer!, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
      const pledge = await pledged(giver!, { areaId: 'Area:c06733', partyId: viewer.roles[0].partyId, lines: [{ kind, quantity }] })
      await verified(officer!, pledge)
      const { allocation } = await done(officer!, 'allocate', { lineId: pledge.lines[0]!.id, needId: need.id, quantity, overrideReason: OFTEN_HELPED }, 'allocation { id }')
      return { allocationId: allocation.id, pledgeId: pledge.id, code: pledge.code, transferCode: pledge.transferCode }
    },
    async handedOver(allocationId, quantity, more = {}) {
      const { delivery } = await done(officer!, 'dispatch', { allocationId, quantity: String(quantity), ...('witnessId' in more ? {} : { witnessName: 'Đinh Văn Làm Chứng' }), ...more }, 'delivery { id }')
      return delivery.id
    },
    async received(kind, quantity, monthsAgo = 0) {
      const matched = await village.matched(kind, quantity)
      const deliveryId = await village.handedOver(matched.allocationId, quantity)
      await done(head!, 'confirmReceipt', { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
      if (monthsAgo) {
        await world.owner.query('alter table receipt disable trigger append_only')
        await world.owner.query('update receipt set at = $2::date where delivery_id = $1', [uuidOf(deliveryId), later(dayInVietNam(), { months: -monthsAgo })])
        await world.owner.query('alter table receipt enable trigger append_only')
      }
      return matched
    },
    async newcomer(name, role, { areaId = null, householdId = null }) {
      const login = `thu.${randomUUID().slice(0, 8)}`
      await world.owner.query(
        `with someone as (insert into person (display_name) values ($1) returning id),
              known as (insert into account (person_id, login, password_hash) select someone.id, $2, known.password_hash from someone, account known where known.login = 'saomai' returning id)
         insert into role_grant (account_id, role, area_id, household_id) select id, $3::"Role", $4, $5 from known`,
        [name, login, role, areaId, householdId && uuidOf(householdId)])
      return world.signIn(login)
    },
    async slip() {
      const hub = { db: world.db, config: world.config, log: { info() {}, warn() {}, error() {} }, viewer: visitor }
      const opened = await openSlip(hub, { code: home.code, deviceToken: null, pin: '731946', network: null })
      if (opened.step !== 'open') throw new Error('the slip did not open')
      return { ...hub, viewer: opened.viewer }
    },
  }
  return village
}

export const uuidOf = (id: string) => id.slice(id.indexOf(':') + 1)
