// How an office matches: its weights and guards, every change a version of its own. Where it has none, those of the area above hold.
import { BOUNDS, type Bound } from '../../../../common/bounds.ts'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { keyOf } from '../../graphql/define.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { mustBeWithin } from '../../platform/number.ts'
import { GUARDS, type Guards, WEIGHTS, type Weights } from './optimal/batch.ts'

export interface Settings {
  weights: Weights
  guards: Guards
}

export interface Chosen {
  weights?: Partial<Weights> | null
  guards?: Partial<Guards> | null
}

/** What holds in the area of this path, as a table: of it and the areas above it the latest versions, and of these the nearest that says something. */
export const holdingAt = (path: string) => `(
  select latest.* from (
    select distinct on (area_id) * from matching_setting where area_path @> ${path} order by area_id, version desc
  ) latest
  where latest.weights is not null order by nlevel(latest.area_path) desc limit 1)`

/** How the office of an area matches. */
export async function settingsOf(tx: Tx, areaPath: string): Promise<Settings> {
  const [set] = await tx.$queryRawUnsafe<Settings[]>(`select weights, guards from ${holdingAt('$1::ltree')} held`, areaPath)
  return { weights: { ...WEIGHTS, ...set?.weights }, guards: { ...GUARDS, ...set?.guards } }
}

/** The settings that stand, and in their place those that are chosen. @throws InvalidInput */
export function choose(standing: Settings, { weights, guards }: Chosen): Settings {
  return { weights: chosen(standing.weights, weights, 'weights', BOUNDS.points), guards: chosen(standing.guards, guards, 'guards', BOUNDS.months) }
}

function chosen<T extends object>(standing: T, given: Partial<T> | null | undefined, field: string, bound: Bound): T {
  const settings = Object.fromEntries(Object.entries({ ...standing, ...given }).map(([name, value]) => [name, value ?? standing[name as keyof T]])) as T
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === 'number') mustBeWithin(value, bound, `${field}.${name}`, 'OUT_OF_RANGE', { vi: 'Số này', en: 'This number' })
  }
  return settings
}

/** Keeps what the office chose as its next version; what it left out stays as it stands there. */
export async function changeMatchingSettings(hub: Hub, input: Chosen & { areaId: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'changeMatchingSettings', key: idempotencyKey, input: asked }, async (tx) => {
    const { areaId, path, latest } = await see(hub, tx, input.areaId)
    const { weights, guards } = choose(await settingsOf(tx, path), input)
    return write(hub, tx, { areaId, version: latest + 1, weights, guards, returnsTo: null })
  })
}

/** Goes back to an earlier version, as a new one; 0 is to whatever holds in the area above. */
export async function returnToMatchingSettings(hub: Hub, input: { areaId: string; version: number; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'returnToMatchingSettings', key: idempotencyKey, input: asked }, async (tx) => {
    const { areaId, latest } = await see(hub, tx, input.areaId)
    if (input.version < 0 || input.version >= latest) {
      throw invalid('version', 'NO_SUCH_VERSION', 'Chỉ quay lại được một bản trước bản đang dùng.', 'Only a version before the one that holds can be returned to.')
    }
    const [earlier] = await tx.$queryRaw<Partial<Settings>[]>`select weights, guards from matching_setting where area_id = ${areaId} and version = ${input.version}`
    return write(hub, tx, { areaId, version: latest + 1, weights: earlier?.weights ?? null, guards: earlier?.guards ?? null, returnsTo: input.version })
  })
}

/** @throws NotFound, Forbidden */
async function see(hub: Hub, tx: Tx, id: string): Promise<{ areaId: string; path: string; latest: number }> {
  const areaId = keyOf('Area', id, 'areaId')
  const [area] = await tx.$queryRaw<{ path: string; latest: number }[]>`
    select path::text as path, (select coalesce(max(version), 0)::int from matching_setting where area_id = ${areaId}) as latest from area where id = ${areaId}`
  if (!area) throw notFound('địa bàn này', 'this area')
  mustBeAllowed(hub.viewer, 'match.set', { areaPath: area.path })
  return { areaId, ...area }
}

interface Version {
  areaId: string
  version: number
  weights: Weights | null
  guards: Guards | null
  returnsTo: number | null
}

/** @throws Conflict when a colleague was faster */
async function write(hub: Hub, tx: Tx, { areaId, version, weights, guards, returnsTo }: Version): Promise<Answer> {
  const written = await tx.$executeRaw`
    insert into matching_setting (area_id, version, weights, guards, returns_to, changed_by)
    values (${areaId}, ${version}, ${json(weights)}::jsonb, ${json(guards)}::jsonb, ${returnsTo}, ${hub.viewer.accountId}::uuid)
    on conflict (area_id, version) do nothing`
  if (written === 0) throw conflict('CHANGED_MEANWHILE', 'Người khác vừa đổi thiết lập của cơ quan. Hãy tải lại rồi xem.', "Someone else has just changed the office's settings. Reload and look.")
  return { areaId }
}

const json = (value: object | null) => (value === null ? null : JSON.stringify(value))
