// Which events somebody follows: said once for rows in SQL, and once for what the relay carries in memory.
import type { Viewer } from '../access/viewer.ts'
import type { Bind } from '../graphql/read.ts'

/** Every condition that is given must be met; without any, all that the viewer may see. */
export interface Topic {
  /** In this area or below it; `path` is null for an area that does not exist. */
  area?: { id: string; path: string | null }
  pledgeId?: string
  /** Of a pledge that the viewer holds a follow code of. */
  byCode?: boolean
  partyId?: string
}

/** What the relay knows of an event: enough to say whom it may concern, and nothing that it says. */
export interface Happened {
  cursor: string
  id: string
  audience: 'PUBLIC' | 'PARTIES' | 'OFFICE' | 'RIGHTS'
  /** Labels joined by dots, from the province down. */
  path: string
  pledgeId: string | null
  /** The giver, named or not. */
  partyId: string | null
}

const NAMED = `(not pledge.anonymous or pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[]))`

/** The condition on a row of `event`. */
export const whereOf = ({ area, pledgeId, byCode, partyId }: Topic) => (row: string, bind: Bind): string =>
  [
    area ? `${row}.area_path <@ (select path from area where id = ${bind(area.id)})` : 'true',
    pledgeId ? `${row}.pledge_id = ${bind(pledgeId)}::uuid` : 'true',
    byCode ? `${row}.pledge_id = any ((select viewer_pledges())::uuid[])` : 'true',
    // An anonymous pledge's events must not be found by its party.
    partyId
      ? `${row}.party_id = ${bind(partyId)}::uuid and exists (select 1 from pledge where pledge.id = ${row}.pledge_id and ${NAMED})`
      : 'true',
  ].join(' and ')

/** The same condition on what the relay carries, but for whether the viewer may know that it is this party that gives. */
export function concerns({ area, pledgeId, byCode, partyId }: Topic, viewer: Viewer, event: Happened): boolean {
  return (
    (!area || (area.path !== null && isWithin(event.path, area.path))) &&
    (!pledgeId || event.pledgeId === pledgeId) &&
    (!byCode || (event.pledgeId !== null && viewer.pledges.includes(event.pledgeId))) &&
    (!partyId || event.partyId === partyId)
  )
}

const isWithin = (path: string, above: string) => path === above || path.startsWith(`${above}.`)

export const keyOfTopic = (topic: Topic) => JSON.stringify([topic.area?.id, topic.pledgeId, topic.byCode, topic.partyId])
