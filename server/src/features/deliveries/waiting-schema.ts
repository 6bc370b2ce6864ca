// What a line waits for, in the API: the facts that the rules need are fetched with the line, the rules say whose step it is.
import { visibility } from '../../access/visibility.ts'
import { builder } from '../../graphql/builder.ts'
import type { Row } from '../../graphql/define.ts'
import { needs } from '../../graphql/read.ts'
import { dayInVietNam } from '../../platform/day.ts'
import { PledgeLine } from '../pledges/schema.ts'
import { type LineStanding, type Waiting, waitingFor } from './waiting.ts'

const WaitingStep = builder.enumType('WaitingStep', {
  description: 'What has to be done, and by whom.',
  values: {
    VERIFY: { description: 'The office verifies the pledge.' },
    ALLOCATE: { description: 'The office matches it with a need.' },
    HAND_OVER: { description: 'Giver and office hand it over before a witness.' },
    CONFIRM: { description: 'The household says what arrived.' },
    LOOK_INTO: { description: 'The office looks into what did not arrive, or not as it should.' },
    SETTLE: { description: 'The office accounts for what arrived.' },
  } as const,
})

const WaitingType = builder.objectRef<Waiting>('Waiting').implement({
  description: 'Something that a line waits for.',
  fields: (t) => ({
    step: t.field({ type: WaitingStep, resolve: ({ step }) => step }),
    quantity: t.field({ type: 'Quantity', description: 'Of how much.', resolve: ({ quantity }) => quantity.toString() }),
    since: t.field({ type: 'Date', resolve: ({ since }) => since }),
    days: t.int({ description: 'From `since` to today.', resolve: ({ days }) => days }),
    by: t.field({ type: 'Date', nullable: true, description: 'The last day; null where none is set.', resolve: ({ by }) => by }),
    isLate: t.boolean({ description: 'The last day has passed.', resolve: ({ isLate }) => isLate }),
  }),
})

const onDay = (instant: string) => `(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`

builder.objectFields(PledgeLine, (t) => ({
  waitsFor: t.field({
    type: [WaitingType], description: 'What has to be done for it now, the first step first; for the giver and the offices.',
    ...needs({
      standing: (row) => `case when ${visibility.line_fact(row)} then (
        select json_build_object('state', pledge.state, 'registeredOn', ${onDay('pledge.registered_at')}, 'verifiedOn', ${onDay('pledge.verified_at')}, 'expectedOn', pledge.expected_on,
          'promised', ${row}.promised::text, 'allocated', ${row}.allocated::text, 'received', ${row}.received::text, 'settled', ${row}.settled::text,
          'releasedOn', (select max(${onDay('line_fact.at')}) from line_fact where line_fact.line_id = ${row}.id and line_fact.stage = 'ALLOCATED' and line_fact.amount < 0),
          'allocations', (select coalesce(json_agg(json_build_object('decidedOn', ${onDay('allocation.decided_at')}, 'allocated', allocation.allocated::text, 'dispatched', allocation.dispatched::text)), '[]'::json)
            from allocation where allocation.line_id = ${row}.id),
          'deliveries', (select coalesce(json_agg(json_build_object('quantity', (delivery.quantity - delivery.taken_back)::text, 'dispatchedOn', ${onDay('delivery.dispatched_at')}, 'confirmBy', delivery.confirm_by, 'answer', delivery.answer,
              'received', delivery.received::text, 'answeredOn', (select max(${onDay('receipt.at')}) from receipt where receipt.delivery_id = delivery.id),
              'lookedIntoSince', ${onDay('looked.since')}, 'lookedIntoBy', looked.by_day)), '[]'::json)
            from allocation join delivery on delivery.allocation_id = allocation.id, lateral looked_into(delivery.id) looked where allocation.line_id = ${row}.id))
        from pledge where pledge.id = ${row}.pledge_id) end`,
    }),
    resolve: (row: Row) => (row._standing ? waitingFor(standingOf(row._standing), dayInVietNam()) : []),
  }),
}))

const counted = (row: any, ...fields: string[]) => ({ ...row, ...Object.fromEntries(fields.map((field) => [field, BigInt(row[field])])) })

const standingOf = (standing: any): LineStanding => ({
  ...counted(standing, 'promised', 'allocated', 'received', 'settled'),
  allocations: standing.allocations.map((allocation: any) => counted(allocation, 'allocated', 'dispatched')),
  deliveries: standing.deliveries.map((delivery: any) => counted(delivery, 'quantity', 'received')),
})
