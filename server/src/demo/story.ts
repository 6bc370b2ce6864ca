// The demonstration's story: what invented people promised, matched, delivered, confirmed and saw come of it, through the same
// commands as everyone else's. Each step has a key of its own, so a story that was broken off goes on where it stopped.
import { randomUUID } from 'node:crypto'
import { allocate, suggestNeeds } from '../features/matching/commands.ts'
import { confirmReceipt, deliverDirectly, dispatch, settle } from '../features/deliveries/commands.ts'
import { acceptAdoption, adoptArea, endAdoption } from '../features/adoptions/commands.ts'
import { recordOutcome } from '../features/outcomes/commands.ts'
import { makePledge, verifyPledge } from '../features/pledges/commands.ts'
import type { LineInput } from '../features/pledges/rules.ts'
import { type Hub, asViewer } from '../access/hub.ts'
import { type Grant, type Viewer, viewerOf, visitor } from '../access/viewer.ts'
import { issueSlip, openSlip } from '../features/identity/slips.ts'
import { later } from '../platform/day.ts'
import { DEMO_ACCOUNTS, demoId } from './accounts.ts'

type Ground = Omit<Hub, 'viewer'>

interface Promise_ {
  name: string
  by: string | { kind: 'BUSINESS' | 'ORGANISATION' | 'OVERSEAS' | 'COOPERATIVE' | 'PERSON'; name: string }
  anonymous?: boolean
  areaId: string
  inDays: number
  lines: (LineInput & { detail: string })[]
  verifiedBy?: string
  /** Up to so many needs are met from each line. */
  matches?: number
}

const promises = (today: string): Promise_[] => [
  {
    name: 'sao-mai', by: 'saomai', areaId: 'c06733', inDays: 20, verifiedBy: 'mattran.haininh', matches: 3,
    lines: [
      { kind: 'CASH_CAPITAL', quantity: 60_000_000n, detail: 'Vốn mua giống và thức ăn chăn nuôi' },
      { kind: 'COW', quantity: 8n, detail: 'Bò cái giống sinh sản' },
      { kind: 'VOCATIONAL_TRAINING', quantity: 20n, detail: 'Lớp kỹ thuật chăn nuôi thú y' },
    ],
  },
  {
    name: 'kieu-bao', by: { kind: 'OVERSEAS', name: 'Hội người Việt xa quê (minh họa)' }, areaId: 'c06709', inDays: 45, verifiedBy: 'mattran.quangninh', matches: 2,
    lines: [{ kind: 'GOAT', quantity: 12n, detail: 'Dê cái giống' }, { kind: 'CASH_CAPITAL', quantity: 25_000_000n, detail: 'Vốn sửa chuồng trại' }],
  },
  {
    name: 'nguoi-giup', by: 'nguoigiup', anonymous: true, areaId: 'c06712', inDays: 10, verifiedBy: 'mattran.mongcai1', matches: 1,
    lines: [{ kind: 'CASH_CAPITAL', quantity: 5_000_000n, detail: 'Vốn buôn bán nhỏ' }],
  },
  {
    name: 'hop-tac-xa', by: { kind: 'COOPERATIVE', name: 'Hợp tác xã Biển Xanh (minh họa)' }, areaId: 'c06757', inDays: 30, verifiedBy: 'mattran.quangninh',
    lines: [{ kind: 'TECH_TRANSFER', quantity: 15n, detail: 'Kỹ thuật nuôi ngao' }],
  },
  {
    name: 'xuong-may', by: { kind: 'BUSINESS', name: 'Xưởng may Ven Biển (minh họa)' }, areaId: 'c06733', inDays: 60, verifiedBy: 'mattran.haininh',
    lines: [
      {
        kind: 'JOB', quantity: 15n, detail: 'Có xe đưa đón, ăn trưa tại xưởng',
        post: { areaId: 'Area:c06709', skillsTaught: ['May công nghiệp'], wage: 6_500_000n, startsOn: later(today, { days: 60 }) },
      },
      { kind: 'AV_DEVICE', quantity: 91n, detail: 'Radio cho 91 hộ' },
      {
        kind: 'OFFTAKE', quantity: 20_000n, detail: 'Cho bếp ăn của xưởng, cân tại thôn',
        agreement: { product: 'Rau vụ đông', seasonFrom: today, seasonTo: later(today, { months: 4 }), floorPrice: 6_000n },
      },
    ],
  },
  {
    name: 'cho-ghep', by: { kind: 'ORGANISATION', name: 'Câu lạc bộ Nhà Nông (minh họa)' }, areaId: 'c06733', inDays: 30, verifiedBy: 'mattran.haininh',
    lines: [{ kind: 'TECH_TRANSFER', quantity: 4n, detail: 'Kỹ thuật ủ phân, làm chuồng' }],
  },
  {
    name: 'cho-xac-minh', by: { kind: 'ORGANISATION', name: 'Câu lạc bộ Áo Ấm (minh họa)' }, areaId: 'c06733', inDays: 14,
    lines: [{ kind: 'POULTRY', quantity: 200n, detail: 'Gà giống một tháng tuổi' }],
  },
]

interface Adoption_ {
  name: string
  by: string
  areaId: string
  kind?: string
  anonymous?: boolean
  months: number
  statement: string
  contact: { name: string; phone?: string }
  acceptedBy?: string
  /** Why it ended early. */
  ended?: string
}

const ADOPTIONS: Adoption_[] = [
  {
    name: 'thon-1', by: 'saomai', areaId: 'h06733_001', months: 24, acceptedBy: 'mattran.haininh', contact: { name: 'Đỗ Thị Giả Định', phone: '0900 000 001' },
    statement: 'Đồng hành cùng thôn hai năm: con giống, vốn nhỏ và lớp kỹ thuật, mỗi quý về thôn một lần.',
  },
  {
    name: 'hoc-nghe', by: 'saomai', areaId: 'c06733', kind: 'VOCATIONAL_TRAINING', months: 12, contact: { name: 'Đỗ Thị Giả Định', phone: '0900 000 001' },
    statement: 'Lo phần học nghề cho người trẻ trong xã, nhận vào làm ai học xong và muốn làm.',
  },
  {
    name: 'lang-le', by: 'nguoigiup', areaId: 'c06712', anonymous: true, months: 6, acceptedBy: 'mattran.mongcai1', contact: { name: 'Hoàng Văn Minh Chứng', phone: '0900 000 002' },
    statement: 'Giúp vốn buôn bán nhỏ cho các hộ trong phường.', ended: 'Người đỡ đầu chuyển nơi ở; phần đã hứa vẫn giao đủ.',
  },
]

/** As if it began on the day `today`. */
export async function playStory(ground: Ground, today: string): Promise<void> {
  const as = (login: string): Hub => ({ ...ground, viewer: viewerNamed(login, paths) })
  const { rows } = await ground.db.pool.query<{ id: string; path: string }>('select id, path::text as path from area where id = any ($1)', [
    DEMO_ACCOUNTS.flatMap((account) => account.areaId ?? [])])
  const paths = new Map(rows.map((row) => [row.id, row.path]))
  const province = as('mattran.quangninh')
  const allocations: { id: string; kind: string; quantity: bigint; giver: Hub; officer: Hub; key: string }[] = []

  for (const promise of promises(today)) {
    const giver = typeof promise.by === 'string' ? as(promise.by) : { ...ground, viewer: visitor }
    const { pledgeId } = await makePledge(giver, {
      ...(typeof promise.by === 'string' ? { partyId: `Party:${demoId(`party/${promise.by}`)}` } : { party: promise.by }),
      anonymous: promise.anonymous ?? false, areaId: `Area:${promise.areaId}`, expectedOn: later(today, { days: promise.inDays }),
      lines: promise.lines, idempotencyKey: `demo/${promise.name}/pledge`,
    })
    if (!promise.verifiedBy) continue
    const officer = as(promise.verifiedBy)
    await verifyPledge(officer, { pledgeId: `Pledge:${pledgeId}`, version: 1, idempotencyKey: `demo/${promise.name}/verify` })
    const lines = await asViewer(officer, (tx) => tx.pledgeLine.findMany({ where: { pledgeId }, orderBy: { ordinal: 'asc' } }))
    for (const line of lines) {
      const keyOf = (needId: string) => `demo/${promise.name}/${line.ordinal}/${needId}`
      const take = (id: string, needId: string, quantity: bigint) => void allocations.push({ id, kind: line.kindCode, quantity, giver, officer, key: keyOf(needId) })
      const before = await asViewer(officer, (tx) => tx.allocation.findMany({ where: { lineId: line.id }, orderBy: { decidedAt: 'asc' } }))
      for (const { id, needId, allocated } of before) take(id, needId, allocated)
      const left = (promise.matches ?? 0) - before.length
      for (const { needId, quantity: wanted } of left > 0 ? await suggestNeeds(officer, `PledgeLine:${line.id}`, left) : []) {
        const quantity = [wanted, (line.promised * 2n) / 5n || 1n].reduce((a, b) => (a < b ? a : b))
        const { allocationId } = await allocate(officer, { lineId: `PledgeLine:${line.id}`, needId: `Need:${needId}`, quantity, idempotencyKey: `${keyOf(needId)}/allocate` })
        take(String(allocationId), needId, quantity)
        if (quantity < wanted) break
      }
    }
  }

  // Some are handed over, the first by its giver itself; of these some are confirmed in full, one falls short, one waits for the household's word.
  await Promise.all(allocations.map(async ({ id, quantity, giver, officer, key, kind }, i) => {
    if (i % 4 === 3) return
    const handing = { allocationId: `Allocation:${id}`, quantity, witnessName: 'Đinh Văn Làm Chứng' }
    const { deliveryId } = i === 0
      ? await deliverDirectly(giver, { ...handing, handedOverOn: today, place: 'Nhà văn hóa thôn', note: 'Trao tận tay tại thôn', idempotencyKey: `${key}/direct` })
      : await dispatch(officer, { ...handing, note: 'Giao tại nhà văn hóa thôn', idempotencyKey: `${key}/dispatch` })
    if (i % 4 === 2) return
    const isShort = i === 1 && quantity > 1n
    const received = isShort ? quantity - (quantity > 1000n ? quantity / 5n : 1n) : quantity
    await confirmReceipt(await householdOf(officer, id), {
      deliveryId: `Delivery:${String(deliveryId)}`, answer: isShort ? 'SHORT' : 'FULL', received, note: '', idempotencyKey: `${key}/receipt` })
    if (isShort) return
    if (officer.viewer.personId !== province.viewer.personId) {
      await settle(province, { allocationId: `Allocation:${id}`, quantity: received, note: '', idempotencyKey: `${key}/settle` })
    }
    const outcome = kind === 'CASH_CAPITAL' ? 'CAPITAL_USED' : kind.endsWith('TRAINING') || kind === 'TECH_TRANSFER' ? 'COURSE_FINISHED' : 'LIVESTOCK_ALIVE'
    await recordOutcome(officer, {
      allocationId: `Allocation:${id}`, kind: outcome, quantity: received, observedOn: today, detail: 'Ghi nhận khi thăm hộ', idempotencyKey: `${key}/outcome` })
  }))
  await playAdoptions(as, today)
}

/** Who stands by which area: one of long standing, one that waits for its office, one that was unnamed and has ended. */
async function playAdoptions(as: (login: string) => Hub, today: string): Promise<void> {
  for (const { name, by, areaId, kind, anonymous = false, months, statement, contact, acceptedBy, ended } of ADOPTIONS) {
    const { adoptionId } = await adoptArea(as(by), {
      partyId: `Party:${demoId(`party/${by}`)}`, anonymous, areaId: `Area:${areaId}`, kind: kind ?? null, statement, from: today, until: later(today, { months }),
      contactName: contact.name, contactPhone: contact.phone ?? null, idempotencyKey: `demo/adoption/${name}/propose`,
    })
    if (!acceptedBy) continue
    const seen = { adoptionId: `Adoption:${String(adoptionId)}`, version: 1 }
    await acceptAdoption(as(acceptedBy), { ...seen, idempotencyKey: `demo/adoption/${name}/accept` })
    if (ended) await endAdoption(as(acceptedBy), { ...seen, version: 2, reason: ended, idempotencyKey: `demo/adoption/${name}/end` })
  }
}

/** The household of an allocation, with the slip that its office has just printed for it. */
async function householdOf(officer: Hub, allocationId: string): Promise<Hub> {
  const { householdId } = await asViewer(officer, (tx) => tx.allocation.findUniqueOrThrow({ where: { id: allocationId }, select: { householdId: true } }))
  const { code } = await issueSlip(officer, { householdId: `Household:${householdId}`, idempotencyKey: randomUUID() })
  const opened = await openSlip({ ...officer, viewer: visitor }, { code: code!, deviceToken: null, pin: '258036', network: null })
  if (opened.step !== 'open') throw new Error('a new slip did not open')
  return { ...officer, viewer: opened.viewer }
}

function viewerNamed(login: string, paths: ReadonlyMap<string, string>): Viewer {
  const account = DEMO_ACCOUNTS.find((known) => known.login === login)!
  const grant: Grant = {
    role: account.role, areaId: account.areaId ?? null, areaPath: account.areaId ? paths.get(account.areaId)! : null,
    partyId: account.party ? demoId(`party/${account.login}`) : null, householdId: null,
  }
  const { accountId, personId } = { accountId: demoId(`account/${account.login}`), personId: demoId(`person/${account.login}`) }
  return { ...viewerOf({ accountId, personId, sessionId: '', rightsVersion: 1 }, [grant]), sessionId: null }
}
