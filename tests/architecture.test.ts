// What the house promises about itself: imports point one way, every root field says who may use it, every list ends.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type GraphQLNamedType, type GraphQLObjectType, Kind, getNamedType, getNullableType, isListType, isObjectType, parse, printSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { PARTS } from '../client/src/graphql/cache.ts'
import type { Read } from '../server/src/graphql/read.ts'
import { schema } from '../server/src/schema.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('generated/'))

/** [importing file, imported file], both relative to the root; type-only imports count, too. */
const importsIn = (folder: string): [string, string][] =>
  filesIn(folder).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import|import\()\s*'(\.{1,2}\/[^']+)'/g)].map(
      ([, target]) => [file, relative(root, resolve(root, dirname(file), target!))] as [string, string]))

describe('imports on the server', () => {
  const FEATURES = ['identity', 'areas', 'households', 'pledges', 'matching', 'deliveries', 'outcomes', 'giving-years', 'herds', 'adoptions', 'plans', 'activity']
  const LAYERS = ['platform', 'access', 'events', 'graphql', 'features', 'pages', 'demo', 'top']
  const layerOf = (file: string) => {
    const [, , first, second] = file.split('/')
    return second === undefined ? 'top' : first!
  }
  // The commands' transaction and the readers of the feed name each other's types; both are the middle of the house.
  const MIDDLE = new Set(['access', 'events', 'graphql'])
  const featureOf = (file: string) => /^server\/src\/features\/([^/]+)\//.exec(file)?.[1]

  const edges = importsIn('server/src').filter(([, to]) => to.startsWith('server/src/') && !to.includes('generated/'))

  it('go from the outer layers to the inner ones only', () => {
    const wrong = edges.filter(([from, to]) => {
      const [a, b] = [layerOf(from), layerOf(to)]
      return LAYERS.indexOf(a) < LAYERS.indexOf(b) && !(MIDDLE.has(a) && MIDDLE.has(b))
    })
    expect(wrong).toEqual([])
  })

  it('go from later features to earlier ones only', () => {
    const wrong = edges.filter(([from, to]) => {
      const [a, b] = [featureOf(from), featureOf(to)]
      return a && b && a !== b && FEATURES.indexOf(a) < FEATURES.indexOf(b)
    })
    expect(wrong).toEqual([])
  })

  it('know every feature', () => {
    expect(readdirSync(join(root, 'server/src/features')).sort()).toEqual([...FEATURES].sort())
  })

  it('of rules stay clear of the database, of GraphQL and of commands', () => {
    const wrong = edges.filter(([from, to]) => /\/rules\.ts$/.test(from) && /\/(commands|queries|schema|db|hub)\.ts$|\/graphql\/|\/events\//.test(to))
    expect(wrong).toEqual([])
  })

  it('of commands stay clear of the schema', () => {
    const wrong = edges.filter(([from, to]) => /\/(commands|queries)\.ts$/.test(from) && /\/schema\.ts$/.test(to))
    expect(wrong).toEqual([])
  })

  it('of the platform know no word of the domain', () => {
    const words = /\b(pledge|household|hamlet|allocation|donor|poverty|livestock)s?\b/i
    const speaking = filesIn('server/src/platform').filter((file) => words.test(readFileSync(join(root, file), 'utf8').replaceAll(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '')))
    expect(speaking).toEqual([])
  })
})

describe('imports of what server and client both run', () => {
  it('stay in common/, but for packages', () => {
    expect(importsIn('common').filter(([, to]) => !to.startsWith('common/'))).toEqual([])
  })
  it('lead into common/ from both sides, and nowhere else', () => {
    const across = [...importsIn('server/src'), ...importsIn('client/src')].filter(([from, to]) => to.split('/')[0] !== from.split('/')[0]).map(([, to]) => to.split('/')[0])
    expect([...new Set(across)]).toEqual(['common'])
  })
})

describe('imports in the client', () => {
  const edges = importsIn('client/src')
  it('of ui know neither GraphQL nor features', () => {
    expect(edges.filter(([from, to]) => from.startsWith('client/src/ui/') && /^client\/src\/(graphql|features|pages|shell)\//.test(to))).toEqual([])
  })
  it('of graphql know no feature', () => {
    expect(edges.filter(([from, to]) => from.startsWith('client/src/graphql/') && /^client\/src\/(features|pages|shell)\//.test(to))).toEqual([])
  })
  it('never reach into the server', () => {
    expect(edges.filter(([, to]) => to.startsWith('server/'))).toEqual([])
  })
})

describe('the schema', () => {
  const objects = Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!]
  const fields = objects.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field, name: `${type.name}.${field.name}` })))

  it('declares for each root field who may use it', () => {
    const undeclared = roots.flatMap((type) => Object.values(type.getFields())
      .filter((field) => !(field.extensions.pothosOptions as { authScopes?: { may?: string } } | undefined)?.authScopes?.may)
      .map((field) => `${type.name}.${field.name}`))
    expect(undeclared).toEqual([])
  })

  it('has no list without an end', () => {
    const unbounded = fields.filter(({ type, field }) => {
      if (!isListType(getNullableType(field.type))) return false
      if (type.name.endsWith('Connection')) return false
      const read = field.extensions.read as Read | undefined
      if (read?.kind === 'many') return read.limit > 500
      return !BOUNDED.has(`${type.name}.${field.name}`)
    })
    expect(unbounded.map(({ name }) => name)).toEqual([])
  })

  it('describes everything that is not plain from its name', () => {
    const mute = [...objects.filter((type) => !type.description), ...roots.flatMap((type) => Object.values(type.getFields()).filter((field) => !field.description))]
    expect(mute.map((silent) => silent.name)).toEqual([])
  })

  it('asks for an idempotency key wherever something is created or moved', () => {
    const unkeyed = Object.values(schema.getMutationType()!.getFields()).filter((field) => {
      const input = field.args.find((arg) => arg.name === 'input')
      const type = input && getNamedType(input.type) as GraphQLNamedType & { getFields(): Record<string, unknown> }
      return !(type && 'idempotencyKey' in type.getFields()) && !REPEATABLE.has(field.name)
    })
    expect(unkeyed.map((field) => field.name)).toEqual([])
  })

  it('is printed in schema/schema.graphql as it is (npm run generate)', () => {
    expect(readFileSync(join(root, 'schema/schema.graphql'), 'utf8')).toBe(`${printSchema(schema)}\n`)
  })

  it("is known to the client's cache: each type without an id is part of what it hangs on", () => {
    const parts = objects.filter((type) => !roots.includes(type) && !type.getFields().id && !type.name.endsWith('Payload')).map((type) => type.name)
    expect([...PARTS].sort()).toEqual(parts.sort())
  })

  it('has an example operation for each root field', () => {
    const used = new Set(readdirSync(join(root, 'schema/operations')).filter((file) => file.endsWith('.graphql')).flatMap((file) =>
      parse(readFileSync(join(root, 'schema/operations', file), 'utf8')).definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION
          ? definition.selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [`${definition.operation}.${selection.name.value}`] : []))
          : [])))
    const unused = roots.flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name.toLowerCase()}.${name}`)).filter((name) => !used.has(name))
    expect(unused).toEqual([])
  })
})

/** Lists that are short by nature, each with the reason. */
const BOUNDED = new Set([
  'Allocation.overridden', // at most one of each of the guards
  'Allocation.reasons', // at most one of each of the rules' reasons
  'JobPost.skillsTaught', // at most 5
  'JobPost.skillsWanted',
  'MatchingProposal.reasons',
  'PledgeLine.waitsFor', // at most one of each step
  'Suggestion.reasons',
  'Query.suggestions', // `first`, at most 50
  'SupportKind.answers', // causes and indicators of one kind: reference data
])

/** Mutations that do no more when they are repeated. */
const REPEATABLE = new Set(['signIn', 'signOut', 'signOutEverywhere', 'revokeSession', 'changePassword', 'revokeRole', 'resetPassword', 'disableAccount', 'enableAccount'])
