// A world built by walking: people sign in and do what people do, through the API, on the demonstration's areas and households.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { DEMO_PASSWORD } from '../../server/src/demo/accounts.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Asked, type Overrides, type TestApp, graphql, startApp } from './app.ts'

/** Someone with a session; asks as themselves. */
export interface Actor {
  cookie: string | null
  /** Asks, and fails the test on any error. */
  ask(query: string, variables?: Record<string, unknown>): Promise<any>
  /** Asks and returns whatever came. */
  try(query: string, variables?: Record<string, unknown>): Promise<Asked>
  /** Runs a mutation `name(input: NameInput!)`; returns the payload. Gives the input a key of its own unless it has one. */
  do(name: string, input: Record<string, unknown>, selection: string): Promise<any>
}

export interface World extends TestApp {
  visitor: Actor
  signIn(login: string): Promise<Actor>
  /** The owner's connection, for looking at what is stored. */
  owner: pg.Client
  end(): Promise<void>
}

const problem = 'problem { __typename code message ... on InvalidInput { field } }'

export async function startWorld(overrides: Overrides = {}): Promise<World> {
  const app = await startApp(overrides)
  const owner = new pg.Client({ connectionString: app.database.ownerUrl })
  await owner.connect()

  const { visitor, signIn } = actorsOf(app, (name, selection) => `mutation($input: ${name[0]!.toUpperCase() + name.slice(1)}Input!) { ${name}(input: $input) { ${selection} ${problem} } }`)
  return {
    ...app,
    owner,
    visitor,
    signIn: (login) => signIn(login, DEMO_PASSWORD),
    async end() {
      await owner.end()
      await app.stop()
    },
  }
}

/** Who can ask a hub, by the document that runs a mutation. */
export function actorsOf(hub: { url: string }, documentOf: (mutation: string, selection: string) => string) {
  function actor(cookie: string | null): Actor {
    const attempt = (query: string, variables = {}) => graphql(hub, query, variables, { cookie, language: 'en' })
    const ask = async (query: string, variables = {}) => {
      const { data, errors } = await attempt(query, variables)
      if (errors) throw new Error(errors.map((error) => `${error.message} ${JSON.stringify(error.extensions)}`).join('; '))
      return data
    }
    return {
      cookie,
      ask,
      try: attempt,
      async do(name, input, selection) {
        const keyed = 'idempotencyKey' in input || UNKEYED.has(name) ? input : { ...input, idempotencyKey: randomUUID() }
        return (await ask(documentOf(name, selection), { input: keyed }))[name]
      },
    }
  }
  return {
    visitor: actor(null),
    async signIn(login: string, password: string): Promise<Actor> {
      const { data, errors, cookie } = await graphql(hub, documentOf('signIn', ''), { input: { login, password } })
      if (errors || data.signIn.problem || !cookie) throw new Error(`${login} could not sign in: ${JSON.stringify(errors ?? data)}`)
      return actor(cookie)
    },
  }
}

const UNKEYED = new Set(['signIn', 'revokeSession', 'changePassword'])

/** What posts, and a promise to buy produce, cannot go without. */
const termsOf = ({ kind }: { kind: string }, areaId: string) => ({
  ...(kind === 'JOB' && { post: { areaId, skillsWanted: [], skillsTaught: ['May công nghiệp'], wage: '6500000', startsOn: dayInVietNam() } }),
  ...(kind === 'OFFTAKE' && { agreement: { product: 'Khoai tây', seasonFrom: dayInVietNam(), seasonTo: later(dayInVietNam(), { months: 3 }), floorPrice: '8000' } }),
})

/** A pledge by a signed-in donor or a visitor, on ordinary terms; returns the pledge with its lines and the follow code. */
export async function pledged(giver: Actor, what: { areaId: string; lines: { kind: string; quantity: string; detail?: string; post?: object; agreement?: object }[]; anonymous?: boolean; partyId?: string; idempotencyKey?: string }) {
  const { pledge, problem } = await giver.do('makePledge', {
    anonymous: false,
    expectedOn: later(dayInVietNam(), { days: 7 }),
    ...(what.partyId ? {} : { party: { kind: 'BUSINESS', name: 'Hợp tác xã Thử Nghiệm' } }),
    ...what,
    lines: what.lines.map((line) => ({ ...termsOf(line, what.areaId), ...line })),
  }, 'pledge { id followCode transferCode version state lines { id kind { code } quantities { promised allocated } } }')
  if (problem) throw new Error(problem.message)
  return { ...pledge, code: pledge.followCode } as { id: string; version: number; code: string; transferCode: string; state: string; lines: { id: string; kind: { code: string } }[] }
}

/** The same, verified by an officer of the area. */
export async function verified(officer: Actor, pledge: { id: string; version: number }) {
  const { problem } = await officer.do('verifyPledge', { pledgeId: pledge.id, version: pledge.version }, 'pledge { state }')
  if (problem) throw new Error(problem.message)
}
