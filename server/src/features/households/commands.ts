// What people do with the register: take a household in, change what is known of it, record what a decision says of it.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { asDate, asDay, dayInVietNam } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { optionalPhoneIn } from '../../platform/phone.ts'
import { textIn } from '../../platform/text.ts'
import { type HouseholdStatus, checkCircumstances, checkRecognition, codePrefix, householdCode, outcomeOf } from './rules.ts'

interface Described {
  headName: string
  members: number
  causes: string[]
  wish?: string | null
  phone?: string | null
}

/** Takes a household into the register, without a status: only a decision gives one. */
export async function registerHousehold(hub: Hub, input: Described & { areaId: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'registerHousehold', key: idempotencyKey, input: asked }, async (tx) => {
    const area = await livingArea(tx, input.areaId)
    mustBeAllowed(hub.viewer, 'household.register', { areaPath: area.path })
    const circumstances = await described(tx, input)
    const code = await newCode(tx, codePrefix(area))
    const { id } = await tx.household.create({ data: { code, areaId: area.id, ...circumstances }, select: { id: true } })
    return { householdId: id }
  })
}

/** Changes what is known of a household. Placed in another area, it takes its needs along; what was handed over stays where it was. */
export async function updateHousehold(
  hub: Hub, input: Described & { householdId: string; version: number; areaId?: string | null; idempotencyKey: string },
): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'updateHousehold', key: idempotencyKey, input: asked }, async (tx) => {
    const household = await see(tx, input.householdId)
    mustBeAllowed(hub.viewer, 'household.register', household)
    const circumstances = await described(tx, input)
    const area = input.areaId && keyOf('Area', input.areaId, 'areaId') !== household.areaId ? await livingArea(tx, input.areaId) : null
    if (area) mustBeAllowed(hub.viewer, 'household.register', { areaPath: area.path })
    await advance(tx, household, input.version, { ...circumstances, ...(area ? { areaId: area.id } : {}) })
    if (area) await tx.need.updateMany({ where: { householdId: household.id }, data: { areaId: area.id } })
    return { householdId: household.id }
  })
}

export interface RecordStatus {
  householdId: string
  /** The version that the viewer saw. */
  version: number
  status: HouseholdStatus
  standardId: string
  decisionNo: string
  /** YYYY-MM-DD */
  decidedOn: string
  effectiveOn: string
  listYear: number
  idempotencyKey: string
}

/** Records what a decision says of a household; the hub decides nothing. Whoever helped it learns when it leaves poverty or falls back. */
export async function recordStatus(hub: Hub, input: RecordStatus): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'recordStatus', key: idempotencyKey, input: asked }, async (tx) => {
    const household = await see(tx, input.householdId)
    mustBeAllowed(hub.viewer, 'household.recordStatus', household)
    const standard = await tx.povertyStandard.findUnique({ where: { id: input.standardId } })
    if (!standard) throw unknownStandard()
    const latest = await tx.householdStatusFact.findFirst({ where: { householdId: household.id }, orderBy: [{ effectiveOn: 'desc' }, { recordedAt: 'desc' }] })
    checkRecognition(input,
      { ...standard, appliesFrom: asDay(standard.appliesFrom), appliesTo: standard.appliesTo && asDay(standard.appliesTo) },
      latest && { ...latest, effectiveOn: asDay(latest.effectiveOn) }, dayInVietNam())
    await advance(tx, household, input.version, {})
    const actorId = hub.viewer.accountId
    await tx.householdStatusFact.create({
      data: {
        householdId: household.id, status: input.status, standardId: standard.id, decisionNo: input.decisionNo,
        decidedOn: asDate(input.decidedOn), effectiveOn: asDate(input.effectiveOn), listYear: input.listYear, recordedBy: actorId,
      },
    })
    await record(tx, { type: 'HOUSEHOLD_STATUS_RECORDED', audience: 'OFFICE', areaId: household.areaId, householdId: household.id, actorId })
    const outcome = outcomeOf(latest?.status ?? null, input.status)
    if (outcome) await tellHelpers(tx, household, outcome, input.effectiveOn, actorId!)
    if (input.status === 'LEFT') await withdrawOpenNeeds(tx, household.id)
    return { householdId: household.id }
  })
}

/** A household that is on no list any more lacks nothing here: what is open of its needs is withdrawn, what it was allotted stands. */
async function withdrawOpenNeeds(tx: Tx, householdId: string) {
  await tx.$executeRaw`
    update need set
      withdrawn_at = case when allocated = 0 then now() end,
      quantity = case when allocated = 0 then quantity else allocated end,
      version = version + 1
    where household_id = ${householdId}::uuid and withdrawn_at is null and allocated < quantity`
}

/** One outcome for each allocation of which something was received. */
async function tellHelpers(tx: Tx, household: Seen, kind: 'LEFT_POVERTY' | 'RELAPSED', observedOn: string, actorId: string) {
  const helped = await tx.allocation.findMany({
    where: { householdId: household.id, received: { gt: 0 } },
    select: { id: true, lineId: true, pledgeId: true, partyId: true, kindCode: true }, orderBy: { id: 'asc' },
  })
  const outcomes = helped.map(({ id: allocationId, kindCode, ...giver }) => ({
    kindCode,
    outcome: { id: randomUUID(), allocationId, ...giver, householdId: household.id, areaId: household.areaId, quantity: 1n },
  }))
  await tx.outcome.createMany({ data: outcomes.map(({ outcome }) => ({ ...outcome, kind, observedOn: asDate(observedOn), recordedBy: actorId })) })
  await record(tx, ...outcomes.map(({ kindCode, outcome: { id: outcomeId, ...outcome } }) =>
    ({ type: 'OUTCOME_RECORDED' as const, audience: 'PARTIES' as const, ...outcome, outcomeId, kindCode, actorId })))
}

/** Records in what a household is deprived by a standard; what was recorded by that standard before is replaced. */
export async function recordDeprivations(
  hub: Hub, input: { householdId: string; version: number; standardId: string; indicators: string[]; idempotencyKey: string },
): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'recordDeprivations', key: idempotencyKey, input: asked }, async (tx) => {
    const household = await see(tx, input.householdId)
    mustBeAllowed(hub.viewer, 'household.register', household)
    const known = new Set((await tx.deprivationIndicator.findMany({ where: { standardId: input.standardId }, select: { code: true } })).map(({ code }) => code))
    if (known.size === 0) throw unknownStandard()
    const indicators = [...new Set(input.indicators)]
    if (indicators.some((code) => !known.has(code))) {
      throw invalid('indicators', 'UNKNOWN_INDICATOR', 'Có chỉ số không thuộc chuẩn này. Hãy chọn trong danh sách của chuẩn.', 'One of these is no indicator of this standard. Choose from its list.')
    }
    await advance(tx, household, input.version, {})
    await tx.householdDeprivation.deleteMany({ where: { householdId: household.id, standardId: input.standardId } })
    await tx.householdDeprivation.createMany({
      data: indicators.map((indicatorCode) => ({ householdId: household.id, standardId: input.standardId, indicatorCode, recordedOn: asDate(dayInVietNam()) })),
    })
    return { householdId: household.id }
  })
}

// ── what they share ─────────────────────────────────────────────────────────────────────────────────────────────────

export interface Seen {
  id: string
  /** The household itself, for the policy. */
  householdId: string
  areaId: string
  areaPath: string
  status: HouseholdStatus | null
  members: number
  version: number
}

/** The household, as far as the viewer may see it. @throws NotFound */
export async function see(tx: Tx, id: string): Promise<Seen> {
  const [household] = await tx.$queryRaw<Seen[]>`
    select id, id as "householdId", area_id as "areaId", area_path::text as "areaPath", status::text as status, members, version
    from household where id = ${keyOf('Household', id, 'householdId')}::uuid`
  if (!household) throw notFound('hộ này', 'this household')
  return household
}

async function advance(tx: Tx, household: Seen, seenVersion: number, change: object): Promise<void> {
  const { count } = await tx.household.updateMany({ where: { id: household.id, version: seenVersion }, data: { ...change, version: { increment: 1 } } })
  if (count === 1) return
  throw conflict('CHANGED_MEANWHILE', 'Hồ sơ hộ này vừa được người khác cập nhật. Hãy tải lại rồi làm tiếp.', 'Someone else has just changed this household. Reload, then go on.')
}

async function livingArea(tx: Tx, id: string): Promise<{ id: string; path: string; code: string; validTo: string | null }> {
  const [area] = await tx.$queryRaw<{ id: string; path: string; code: string; fullName: string; validTo: string | null }[]>`
    select id, path::text as path, code, full_name as "fullName", valid_to::text as "validTo" from area where id = ${keyOf('Area', id, 'areaId')}`
  if (!area) throw invalid('areaId', 'UNKNOWN_AREA', 'Không tìm thấy địa bàn này. Hãy tìm và chọn lại.', 'This area could not be found. Search and choose again.')
  if (area.validTo !== null) {
    throw invalid('areaId', 'ENDED_AREA', `${area.fullName} không còn từ ${area.validTo.slice(0, 4)}. Hãy chọn đơn vị kế tục.`, `${area.fullName} ended in ${area.validTo.slice(0, 4)}. Choose what it became.`)
  }
  return area
}

/** Whoever registers in the same area at the same time waits. */
async function newCode(tx: Tx, prefix: string): Promise<string> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('household_code'), hashtext(${prefix}))`
  const [row] = await tx.$queryRaw<{ next: number }[]>`select next_household_number(${prefix}) as next`
  return householdCode(prefix, row!.next)
}

async function described(tx: Tx, input: Described) {
  const phone = optionalPhoneIn('phone', input.phone)
  const circumstances = { headName: textIn('headName', input.headName, 'name'), members: input.members, causes: input.causes, wish: textIn('wish', input.wish, 'note') }
  checkCircumstances(circumstances, new Set((await tx.povertyCause.findMany({ select: { code: true } })).map(({ code }) => code)))
  return { ...circumstances, phone }
}

const unknownStandard = () => invalid('standardId', 'UNKNOWN_STANDARD', 'Hãy chọn một chuẩn nghèo trong danh sách.', 'Choose a poverty standard from the list.')
