// Writing a pledge: each question is checked before the next, answers survive, and the same answers sent twice are one pledge.
import { afterEach, describe, expect, test } from 'vitest'
import { draftIn, edited, emptyDraft, faultsOf, inputOf, keepDraft, keptDraft, placeOfField, type PledgeDraft, type Step, withKind, withTerms } from './pledge-draft.ts'

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
  test.each(['(+84) 912 345 678', '(0203) 3862 123', '０９１２３４５６７８', '0912.345.678'])('goes on with the telephone number %s', (phone) => expect(fieldsOf('who', { phone })).toEqual([]))
  test.each(['........', '--------', 'gọi sau'])('stops at %s for a telephone number', (phone) => expect(fieldsOf('who', { phone })).toEqual(['phone']))
  test('stops at a name of nothing that is seen', () => expect(fieldsOf('who', { name: '\u200b\u200b\u200b' })).toEqual(['name']))
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
  ['lines.1.post.wage', 'what', 'wage-COW'], ['lines.1.agreement', 'what', 'quantity-COW'],
  ['expectedOn', 'when', 'expectedOn'], ['message', 'when', 'message'], ['party.phone', 'who', 'phone'], ['party', 'who', 'name'], ['areaId', 'check', 'areaId'],
])('what the server says of %s leads to step %s, control %s', (field, step, control) => {
  expect(placeOfField(field, good)).toEqual({ step, field: control })
})

describe('a line of posts, and one to buy produce', () => {
  const kinds = [{ code: 'JOB', family: 'JOB' as const }, { code: 'OFFTAKE', family: 'OFFTAKE' as const }, { code: 'COW', family: 'LIVESTOCK' as const }]
  const place = { id: 'Area:c1', fullName: 'Xã Một' }
  const blank = withTerms({ ...good, lines: ['JOB', 'OFFTAKE', 'COW'].map((kind) => ({ kind, quantity: '3', detail: '' })) }, kinds, place)
  const [job, offtake, cow] = blank.lines
  const post = { ...job!.post!, skillsTaught: ' may , ; sửa máy,', wage: '6500000', startsOn: '2026-05-01' }
  const agreement = { product: ' Khoai tây ', seasonFrom: '2026-04-01', seasonTo: '2026-08-01', floorPrice: '8000' }

  test('ask for their terms, in the place that is helped unless told otherwise, and other kinds for none', () => {
    expect(job!.post).toMatchObject({ areaId: 'Area:c1', areaName: 'Xã Một' })
    expect(cow).toEqual({ kind: 'COW', quantity: '3', detail: '' })
    expect(fieldsOf('what', blank)).toEqual(['wage-JOB', 'startsOn-JOB', 'product-OFFTAKE', 'seasonFrom-OFFTAKE', 'seasonTo-OFFTAKE', 'floorPrice-OFFTAKE'])
  })

  test('keep what was written of them, and carry it', () => {
    const filled = { ...blank, lines: [{ ...job!, post }, { ...offtake!, agreement }] }
    expect(withTerms(filled, kinds, place)).toEqual(filled)
    expect(fieldsOf('what', filled)).toEqual([])
    expect(inputOf(filled, 'Area:c1', null).lines).toEqual([
      { kind: 'JOB', quantity: '3', detail: null, post: { areaId: 'Area:c1', skillsWanted: [], skillsTaught: ['may', 'sửa máy'], wage: '6500000', startsOn: '2026-05-01' } },
      { kind: 'OFFTAKE', quantity: '3', detail: null, agreement: { ...agreement, product: 'Khoai tây' } },
    ])
  })

  test.each([
    ['a season that ends before it begins', { ...agreement, seasonFrom: '2026-08-02' }, ['seasonFrom-OFFTAKE']],
    ['a season that is over', { ...agreement, seasonFrom: '2026-01-01', seasonTo: '2026-04-09' }, ['seasonTo-OFFTAKE']],
    ['no price', { ...agreement, floorPrice: '0' }, ['floorPrice-OFFTAKE']],
  ])('are not left with %s', (_name, written, fields) => {
    expect(fieldsOf('what', { lines: [{ ...offtake!, agreement: written }] })).toEqual(fields)
  })
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
