// An animal with its family, as commands and reads put it to the rules; and whose turn it is for the next.
import type { Tx } from '../../access/hub.ts'
import { type AnimalSex, type AnimalStatus, type Calf, QUEUE_RANK, type RotationRule, type Standing } from './rules.ts'

/** JSON of a Standing. */
export const standing = (row: string) =>
  `json_build_object('sex', ${row}.sex, 'bornOn', ${row}.born_on::text, 'owner', ${row}.owner, 'status', ${row}.status, 'since', ${row}.since::text,
    'returnedOn', ${row}.returned_on::text, 'isAwaited', ${row}.is_awaited, 'isPlaced', ${row}.is_placed)`

/** JSON of the rules that hold for it. */
export const ruleOf = (row: string) =>
  `(select json_build_object('returnOrdinal', return_ordinal, 'maleCalf', male_calf, 'returnFromMonths', return_from_months, 'returnByMonths', return_by_months, 'keepMonths', keep_months)
    from rotation_rule where rotation_rule.code = ${row}.rule_code)`

/** JSON of the calves of a mother, and of the females bought for them. */
export const offspringOf = (mother: string) =>
  `(select coalesce(json_agg(json_build_object('id', calf.id, 'tag', calf.tag, 'sex', calf.sex, 'bornOn', calf.born_on::text, 'status', calf.status, 'since', calf.since::text,
      'standsForId', calf.stands_for_id, 'isAwaited', calf.is_awaited)), '[]'::json)
    from animal calf where calf.mother_id = ${mother})`

export interface Family {
  id: string
  herdId: string
  tag: string
  sex: AnimalSex
  status: AnimalStatus
  ruleCode: string
  motherId: string | null
  householdId: string
  areaId: string
  areaPath: string
  soldOn: string | null
  standing: Standing
  rule: RotationRule
  offspring: Calf[]
  mother: Standing | null
  /** The mother's calves, this one among them. */
  siblings: Calf[]
}

/** The animal as the viewer sees it, locked after its mother, so that nobody decides on half of a family. Null when the viewer sees none. */
export async function lockFamily(tx: Tx, id: string): Promise<Family | null> {
  const [seen] = await tx.$queryRawUnsafe<{ motherId: string | null }[]>('select mother_id as "motherId" from animal where id = $1::uuid', id)
  if (!seen) return null
  if (seen.motherId) await tx.$queryRaw`select id from animal where id = ${seen.motherId}::uuid for update`
  await tx.$queryRaw`select id from animal where id = ${id}::uuid for update`
  const [family] = await tx.$queryRawUnsafe<Family[]>(`
    select animal.id, animal.herd_id as "herdId", animal.tag, animal.sex::text as sex, animal.status::text as status, animal.rule_code as "ruleCode", $2::uuid as "motherId",
           animal.household_id as "householdId", animal.area_id as "areaId", animal.area_path::text as "areaPath",
           (select happened_on::text from animal_event where animal_event.animal_id = animal.id and kind = 'SOLD') as "soldOn",
           ${standing('animal')} as standing, ${ruleOf('animal')} as rule, ${offspringOf('animal.id')} as offspring,
           case when mother.id is not null then ${standing('mother')} end as mother, ${offspringOf('$2::uuid')} as siblings
    from animal left join animal mother on mother.id = $2::uuid where animal.id = $1::uuid`, id, seen.motherId)
  return family ?? null
}

/** Its place in a queue: the poorest first. */
export const queueRank = (row: string) =>
  `coalesce((select case household.status ${Object.entries(QUEUE_RANK).map(([status, rank]) => `when '${status}' then ${rank}`).join(' ')} end from household where household.id = ${row}.household_id), 9)`

/** It has an animal of the programme, or one on its way. */
export const isProvided = (household: string, rule: string) =>
  `(exists (select from animal held where held.household_id = ${household} and held.rule_code = ${rule} and held.owner = 'PROGRAMME' and held.status = 'ALIVE')
    or exists (select from animal_handover coming where coming.household_id = ${household} and coming.answer is null))`

/** The household whose turn it is in the animal's commune, and whether a household has an animal of the programme or will soon. */
export async function turnFor(tx: Tx, { ruleCode, areaPath, householdId }: Family, toHouseholdId: string): Promise<{ nextHouseholdId: string | null; isProvided: boolean }> {
  const [turn] = await tx.$queryRawUnsafe<{ nextHouseholdId: string | null; isProvided: boolean }[]>(`
    select ${isProvided('$4::uuid', '$1')} as "isProvided", (
      select waiting.household_id from herd_queue_entry waiting
      where waiting.rule_code = $1 and waiting.left_at is null and waiting.area_path <@ subpath($2::ltree, 0, least(2, nlevel($2::ltree)))
        and waiting.household_id <> $3::uuid and not ${isProvided('waiting.household_id', '$1')}
      order by ${queueRank('waiting')}, waiting.joined_at, waiting.id limit 1) as "nextHouseholdId"`, ruleCode, areaPath, householdId, toHouseholdId)
  return turn!
}
