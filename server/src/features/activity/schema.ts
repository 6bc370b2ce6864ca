// The live feed in the API: what happened, as pages and as it happens, by area, by pledge or by party.
import { withPledges } from '../../access/viewer.ts'
import { Feed } from '../../events/feed.ts'
import { type Topic, whereOf } from '../../events/topic.ts'
import { builder } from '../../graphql/builder.ts'
import type { Context } from '../../graphql/context.ts'
import { type Row, connectionOf, keyOf, pageArgs } from '../../graphql/define.ts'
import { type Args, column, given, instant, one, page, rowless } from '../../graphql/read.ts'
import { Adoption } from '../adoptions/schema.ts'
import { pathOf } from '../areas/queries.ts'
import { Area } from '../areas/schema.ts'
import { Delivery, Task } from '../deliveries/schema.ts'
import { Household, SupportKind } from '../households/schema.ts'
import { Allocation } from '../matching/schema.ts'
import { Outcome } from '../outcomes/schema.ts'
import { Pledge, PledgeLine, pledgeOfCode } from '../pledges/schema.ts'

export const Event = builder.interfaceRef<Row>('Event').implement({
  description: 'Something that happened. Each viewer is shown only what they may see of it, decided anew for every event.',
  extensions: { table: 'event' },
  fields: (t) => ({
    id: t.id(column((row) => `'Event:' || ${row}.id`)),
    cursor: t.field({ type: 'Cursor', description: 'Its place in the feed.', ...column((row) => `${row}.xid::text || '.' || ${row}.id`) }),
    at: t.field({ type: 'DateTime', ...instant('at') }),
    area: t.field({ type: Area, description: 'Where.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.area_id` }) }),
  }),
  resolveType: (row) => row.__typename,
})

const pledge = (t: any) => t.field({ type: Pledge, nullable: true, description: 'Null where the viewer may not see it.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.pledge_id` }) })
const kind = (t: any) => t.field({ type: SupportKind, nullable: true, ...one({ where: (row, { parent }) => `${row}.code = ${parent}.kind_code` }) })
const quantity = (t: any) => t.field({ type: 'Quantity', nullable: true, description: "In the kind's unit.", ...column((row) => `${row}.quantity::text`) })
const line = (t: any) => t.field({ type: PledgeLine, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.line_id` }) })
const allocation = (t: any) => t.field({ type: Allocation, nullable: true, description: 'For both sides and the offices.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.allocation_id` }) })
const delivery = (t: any) => t.field({ type: Delivery, nullable: true, description: 'For both sides and the offices.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.delivery_id` }) })
const outcome = (t: any) => t.field({ type: Outcome, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.outcome_id` }) })
const household = (t: any) => t.field({ type: Household, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.household_id` }) })
const task = (t: any) => t.field({ type: Task, nullable: true, ...one({ where: (row, { parent }) => `${row}.id = ${parent}.task_id` }) })
const adoption = (t: any) => t.field({ type: Adoption, nullable: true, description: 'Null where the viewer may not see it.', ...one({ where: (row, { parent }) => `${row}.id = ${parent}.adoption_id` }) })

/** The kinds of event: their name, the value in the table, what they say, and what they carry. */
const eventType = (name: string, value: string, description: string, carries: Record<string, (t: any) => any>) =>
  builder.objectRef<Row>(name).implement({
    description,
    interfaces: [Event],
    extensions: { table: 'event', is: (row: string) => `${row}.type = '${value}'` },
    fields: (t) => Object.fromEntries(Object.entries(carries).map(([field, make]) => [field, make(t)])),
  })

eventType('PledgeMade', 'PLEDGE_MADE', 'A pledge was registered; it counts once verified.', { pledge })
eventType('PledgeVerified', 'PLEDGE_VERIFIED', 'The Front verified a pledge.', { pledge })
eventType('PledgeDeclined', 'PLEDGE_DECLINED', 'The Front declined a pledge.', { pledge })
eventType('PledgeAmended', 'PLEDGE_AMENDED', 'A line of a pledge was changed.', { pledge })
eventType('PledgeWithdrawn', 'PLEDGE_WITHDRAWN', 'The giver took back what was open.', { pledge })
eventType('PledgeLapsed', 'PLEDGE_LAPSED', 'What was open of a pledge lapsed.', { pledge })
eventType('LineAllocated', 'LINE_ALLOCATED', 'Part of a line was given to a need.', { pledge, line, allocation, kind, quantity })
eventType('AllocationReleased', 'ALLOCATION_RELEASED', 'An allocation was taken back before it was handed over.', { pledge, line, allocation, kind, quantity })
eventType('DeliveryDispatched', 'DELIVERY_DISPATCHED', 'Something was handed over, by the giving side\'s word.', { pledge, line, allocation, delivery, kind, quantity })
eventType('DeliveryTakenBack', 'DELIVERY_TAKEN_BACK', 'What did not arrive has come back, to be handed over again.', { pledge, line, allocation, delivery, kind, quantity })
eventType('ReceiptConfirmed', 'RECEIPT_CONFIRMED', 'The household said what it received.', { pledge, line, allocation, delivery, kind, quantity })
eventType('AllocationSettled', 'ALLOCATION_SETTLED', 'An allocation was accounted for and closed.', { pledge, line, allocation, kind, quantity })
eventType('OutcomeRecorded', 'OUTCOME_RECORDED', 'What became of it.', { pledge, line, allocation, outcome, kind, quantity })
eventType('NeedRaised', 'NEED_RAISED', 'A household needs something.', { household, kind, quantity })
eventType('HouseholdStatusRecorded', 'HOUSEHOLD_STATUS_RECORDED', 'A recognised status was recorded.', { household })
eventType('TaskOpened', 'TASK_OPENED', 'Someone has something to do.', { task, pledge, delivery })
eventType('TaskEscalated', 'TASK_ESCALATED', 'It stayed silent, and went to the office above.', { task, pledge, delivery })
eventType('TaskClosed', 'TASK_CLOSED', 'It was done.', { task, pledge, delivery })
eventType('AnimalHandedOn', 'ANIMAL_HANDED_ON', 'An animal of a herd came to the next household, by that household\'s word.', { pledge, line, allocation, outcome, kind, quantity })
eventType('AdoptionProposed', 'ADOPTION_PROPOSED', 'Someone offers to stand by an area; the office answers.', { adoption, kind })
eventType('AdoptionAccepted', 'ADOPTION_ACCEPTED', 'Someone stands by an area from now on.', { adoption, kind })
eventType('AdoptionDeclined', 'ADOPTION_DECLINED', 'An offer to stand by an area was declined.', { adoption, kind })
eventType('AdoptionEnded', 'ADOPTION_ENDED', 'An adoption ended.', { adoption, kind })
eventType('MatchingAnswered', 'MATCHING_ANSWERED', 'The best answer of a run of matching is there, or was given up.', {})
eventType('GuardOverridden', 'GUARD_OVERRIDDEN', 'A guard of the office was passed over; the allocation says which and why.', { pledge, line, allocation, household, kind, quantity })
eventType('ConsentRecorded', 'CONSENT_RECORDED', 'A household said what it allows.', { household })

const EventScope = builder.inputType('EventScope', {
  description: 'Which events: all that the viewer may see, or those that meet every condition given.',
  fields: (t) => ({
    area: t.id({ required: false, description: 'In this area or below it.' }),
    pledge: t.id({ required: false }),
    followCode: t.string({ required: false, description: 'Of the pledge with this follow code; no account needed.' }),
    party: t.id({ required: false, description: 'Of this party\'s pledges.' }),
  }),
})

/** What a scope says, without the place's path. @throws InvalidInput for an id of something else */
function topicOf({ scope }: Args): Topic {
  const { area, pledge: pledgeId, followCode, party } = scope ?? {}
  return {
    ...(area ? { area: { id: keyOf('Area', area, 'scope.area'), path: null } } : {}),
    ...(pledgeId ? { pledgeId: keyOf('Pledge', pledgeId, 'scope.pledge') } : {}),
    ...(followCode ? { byCode: true } : {}),
    ...(party ? { partyId: keyOf('Party', party, 'scope.party') } : {}),
  }
}

/** The same with the place's path, by which the relay's events are told apart. */
async function followedTopic(context: Context, args: Args): Promise<Topic> {
  const topic = topicOf(args)
  return topic.area ? { ...topic, area: { id: topic.area.id, path: await pathOf(context, topic.area.id) } } : topic
}

/** The viewer, widened by the follow code in the scope. */
async function viewerFor(context: Context, args: Args) {
  const code = args.scope?.followCode
  if (!code) return context.hub.viewer
  const id = await pledgeOfCode(context, code)
  return withPledges(context.hub.viewer, id ? [id] : [])
}

builder.queryField('events', (t) =>
  t.field({
    type: connectionOf(Event), authScopes: { may: 'public.read' }, description: 'What happened, newest first.',
    args: { ...pageArgs(t), scope: t.arg({ type: EventScope, required: false }) },
    ...page({
      isVolatile: true, // an event is shown once no older transaction is still writing
      where: (row, { args, bind }) => `${row}.xid < pg_snapshot_xmin(pg_current_snapshot()) and ${whereOf(topicOf(args))(row, bind)}`,
      order: [{ by: (row) => `${row}.xid`, type: 'xid8' }, { by: (row) => `${row}.id`, type: 'bigint' }],
      descending: true,
    }, viewerFor),
  }))

const HubInfo = builder.objectRef<Row>('Hub').implement({
  description: 'This hub.',
  fields: (t) => ({
    isDemonstration: t.boolean({ description: 'Its people and figures are invented.', ...given('boolean', ({ hub }) => hub.config.demo) }),
    contact: t.string({ description: 'How to reach the office that runs it.', ...given('text', ({ hub }) => hub.config.contact) }),
    feedCursor: t.field({
      type: 'Cursor',
      description: 'Ask for it together with what you show, and subscribe to `events` after it: nothing falls between.',
      // Known before the other root fields are read, so never ahead of what they can see.
      ...given('text', (context) => context.feedHead()),
    }),
  }),
})

builder.queryField('hub', (t) => t.field({ type: HubInfo, authScopes: { may: 'public.read' }, description: 'What this hub is.', ...rowless() }))

builder.subscriptionField('events', (t) =>
  t.field({
    type: Event, authScopes: { may: 'public.read' },
    description:
      'Events as they happen. Give the last cursor you saw as `after`, and what you missed comes first, without gap or double: ' +
      'through lost connections and restarts.',
    args: {
      scope: t.arg({ type: EventScope, required: false }),
      after: t.arg({ type: 'Cursor', required: false }),
    },
    subscribe: async (_root, args, context, info) => {
      const topic = await followedTopic(context, args)
      return new Feed({ topic, after: args.after ?? null, viewer: await viewerFor(context, args), info })
    },
    resolve: (row) => row as Row,
  }))
