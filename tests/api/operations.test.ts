// Every example operation runs, and asks PostgreSQL as little as it should: the statements of each are a snapshot.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Kind, OperationTypeNode, parse } from 'graphql'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { connectLive } from '../support/live-client.ts'
import { graphql } from '../support/app.ts'
import { OFTEN_HELPED, helpedHousehold } from '../support/helped-household.ts'
import { png } from '../support/pictures.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url))
const operations = readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort().map((file) => {
  const text = readFileSync(folder + file, 'utf8')
  const [definition, ...others] = parse(text).definitions.filter((found) => found.kind === Kind.OPERATION_DEFINITION)
  if (!definition || others.length) throw new Error(`${file} holds not exactly one operation`)
  return { file, text, name: definition.name?.value ?? '', kind: definition.operation }
})

let world: World
let actors: Record<'visitor' | 'giver' | 'officer' | 'province' | 'head' | 'admin', Actor>
/** Ids of rows of the demonstration, by what they are needed for. */
const ids: Record<string, string> = {}
const statements: string[] = []
let isWatching = false

beforeAll(async () => {
  // Every statement of every connection passes here, transactions' own words included.
  const query = pg.Client.prototype.query as (...args: any[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    if (isWatching) statements.push(typeof args[0] === 'string' ? args[0] : args[0]?.text ?? '')
    return query.apply(this, args)
  } as never
  world = await startWorld()
  actors = {
    visitor: world.visitor, giver: await world.signIn('saomai'), officer: await world.signIn('mattran.haininh'),
    province: await world.signIn('mattran.quangninh'), head: await world.signIn('thon1.haitien'), admin: await world.signIn('quantri'),
  }
  const one = async (name: string, sql: string) => {
    const id = (await world.owner.query<{ id: string }>(sql)).rows[0]?.id
    if (!id) throw new Error(`the demonstration has nothing for ${name}`)
    ids[name] = id
  }
  const here = `area_path <@ 'p22.c06733'`
  await one('party', `select 'Party:' || party_id as id from role_grant where party_id is not null and account_id = (select id from account where login = 'saomai')`)
  await one('household', `select 'Household:' || id as id from household where area_id = 'h06733_001' and status = 'NEAR_POOR' order by code limit 1`)
  await one('pledge', `select 'Pledge:' || id as id from pledge where ${here} and state = 'VERIFIED' order by registered_at limit 1`)
  await one('registered', `select 'Pledge:' || id as id from pledge where ${here} and state = 'REGISTERED' limit 1`)
  await one('code', `select code as id from follow_code join pledge on pledge.id = pledge_id where ${here} and state = 'VERIFIED' order by registered_at limit 1`)
  await one('line', `select 'PledgeLine:' || line.id as id from pledge_line line where ${here} and state = 'VERIFIED' and allocated < promised order by line.id limit 1`)
  await one('allocation', `select 'Allocation:' || id as id from allocation where ${here} and received > 0 order by id limit 1`)
  await one('delivery', `select 'Delivery:' || id as id from delivery where ${here} order by id limit 1`)
  await one('plan', `select 'Plan:' || id as id from plan limit 1`)
})
afterAll(() => world?.end())

const soon = () => later(dayInVietNam(), { days: 5 })
const key = () => crypto.randomUUID()
const create = async (actor: Actor, name: string, input: Record<string, unknown>, selection: string) => {
  const { problem, ...answer } = await actor.do(name, input, selection)
  if (problem) throw new Error(`${name}: ${problem.message}`)
  return answer
}
const newPledge = (lines = [{ kind: 'GOAT', quantity: '5' }]) => create(actors.giver, 'makePledge', {
  partyId: ids.party, anonymous: false, areaId: 'Area:c06733', expectedOn: soon(), lines }, 'pledge { id version lines { id } }').then((answer) => answer.pledge)
const newNeed = async (kind = 'GOAT', quantity = '5') => (await create(actors.officer, 'raiseNeed', { householdId: ids.household, kind, quantity, urgency: 2 }, 'need { id version }')).need
const verifiedNeed = async (kind?: string, quantity?: string) => {
  const need = await newNeed(kind, quantity)
  return (await create(actors.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id version }')).need
}
const verifiedPledge = async (kind = 'GOAT') => {
  const pledge = await newPledge([{ kind, quantity: '5' }])
  return (await create(actors.officer, 'verifyPledge', { pledgeId: pledge.id, version: pledge.version }, 'pledge { id version lines { id } }')).pledge
}
const newAllocation = async (kind = 'GOAT') => (await create(actors.officer, 'allocate', { lineId: (await verifiedPledge(kind)).lines[0].id, needId: (await verifiedNeed(kind)).id, quantity: '2', overrideReason: OFTEN_HELPED }, 'allocation { id }')).allocation
/** With something to decide, whatever the household was given before. */
const newRun = async () => {
  await verifiedPledge()
  await verifiedNeed()
  const { run } = await create(actors.officer, 'proposeMatches', { areaId: 'Area:c06733', guards: { sameKindMonths: 0 } }, 'run { id }')
  const see = async () => (await actors.officer.ask('query($id: ID!) { matchingRun(id: $id) { id state proposals(first: 1) { nodes { id } } } }', { id: run.id })).matchingRun
  await expect.poll(async () => (await see()).state, { timeout: 20_000 }).toBe('SOLVED')
  return see()
}
const newDelivery = async (kind?: string) => {
  const allocation = await newAllocation(kind)
  return (await create(actors.officer, 'dispatch', { allocationId: allocation.id, quantity: '2', witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id } allocation { id }'))
}
const newPhoto = async () => {
  const { delivery } = await newDelivery()
  const form = new FormData()
  form.set('photo', new Blob([new Uint8Array(png)]))
  for (const [name, value] of Object.entries({ caption: 'Hai con dê', consent: 'yes', consentFrom: 'Chủ hộ', idempotencyKey: key() })) form.set(name, value)
  const response = await fetch(`${world.url}/tai-len/bien-ban/${delivery.id.split(':')[1]}`, { method: 'POST', body: form, headers: { cookie: actors.officer.cookie! } })
  return ((await response.json()) as { photo: { id: string } }).photo.id
}
const received = async (kind?: string) => {
  const { delivery, allocation } = await newDelivery(kind)
  await create(actors.head, 'confirmReceipt', { deliveryId: delivery.id, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
  return allocation
}
/** Of one kind each: one party adopts one thing once. */
const toAdopt = ['CASH_CAPITAL', 'COW', 'GOAT', 'PIG', 'POULTRY']
const proposal = () => ({
  partyId: ids.party, anonymous: false, areaId: 'Area:h06733_002', kind: toAdopt.pop(), statement: 'Giúp dê giống và kỹ thuật chăn nuôi',
  from: dayInVietNam(), until: later(dayInVietNam(), { months: 12 }), contactName: 'Người Liên Hệ', idempotencyKey: key(),
})
const newAdoption = async () => {
  const { adoption } = await create(actors.giver, 'adoptArea', proposal(), 'adoption { id version }')
  return { adoptionId: adoption.id as string, version: adoption.version as number }
}
const newTag = () => `T-${key().slice(0, 8)}`
/** A cow that came two years ago. */
const newHerd = async () => {
  const allocationId = (await received('COW')).id
  await world.owner.query('alter table receipt disable trigger append_only')
  await world.owner.query(`update receipt set at = at - interval '2 years' where delivery_id in (select id from delivery where allocation_id = $1)`, [allocationId.split(':')[1]])
  await world.owner.query('alter table receipt enable trigger append_only')
  const { herd } = await create(actors.officer, 'registerAnimals', { allocationId, rule: 'RED_CROSS', animals: [{ tag: newTag(), sex: 'FEMALE', bornOn: '2020-01-01' }] }, 'herd { animals { id } }')
  return { allocationId, cow: herd.animals[0].id }
}
const newCalf = async () => (await create(actors.head, 'recordAnimalEvent', {
  animalId: (await newHerd()).cow, kind: 'BORN', happenedOn: later(dayInVietNam(), { months: -8 }), newcomer: { tag: newTag(), sex: 'FEMALE' } }, 'animal { id }')).animal.id
const waiting = async () => {
  const { householdId } = await helpedHousehold(world, actors.officer, [])
  const { entry } = await create(actors.officer, 'joinHerdQueue', { householdId, rule: 'RED_CROSS' }, 'entry { id }')
  return { householdId, entryId: entry.id }
}
const handing = () => ({ handedOn: dayInVietNam(), witnessName: 'Đinh Văn Làm Chứng', reason: 'nhà gần, có bãi cỏ' })
const handedOn = async () => {
  const [calf, { householdId }] = [await newCalf(), await waiting()]
  const { handover } = await create(actors.officer, 'handOnAnimal', { animalId: calf, toHouseholdId: householdId, ...handing() }, 'handover { id }')
  return { calf, handover: handover.id }
}
const newAccount = async () => (await create(actors.admin, 'createAccount', { displayName: 'Người Thử', login: `thu.${key().slice(0, 8)}`, role: 'COMMUNE_OFFICER', areaId: 'Area:c06736' }, 'account { id roles { id } }')).account

type Case = [as: keyof typeof actors | (() => Promise<Actor>), variables: () => unknown | Promise<unknown>]
const throwaway = async (): Promise<Actor> => {
  const login = `091${Math.floor(Math.random() * 1e7).toString().padStart(7, '0')}` // of a network that there is
  const password = 'một câu dài dễ nhớ'
  await world.visitor.try('mutation($input: RegisterDonorInput!) { registerDonor(input: $input) { problem { message } } }', {
    input: { login, password, partyKind: 'PERSON', partyName: 'Người Thử', idempotencyKey: key() } })
  const { cookie } = await world.visitor.try('mutation($input: SignInInput!) { signIn(input: $input) { problem { message } } }', { input: { login, password } })
  const ask: Actor['try'] = (query, variables = {}) => graphql(world, query, variables, { cookie })
  return { ...world.visitor, cookie, try: ask, ask: async (query, variables) => (await ask(query, variables)).data }
}
const newHousehold = async () => (await create(actors.officer, 'registerHousehold', {
  areaId: 'Area:h06733_002', headName: 'Phùng Văn Thử', members: 4, causes: ['LACK_CAPITAL'], wish: 'Muốn nuôi dê' }, 'household { id version }')).household as { id: string; version: number }

/** Who runs each operation, and with what; what it needs is made just before. */
const CASES: Record<string, Case> = {
  // identity
  Viewer: ['officer', () => ({})],
  Accounts: ['admin', () => ({ search: 'le thi' })],
  SignIn: ['visitor', () => ({ input: { login: 'saomai', password: 'chung tay 2026' } })],
  SignOut: [throwaway, () => ({})],
  SignOutEverywhere: [throwaway, () => ({})],
  RevokeSession: ['head', async () => {
    const other = await world.signIn('thon1.haitien')
    const { viewer } = await other.ask('{ viewer { sessions { id isCurrent } } }')
    return { input: { sessionId: viewer.sessions.find((session: any) => session.isCurrent).id } }
  }],
  ChangePassword: [throwaway, () => ({ input: { currentPassword: 'một câu dài dễ nhớ', newPassword: 'một câu khác cũng dài' } })],
  RegisterDonor: ['visitor', () => ({ input: { login: `091${String(Date.now()).slice(-7)}`, password: 'một câu dài dễ nhớ', partyKind: 'PERSON', partyName: 'Người Mới', idempotencyKey: key() } })],
  AddHamlet: ['admin', () => ({ input: { communeId: 'Area:c06733', name: `Thôn Thử ${key().slice(0, 8)}`, effectiveOn: dayInVietNam(), decisionNo: '12/QĐ-UBND', decidedOn: dayInVietNam(), issuer: 'UBND xã Hải Ninh', idempotencyKey: key() } })],
  CreateAccount: ['admin', () => ({ input: { displayName: 'Cán Bộ Mới', login: `moi.${key().slice(0, 8)}`, role: 'COMMUNE_OFFICER', areaId: 'Area:c06736', idempotencyKey: key() } })],
  GrantRole: ['admin', async () => ({ input: { accountId: (await newAccount()).id, role: 'HAMLET_HEAD', areaId: 'Area:h06736_001', idempotencyKey: key() } })],
  RevokeRole: ['admin', async () => ({ input: { grantId: (await newAccount()).roles[0].id } })],
  ResetPassword: ['admin', async () => ({ input: { accountId: (await newAccount()).id } })],
  DisableAccount: ['admin', async () => ({ input: { accountId: (await newAccount()).id } })],
  EnableAccount: ['admin', async () => ({ input: { accountId: (await newAccount()).id } })],
  IssueSlip: ['officer', () => ({ input: { householdId: ids.household, idempotencyKey: key() } })],
  // areas
  SearchAreas: ['visitor', () => ({ search: 'mong cai' })],
  SeeArea: ['visitor', () => ({ id: 'Area:c06733' })],
  // households
  ListHouseholds: ['officer', () => ({ area: 'Area:c06733' })],
  SeeHousehold: ['officer', () => ({ id: ids.household })],
  RegisterHousehold: ['officer', () => ({ input: { areaId: 'Area:h06733_002', headName: 'Phùng Thị Thử', members: 3, causes: ['LACK_CAPITAL'], idempotencyKey: key() } })],
  UpdateHousehold: ['officer', async () => {
    const { id, version } = await newHousehold()
    return { input: { householdId: id, version, headName: 'Phùng Văn Đổi', members: 5, causes: ['ILLNESS'], idempotencyKey: key() } }
  }],
  RecordStatus: ['officer', async () => {
    const { id, version } = await newHousehold()
    return { input: { householdId: id, version, status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: '01/QĐ-UBND (minh họa)', decidedOn: '2026-11-01', effectiveOn: '2026-11-01', listYear: 2026, idempotencyKey: key() } }
  }],
  RecordDeprivations: ['officer', async () => {
    const { id, version } = await newHousehold()
    return { input: { householdId: id, version, standardId: 'MDP_2022_2025', indicators: ['WATER', 'SANITATION'], idempotencyKey: key() } }
  }],
  RecordConsent: ['officer', async () => ({ input: { householdId: (await newHousehold()).id, purpose: 'MATCHING', given: true, witnessName: 'Đinh Văn Làm Chứng', idempotencyKey: key() } })],
  ListNeeds: ['officer', () => ({ area: 'Area:c06733', openOnly: true })],
  RaiseNeed: ['officer', () => ({ input: { householdId: ids.household, kind: 'GOAT', quantity: '2', urgency: 2, idempotencyKey: key() } })],
  VerifyNeed: ['officer', async () => {
    const need = await newNeed()
    return { input: { needId: need.id, version: need.version, idempotencyKey: key() } }
  }],
  WithdrawNeed: ['officer', async () => {
    const need = await newNeed()
    return { input: { needId: need.id, version: need.version, idempotencyKey: key() } }
  }],
  SeeSupportKinds: ['visitor', () => ({})],
  SeePovertyStandards: ['visitor', () => ({})],
  // pledges
  SeeTotals: ['visitor', () => ({})],
  MakePledge: ['visitor', () => ({ input: { party: { kind: 'PERSON', name: 'Người Qua Đường' }, anonymous: true, areaId: 'Area:c06733', expectedOn: soon(), lines: [{ kind: 'GOAT', quantity: '1' }], idempotencyKey: key() } })],
  FollowPledge: ['visitor', () => ({ code: ids.code })],
  FollowPledgeLive: ['visitor', () => ({ code: ids.code })],
  SeePledge: ['officer', () => ({ id: ids.pledge })],
  ListPledges: ['giver', () => ({ mine: true })],
  VerifyPledge: ['officer', async () => ({ input: { pledgeId: (await newPledge()).id, version: 1, idempotencyKey: key() } })],
  DeclinePledge: ['officer', async () => ({ input: { pledgeId: (await newPledge()).id, version: 1, reason: 'Không liên lạc được', idempotencyKey: key() } })],
  AmendPledge: ['giver', async () => {
    const pledge = await newPledge()
    return { input: { pledgeId: pledge.id, version: 1, lineId: pledge.lines[0].id, quantity: '6', idempotencyKey: key() } }
  }],
  WithdrawPledge: ['giver', async () => ({ input: { pledgeId: (await newPledge()).id, version: 1, idempotencyKey: key() } })],
  LapsePledge: ['officer', async () => {
    const pledge = await newPledge()
    await world.owner.query('update pledge set expected_on = current_date - 1 where id = $1', [pledge.id.split(':')[1]])
    return { input: { pledgeId: pledge.id, version: 1, idempotencyKey: key() } }
  }],
  SearchOpenings: ['visitor', () => ({ area: 'Area:c06733', search: 'may cong nghiep', withoutSkills: true })],
  // adoptions
  SeeGaps: ['visitor', () => ({ area: 'Area:c06733' })],
  ListAdoptions: ['giver', () => ({ mine: true })],
  AdoptArea: ['giver', () => ({ input: proposal() })],
  AcceptAdoption: ['officer', async () => ({ input: { ...(await newAdoption()), idempotencyKey: key() } })],
  DeclineAdoption: ['officer', async () => ({ input: { ...(await newAdoption()), reason: 'Thôn đã có người đỡ đầu', idempotencyKey: key() } })],
  RenewAdoption: ['giver', async () => {
    const { adoption } = await create(actors.officer, 'acceptAdoption', await newAdoption(), 'adoption { id version }')
    return { input: { adoptionId: adoption.id, version: adoption.version, until: later(dayInVietNam(), { months: 36 }), idempotencyKey: key() } }
  }],
  EndAdoption: ['giver', async () => ({ input: { ...(await newAdoption()), reason: 'Xin rút đăng ký', idempotencyKey: key() } })],
  // matching
  SuggestNeeds: ['officer', async () => {
    await verifiedNeed()
    return { line: (await verifiedPledge()).lines[0].id }
  }],
  Allocate: ['officer', async () => ({ input: { lineId: (await verifiedPledge()).lines[0].id, needId: (await verifiedNeed()).id, quantity: '2', overrideReason: OFTEN_HELPED, idempotencyKey: key() } })],
  DeliverDirectly: ['giver', async () => ({ input: { allocationId: (await newAllocation()).id, quantity: '2', handedOverOn: dayInVietNam(), place: 'Nhà văn hóa thôn', witnessName: 'Đinh Văn Làm Chứng', idempotencyKey: key() } })],
  TakeBack: ['officer', async () => {
    const { delivery } = await newDelivery()
    await create(actors.head, 'confirmReceipt', { deliveryId: delivery.id, answer: 'SHORT', received: '1', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    return { input: { deliveryId: delivery.id, quantity: '1', reason: 'con giống yếu, đã mang về', idempotencyKey: key() } }
  }],
  RemovePhoto: ['officer', async () => ({ input: { photoId: await newPhoto(), reason: 'Hộ rút lại sự đồng ý', idempotencyKey: key() } })],
  AcceptAllocation: ['head', async () => ({ input: { allocationId: (await newAllocation()).id, idempotencyKey: key() } })],
  ReleaseAllocation: ['officer', async () => ({ input: { allocationId: (await newAllocation()).id, reason: 'nhầm hộ', idempotencyKey: key() } })],
  ListAllocations: ['officer', () => ({ area: 'Area:c06733' })],
  SeeAllocation: ['officer', () => ({ id: ids.allocation })],
  ProposeMatches: ['officer', () => ({ input: { areaId: 'Area:h06733_001', weights: { poor: 20 }, idempotencyKey: key() } })],
  AcceptProposal: ['officer', async () => ({ input: { proposalId: (await newRun()).proposals.nodes[0].id, overrideReason: OFTEN_HELPED, idempotencyKey: key() } })],
  DeclineProposal: ['officer', async () => ({ input: { proposalId: (await newRun()).proposals.nodes[0].id, reason: 'Hộ đã được nơi khác giúp', idempotencyKey: key() } })],
  SeeMatchingRun: ['officer', async () => ({ id: (await newRun()).id })],
  ListMatchingRuns: ['officer', () => ({ area: 'Area:c06733' })],
  SeeMatchingSettings: ['officer', () => ({ area: 'Area:h06733_001' })],
  ChangeMatchingSettings: ['officer', () => ({ input: { areaId: 'Area:h06733_002', guards: { sameKindMonths: 12 }, idempotencyKey: key() } })],
  ReturnToMatchingSettings: ['officer', async () => {
    await create(actors.officer, 'changeMatchingSettings', { areaId: 'Area:h06733_002', weights: { poor: 11 } }, 'settings { setIn { id } }')
    return { input: { areaId: 'Area:h06733_002', version: 0, idempotencyKey: key() } }
  }],
  // deliveries
  ListDeliveries: ['officer', () => ({ area: 'Area:c06733' })],
  SeeDelivery: ['officer', () => ({ id: ids.delivery })],
  Dispatch: ['officer', async () => ({ input: { allocationId: (await newAllocation()).id, quantity: '2', witnessName: 'Đinh Văn Làm Chứng', idempotencyKey: key() } })],
  ConfirmReceipt: ['head', async () => ({ input: { deliveryId: (await newDelivery()).delivery.id, answer: 'NOT_RECEIVED', witnessName: 'Mạc Thị Chứng Kiến', idempotencyKey: key() } })],
  Settle: ['province', async () => ({ input: { allocationId: (await received()).id, quantity: '2', idempotencyKey: key() } })],
  ListTasks: ['officer', () => ({ area: 'Area:c06733' })],
  CloseTask: ['officer', async () => {
    await newPledge()
    const { tasks } = await actors.officer.ask('{ tasks(openOnly: true, first: 1) { nodes { id } } }')
    return { input: { taskId: tasks.nodes[0].id, note: 'Đã gọi điện', idempotencyKey: key() } }
  }],
  ListRightsChanges: ['admin', () => ({ first: 5 })],
  ListOfficeHolders: ['officer', () => ({ area: 'Area:h06733_001' })],
  // outcomes
  RecordOutcome: ['officer', async () => ({ input: { allocationId: (await received()).id, kind: 'LIVESTOCK_ALIVE', quantity: '2', observedOn: dayInVietNam(), idempotencyKey: key() } })],
  // giving years
  SeeGivingYear: ['giver', () => ({ party: ids.party, year: Number(dayInVietNam().slice(0, 4)) })],
  // herds
  SeeRotationRules: ['visitor', () => ({})],
  SeeHerd: ['officer', async () => ({ allocation: (await newHerd()).allocationId })],
  SeeAnimal: ['officer', async () => ({ id: (await handedOn()).calf })],
  ListHerdQueue: ['officer', async () => {
    await waiting()
    return { area: 'Area:c06733', rule: 'RED_CROSS' }
  }],
  RegisterAnimals: ['officer', async () => ({ input: { allocationId: (await received('COW')).id, rule: 'RED_CROSS', animals: [{ tag: newTag(), sex: 'FEMALE', bornOn: '2024-01-01' }], idempotencyKey: key() } })],
  RecordAnimalEvent: ['head', async () => ({ input: { animalId: (await newHerd()).cow, kind: 'BORN', happenedOn: dayInVietNam(), newcomer: { tag: newTag(), sex: 'FEMALE' }, idempotencyKey: key() } })],
  HandOnAnimal: ['officer', async () => ({ input: { animalId: await newCalf(), toHouseholdId: (await waiting()).householdId, ...handing(), idempotencyKey: key() } })],
  ConfirmAnimal: ['head', async () => ({ input: { handoverId: (await handedOn()).handover, answer: 'RECEIVED', witnessName: 'Mạc Thị Chứng Kiến', idempotencyKey: key() } })],
  JoinHerdQueue: ['officer', async () => ({ input: { householdId: (await helpedHousehold(world, actors.officer, [])).householdId, rule: 'RED_CROSS', idempotencyKey: key() } })],
  LeaveHerdQueue: ['officer', async () => ({ input: { entryId: (await waiting()).entryId, reason: 'đã mua bò', idempotencyKey: key() } })],
  // plans
  ListPlans: ['visitor', () => ({})],
  SeePlan: ['visitor', () => ({ id: ids.plan })],
  SeeReview: ['province', () => ({ plan: ids.plan, from: '2023-12-31', to: '2024-03-31' })],
  SeeReviewHouseholds: ['province', () => ({ plan: ids.plan, from: '2023-12-31', to: '2024-03-31', figure: 'LEFT' })],
  // activity
  SeeEvents: ['visitor', () => ({ first: 5 })],
  WatchArea: ['officer', () => ({ area: 'Area:c06733' })],
}

describe.each(operations.filter((operation) => operation.kind !== OperationTypeNode.SUBSCRIPTION))('$name ($file)', ({ name, text, kind }) => {
  it('runs, with these statements', async () => {
    const known = CASES[name]
    if (!known) throw new Error(`tests/api/operations.test.ts has no variables for ${name}`)
    const [who, variablesOf] = known
    const variables = (await variablesOf()) as Record<string, unknown>
    const actor = typeof who === 'string' ? actors[who] : await who()
    await actor.try('{ hub { contact } }') // nothing of a first request of a session is counted
    statements.length = 0
    isWatching = true
    const { data, errors } = await actor.try(text, variables)
    isWatching = false
    expect(errors).toBeUndefined()
    for (const answer of Object.values(data as Record<string, any>)) {
      expect(answer).not.toBeNull()
      expect(answer.problem ?? null).toBeNull()
    }
    const asked = statements.map(shapeOf).filter((shape) => shape !== null)
    expect(asked.sort().join('\n')).toMatchSnapshot() // sorted: payload fields are read side by side
    expect(asked.length).toBeLessThanOrEqual(kind === OperationTypeNode.QUERY ? 12 : 40)
  })
})

describe.each(operations.filter((operation) => operation.kind === OperationTypeNode.SUBSCRIPTION))('$name ($file)', ({ name, text }) => {
  it('runs, from the first event on', async () => {
    const [who, variablesOf] = CASES[name]!
    const client = connectLive(world, { cookie: actors[who as keyof typeof actors].cookie })
    try {
      const frame = await client.subscribe(text, { ...((await variablesOf()) as object), after: '0.0' }).next()
      expect(frame.errors).toBeUndefined()
      expect(frame.data.events.cursor).toMatch(/^\d+\.\d+$/)
    } finally {
      await client.dispose()
    }
  })
})

/** What a statement asks of which tables, without its values: two runs of one operation look alike. */
function shapeOf(sql: string): string | null {
  const text = sql.replaceAll(/\s+/g, ' ').trim()
  if (/^select (\* from feed_since|answer_matching_run|greatest\(fold_|pg_try_advisory_lock)/.test(text) || /^listen /.test(text)) return null
  if (/set_config\('app\.account', \$1/.test(text)) return null // prepared once a connection; told with each read in the same message
  if (/set_config\('app\.account'/.test(text)) return 'tell who asks'
  const verb = /^\w+/.exec(text)?.[0].toLowerCase() ?? ''
  const tables = [...text.matchAll(/\b(?:from|join|into|update)\s+(?:only\s+)?(?:"public"\.)?"?([a-z_]+)"?/gi)].map(([, table]) => table!).filter((table) => !['t', 's', 'lateral', 'unnest', 'nothing', 'set', 'of'].includes(table))
  return tables.length ? `${verb} ${[...new Set(tables)].sort().join(', ')}` : text.slice(0, 60)
}
