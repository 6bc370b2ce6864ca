// Each event becomes one sentence, which never says more than the server sent.
import { expect, test } from 'vitest'
import { type EventLine, sentenceOf } from './event-line.ts'

const cow = { code: 'COW', family: 'LIVESTOCK', name: 'bò giống', nameEn: 'cow', unit: 'head' } as const
const common = { id: 'Event:1', cursor: '1.1', at: '2026-04-01T03:00:00Z', area: { id: 'Area:h1', fullName: 'Thôn A' } }
const words = {
  anonymous: 'ẩn danh',
  someone: 'một người',
  what: (kind: { name: string }, amount: string) => `${amount} con ${kind.name}`,
  list: (parts: string[]) => parts.join(' + '),
  outcome: ({ kind, quantity }: { kind: string; quantity: string }) => `${kind} ${quantity}`,
}
const told = (event: object) => sentenceOf({ ...common, ...event } as unknown as EventLine, words)
const pledge = (anonymous: boolean, party: { id: string; name: string } | null) => ({
  id: 'Pledge:1', anonymous, party, lines: [{ id: '1', kind: cow, quantities: { promised: '2' } }, { id: '2', kind: cow, quantities: { promised: '3' } }],
})

test('a verified pledge names its giver, the area and every line', () => {
  expect(told({ __typename: 'PledgeVerified', pledge: pledge(false, { id: 'Party:1', name: 'Công ty Ví Dụ' }) })).toEqual({
    key: 'PledgeVerified',
    values: { giver: 'Công ty Ví Dụ', what: '2 con bò giống + 3 con bò giống', area: 'Thôn A' },
  })
})

test('an anonymous giver is called so, and one whose name is not known here is not', () => {
  expect(told({ __typename: 'PledgeVerified', pledge: pledge(true, null) })?.values.giver).toBe('ẩn danh')
  expect(told({ __typename: 'PledgeVerified', pledge: pledge(false, null) })?.values.giver).toBe('một người')
})

test('a pledge that may not be seen is not told of', () => {
  expect(told({ __typename: 'PledgeVerified', pledge: null })).toBeNull()
  expect(told({ __typename: 'PledgeDeclined' })?.key).toBe('PledgeDeclined')
})

test('nothing received is not told as received', () => {
  expect(told({ __typename: 'ReceiptConfirmed', kind: cow, quantity: '7' })).toMatchObject({ key: 'ReceiptConfirmed', values: { what: '7 con bò giống' } })
  expect(told({ __typename: 'ReceiptConfirmed', kind: cow, quantity: '0' })?.key).toBe('NothingReceived')
})

test('an outcome that may not be read in full is told without it', () => {
  expect(told({ __typename: 'OutcomeRecorded', outcome: { id: '1', kind: 'LIVESTOCK_BORN', quantity: '1' } })).toMatchObject({ key: 'OutcomeRecorded', values: { what: 'LIVESTOCK_BORN 1' } })
  expect(told({ __typename: 'OutcomeRecorded', outcome: null })?.key).toBe('OutcomeUntold')
})

test.each(['TaskOpened', 'TaskClosed', 'HouseholdStatusRecorded', 'RightsChanged'])('%s is the offices’ business and is not told here', (name) => {
  expect(told({ __typename: name })).toBeNull()
})
