// The terms of a line of posts, and of one that promises to buy produce: asked, checked, shown to whom the line is shown, and heard when it is matched.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../server/src/features/matching/optimal/batch.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { uuidOf } from '../support/matched.ts'
import { type Actor, type World, pledged, startWorld, verified } from '../support/world.ts'

let world: World
let officer: Actor
const area = 'Area:c06733'
const today = dayInVietNam()
const post = { areaId: 'Area:c06709', skillsWanted: ['Đọc bản vẽ'], skillsTaught: ['May công nghiệp', ' may  công nghiệp '], wage: '6500000', startsOn: later(today, { days: 30 }) }
const agreement = { product: 'Khoai tây', seasonFrom: today, seasonTo: later(today, { months: 4 }), floorPrice: '8000' }
const terms = 'lines { post { area { fullName } skillsWanted skillsTaught wage startsOn } agreement { product seasonFrom seasonTo floorPrice } }'

beforeAll(async () => {
  world = await startWorld()
  officer = await world.signIn('mattran.haininh')
})
afterAll(() => world?.end())

const refused = async (line: object) => (await world.visitor.do('makePledge', {
  party: { kind: 'BUSINESS', name: 'Xưởng Thử' }, anonymous: false, areaId: area, expectedOn: later(today, { days: 5 }), lines: [{ quantity: '3', ...line }] }, 'pledge { id }')).problem

describe('a line', () => {
  it.each([
    ['of posts without any terms', { kind: 'JOB' }, 'lines.0.post', 'TERMS_NEEDED'],
    ['to buy produce without any terms', { kind: 'OFFTAKE' }, 'lines.0.agreement', 'TERMS_NEEDED'],
    ['of goats with a wage', { kind: 'GOAT', post }, 'lines.0.post', 'OTHER_FAMILY'],
    ['of posts with a floor price', { kind: 'JOB', post, agreement }, 'lines.0.agreement', 'OTHER_FAMILY'],
    ['of posts in a place that is no more', { kind: 'JOB', post: { ...post, areaId: 'Area:p82_2025' } }, 'lines.0.post.areaId', 'ENDED_AREA'],
    ['of posts for next to nothing', { kind: 'JOB', post: { ...post, wage: '6500' } }, 'lines.0.post.wage', 'BAD_WAGE'],
    ['of posts that began yesterday', { kind: 'JOB', post: { ...post, startsOn: later(today, { days: -1 }) } }, 'lines.0.post.startsOn', 'BAD_DAY'],
    ['of posts that ask for too much', { kind: 'JOB', post: { ...post, skillsWanted: ['aa', 'bb', 'cc', 'dd', 'ee', 'ff'] } }, 'lines.0.post.skillsWanted', 'BAD_SKILLS'],
    ['to buy nothing by name', { kind: 'OFFTAKE', agreement: { ...agreement, product: ' ' } }, 'lines.0.agreement.product', 'BAD_PRODUCT'],
    ['to buy for no price', { kind: 'OFFTAKE', agreement: { ...agreement, floorPrice: '0' } }, 'lines.0.agreement.floorPrice', 'BAD_PRICE'],
    ['to buy in a season that is over', { kind: 'OFFTAKE', agreement: { ...agreement, seasonFrom: later(today, { months: -4 }), seasonTo: later(today, { days: -1 }) } }, 'lines.0.agreement.seasonTo', 'BAD_DAY'],
    ['to buy in a season that ends before it begins', { kind: 'OFFTAKE', agreement: { ...agreement, seasonFrom: later(today, { months: 5 }) } }, 'lines.0.agreement.seasonFrom', 'BAD_DAY'],
  ])('%s is refused', async (_name, line, field, code) => {
    expect(await refused(line)).toMatchObject({ __typename: 'InvalidInput', field, code, message: expect.stringMatching(/\w/) })
  })

  it('shows its terms to everyone once its pledge is verified, and to the giver and the office before', async () => {
    const pledge = await pledged(world.visitor, { areaId: area, lines: [{ kind: 'JOB', quantity: '3', post }, { kind: 'OFFTAKE', quantity: '900', agreement }] })
    const expected = {
      lines: [
        { post: { area: { fullName: 'Phường Móng Cái 2' }, skillsWanted: ['Đọc bản vẽ'], skillsTaught: ['May công nghiệp'], wage: '6500000', startsOn: post.startsOn }, agreement: null },
        { post: null, agreement },
      ],
    }
    const shown = async (actor: Actor) => (await actor.ask(`query($id: ID!) { pledge(id: $id) { ${terms} } }`, { id: pledge.id })).pledge
    const followed = await world.visitor.ask(`query($code: String!) { pledgeByCode(code: $code) { ${terms} } }`, { code: pledge.code })
    expect(followed.pledgeByCode).toEqual(expected)
    expect(await shown(officer)).toEqual(expected)
    expect(await shown(world.visitor)).toBeNull()
    await verified(officer, pledge)
    expect(await shown(world.visitor)).toEqual(expected)
  })

  it('of which the terms are kept cannot have them changed by the app', async () => {
    await expect(world.db.pool.query('update job_post set wage = 1')).rejects.toThrow(/permission denied/)
    await expect(world.db.pool.query('delete from purchase_agreement')).rejects.toThrow(/permission denied/)
  })
})

describe('matching', () => {
  it('says where the skill is what the household speaks of, and the work near by', async () => {
    const home = await helpedHousehold(world, officer, [])
    const reasonsOf = async (detail: string, offered: object) => {
      const { need } = await officer.do('raiseNeed', { householdId: home.householdId, kind: 'JOB', quantity: '1', urgency: 1, detail }, 'need { id version }')
      await officer.do('verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
      const pledge = await pledged(world.visitor, { areaId: area, lines: [{ kind: 'JOB', quantity: '1', post: { ...post, ...offered } }] })
      await verified(officer, pledge)
      const { suggestions } = await officer.ask('query($line: ID!) { suggestions(line: $line, first: 50) { need { id } reasons { code text } } }', { line: pledge.lines[0]!.id })
      const found = suggestions.find((suggestion: any) => suggestion.need.id === need.id)
      return found.reasons.map((reason: any) => reason.code).filter((code: string) => code === 'ANSWERS_WISH' || code === 'NEAR_WORK')
    }
    expect(await reasonsOf('Con gái muốn học: may cong nghiep, nếu được', {})).toEqual(['ANSWERS_WISH'])
    expect(await reasonsOf('Muốn đi làm gần nhà', { areaId: 'Area:h06733_002' })).toEqual(['NEAR_WORK'])
    expect(await reasonsOf('Muốn đi làm, nhà có trâu', { areaId: 'Area:p22', skillsTaught: ['Rau'] })).toEqual([])
  })

  it('in a batch says so of every proposal of which it is true, and of no other', async () => {
    const home = await helpedHousehold(world, officer, [])
    const { need } = await officer.do('raiseNeed', { householdId: home.householdId, kind: 'JOB', quantity: '4', urgency: 3, detail: 'Con gái muốn học: may cong nghiep' }, 'need { id version }')
    await officer.do('verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    const offered = async (more: object) => {
      const pledge = await pledged(world.visitor, { areaId: area, lines: [{ kind: 'JOB', quantity: '1', post: { ...post, ...more } }] })
      await verified(officer, pledge)
      return pledge.lines[0]!.id
    }
    const [near, far, anywhere] = [await offered({ areaId: 'Area:h06733_002', skillsTaught: ['Đan lát'] }), await offered({}), await offered({ areaId: 'Area:p22' })]
    const { run } = await officer.do('proposeMatches', { areaId: area }, 'run { id proposals(first: 100) { nodes { need { id } line { id } reasons { code } } } }')
    const { rows: [kept] } = await world.owner.query<{ inputs: Batch }>('select inputs from matching_run where id = $1', [uuidOf(run.id)])
    const wentIn = (id: string) => kept!.inputs.lines.find((line) => line.id === uuidOf(id))
    expect([near, far, anywhere].map(wentIn)).toMatchObject([
      { workplace: 'p22.c06733', terms: ['Đọc bản vẽ', 'Đan lát'], household: null }, { workplace: 'p22.c06709', terms: ['Đọc bản vẽ', 'May công nghiệp'] }, { workplace: null }])
    expect(kept!.inputs.needs.find(({ id }) => id === uuidOf(need.id))).toMatchObject({ speaksOf: ['May công nghiệp'] })

    const proposed = run.proposals.nodes.filter((proposal: any) => proposal.need.id === need.id)
    expect(proposed).not.toEqual([])
    for (const { line: { id }, reasons } of proposed) {
      const codes = reasons.map(({ code }: any) => code)
      const { terms, workplace } = wentIn(id)!
      expect([id, codes.includes('ANSWERS_WISH'), codes.includes('NEAR_WORK')]).toEqual([id, terms!.includes('May công nghiệp'), workplace === 'p22.c06733'])
    }
  })
})
