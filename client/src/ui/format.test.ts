// What people read must be exact: đồng, shares, days.
import { expect, test } from 'vitest'
import { formatAgo, formatCount, formatDate, formatDateTime, formatPercent, formatVnd, formatVndShort } from './format.ts'

const plain = (text: string) => text.replace(/\u00a0/g, ' ')

test('đồng are exact beyond 2^53', () => {
  expect(plain(formatVnd('9007199254740993', 'vi'))).toBe('9.007.199.254.740.993 ₫')
  expect(plain(formatVnd('25000000', 'en'))).toBe('VND 25,000,000')
})

test('a short figure is rounded towards zero, so it never claims more than there is', () => {
  expect(formatVndShort('1289999999', 'vi')).toBe('1,28 tỷ ₫')
  expect(formatVndShort('999999999', 'vi')).toBe('999,99 triệu ₫')
  expect(formatVndShort('182000000', 'en')).toBe('VND 182 million')
  expect(formatVndShort('-1500000', 'vi')).toBe('-1,5 triệu ₫')
  expect(plain(formatVndShort('950000', 'vi'))).toBe('950.000 ₫')
})

test('a share is derived from its n and N', () => {
  expect(formatPercent(12, 57, 'vi')).toBe('21,1%')
  expect(formatPercent(2, 7, 'vi')).toBe('28,6%')
  expect(formatPercent(40, 57, 'en')).toBe('70.2%')
  expect(formatPercent(57, 29694, 'vi', 2)).toBe('0,19%')
  expect(formatPercent(0, 0, 'vi')).toBe('–')
})

test('counts are grouped as the language does', () => {
  expect(formatCount(29694, 'vi')).toBe('29.694')
  expect(formatCount(29694, 'en')).toBe('29,694')
})

test('a calendar date is the same day wherever the reader is', () => {
  expect(formatDate('2025-07-01', 'vi')).toBe('01/07/2025')
  expect(formatDate('1974-01-01', 'vi')).toBe('01/01/1974')
  expect(formatDate('2026-04-05', 'en')).toBe('5 Apr 2026')
})

test('an instant is shown as the day and time it is in Việt Nam', () => {
  expect(formatDateTime('2026-04-24T17:30:00Z', 'vi')).toBe('00:30 25/04/2026')
  expect(formatDateTime('2026-04-24T10:00:00Z', 'en')).toBe('17:00, 24 Apr 2026')
})

test('how long ago is told in words for a week, then as a date', () => {
  const now = new Date('2026-04-25T10:00:00Z')
  expect(formatAgo('2026-04-25T09:59:45Z', now, 'vi')).toBe('vừa xong')
  expect(formatAgo('2026-04-25T09:56:00Z', now, 'vi')).toBe('4 phút trước')
  expect(formatAgo('2026-04-25T07:00:00Z', now, 'en')).toBe('3 hours ago')
  expect(formatAgo('2026-04-23T09:00:00Z', now, 'vi')).toBe('2 ngày trước')
  expect(formatAgo('2026-03-01T09:00:00Z', now, 'vi')).toBe('01/03/2026')
})
