// The bar says in words what it draws, and a promise never looks like money.
import { screen } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { expect, test } from 'vitest'
import { formatVndShort } from './format.ts'
import { ProgressThreePart } from './ProgressThreePart.tsx'
import { show } from './testing.tsx'

function draw(parts: Pick<ComponentProps<typeof ProgressThreePart>, 'delivered' | 'atHand' | 'pledgedOnly' | 'needed'>) {
  show(<ProgressThreePart {...parts} format={(amount) => formatVndShort(amount, 'vi').replace('\u00a0', ' ')} />)
  const bar = screen.getByRole('img')
  return { bar, widths: [...bar.children].map((part) => (part as HTMLElement).style.inlineSize) }
}

test('the picture and the words beneath it say the same', () => {
  const { bar } = draw({ delivered: '96000000', atHand: '42000000', pledgedOnly: '44000000', needed: '240000000' })
  expect(bar.getAttribute('aria-label')).toBe('96 triệu ₫ đã giao, 42 triệu ₫ đã về quỹ, 44 triệu ₫ mới cam kết, 58 triệu ₫ còn thiếu, trên 240 triệu ₫')
  expect(screen.getAllByRole('listitem').map((item) => item.textContent?.trim())).toEqual([
    'đã giao 96 triệu ₫',
    'đã về quỹ 42 triệu ₫',
    'mới cam kết 44 triệu ₫',
    'còn thiếu 58 triệu ₫',
  ])
})

test('each part is as wide as its share of what is needed', () => {
  expect(draw({ delivered: 3, atHand: 1, pledgedOnly: 2, needed: 8 }).widths).toEqual(['37.5%', '12.5%', '25%'])
})

test('when more was pledged than needed the bar is full and nothing is missing', () => {
  const { bar, widths } = draw({ delivered: 6, atHand: 2, pledgedOnly: 2, needed: 5 })
  expect(widths).toEqual(['60%', '20%', '20%'])
  expect(bar.getAttribute('aria-label')).toContain('0 ₫ còn thiếu')
})

test('a part with nothing in it takes no room', () => {
  expect(draw({ delivered: 0, atHand: 0, pledgedOnly: 0, needed: 0 }).widths).toEqual([])
})
