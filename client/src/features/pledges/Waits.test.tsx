// Whose step it is stands in words, with how long it has taken; what is late says by how much.
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { show } from '../../ui/testing.tsx'
import { LineStages } from './LineStages.tsx'
import { dayInVietNam, type LineWait } from './pledge-life.ts'
import { Waits } from './Waits.tsx'

const goat = { code: 'GOAT', family: 'LIVESTOCK', name: 'Dê giống', nameEn: 'Breeding goat', unit: 'head', unitName: 'con', unitNameEn: 'head' } as const
const daysAgo = (days: number) => dayInVietNam(new Date(Date.now() - days * 86_400_000))
const wait = (more: Partial<LineWait>): LineWait => ({ step: 'ALLOCATE', quantity: '3', since: daysAgo(12), days: 12, by: daysAgo(-1), isLate: false, ...more })

test('says who is waited for, for what, and since when', () => {
  show(<Waits waits={[wait({}), wait({ step: 'CONFIRM', quantity: '1', since: daysAgo(0), days: 0 })]} kind={goat} area="Xã Hải Ninh" />)
  const [match, confirm] = within(screen.getByRole('list', { name: 'Đang chờ ai' })).getAllByRole('listitem')
  expect(match!.textContent).toContain('Chờ Mặt trận Xã Hải Ninh ghép 3 con cho hộ · đã 12 ngày, từ ')
  expect(confirm!.textContent).toContain('Chờ hộ xác nhận đã nhận 1 con · từ hôm nay')
  expect(screen.queryByText(/^Trễ/)).toBeNull()
})

test('late is said plainly, by how many days', () => {
  show(<Waits waits={[wait({ by: daysAgo(5), isLate: true })]} kind={goat} area="Xã Hải Ninh" />)
  expect(screen.getByText('Trễ 5 ngày')).toBeDefined()
})

test('nothing stands where nothing is waited for', () => {
  expect(show(<Waits waits={[]} kind={goat} area="Xã Hải Ninh" />).container.textContent).toBe('')
})

test('what was promised and what arrived are read out with their days, one under the other', () => {
  const stage = (name: 'promised' | 'received', amount: string, from: string | null, to = from) => ({ stage: name, amount, share: Number(amount) / 10, from, to })
  show(<LineStages kind={goat} stages={[stage('promised', '10', '2026-04-01'), stage('received', '7', '2026-04-20', '2026-04-22')]} />)
  const rows = within(screen.getByRole('list', { name: 'Dê giống: từ lời hứa đến quyết toán' })).getAllByRole('listitem')
  expect(rows.map((row) => row.textContent)).toEqual(['Đã hứa10 con01/04/2026', 'Hộ đã nhận7 con20/04/2026 – 22/04/2026'])
})
