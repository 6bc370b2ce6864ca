// Matching can be done from the keyboard alone.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { show } from '../../ui/testing.tsx'
import type { SupportKind } from '../desk/support.tsx'
import { SuggestionList, type Suggestion } from './SuggestionList.tsx'

const goat: SupportKind = { code: 'GOAT', family: 'LIVESTOCK', name: 'Dê giống', nameEn: 'Breeding goat', unit: 'head', unitName: 'con', unitNameEn: 'head' }

const suggestion = (key: string, quantity: string, weight = 12): Suggestion => ({
  score: weight,
  quantity,
  reasons: [{ code: 'NEVER_HELPED', text: 'Hộ chưa được ghép hỗ trợ nào', weight }],
  need: {
    id: `Need:${key}`, open: quantity, quantity, detail: '', urgency: 2, area: { id: 'Area:h1', fullName: 'Thôn 1' },
    household: { id: `Household:${key}`, displayCode: `Hộ ${key}`, headName: 'Người Minh Họa', members: 4, status: 'NEAR_POOR' },
  },
})

const suggestions = [suggestion('001', '4'), suggestion('002', '2'), suggestion('003', '1', -40)]

function list(onAllocate = vi.fn<(suggestion: Suggestion, quantity: string) => Promise<boolean>>(async () => true)) {
  show(<SuggestionList suggestions={suggestions} kind={goat} isBusy={false} onAllocate={onAllocate} />)
  return { onAllocate, items: screen.getAllByRole('button') }
}

test('the list is one tab stop, and arrows, j, k, Home and End move in it', async () => {
  const { items } = list()
  await userEvent.tab()
  expect(document.activeElement).toBe(items[0])
  for (const [keys, at] of [['{ArrowDown}', 1], ['j', 2], ['j', 2], ['k', 1], ['{End}', 2], ['{Home}', 0]] as const) {
    await userEvent.keyboard(keys)
    expect([keys, items.indexOf(document.activeElement as HTMLElement)]).toEqual([keys, at])
  }
  expect(items.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1])
})

test('Enter opens the quantity, filled with the most there is, and Enter again matches it', async () => {
  const { onAllocate } = list()
  await userEvent.tab()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  const quantity = screen.getByLabelText<HTMLInputElement>('Ghép bao nhiêu')
  expect(document.activeElement).toBe(quantity)
  expect(quantity.value).toBe('2')
  await userEvent.keyboard('{Enter}')
  expect(onAllocate).toHaveBeenCalledExactlyOnceWith(suggestions[1], '2')
  await waitFor(() => expect(screen.queryByLabelText('Ghép bao nhiêu')).toBeNull())
})

test('refuses to send more than the most', async () => {
  const { onAllocate } = list()
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await userEvent.clear(screen.getByLabelText('Ghép bao nhiêu'))
  await userEvent.keyboard('5{Enter}')
  expect(onAllocate).not.toHaveBeenCalled()
  expect(screen.getByText('Nhiều hơn phần còn lại của khoản hoặc của nhu cầu')).toBeDefined()
})

test('letters typed in the quantity do not move the list, and Escape goes back to its item', async () => {
  const { items } = list()
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await userEvent.keyboard('j')
  expect(document.activeElement).toBe(screen.getByLabelText('Ghép bao nhiêu'))
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByLabelText('Ghép bao nhiêu')).toBeNull()
  expect(document.activeElement).toBe(items[0])
})

test('stays open when someone else was first', async () => {
  list(vi.fn<(suggestion: Suggestion, quantity: string) => Promise<boolean>>(async () => false))
  await userEvent.tab()
  await userEvent.keyboard('{Enter}{Enter}')
  expect(screen.getByLabelText('Ghép bao nhiêu')).toBeDefined()
})

test('each reason stands in words with its points, a caution among them', () => {
  list()
  expect(screen.getAllByText(/Hộ chưa được ghép hỗ trợ nào/).map(({ textContent }) => textContent)).toEqual([
    'Hộ chưa được ghép hỗ trợ nào +12', 'Hộ chưa được ghép hỗ trợ nào +12', 'Hộ chưa được ghép hỗ trợ nào −40',
  ])
})
