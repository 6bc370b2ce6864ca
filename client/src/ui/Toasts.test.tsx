// A passing confirmation stays long enough to act on, and no longer.
import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { show } from './testing.tsx'
import { ToastsProvider, useToast } from './Toasts.tsx'

const undone = vi.fn<() => void>()

function Matching() {
  const toast = useToast()
  return <button onClick={() => toast({ message: 'Đã ghép 2 con bò', onUndo: undone })}>Ghép</button>
}

beforeEach(() => {
  vi.useFakeTimers()
  undone.mockClear()
  show(
    <ToastsProvider>
      <Matching />
    </ToastsProvider>,
  )
  fireEvent.click(screen.getByText('Ghép'))
})

afterEach(() => vi.useRealTimers())

test('leaves by itself after ten seconds', () => {
  act(() => vi.advanceTimersByTime(9_900))
  expect(screen.queryByText('Đã ghép 2 con bò')).not.toBeNull()
  act(() => vi.advanceTimersByTime(200))
  expect(screen.queryByText('Đã ghép 2 con bò')).toBeNull()
})

test('stays while it has focus', () => {
  act(() => screen.getByRole('button', { name: 'Hoàn tác' }).focus())
  act(() => vi.advanceTimersByTime(60_000))
  expect(screen.queryByText('Đã ghép 2 con bò')).not.toBeNull()
})

test('taking the act back removes it', () => {
  fireEvent.click(screen.getByRole('button', { name: 'Hoàn tác' }))
  expect(undone).toHaveBeenCalledOnce()
  expect(screen.queryByText('Đã ghép 2 con bò')).toBeNull()
})
