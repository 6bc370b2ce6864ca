// Floors of herds. What a household owes is the rules' to say: here its facts alone are fetched.
import type { Viewer } from '../../../server/src/access/viewer.ts'
import { type Floor, answer, areaOf, id, instant, json, key, list, page, texts } from './floor.ts'

const ofOffice = (row: string) => `${row}.area_path <@ any ($1::ltree[])`
const withOffices = (...names: string[]) => (variables: any, viewer: Viewer) => [viewer.offices, ...names.map((name) => key(variables[name]))]
const household = (of: string, columns: string, fields: Record<string, string> = {}) =>
  `(select ${json('home', columns, { ...id('Household', 'home'), displayCode: `'Hộ ' || substring(home.code from '\\d+$')`, ...fields })} from household home where home.id = ${of} and ${ofOffice('home')})`

const duty = (row: string) => `(select json_build_object('rule', rule.return_ordinal, 'since', ${row}.since, 'calves', ${list(json('calf', 'tag sex status', texts('calf', 'bornOn since')), `animal calf where calf.mother_id = ${row}.id`, 'calf.born_on')})
  from rotation_rule rule where rule.code = ${row}.rule_code)`

export const SeeHerd: Floor = {
  values: withOffices('allocation'),
  text: answer({
    herd: `(select ${json('herd', 'founders households living', {
      ...id('Herd', 'herd'), ...texts('herd', 'startedOn'),
      rule: `(select ${json('rule', 'code name')} from rotation_rule rule where rule.code = herd.rule_code)`,
      animals: list(json('animal', 'tag sex generation owner status recipientCode', {
        ...id('Animal', 'animal'), ...texts('animal', 'bornOn since'), area: areaOf('animal.area_id', 'fullName', false),
        dam: `(select json_build_object('id', 'Animal:' || dam.id) from animal dam where dam.id = animal.dam_id and ${ofOffice('dam')})`,
        standsFor: `(select json_build_object('id', 'Animal:' || sold.id) from animal sold where sold.id = animal.stands_for_id and ${ofOffice('sold')})`,
        duty: duty('animal'),
      }), `animal where animal.herd_id = herd.id and ${ofOffice('animal')}`, 'animal.generation, animal.born_on, animal.tag collate "C", animal.id'),
    })} from herd where herd.id = $2 and ${ofOffice('herd')})`,
  }),
}

export const SeeAnimal: Floor = {
  values: withOffices('id'),
  text: answer({
    animal: `(select ${json('animal', 'tag sex status owner', {
      ...id('Animal', 'animal'), household: household('animal.household_id', ''),
      events: list(json('fact', 'kind cause witnessName note', { ...id('AnimalEvent', 'fact'), ...texts('fact', 'happenedOn price') }), `animal_event fact where fact.animal_id = animal.id`, 'fact.happened_on, fact.recorded_at, fact.id'),
      awaiting: `(select ${json('handover', 'witnessName', {
        ...id('AnimalHandover', 'handover'), ...texts('handover', 'handedOn'), handedByName: '(select display_name from person where person.id = handover.handed_by_person_id)',
        viewerCan: json('', '', { confirm: `json_build_object('allowed', false)` }),
      })} from animal_handover handover where handover.animal_id = animal.id and handover.answer is null and ${ofOffice('handover')})`,
      duty: duty('animal'),
    })} from animal where animal.id = $2 and ${ofOffice('animal')})`,
  }),
}

export const ListHerdQueue: Floor = {
  values: withOffices('area', 'rule'),
  text: answer({
    herdQueue: page({
      from: `(select entry.*, household.status as standing from herd_queue_entry entry join household on household.id = entry.household_id) t`,
      where: `${ofOffice('t')} and t.left_at is null and t.rule_code = $3 and t.area_path <@ (select path from area where id = $2)`,
      orderBy: `coalesce(case t.standing when 'POOR' then 1 when 'RELAPSED' then 1 when 'NEAR_POOR' then 2 when 'NEWLY_ESCAPED' then 3 when 'LEFT' then 4 end, 9), t.joined_at, t.id`,
      node: json('t', '', { ...id('HerdQueueEntry', 't'), joinedAt: instant('t.joined_at'), household: household('t.household_id', 'status'), area: areaOf('t.area_id', 'fullName', false) }),
    }),
  }),
}
