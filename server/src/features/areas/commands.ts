// What people do with areas: they add a hamlet to a commune, by a decision.
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { keyOf } from '../../graphql/define.ts'
import { invalid } from '../../platform/failure.ts'
import { endedArea } from '../identity/rules.ts'
import { type Beginning, checkBeginning, hamletNameIn, mustBeNew, nextHamletCode } from './hamlet-rules.ts'
import { type Day, mintId, tidy, withoutMarks } from './rules.ts'

export interface AddHamlet extends Beginning {
  communeId: string
  /** With or without what it is: 'Thôn Đông Hải', 'Đông Hải'. */
  name: string
  idempotencyKey: string
}

/** Adds a hamlet to a living commune; the decision that made it is read by everyone. @throws InvalidInput, Forbidden */
export async function addHamlet(hub: Hub, input: AddHamlet): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'addHamlet', key: idempotencyKey, input: asked }, async (tx) => {
    const commune = await see(tx, input.communeId)
    mustBeAllowed(hub.viewer, 'area.addHamlet', { areaPath: commune.path })
    const named = hamletNameIn(input.name, commune.subtype)
    checkBeginning(input, commune)
    const there = await hamletsOf(tx, commune)
    mustBeNew(named.fullName, there.filter(({ isLiving }) => isLiving).map(({ fullName }) => fullName))
    const code = nextHamletCode(commune.code, there.map((hamlet) => hamlet.code))
    const areaId = await write(tx, commune, { ...named, code, effectiveOn: input.effectiveOn })
    await tx.$executeRaw`
      insert into area_decision (area_id, effective_on, decision_no, decided_on, issuer, recorded_by)
      values (${areaId}, ${input.effectiveOn}::date, ${tidy(input.decisionNo)}, ${input.decidedOn}::date, ${tidy(input.issuer)}, ${hub.viewer.accountId}::uuid)`
    return { areaId, communeId: commune.id }
  })
}

interface Commune {
  id: string
  path: string
  code: string
  subtype: string
  name: string
  fullName: string
  validFrom: Day
}

/** The commune, which everyone may see. @throws InvalidInput for what is none, or is one no more */
async function see(tx: Tx, id: string): Promise<Commune> {
  const [found] = await tx.$queryRaw<(Commune & { kind: string; validTo: Day | null })[]>`
    select id, path::text as path, code, subtype, name, full_name as "fullName", valid_from::text as "validFrom", kind::text as kind, valid_to::text as "validTo"
    from area where id = ${keyOf('Area', id, 'communeId')}`
  if (!found || found.kind !== 'COMMUNE') {
    throw invalid('communeId', 'NOT_A_COMMUNE', 'Thôn, tổ dân phố thuộc một xã, phường hoặc đặc khu. Hãy tìm và chọn lại.', 'A hamlet belongs to a commune, a ward or a special zone. Search and choose again.')
  }
  if (found.validTo !== null) {
    throw endedArea('communeId', found.fullName, Number(found.validTo.slice(0, 4)))
  }
  return found
}

/** All that a commune has had; whoever adds one to it at the same time waits. */
async function hamletsOf(tx: Tx, commune: Commune): Promise<{ code: string; fullName: string; isLiving: boolean }[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('hamlets'), hashtext(${commune.id}))`
  return tx.$queryRaw`
    select code, full_name as "fullName", path <@ ${commune.path}::ltree and valid_to is null as "isLiving" from area
    where kind = 'HAMLET' and (path <@ ${commune.path}::ltree or starts_with(code, ${`${commune.code}-`}))`
}

async function write(tx: Tx, commune: Commune, hamlet: { subtype: string; name: string; fullName: string; code: string; effectiveOn: Day }): Promise<string> {
  const { subtype, name, fullName, code, effectiveOn } = hamlet
  const bearer = { kind: 'HAMLET', code, validFrom: effectiveOn, validTo: null } as const
  const id = mintId(bearer, bearer)
  const nameEn = withoutMarks(name)
  const path = `${commune.path}.${id}`
  await tx.$executeRaw`
    insert into area (id, kind, code, subtype, name, full_name, name_en, valid_from, path)
    values (${id}, 'HAMLET', ${code}, ${subtype}, ${name}, ${fullName}, ${nameEn}, ${effectiveOn}::date, ${path}::ltree)`
  await tx.$executeRaw`insert into area_place (area_id, parent_id, path, valid_from) values (${id}, ${commune.id}, ${path}::ltree, ${effectiveOn}::date)`
  return id
}
