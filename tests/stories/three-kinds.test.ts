// The whole life of one pledge of three kinds, told by its ledger: promised, matched, handed over, confirmed, settled, and what came of it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { issueSlip, openSlip } from '../../server/src/features/identity/slips.ts'
import { confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import type { Hub } from '../../server/src/access/hub.ts'
import { visitor } from '../../server/src/access/viewer.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { resolveViewer } from '../../server/src/features/identity/sessions.ts'
import { balanced, ledgerOf, printed } from '../support/ledger.ts'
import { type Actor, type World, startWorld, verified } from '../support/world.ts'

let world: World
let officer: Actor
let province: Actor
let giver: Actor

beforeAll(async () => {
  world = await startWorld()
  officer = await world.signIn('mattran.haininh')
  province = await world.signIn('mattran.quangninh')
  giver = await world.signIn('saomai')
})
afterAll(() => world?.end())

const done = async (actor: Actor, name: string, input: Record<string, unknown>, selection: string) => {
  const { problem, ...answer } = await actor.do(name, input, selection)
  if (problem) throw new Error(`${name}: ${problem.message}`)
  return answer
}

/** The household of an allocation, with a slip in its hand. */
async function household(householdId: string): Promise<Hub> {
  const ground = { db: world.db, config: world.config, log: { info() {}, warn() {}, error() {} } }
  const office = { ...ground, viewer: await resolveViewer(world.db, officer.cookie!.split('=')[1], { demonstration: true }) }
  const { code } = await issueSlip(office, { householdId, idempotencyKey: crypto.randomUUID() })
  const opened = await openSlip({ ...ground, viewer: visitor }, { code: code!, deviceToken: null, pin: '731946', network: null })
  if (opened.step !== 'open') throw new Error('the slip did not open')
  return { ...ground, viewer: opened.viewer }
}

it('keeps the ledger of a pledge of capital, livestock and training from the promise to the outcome', async () => {
  const { viewer } = await giver.ask('{ viewer { roles { partyId } } }')
  const { households } = await officer.ask('{ households(area: "Area:c06733", status: NEAR_POOR, first: 5) { nodes { id displayCode } } }')
  const home = households.nodes[0]

  // What the household lacks
  const wants = [['CASH_CAPITAL', '10000000'], ['GOAT', '10'], ['VOCATIONAL_TRAINING', '1']] as const
  const needs: Record<string, string> = {}
  for (const [kind, quantity] of wants) {
    const { need } = await done(officer, 'raiseNeed', { householdId: home.id, kind, quantity, urgency: 3 }, 'need { id version }')
    await done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    needs[kind] = need.id
  }

  // Promised and verified
  const { pledge } = await done(giver, 'makePledge', {
    partyId: viewer.roles[0].partyId, anonymous: false, areaId: 'Area:c06733', expectedOn: later(dayInVietNam(), { days: 9 }),
    lines: wants.map(([kind, quantity]) => ({ kind, quantity })),
  }, 'pledge { id version lines { id kind { code } } }')
  await verified(officer, pledge)

  // Matched, handed over before a witness, confirmed by the household itself, settled by someone else
  const slip = await household(home.id)
  for (const line of pledge.lines) {
    const kind = line.kind.code as string
    const quantity = wants.find(([wanted]) => wanted === kind)![1]
    const { allocation } = await done(officer, 'allocate', { lineId: line.id, needId: needs[kind], quantity }, 'allocation { id }')
    const { delivery } = await done(officer, 'dispatch', { allocationId: allocation.id, quantity, witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id }')
    // Ten goats were handed over; the household says that seven came.
    const received = kind === 'GOAT' ? 7n : BigInt(quantity)
    await confirmReceipt(slip, { deliveryId: delivery.id, answer: kind === 'GOAT' ? 'SHORT' : 'FULL', received, idempotencyKey: crypto.randomUUID() })
    await done(province, 'settle', { allocationId: allocation.id, quantity: String(received) }, 'allocation { id }')

    // What came of it
    const observedOn = dayInVietNam()
    const outcomes = kind === 'CASH_CAPITAL' ? [['CAPITAL_USED', quantity]]
      : kind === 'GOAT' ? [['LIVESTOCK_BORN', '3'], ['LIVESTOCK_DIED', '1'], ['LIVESTOCK_ALIVE', '9']]
        : [['COURSE_FINISHED', '1'], ['CERTIFICATE_ISSUED', '1']]
    for (const [outcome, count] of outcomes) {
      await done(officer, 'recordOutcome', {
        allocationId: allocation.id, kind: outcome, quantity: count, observedOn, ...(outcome === 'LIVESTOCK_DIED' ? { cause: 'rét đậm', witnessName: 'Đinh Văn Làm Chứng' } : {}),
      }, 'outcome { id }')
    }
  }

  const told = await ledgerOf(giver, pledge.id)
  expect(printed(told)).toMatchSnapshot()
  balanced(told)
})
