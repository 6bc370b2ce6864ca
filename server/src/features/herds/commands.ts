// What people do with a herd: register it, record what happens to an animal, hand one on, confirm that it came. Each is one transaction.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { asDate, dayInVietNam, later } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { lockAllocation, namedWitness } from '../deliveries/commands.ts'
import { checkProxy, checkSpeaker, noteIn, witnessIn } from '../deliveries/rules.ts'
import { see } from '../households/commands.ts'
import { officerFor } from '../pledges/commands.ts'
import { type Family, lockFamily, turnFor } from './queries.ts'
import {
  type AnimalSex, type HandoverAnswer, type RecordedEventKind, TASK_AFTER_HANDOVER, checkEvent, checkHandingOn, checkRegistration, dutyOf, hasArrived, ownerAtBirth, tagIn, takenTag,
} from './rules.ts'

export interface RegisterAnimals {
  allocationId: string
  /** The code of the programme's rules. */
  rule: string
  animals: { tag: string; sex: AnimalSex; bornOn: string }[]
  idempotencyKey: string
}

/** Takes the animals that a household received into the book, under a programme's rules. @throws NotFound, Forbidden, InvalidInput, Conflict */
export async function registerAnimals(hub: Hub, input: RegisterAnimals): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'registerAnimals', key: idempotencyKey, input: asked }, async (tx) => {
    const allocation = await lockAllocation(tx, keyOf('Allocation', input.allocationId, 'allocationId'))
    mustBeAllowed(hub.viewer, 'herd.register', allocation)
    const rule = await ruleNamed(tx, input.rule)
    const { family } = await tx.supportKind.findUniqueOrThrow({ where: { code: allocation.kindCode }, select: { family: true } })
    const herd = await tx.herd.findUnique({ where: { id: allocation.id } })
    if (herd && herd.ruleCode !== rule.code) throw conflict('OTHER_RULE', 'Đàn này đã theo một quy tắc luân chuyển khác.', 'This herd follows other rules of rotation already.')
    const first = await tx.receipt.findFirst({ where: { delivery: { allocationId: allocation.id }, received: { gt: 0 } }, orderBy: { at: 'asc' }, select: { at: true } })
    const receivedOn = first && dayInVietNam(first.at)
    const registered = await tx.animal.count({ where: { herdId: allocation.id, generation: 1, standsForId: null } })
    const animals = input.animals.map((animal, i) => ({ ...animal, tag: tagIn(animal.tag, `animals.${i}.tag`) }))
    checkRegistration(animals, { family, kindCode: allocation.kindCode, ruleKind: rule.kindCode, received: allocation.received, receivedOn, registered })

    const { id: herdId, pledgeId, partyId, householdId, areaId } = allocation
    if (!herd) await tx.herd.createMany({ data: { id: herdId, ruleCode: rule.code, pledgeId, partyId, householdId, areaId, startedOn: asDate(receivedOn!) } })
    for (const [i, { tag, sex, bornOn }] of animals.entries()) {
      await enter(tx, hub, { herdId, tag, sex, bornOn, owner: 'PROGRAMME', householdId, areaId, since: receivedOn! }, { kind: 'REGISTERED', happenedOn: receivedOn! }, `animals.${i}.tag`)
    }
    return { herdId, allocationId: herdId }
  })
}

interface Entering {
  herdId: string
  tag: string
  sex: AnimalSex
  bornOn: string
  owner: 'PROGRAMME' | 'HOUSEHOLD'
  householdId: string
  areaId: string
  since: string
  damId?: string
  standsForId?: string
  id?: string
}

/** A new animal and the fact that brought it. @throws InvalidInput when another of the programme has its tag */
async function enter(tx: Tx, hub: Hub, animal: Entering, fact: { kind: 'REGISTERED' | 'BORN' | 'BOUGHT'; happenedOn: string; price?: bigint | null; note?: string }, field: string): Promise<string> {
  const id = animal.id ?? randomUUID()
  const { count } = await tx.animal.createMany({ data: { ...animal, id, bornOn: asDate(animal.bornOn), since: asDate(animal.since) }, skipDuplicates: true })
  if (count === 0) throw takenTag(field)
  await tx.animalEvent.createMany({ data: { ...fact, animalId: id, happenedOn: asDate(fact.happenedOn), recordedBy: hub.viewer.accountId } })
  return id
}

export interface RecordAnimalEvent {
  animalId: string
  kind: RecordedEventKind
  /** YYYY-MM-DD */
  happenedOn: string
  cause?: string | null
  witnessName?: string | null
  price?: bigint | null
  note?: string | null
  /** Of the calf that was born, or of the female that was bought. */
  newcomer?: { tag: string; sex?: AnimalSex | null; bornOn?: string | null } | null
  idempotencyKey: string
}

/** Records what happened to an animal: of its mother for a birth, of the male that was sold for the female bought for it. What it makes of the gift, the fact tells itself (tell_of_animal). */
export async function recordAnimalEvent(hub: Hub, input: RecordAnimalEvent): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'recordAnimalEvent', key: idempotencyKey, input: asked }, async (tx) => {
    const animal = await seeAnimal(tx, input.animalId)
    mustBeAllowed(hub.viewer, 'herd.record', animal)
    const { kind, happenedOn } = input
    const said = {
      kind, happenedOn, price: input.price ?? null, cause: input.cause ? noteIn(input.cause, 'cause') : null,
      witnessName: input.witnessName?.trim() ? witnessIn(input.witnessName, 'witnessName') : null,
    }
    const today = dayInVietNam()
    const duty = animal.mother && dutyOf(animal.rule, animal.mother, animal.siblings, today)
    checkEvent(said, { ...animal.standing, id: animal.id, soldOn: animal.soldOn }, animal.rule, duty, today)
    const note = noteIn(input.note, 'note')
    if (kind === 'BORN' || kind === 'BOUGHT') return { animalId: await welcome(tx, hub, animal, input, note), herdId: animal.herdId }
    await tx.animalEvent.createMany({ data: { ...said, animalId: animal.id, happenedOn: asDate(happenedOn), note, recordedBy: hub.viewer.accountId } })
    return { animalId: animal.id, herdId: animal.herdId }
  })
}

/** A calf that was born, or a female that was bought in a male's place. */
async function welcome(tx: Tx, hub: Hub, animal: Family, { kind, happenedOn, price, newcomer }: RecordAnimalEvent, note: string): Promise<string> {
  if (!newcomer) throw invalid('newcomer', 'NEWCOMER_NEEDED', 'Hãy ghi số tai của con mới.', 'Give the tag of the new animal.')
  const { herdId, householdId, areaId } = animal
  const common = { id: randomUUID(), herdId, householdId, areaId, tag: tagIn(newcomer.tag, 'newcomer.tag'), since: happenedOn }
  if (kind === 'BOUGHT') {
    const bornOn = newcomer.bornOn ?? happenedOn
    if (bornOn > happenedOn) throw invalid('newcomer.bornOn', 'BAD_DAY', 'Ngày sinh phải trước ngày mua.', 'It was born before it was bought.')
    return enter(tx, hub, { ...common, sex: 'FEMALE', bornOn, owner: 'PROGRAMME', standsForId: animal.id }, { kind, happenedOn, price: price!, note }, 'newcomer.tag')
  }
  if (!newcomer.sex) throw invalid('newcomer.sex', 'SEX_NEEDED', 'Hãy ghi con sinh ra là đực hay cái.', 'Say whether the calf is a female or a male.')
  const calf = { ...common, sex: newcomer.sex, bornOn: happenedOn, status: 'ALIVE' as const, standsForId: null, isAwaited: false }
  const owner = ownerAtBirth(animal.rule, animal.standing, animal.offspring, calf)
  return enter(tx, hub, { ...common, sex: newcomer.sex, bornOn: happenedOn, owner, damId: animal.id }, { kind: 'BORN', happenedOn, note }, 'newcomer.tag')
}

// ── handing on ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface HandOnAnimal {
  animalId: string
  toHouseholdId: string
  /** YYYY-MM-DD */
  handedOn: string
  witnessName: string
  witnessDocument?: string | null
  /** When it is not that household's turn. */
  reason?: string | null
  idempotencyKey: string
}

/** Hands an animal on to the next household, which is then asked: it moves once that household has said that it came. */
export async function handOnAnimal(hub: Hub, input: HandOnAnimal): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'handOnAnimal', key: idempotencyKey, input: asked }, async (tx) => {
    const animal = await seeAnimal(tx, input.animalId)
    mustBeAllowed(hub.viewer, 'herd.handOn', animal)
    const to = await see(tx, input.toHouseholdId)
    mustBeAllowed(hub.viewer, 'herd.handOn', to)
    // Two officers who hand animals to one household wait for each other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('animal_handover'), hashtext(${to.id}))`
    const today = dayInVietNam()
    const witness = namedWitness(input)
    const reason = noteIn(input.reason, 'reason')
    const { displayName } = await tx.person.findUniqueOrThrow({ where: { id: hub.viewer.personId! }, select: { displayName: true } })
    checkHandingOn(
      {
        calfId: animal.id, on: input.handedOn, fromHouseholdId: animal.householdId, toHouseholdId: to.id, ...(await turnFor(tx, animal, to.id)),
        reason, witness, handedBy: { personId: hub.viewer.personId!, name: displayName },
      },
      animal.mother && dutyOf(animal.rule, animal.mother, animal.siblings, today), today)
    const id = randomUUID()
    await tx.animalHandover.createMany({
      data: {
        id, animalId: animal.id, householdId: to.id, areaId: to.areaId, handedOn: asDate(input.handedOn), reason, witnessName: witness.name, witnessDocument: witness.document,
        handedBy: hub.viewer.accountId!, handedByPersonId: hub.viewer.personId!,
      },
    })
    return { animalHandoverId: id, animalId: animal.id, herdId: animal.herdId }
  })
}

export interface ConfirmAnimal {
  handoverId: string
  answer: HandoverAnswer
  /** For a proxy: before whom. */
  witnessName?: string | null
  witnessDocument?: string | null
  idempotencyKey: string
}

interface SeenHandover {
  id: string
  animalId: string
  householdId: string
  areaId: string
  areaPath: string
  pledgeId: string | null
  handedOn: string
  witnessName: string
  witnessDocument: string
  handedByPersonId: string
  answer: string | null
}

/** The next household says whether the animal came, by slip or account or by the hamlet head as its proxy; never whoever handed it on. */
export async function confirmAnimal(hub: Hub, input: ConfirmAnimal): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'confirmAnimal', key: idempotencyKey, input: asked }, async (tx) => {
    const [handover] = await tx.$queryRaw<SeenHandover[]>`
      select id, animal_id as "animalId", household_id as "householdId", area_id as "areaId", area_path::text as "areaPath", pledge_id as "pledgeId", handed_on::text as "handedOn", witness_name as "witnessName", witness_document as "witnessDocument",
             handed_by_person_id as "handedByPersonId", answer::text as answer
      from animal_handover where id = ${keyOf('AnimalHandover', input.handoverId, 'handoverId')}::uuid for update`
    if (!handover) throw notFound('lần trao này', 'this hand-over')
    mustBeAllowed(hub.viewer, 'receipt.confirm', handover)
    if (handover.answer) throw conflict('ALREADY_CONFIRMED', 'Lần trao này đã được trả lời.', 'This hand-over has been answered.')
    const answeredBy = hub.viewer.accountId
    await tx.animalHandover.updateMany({
      where: { id: handover.id, answer: null },
      data: { answer: input.answer, answeredAt: new Date(), answeredBy, ...(await speakerFor(tx, hub, input, handover)) },
    })
    if (hasArrived(input.answer)) {
      await tx.animalEvent.createMany({
        data: { animalId: handover.animalId, kind: 'HANDED_ON', happenedOn: asDate(handover.handedOn), witnessName: handover.witnessName, handoverId: handover.id, recordedBy: answeredBy },
      })
    }
    await followUp(tx, hub, input.answer, handover)
    return { animalHandoverId: handover.id, animalId: handover.animalId }
  })
}

/** Opens the task that an answer calls for, and ends the one that silence had opened. */
async function followUp(tx: Tx, hub: Hub, answer: HandoverAnswer, { id: handoverId, areaId, pledgeId }: SeenHandover) {
  const happening = { audience: 'OFFICE', areaId, pledgeId, actorId: hub.viewer.accountId } as const
  const kind = TASK_AFTER_HANDOVER[answer]
  if (kind) {
    const taskId = randomUUID()
    const dueOn = asDate(later(dayInVietNam(), { days: hub.config.followUpWithinDays }))
    await tx.task.createMany({ data: { id: taskId, kind, areaId, pledgeId, handoverId, assigneeId: await officerFor(tx, areaId), dueOn } })
    await record(tx, { ...happening, type: 'TASK_OPENED', taskId })
  }
  const [closed] = await tx.$queryRaw<{ taskId: string | null }[]>`select close_answered_handover_task(${handoverId}::uuid) as "taskId"`
  if (closed?.taskId) await record(tx, { ...happening, type: 'TASK_CLOSED', taskId: closed.taskId })
}

/** Whose word it is, by what the viewer came with. */
async function speakerFor(tx: Tx, hub: Hub, input: ConfirmAnimal, { householdId, handedByPersonId, witnessName, witnessDocument }: SeenHandover) {
  const { slipId, personId, households } = hub.viewer
  const isHousehold = households.includes(householdId)
  if (isHousehold && slipId !== null) return { channel: 'SLIP' as const }
  checkSpeaker(personId, { dispatcherPersonId: handedByPersonId, witnessPersonId: null })
  if (isHousehold) return { channel: 'ACCOUNT' as const }
  const witness = namedWitness(input)
  const people = await tx.person.findMany({ where: { id: { in: [personId!, handedByPersonId] } }, select: { id: true, displayName: true } })
  const named = (id: string) => ({ personId: id, name: people.find((person) => person.id === id)?.displayName ?? '' })
  checkProxy({
    proxy: named(personId!), witness, dispatcher: named(handedByPersonId),
    handoverWitness: { personId: null, name: witnessName, document: witnessDocument }, hasHouseholdSpoken: false,
  })
  return { channel: 'PROXY' as const, answerWitness: witness.name, answerWitnessDocument: witness.document }
}

// ── what they share ─────────────────────────────────────────────────────────────────────────────────────────────────

async function seeAnimal(tx: Tx, id: string): Promise<Family> {
  const family = await lockFamily(tx, keyOf('Animal', id, 'animalId'))
  if (!family) throw notFound('con vật nuôi này', 'this animal')
  return family
}

/** @throws InvalidInput */
export async function ruleNamed(tx: Tx, code: string) {
  const rule = await tx.rotationRule.findUnique({ where: { code } })
  if (!rule) throw invalid('rule', 'UNKNOWN_RULE', 'Hãy chọn một quy tắc luân chuyển trong danh sách.', 'Choose rules of rotation from the list.')
  return rule
}
