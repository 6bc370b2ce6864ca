// The review table on the figures of Móng Cái, quarter I/2024.
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { show } from '../../ui/testing.tsx'
import type { Review, ReviewRow } from './review-fields.ts'
import { ReviewTable } from './ReviewTable.tsx'

type Told = [name: string, left: number, had: number, percent: string | null, check: ReviewRow['check']]

function row([name, left, had, percent, check]: Told, kind: ReviewRow['kind'] = 'UNIT'): ReviewRow {
  return {
    kind,
    unit: kind === 'UNIT' ? { id: `Area:${name}`, name, fullName: `Xã ${name}` } : null,
    had,
    left,
    worsened: 0,
    joined: 0,
    remaining: had - left,
    percent: Math.round((left / had) * 1000) / 10,
    printed: percent === null ? null : { numerator: left, denominator: had, percent },
    check,
  }
}

const review: Review = {
  plan: { id: 'Plan:mong-cai', baselineOn: '2023-12-31' },
  from: '2024-01-01',
  to: '2024-03-31',
  householdsTotal: 29694,
  atBaseline: 57,
  rate: 0.19,
  rows: [
    row(['Bình Ngọc', 3, 6, '50%', 'AGREES']),
    row(['Vạn Ninh', 1, 6, '16%', 'PERCENT_DIFFERS']),
    row(['Hải Tiến', 2, 7, '14%', 'PERCENT_DIFFERS']),
    row(['', 0, 15, null, 'NOT_PRINTED'], 'OTHER'),
  ],
  total: row(['', 12, 57, '21%', 'AGREES'], 'TOTAL'),
  silentUnits: [],
  targets: [],
}

const lines = () => screen.getAllByRole('row').slice(1)

test('a row says n of N before its percentage, and what is left', () => {
  show(<ReviewTable review={review} planId="Plan:mong-cai" />)
  expect([...lines()[0]!.children].map((cell) => cell.textContent)).toEqual(['1', 'Bình Ngọc', '6', '3/6', '50,0%', '3', '', 'khớp'])
})

test('a printed figure that is not n/N, rounded as printed, is flagged beside the true one', () => {
  show(<ReviewTable review={review} planId="Plan:mong-cai" />)
  const [, vanNinh, haiTien] = lines()
  expect(vanNinh!.textContent).toContain('16,7%')
  expect(vanNinh!.textContent).toContain('báo cáo ghi 16%')
  expect(haiTien!.textContent).toContain('28,6%')
  expect(haiTien!.textContent).toContain('báo cáo ghi 14%')
})

test('households in no named unit have a row of their own, and none of them is a link when the number is nought', () => {
  show(<ReviewTable review={review} planId="Plan:mong-cai" />)
  const other = lines()[3]!
  expect(other.textContent).toContain('Xã, phường khác')
  expect(other.textContent).toContain('0/15')
  expect(other.textContent).toContain('chưa nêu tên trong báo cáo')
  expect(within(other).getAllByRole('button')).toHaveLength(2)
})

test('the total is the last row, with its own comparison', () => {
  show(<ReviewTable review={review} planId="Plan:mong-cai" />)
  expect([...lines().at(-1)!.children].map((cell) => cell.textContent)).toEqual(['', 'Toàn địa bàn', '57', '12/57', '21,1%', '45', '', 'tổng khớp'])
})

test('columns of those who became poor or newly near-poor appear only where there are any', () => {
  const { rerender } = show(<ReviewTable review={review} planId="Plan:mong-cai" />)
  expect(screen.queryByRole('columnheader', { name: 'Phát sinh mới' })).toBeNull()
  rerender(<ReviewTable review={{ ...review, total: { ...review.total, joined: 1 } }} planId="Plan:mong-cai" />)
  expect(screen.queryByRole('columnheader', { name: 'Phát sinh mới' })).not.toBeNull()
})
