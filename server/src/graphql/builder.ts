// The one schema builder: scalars, problems, and how a root field declares who may use it.
import SchemaBuilder from '@pothos/core'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { GraphQLError } from 'graphql'
import { type Action, may, notAllowed } from '../access/policy.ts'
import { isPosition } from '../events/cursor.ts'
import { isDay } from '../platform/day.ts'
import type { Failure } from '../platform/failure.ts'
import type { Context } from './context.ts'
import { pick } from './read.ts'
import { failureExtensions, sentenceIn } from './translate.ts'

export interface SchemaTypes {
  Context: Context
  DefaultFieldNullability: false
  DefaultInputFieldRequiredness: true
  AuthScopes: { may: Action }
  Scalars: {
    ID: { Input: string; Output: string }
    VND: { Input: bigint; Output: string }
    Quantity: { Input: bigint; Output: string }
    Date: { Input: string; Output: string }
    DateTime: { Input: string; Output: string }
    Cursor: { Input: string; Output: string }
  }
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  scopeAuth: {
    authorizeOnSubscribe: true,
    runScopesOnType: true,
    authScopes: (context) => ({ may: (action) => may(context.hub.viewer, action) }),
    unauthorizedError: (_parent, context) => {
      const failure = notAllowed(context.hub.viewer)
      return new GraphQLError(sentenceIn(context.language, failure.sentence), { extensions: failureExtensions(failure) })
    },
  },
})

builder.queryType({ description: 'Everything that can be read; each answer holds only what the viewer may see.' })
builder.mutationType({
  description:
    'Each mutation is one thing a person does, in one transaction. An expected failure comes back as `problem`, with nothing written. ' +
    'One mutation a request.',
})
builder.subscriptionType({ description: 'Events as they happen, over graphql-transport-ws.' })

const decimal = (name: string, description: string) =>
  builder.scalarType(name as 'VND', {
    description,
    serialize: (value) => String(value),
    parseValue: (value) => {
      if (typeof value !== 'string' || !/^-?(0|[1-9]\d{0,17})$/.test(value)) {
        throw new GraphQLError(`${name}: cần một số nguyên viết dạng chuỗi, chỉ gồm chữ số, ví dụ "5000000" / needs a whole number as a string of digits alone, for instance "5000000"`, {
          extensions: { code: 'BAD_USER_INPUT' },
        })
      }
      return BigInt(value)
    },
  })
decimal('VND', 'Vietnamese đồng, a whole number as a string: `"123456789012"`. Never a JSON number, which would lose đồng.')
decimal('Quantity', 'A whole number as a string, in the unit of its kind of support: VND for capital, head for livestock, seat for training.')

const matching = (name: 'Date' | 'DateTime' | 'Cursor', example: string, description: string, valid: (text: string) => boolean) =>
  builder.scalarType(name, {
    description,
    serialize: (value) => value,
    parseValue: (value) => {
      if (typeof value !== 'string' || !valid(value)) {
        const [vi, en] = name === 'Date' ? ['một ngày có thật trong các năm 1900–2200, ', 'a real day of the years 1900–2200, '] : ['', '']
        throw new GraphQLError(`${name}: ${vi}ví dụ / ${en}for instance "${example}"`, { extensions: { code: 'BAD_USER_INPUT' } })
      }
      return value
    },
  })
matching('Date', '2026-11-22', 'A calendar day in Viet Nam, `YYYY-MM-DD`, from 1900 to 2200.', isDay)
matching('DateTime', '2026-11-22T03:00:00.000Z', 'An instant in UTC, ISO 8601, from 1900 to 2200.', (text) => /^.{10}T[\d:.]+Z$/.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)))
matching('Cursor', '812.4031', 'A place in the feed of events. Keep the last one you saw and give it as `after` to go on from there.', isPosition)

export const Language = builder.enumType('Language', { description: 'vi: Vietnamese. en: English.', values: ['vi', 'en'] as const })

/** The interface of expected failures, and its five kinds. */
export const Problem = builder.interfaceRef<Failure>('Problem').implement({
  description: 'Why a mutation changed nothing, in words that a person can act on.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; programs may switch on it.' }),
    message: t.string({
      description: "The sentence in the language asked for, or else in the request's language.",
      args: { in: t.arg({ type: Language, required: false }) },
      resolve: (failure, args, context) => sentenceIn(args.in ?? context.language, failure.sentence),
    }),
  }),
  resolveType: (failure) => failure.kind,
})
const problemOf = (kind: Failure['kind'], description: string) =>
  builder.objectRef<Failure>(kind).implement({ description, interfaces: [Problem] })
builder.objectRef<Failure>('InvalidInput').implement({
  description: 'Something in the input is wrong.',
  interfaces: [Problem],
  fields: (t) => ({ field: t.exposeString('field', { nullable: true, description: 'The path of the input field, for instance `lines.0.quantity`.' }) }),
})
problemOf('NotFound', 'It does not exist, or the viewer may not see it: the two are not told apart.')
problemOf('Forbidden', 'The viewer may see it but may not do this to it.')
problemOf('Conflict', 'It was changed meanwhile, or its state does not allow this; the message says who or what was first.')
builder.objectRef<Failure>('Limited').implement({
  description: 'Too many attempts.',
  interfaces: [Problem],
  fields: (t) => ({ retryAfterSeconds: t.exposeInt('retryAfterSeconds', { nullable: true, description: 'Seconds to wait.' }) }),
})

export const PageInfo = builder.objectRef<any>('PageInfo').implement({
  description: 'Where a page ends and whether more follows.',
  fields: (t) => ({
    hasNextPage: t.boolean({ resolve: pick }),
    hasPreviousPage: t.boolean({ resolve: pick }),
    startCursor: t.string({ nullable: true, resolve: pick }),
    endCursor: t.string({ nullable: true, resolve: pick }),
  }),
})
