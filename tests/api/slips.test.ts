// A household's slip: issuing it, its PIN, its device, and what guesses cost.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { resolveViewer } from '../../server/src/features/identity/sessions.ts'
import { type OpenedSlip, issueSlip, openSlip, viewerOfSlip } from '../../server/src/features/identity/slips.ts'
import { admin, ask, db, failureOf, household, hubOf, newOfficer, owner, settle, useDoor } from '../support/door.ts'

useDoor()

describe('a slip', () => {
  const headOf = async (area: string) => {
    const { login, oneTimePassword } = await newOfficer('HAMLET_HEAD', area)
    return settle(login, oneTimePassword)
  }
  let head: string
  beforeAll(async () => {
    head = await headOf('x3')
  })
  const issue = async () => {
    const { answer } = await ask('issue-slip', { householdId: `Household:${household}`, idempotencyKey: randomUUID() }, head)
    return answer.code as string
  }
  const open = (code: string, more: { deviceToken?: string; pin?: string; network?: string } = {}) =>
    openSlip(hubOf(), { code, deviceToken: null, pin: null, network: '203.0.113.1', ...more })
  const opened = (result: OpenedSlip) => {
    if (result.step !== 'open') throw new Error(`asked to ${result.step}`)
    return result
  }

  it('is issued once by the office of the household, printed in groups and as an address', async () => {
    const input = { householdId: `Household:${household}`, idempotencyKey: randomUUID() }
    const { answer } = await ask('issue-slip', input, head)
    expect(answer.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    expect(answer.url).toBe(`https://hub.example/h/${answer.code.replaceAll('-', '')}`)
    expect((await ask('issue-slip', input, head)).answer).toEqual({ code: null, url: null, problem: null })
    const elsewhere = await headOf('x4')
    expect((await ask('issue-slip', { ...input, idempotencyKey: randomUUID() }, elsewhere)).problem.__typename).toBe('NotFound')
  })

  it('is not issued by whoever may merely see the household', async () => {
    const { login, oneTimePassword, accountId } = await newOfficer('HAMLET_HEAD', 'x4')
    await ask('grant-role', { accountId, role: 'HOUSEHOLD', householdId: `Household:${household}`, idempotencyKey: randomUUID() }, admin)
    const { problem } = await ask('issue-slip', { householdId: `Household:${household}`, idempotencyKey: randomUUID() }, await settle(login, oneTimePassword))
    expect(problem).toMatchObject({ __typename: 'Forbidden', code: 'NOT_ALLOWED' })
  })

  it('asks for a PIN at its first use, and opens nothing but its household', async () => {
    const code = await issue()
    expect(await open(code)).toMatchObject({ step: 'choosePin', code: code.replaceAll('-', '') })
    expect((await failureOf(open(code, { pin: '123456' }))).code).toBe('WEAK_PIN')
    const { viewer, deviceToken } = opened(await open(code, { pin: '40 17 36' }))
    expect(viewer).toMatchObject({ accountId: null, households: [household], offices: [], slipId: expect.any(String) })
    expect(await viewerOfSlip(hubOf(), { code: code.toLowerCase().replaceAll('-', ' '), deviceToken })).toEqual(viewer)
    expect(await viewerOfSlip(hubOf(), { code, deviceToken: 'x'.repeat(43) })).toBeNull()
    expect(await open(code, { deviceToken })).toMatchObject({ step: 'open', code: code.replaceAll('-', ''), viewer, deviceToken })
  })

  it('asks another device for the PIN, and then knows that device instead', async () => {
    const code = await issue()
    const first = opened(await open(code, { pin: '401736' }))
    expect(await open(code)).toMatchObject({ step: 'givePin' })
    expect((await failureOf(open(code, { pin: '401737' }))).code).toBe('WRONG_PIN')
    const second = opened(await open(code, { pin: '401736' }))
    expect(await viewerOfSlip(hubOf(), { code, deviceToken: second.deviceToken })).not.toBeNull()
    expect(await viewerOfSlip(hubOf(), { code, deviceToken: first.deviceToken })).toBeNull()
  })

  it('keeps the token of a telephone that opens the slips of several households', async () => {
    const first = opened(await open(await issue(), { pin: '401736' }))
    expect(opened(await open(await issue(), { pin: '401736', deviceToken: first.deviceToken })).deviceToken).toBe(first.deviceToken)
  })

  it('pauses the network that guesses, and never the household on its own device', async () => {
    const code = await issue()
    const { deviceToken } = opened(await open(code, { pin: '401736' }))
    const guess = (pin: string, network: string) => failureOf(open(code, { pin, network }))
    for (let i = 0; i < 5; i++) expect((await guess(`50000${i}`, '203.0.113.9')).code).toBe('WRONG_PIN')
    expect((await guess('401736', '203.0.113.9')).kind).toBe('Limited')
    expect((await open(code, { deviceToken, network: '203.0.113.9' })).step).toBe('open')
    expect((await guess('500005', '203.0.113.10')).code).toBe('WRONG_PIN')
    const many = await Promise.all(Array.from({ length: 60 }, (_, i) => guess('500006', `198.51.100.${i}`)))
    expect(many.filter((failure) => failure.code === 'WRONG_PIN')).toHaveLength(44)
    expect((await open(code, { deviceToken })).step).toBe('open')
  })

  it('waits for its PIN in networks where it was never opened, and not where it was, once strangers guessed fifty times', async () => {
    const code = await issue()
    opened(await open(code, { pin: '401736' }))
    opened(await open(code, { pin: '401736', network: '203.0.113.20' })) // another device: from now on a known network
    for (let i = 0; i < 50; i++) expect((await failureOf(open(code, { pin: '500006', network: `198.51.101.${i}` }))).code).toBe('WRONG_PIN')
    const stranger = await failureOf(open(code, { pin: '401736', network: '198.51.101.200' }))
    expect(stranger).toMatchObject({ kind: 'Limited', sentence: { vi: expect.stringContaining('7 ngày'), en: expect.stringContaining('7 days') } })
    expect((await open(code, { pin: '401736', network: '203.0.113.20' })).step).toBe('open')
    // A new paper ends the wait at once.
    expect((await open(await issue(), { network: '198.51.101.200' })).step).toBe('choosePin')
  })

  it('is opened by who holds it, whatever a stranger tried in the same network', async () => {
    const code = await issue()
    for (let i = 0; i < 30; i++) await failureOf(open('ABCD-EFGH-JKMN', { network: '203.0.113.88' }))
    expect((await failureOf(open('ABCD-EFGH-JKMN', { network: '203.0.113.88' }))).kind).toBe('Limited')
    expect((await open(code, { network: '203.0.113.88' })).step).toBe('choosePin')
  })

  it.each([
    ['full-width', (code: string) => code.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))],
    ['as its address', (code: string) => `https://hub.example/h/${code.replaceAll('-', '')}`], ['behind its label', (code: string) => `Mã phiếu: ${code.toLowerCase()}`],
    ['with đ for dd and a zero-width space', (code: string) => `\u200b${code.replaceAll('DD', 'đ').toLowerCase()}`],
  ])('is opened by its code %s', async (_how, typed) => {
    const code = await issue()
    expect(await open(typed(code))).toMatchObject({ step: 'choosePin', code: code.replaceAll('-', '') })
  })

  it('that is unknown is not found, and few may be tried from one network', async () => {
    const tries = []
    for (let i = 0; i < 31; i++) tries.push((await failureOf(open(i % 2 ? 'ABCD-EFGH-JKMN' : 'not a code', { network: '203.0.113.77' }))).kind)
    expect(tries).toEqual([...Array(30).fill('NotFound'), 'Limited'])
  })

  it('is void once another was issued', async () => {
    const code = await issue()
    const { deviceToken } = opened(await open(code, { pin: '401736' }))
    await issue()
    expect((await failureOf(open(code, { deviceToken }))).kind).toBe('NotFound')
    expect(await viewerOfSlip(hubOf(), { code, deviceToken })).toBeNull()
  })

  it('has one valid paper, also when two are issued at once', async () => {
    const code = await issue()
    const viewer = await resolveViewer(db, head)
    // Both are held up by the earlier slip, so that neither can have finished before the other began.
    await owner.query('begin')
    await owner.query('select from slip where household_id = $1 and revoked_at is null for update', [household])
    const both = [1, 2].map(() => issueSlip(hubOf(viewer), { householdId: `Household:${household}`, idempotencyKey: randomUUID() }))
    const waiting = `select from pg_locks where not granted and pid in (
      select pid from pg_locks where locktype = 'relation' and database = (select oid from pg_database where datname = current_database()))`
    await vi.waitFor(async () => expect((await owner.query(waiting)).rowCount).toBe(2), { timeout: 5_000, interval: 10 })
      .finally(() => owner.query('commit'))
    await Promise.all(both)
    expect((await owner.query('select from slip where household_id = $1 and revoked_at is null', [household])).rowCount).toBe(1)
    expect((await failureOf(open(code))).kind).toBe('NotFound')
  })

  it('belongs to the first of two devices that open it at once', async () => {
    const code = await issue()
    const both = await Promise.allSettled(['401736', '730164'].map((pin) => open(code, { pin })))
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    // Whoever comes so late that the PIN is already chosen is asked for it.
    expect(['SLIP_JUST_USED', 'WRONG_PIN']).toContain(both.find((result) => result.status === 'rejected')?.reason.code)
  })
})
