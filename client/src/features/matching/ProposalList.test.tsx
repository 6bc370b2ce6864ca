// Proposals can be accepted, split and declined from the keyboard alone.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { show } from '../../ui/testing.tsx'
import type { SupportKind } from '../desk/support.tsx'
import { type Decline, type Proposal, ProposalList } from './ProposalList.tsx'
import { missed } from './RunFigures.tsx'

const goat: SupportKind = { code: 'GOAT', family: 'LIVESTOCK', name: 'Dê giống', nameEn: 'Breeding goat', unit: 'head', unitName: 'con', unitNameEn: 'head' }

const proposal = (key: string, quantity: string): Proposal => ({
  id: `MatchingProposal:${key}`, quantity, kind: goat, area: { id: 'Area:h1', fullName: 'Thôn 1' },
  reasons: [{ code: 'URGENT', text: 'Nhu cầu gấp', weight: 25 }, { code: 'OUTSIDE_TARGET', text: 'Ngoài địa bàn', weight: -10 }],
  household: { id: `Household:${key}`, displayCode: `Hộ ${key}`, headName: 'Người Minh Họa' },
  need: { id: `Need:${key}`, open: quantity }, line: { id: `PledgeLine:${key}`, pledge: { id: `Pledge:${key}`, party: null } },
})
const proposals = [proposal('001', '4'), proposal('002', '2')]
const ignore = () => {}

function list() {
  const onAccept = vi.fn<(proposal: Proposal, quantity: string) => void>()
  const onDecline = vi.fn<(proposal: Proposal, decline: Decline) => void>()
  show(<ProposalList proposals={proposals} isBusy={false} onAccept={onAccept} onDecline={onDecline} />)
  return { onAccept, onDecline, items: screen.getAllByRole('button') }
}

test('Enter opens a proposal, filled with all of it, and Enter again accepts it whole', async () => {
  const { onAccept } = list()
  await userEvent.tab()
  await userEvent.keyboard('j{Enter}{Enter}')
  expect(onAccept).toHaveBeenCalledExactlyOnceWith(proposals[1], '2')
})

test('a smaller quantity splits it, a larger one is not sent', async () => {
  const { onAccept } = list()
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await userEvent.keyboard('9{Enter}')
  expect(onAccept).not.toHaveBeenCalled()
  expect(screen.getByText('Nhiều hơn số được đề xuất')).toBeDefined()
  await userEvent.keyboard('{Backspace}1{Enter}')
  expect(onAccept).toHaveBeenCalledExactlyOnceWith(proposals[0], '1')
})

test('is declined with a reason, and says when the household itself would not have it', async () => {
  const { onDecline } = list()
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await userEvent.tab()
  await userEvent.tab()
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByLabelText('Lý do không chấp nhận'))
  await userEvent.keyboard('{Enter}')
  expect(onDecline).not.toHaveBeenCalled()
  await userEvent.keyboard('Hộ xin nhường')
  await userEvent.tab()
  await userEvent.keyboard(' ')
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(onDecline).toHaveBeenCalledExactlyOnceWith(proposals[0], { reason: 'Hộ xin nhường', byHousehold: true })
})

test('Escape goes back to the proposal in the list', async () => {
  const { items } = list()
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByLabelText('Ghép bao nhiêu')).toBeNull()
  expect(document.activeElement).toBe(items[0])
})

test.each([['1000', '959', 410], ['0', '0', 0], ['5', '5', 0], ['9007199254740993000', '9007199254740993000', 0]])('of a best score of %s the greedy %s misses %d hundredths of a per cent', (score, greedyScore, expected) => {
  expect(missed({ score, greedyScore })).toBe(expected)
})

test('while a better answer is on its way, proposals can be read and moved through, and none can be opened', async () => {
  show(<ProposalList proposals={proposals} isBusy={false} isPreview onAccept={ignore} onDecline={ignore} />)
  await userEvent.tab()
  await userEvent.keyboard('j{Enter}')
  expect(document.activeElement).toBe(screen.getAllByRole('button')[1])
  expect(screen.queryByLabelText('Ghép bao nhiêu')).toBeNull()
})

test('where a guard is in the way, it is said and its reason asked for, and goes with the next try', async () => {
  const onAccept = vi.fn<(proposal: Proposal, quantity: string, overrideReason?: string) => void>()
  const { rerender } = show(<ProposalList proposals={proposals} isBusy={false} onAccept={onAccept} onDecline={ignore} />)
  await userEvent.tab()
  await userEvent.keyboard('{Enter}{Enter}')
  rerender(<ProposalList proposals={proposals} isBusy={false} guard="Hộ đã được ghép cùng loại." onAccept={onAccept} onDecline={ignore} />)
  expect(screen.getByText('Hộ đã được ghép cùng loại.')).toBeDefined()
  expect(document.activeElement).toBe(screen.getByLabelText('Lý do vẫn ghép'))
  await userEvent.keyboard('Con trước đã chết{Enter}')
  expect(onAccept).toHaveBeenLastCalledWith(proposals[0], '4', 'Con trước đã chết')
})

test('the gap is not known before the best answer is', () => {
  expect(missed({ score: null, greedyScore: '10' })).toBeNull()
})
