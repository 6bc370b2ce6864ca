// Herds in the API: rules of rotation, animals and their families, hand-overs to the next household, and who waits.
import { can } from '../../access/policy.ts'
import { holdsHandover } from '../../access/visibility.ts'
import { Language, builder } from '../../graphql/builder.ts'
import { Permission, type Row, command, connectionOf, idempotencyKey, keyOf, pageArgs, produced } from '../../graphql/define.ts'
import { column, day, globalId, instant, many, needs, one, page, whole } from '../../graphql/read.ts'
import { text } from '../../graphql/texts.ts'
import { sentenceIn } from '../../graphql/translate.ts'
import { dayInVietNam } from '../../platform/day.ts'
import { Area } from '../areas/schema.ts'
import { Household, SupportKind } from '../households/schema.ts'
import { Task, witnessDocument } from '../deliveries/schema.ts'
import { Allocation } from '../matching/schema.ts'
import { confirmAnimal, handOnAnimal, recordAnimalEvent, registerAnimals } from './commands.ts'
import { isProvided, offspringOf, queueRank, ruleOf, standing } from './queries.ts'
import { joinHerdQueue, leaveHerdQueue } from './queue.ts'
import { type Duty as DutyOf, dutyOf } from './rules.ts'

// ── rules of rotation ───────────────────────────────────────────────────────────────────────────────────────────────

const MaleCalfPolicy = builder.enumType('MaleCalfPolicy', {
  description: 'What becomes of a male calf.',
  values: {
    SOLD_FOR_FEMALE: { description: 'It is sold, and a female bought for the next household.' },
    COUNTS: { description: 'It is handed on like a female.' },
    SKIPPED: { description: 'It does not count.' },
  } as const,
})

export const RotationRule = builder.objectRef<Row>('RotationRule').implement({
  description: "A programme's rules of rotation, as it published them: which calf goes to the next household, when, and when the mother is the household's own.",
  extensions: { table: 'rotation_rule' },
  fields: (t) => ({
    code: t.string(column('code')),
    name: t.string(column('name')),
    nameEn: t.string(column('name_en')),
    kind: t.field({ type: SupportKind, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) }),
    source: t.string({ description: 'Title, issuer, date.', ...column('source') }),
    sourceEn: t.string(column('source_en')),
    note: t.string({ description: 'What the source leaves open and is settled here.', ...column('note') }),
    noteEn: t.string(column('note_en')),
    returnOrdinal: t.int({ description: 'Which calf that counts is handed on: 1 the first, 2 the second.', ...column('return_ordinal') }),
    maleCalf: t.field({ type: MaleCalfPolicy, ...column('male_calf') }),
    returnFromMonths: t.int({ description: 'Its age from which it may be handed on.', ...column('return_from_months') }),
    returnByMonths: t.int({ description: 'Its age by which it must have been.', ...column('return_by_months') }),
    keepMonths: t.int({ description: 'The least that a household keeps the mother before she can be its own.', ...column('keep_months') }),
  }),
})

builder.queryField('rotationRules', (t) =>
  t.field({ type: [RotationRule], authScopes: { may: 'public.read' }, description: 'The rules of every programme.', ...many({ orderBy: (row) => `${row}.ordinal`, limit: 50 }) }))

// ── animals ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const AnimalSex = builder.enumType('AnimalSex', { description: 'Of an animal.', values: ['FEMALE', 'MALE'] as const })
const AnimalOwner = builder.enumType('AnimalOwner', { description: 'PROGRAMME: it is lent, and the programme\'s rules hold. HOUSEHOLD: the household\'s own.', values: ['PROGRAMME', 'HOUSEHOLD'] as const })
const AnimalStatus = builder.enumType('AnimalStatus', { description: 'Whether it is still with its household.', values: ['ALIVE', 'DIED', 'STOLEN', 'SOLD'] as const })
const AnimalEventKind = builder.enumType('AnimalEventKind', {
  description: 'What happened to an animal. BOUGHT: in place of a male that was sold. OWNED: it became the household\'s own.',
  values: ['REGISTERED', 'BORN', 'BOUGHT', 'VACCINATED', 'ILL', 'DIED', 'STOLEN', 'SOLD', 'HANDED_ON', 'OWNED'] as const,
})
const DutyState = builder.enumType('DutyState', {
  description: 'How far a household has come in handing on a calf. EXCUSED: the mother was lost, with cause and witness, before there was one.',
  values: ['AWAITS_BIRTH', 'SELL_MALE', 'BUY_FEMALE', 'GROWING', 'DUE', 'OVERDUE', 'AWAITS_ANSWER', 'DONE', 'EXCUSED'] as const,
})
const HandoverAnswer = builder.enumType('HandoverAnswer', {
  description: 'What the next household says.',
  values: {
    RECEIVED: { description: 'It came.' },
    ILL: { description: 'It came, and is ill: an office looks after it.' },
    WRONG: { description: 'Another animal came: this one stays where it was.' },
    NOT_RECEIVED: { description: 'Nothing came: it stays where it was.' },
  } as const,
})

const behindHandover = (sql: (row: string) => string) => column((row) => `case when ${holdsHandover(row)} then ${sql(row)} end`)
const BEHIND = 'For the receiving side and the offices.'

export const Animal = builder.objectRef<Row>('Animal')
const Herd = builder.objectRef<Row>('Herd')

const AnimalEvent = builder.objectRef<Row>('AnimalEvent').implement({
  description: 'Something that happened to an animal. What was said is never unsaid.',
  extensions: { table: 'animal_event' },
  fields: (t) => ({
    id: t.id(globalId('AnimalEvent')),
    kind: t.field({ type: AnimalEventKind, ...column('kind') }),
    happenedOn: t.field({ type: 'Date', ...day('happened_on') }),
    recordedAt: t.field({ type: 'DateTime', ...instant('recorded_at') }),
    price: t.field({ type: 'VND', nullable: true, description: 'Of a sale or a purchase.', ...whole('price') }),
    cause: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.cause`) }),
    witnessName: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.witness_name`) }),
    note: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.note`) }),
  }),
})

const AnimalHandoverActions = builder.objectRef<Row>('AnimalHandoverActions').implement({
  description: 'What the viewer may do with a hand-over now.',
  fields: (t) => ({
    confirm: t.field({
      type: Permission, description: 'Say whether it came; never for whoever handed it on.',
      resolve: (row, _args, { hub: { viewer } }) => ({
        allowed: !row._answer && can(viewer, 'receipt.confirm', { areaPath: row._path, householdId: row._household }) && (viewer.personId === null || viewer.personId !== row._person),
      }),
    }),
  }),
})

const AnimalHandover = builder.objectRef<Row>('AnimalHandover').implement({
  description: 'An animal handed on to the next household. It moves once that household has said that it came.',
  extensions: { table: 'animal_handover' },
  fields: (t) => ({
    id: t.id(globalId('AnimalHandover')),
    animal: t.field({ type: Animal, nullable: true, description: 'Null while it is still with a household of another place.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.animal_id` }) }),
    toHousehold: t.field({ type: Household, nullable: true, description: 'For that household and its offices.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) }),
    tag: t.string({ nullable: true, description: `Of the animal's ear. ${BEHIND}`, ...column((row) => `(handed_animal(${row}.id) ->> 'tag')`) }),
    sex: t.field({ type: AnimalSex, nullable: true, description: BEHIND, ...column((row) => `(handed_animal(${row}.id) ->> 'sex')`) }),
    bornOn: t.field({ type: 'Date', nullable: true, description: BEHIND, ...column((row) => `(handed_animal(${row}.id) ->> 'bornOn')`) }),
    area: t.field({ type: Area, description: "The next household's hamlet.", ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    handedOn: t.field({ type: 'Date', ...day('handed_on') }),
    handedByName: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `animal_handed_by(${row}.id)`) }),
    witnessName: t.string({ nullable: true, description: BEHIND, ...behindHandover((row) => `${row}.witness_name`) }),
    reason: t.string({ nullable: true, description: `Why it was not the turn of the first in the queue. ${BEHIND}`, ...behindHandover((row) => `nullif(${row}.reason, '')`) }),
    answer: t.field({ type: HandoverAnswer, nullable: true, description: 'Null until the next household has answered.', ...column('answer') }),
    answeredAt: t.field({ type: 'DateTime', nullable: true, ...instant('answered_at') }),
    viewerCan: t.field({
      type: AnimalHandoverActions,
      ...needs({ path: (row) => `${row}.area_path::text`, household: 'household_id', person: 'handed_by_person_id', answer: 'answer' }),
      resolve: (row: Row) => row,
    }),
  }),
})

builder.objectField(Task, 'handover', (t) =>
  t.field({ type: AnimalHandover, nullable: true, description: 'Of an animal, if it is about one.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.animal_handover_id` }) }))

const Duty = builder.objectRef<DutyOf>('Duty').implement({
  description: 'What a household owes of the mother that it keeps.',
  fields: (t) => ({
    state: t.field({ type: DutyState, resolve: ({ state }) => state }),
    calf: t.id({ nullable: true, description: 'The Animal that is to be handed on.', resolve: ({ calfId }) => calfId && `Animal:${calfId}` }),
    from: t.field({ type: 'Date', nullable: true, description: 'From when it may be handed on.', resolve: ({ from }) => from }),
    by: t.field({ type: 'Date', nullable: true, description: 'By when it must have been.', resolve: ({ by }) => by }),
    ownedFrom: t.field({ type: 'Date', nullable: true, description: "From when the mother may be the household's own.", resolve: ({ ownedFrom }) => ownedFrom }),
    says: t.string({
      description: 'The same in words.', args: { in: t.arg({ type: Language, required: false }) },
      resolve: ({ says }, args, context) => sentenceIn(args.in ?? context.language, says),
    }),
  }),
})

Animal.implement({
  description: "An animal of a herd, where it stands today. The giver reads its household's code and hamlet, and nothing else of it.",
  extensions: { table: 'animal' },
  fields: (t) => ({
    id: t.id(globalId('Animal')),
    tag: t.string({ description: 'Of its ear.', ...column('tag') }),
    sex: t.field({ type: AnimalSex, ...column('sex') }),
    bornOn: t.field({ type: 'Date', ...day('born_on') }),
    generation: t.int({ description: '1 for those that came with the gift.', ...column('generation') }),
    owner: t.field({ type: AnimalOwner, ...column('owner') }),
    status: t.field({ type: AnimalStatus, ...column('status') }),
    since: t.field({ type: 'Date', description: 'Since when it has been with its household.', ...day('since') }),
    isPlaced: t.boolean({ description: 'It came to its household as a gift or from another household; a calf that is still where it was born did not.', ...column('is_placed') }),
    recipientCode: t.string({ description: "Its household's code.", ...column('recipient_code') }),
    area: t.field({ type: Area, description: "Its household's hamlet.", ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    household: t.field({ type: Household, nullable: true, description: 'For the household itself and the offices.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) }),
    herd: t.field({ type: Herd, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.herd_id` }) }),
    dam: t.field({ type: Animal, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.dam_id` }) }),
    standsFor: t.field({ type: Animal, nullable: true, description: 'The male in whose place it was bought.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.stands_for_id` }) }),
    events: t.field({
      type: [AnimalEvent], description: 'All that happened to it, in order.',
      ...many({ where: (row, { parent }) => `${row}.animal_id = ${parent}.id`, orderBy: (row) => `${row}.happened_on, ${row}.recorded_at, ${row}.id`, limit: 200 }),
    }),
    awaiting: t.field({
      type: AnimalHandover, nullable: true, description: 'The hand-over that nobody has answered yet.',
      ...one({ where: (row, { parent }) => `${row}.animal_id = ${parent}.id and ${row}.answer is null` }),
    }),
    duty: t.field({
      type: Duty, nullable: true, description: "What its household owes of it; null for a male and for a cow of one's own.",
      ...needs({ standing, rule: ruleOf, offspring: (row) => offspringOf(`${row}.id`) }),
      resolve: ({ _rule, _standing, _offspring }: Row) => dutyOf(_rule, _standing, _offspring, dayInVietNam()),
    }),
  }),
})

builder.queryField('animal', (t) =>
  t.field({
    type: Animal, nullable: true, authScopes: { may: 'herd.read' }, description: 'One animal by its id.',
    args: { id: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Animal', args.id))}::uuid` }),
  }))

// ── herds ───────────────────────────────────────────────────────────────────────────────────────────────────────────

Herd.implement({
  description: 'What became of the livestock of one allocation, from household to household.',
  extensions: { table: 'herd' },
  fields: (t) => ({
    id: t.id(globalId('Herd')),
    rule: t.field({ type: RotationRule, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.rule_code` }) }),
    startedOn: t.field({ type: 'Date', ...day('started_on') }),
    allocation: t.field({ type: Allocation, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.id` }) }),
    founders: t.int({ description: 'Animals that came with the gift.', ...column('founders') }),
    households: t.int({ description: 'Households that an animal of it has come to: "1 cow → k households".', ...column('households') }),
    living: t.int({ description: 'Animals alive.', ...column('living') }),
    animals: t.field({
      type: [Animal], description: 'All of them, mothers before their calves. At most 500.',
      ...many({ where: (row, { parent }) => `${row}.herd_id = ${parent}.id`, orderBy: (row) => `${row}.generation, ${row}.born_on, ${row}.tag collate "C", ${row}.id`, limit: 500 }),
    }),
  }),
})

builder.queryField('herd', (t) =>
  t.field({
    type: Herd, nullable: true, authScopes: { may: 'herd.read' }, description: 'The herd that an allocation of livestock began; null before its animals are registered.',
    args: { allocation: t.arg.id() },
    ...one({ where: (row, { args, bind }) => `${row}.id = ${bind(keyOf('Allocation', args.allocation, 'allocation'))}::uuid` }),
  }))

builder.objectFields(Allocation, (t) => ({
  herd: t.field({ type: Herd, nullable: true, description: 'What became of its animals, once they are registered.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.id` }) }),
}))

// ── who waits ───────────────────────────────────────────────────────────────────────────────────────────────────────

const HerdQueueEntry = builder.objectRef<Row>('HerdQueueEntry').implement({
  description: 'A household that waits for the next animal of a programme. For the offices and the household itself.',
  extensions: { table: 'herd_queue_entry' },
  fields: (t) => ({
    id: t.id(globalId('HerdQueueEntry')),
    rule: t.field({ type: RotationRule, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.rule_code` }) }),
    household: t.field({ type: Household, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) }),
    area: t.field({ type: Area, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
    isProvided: t.boolean({ description: 'It has an animal of the programme by now, or one on its way, and is passed over.', ...column((row) => isProvided(`${row}.household_id`, `${row}.rule_code`)) }),
    joinedAt: t.field({ type: 'DateTime', ...instant('joined_at') }),
    leftAt: t.field({ type: 'DateTime', nullable: true, description: 'When an animal came, or when it was taken out.', ...instant('left_at') }),
  }),
})

builder.queryField('herdQueue', (t) =>
  t.field({
    type: connectionOf(HerdQueueEntry), authScopes: { may: 'herd.queue' }, description: 'Households that wait for the next animal: the poorest first, and among equals who has waited longest.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ description: 'In this area or below it.' }),
      rule: t.arg.string({ description: 'The code of a RotationRule.' }),
    },
    ...page({
      where: (row, { args, bind }) =>
        `${row}.left_at is null and ${row}.rule_code = ${bind(args.rule)} and ${row}.area_path <@ (select path from area where id = ${bind(keyOf('Area', args.area, 'area'))})`,
      order: [{ by: (row) => queueRank(row), type: 'int' }, { by: (row) => `${row}.joined_at`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
    }),
  }))

// ── what can be done ────────────────────────────────────────────────────────────────────────────────────────────────

const AnimalInput = builder.inputType('AnimalInput', {
  fields: (t) => ({
    tag: t.string({ ...text('code'), description: '1–20 characters; no other animal of the programme has it.' }),
    sex: t.field({ type: AnimalSex }),
    bornOn: t.field({ type: 'Date', description: 'An estimate will do.' }),
  }),
})

const NewcomerInput = builder.inputType('NewcomerInput', {
  fields: (t) => ({
    tag: t.string({ ...text('code'), description: '1–20 characters; no other animal of the programme has it.' }),
    sex: t.field({ type: AnimalSex, required: false, description: 'Of a calf that was born.' }),
    bornOn: t.field({ type: 'Date', required: false, description: 'Of a female that was bought; an estimate will do.' }),
  }),
})

const RecordedAnimalEventKind = builder.enumType('RecordedAnimalEventKind', {
  description: 'What people record of an animal. BORN is recorded of the mother; BOUGHT of the male that was sold.',
  values: ['BORN', 'BOUGHT', 'VACCINATED', 'ILL', 'DIED', 'STOLEN', 'SOLD', 'OWNED'] as const,
})

command('registerAnimals', {
  description: "Take the animals that a household received into the book, under a programme's rules of rotation.",
  access: 'herd.register',
  input: (t) => ({
    allocationId: t.id(),
    rule: t.string({ ...text('code'), description: 'The code of a RotationRule.' }),
    animals: t.field({ type: [AnimalInput], description: '1 to 50.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ herd: produced(t, Herd, 'herdId'), allocation: produced(t, Allocation, 'allocationId') }),
  run: registerAnimals,
})

command('recordAnimalEvent', {
  description: 'Record what happened to an animal. A birth and a purchase bring a new one into the herd; a birth and a loss become outcomes of the gift.',
  access: 'herd.record',
  input: (t) => ({
    animalId: t.id(),
    kind: t.field({ type: RecordedAnimalEventKind }),
    happenedOn: t.field({ type: 'Date' }),
    cause: t.string({ ...text('reason'), required: false, description: 'Needed for DIED.' }),
    witnessName: t.string({ ...text('name'), required: false, description: 'Needed for DIED and STOLEN.' }),
    price: t.field({ type: 'VND', required: false, description: 'Needed for SOLD and BOUGHT.' }),
    note: t.string({ ...text('note'), required: false, description: 'Up to 500 characters.' }),
    newcomer: t.field({ type: NewcomerInput, required: false, description: 'Needed for BORN and BOUGHT.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ animal: produced(t, Animal, 'animalId'), herd: produced(t, Herd, 'herdId') }),
  run: recordAnimalEvent,
})

command('handOnAnimal', {
  description: 'Hand an animal on to the next household before a witness. It moves once that household has said that it came.',
  access: 'herd.handOn',
  input: (t) => ({
    animalId: t.id({ description: 'The one that is due.' }),
    toHouseholdId: t.id(),
    handedOn: t.field({ type: 'Date' }),
    witnessName: t.string({ ...text('name'), description: '2–80 characters; someone else than you.' }),
    witnessDocument: witnessDocument(t),
    reason: t.string({ ...text('reason'), required: false, description: 'Needed when it is not that household\'s turn.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ handover: produced(t, AnimalHandover, 'animalHandoverId'), animal: produced(t, Animal, 'animalId') }),
  run: handOnAnimal,
})

command('confirmAnimal', {
  description: 'Say whether an animal that was handed on came: as the household, or as its proxy before a witness; never by whoever handed it on.',
  access: 'receipt.confirm',
  input: (t) => ({
    handoverId: t.id(),
    answer: t.field({ type: HandoverAnswer }),
    witnessName: t.string({ ...text('name'), required: false, description: 'For a proxy: before whom; 2–80 characters.' }),
    witnessDocument: witnessDocument(t),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: (t) => ({ handover: produced(t, AnimalHandover, 'animalHandoverId'), animal: produced(t, Animal, 'animalId') }),
  run: confirmAnimal,
})

command('joinHerdQueue', {
  description: 'Put a household into the queue for the next animal of a programme.',
  access: 'herd.queue',
  input: (t) => ({ householdId: t.id(), rule: t.string({ ...text('code'), description: 'The code of a RotationRule.' }), idempotencyKey: idempotencyKey(t) }),
  payload: (t) => ({ entry: produced(t, HerdQueueEntry, 'entryId') }),
  run: joinHerdQueue,
})

command('leaveHerdQueue', {
  description: 'Take a household out of the queue, saying why.',
  access: 'herd.queue',
  input: (t) => ({ entryId: t.id(), reason: t.string({ ...text('reason'), description: '3–500 characters.' }), idempotencyKey: idempotencyKey(t) }),
  payload: (t) => ({ entry: produced(t, HerdQueueEntry, 'entryId') }),
  run: leaveHerdQueue,
})
