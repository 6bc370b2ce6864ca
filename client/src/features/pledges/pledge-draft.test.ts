// Writing a pledge: each question is checked before the next, answers survive, and the same answers sent twice are one pledge.
import { afterEach, describe, expect, test } from 'vitest'
import { draftIn, edited, emptyDraft, faultsOf, inputOf, keepDraft, keptDraft, placeOfField, type PledgeDraft, type Step, withKind } from './pledge-draft.ts'

afterEach(() => localStorage.clear())

const today = '2026-04-10'
const good: PledgeDraft = {
  ...emptyDraft(),
  lines: [{ kind: 'CASH_CAPITAL', quantity: '5000000', detail: '' }, { kind: 'COW', quantity: '2', detail: ' bò lai ' }],
  expectedOn: '2026-05-01', name: ' Nguyễn Văn Mẫu ', phone: '0912 345 678',
}
const fieldsOf = (step: Step, change: Partial<PledgeDraft>, isOwnParty = false) => faultsOf(step, { ...good, ...change }, { today, isOwnParty }).map(({ field }) => field)

describe('a step is not left', () => {
  test('without a kind of support', () => expect(fieldsOf('what', { lines: [] })).toEqual(['lines']))
  test.each(['', '0', '007'])('with the quantity "%s"', (quantity) => expect(fieldsOf('what', { lines: [{ kind: 'COW', quantity, detail: '' }] })).toEqual(['quantity-COW']))
  test.each(['', '2026-04-09', '2029-04-11'])('with the day "%s"', (expectedOn) => expect(fieldsOf('when', { expectedOn })).toEqual(['expectedOn']))
  test('without a name', () => expect(fieldsOf('who', { name: ' A ' })).toEqual(['name']))
  test('with a telephone number or an address that cannot be one', () => expect(fieldsOf('who', { phone: '12', email: 'a@b' })).toEqual(['phone', 'email']))
})

test('a step is left with good answers', () => {
  for (const step of ['what', 'when', 'who', 'check'] as const) expect(fieldsOf(step, {})).toEqual([])
  expect(fieldsOf('when', { expectedOn: today })).toEqual([])
})

test('who gives is not asked of an account that gives', () => {
  expect(fieldsOf('who', { name: '' }, true)).toEqual([])
})

test('taking a kind out and in again leaves the others as they were', () => {
  const without = withKind(good.lines, 'CASH_CAPITAL', false)
  expect(withKind(without, 'CASH_CAPITAL', true)).toEqual([good.lines[1], { kind: 'CASH_CAPITAL', quantity: '', detail: '' }])
})

test('the same answers keep their key, other answers get another', () => {
  expect(inputOf(good, 'Area:c1', null).idempotencyKey).toBe(good.idempotencyKey)
  expect(edited(good, { message: 'x' }).idempotencyKey).not.toBe(good.idempotencyKey)
})

test('the input carries trimmed answers, and a party only where the account has none', () => {
  expect(inputOf(good, 'Area:c1', null)).toMatchObject({
    areaId: 'Area:c1', party: { kind: 'PERSON', name: 'Nguyễn Văn Mẫu', contactName: null, phone: '0912 345 678', email: null }, message: null,
    lines: [{ kind: 'CASH_CAPITAL', quantity: '5000000', detail: null }, { kind: 'COW', quantity: '2', detail: 'bò lai' }],
  })
  expect(inputOf(good, 'Area:c1', 'Party:1')).toMatchObject({ partyId: 'Party:1' })
  expect(inputOf(good, 'Area:c1', 'Party:1')).not.toHaveProperty('party')
})

test.each([
  ['lines.1.quantity', 'what', 'quantity-COW'], ['lines.0.detail', 'what', 'detail-CASH_CAPITAL'], ['lines', 'what', 'lines'],
  ['expectedOn', 'when', 'expectedOn'], ['message', 'when', 'message'], ['party.phone', 'who', 'phone'], ['party', 'who', 'name'], ['areaId', 'check', 'areaId'],
])('what the server says of %s leads to step %s, control %s', (field, step, control) => {
  expect(placeOfField(field, good)).toEqual({ step, field: control })
})

describe('what was written on this device', () => {
  test('comes back for the same area only, and goes once it was sent', () => {
    keepDraft('c1', good)
    expect(keptDraft('c1')).toEqual(good)
    expect(keptDraft('c2')).toBeNull()
    keepDraft('c1', null)
    expect(keptDraft('c1')).toBeNull()
  })

  test.each(['', 'null', '{', '[]', '{"lines":3}', JSON.stringify({ ...good, name: 5 })])('is left aside when it cannot be read: %s', (text) => {
    expect(draftIn(text)).toBeNull()
  })
})
