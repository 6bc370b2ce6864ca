import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { show } from '../../ui/testing.tsx'
import { WaitLeft, clockOf, waitUntil } from './WaitLeft.tsx'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

test('counts down to the moment when the next attempt may be made, and says when it has come', () => {
  show(<WaitLeft until={waitUntil({ __typename: 'Limited', retryAfterSeconds: 62 })!} />)
  expect(screen.getByRole('timer').textContent).toBe('Thử lại được sau 1:02.')
  act(() => void vi.advanceTimersByTime(3_000))
  expect(screen.getByRole('timer').textContent).toBe('Thử lại được sau 0:59.')
  act(() => void vi.advanceTimersByTime(59_000))
  expect(screen.getByRole('timer').textContent).toBe('Bây giờ có thể thử lại.')
})

test('no other problem is waited for', () => {
  expect([waitUntil(null), waitUntil({ __typename: 'InvalidInput' })]).toEqual([null, null])
})

test.each([[5, '0:05'], [900, '15:00'], [3_600, '1:00:00'], [604_799, '167:59:59']])('%i seconds are %s', (seconds, clock) => expect(clockOf(seconds)).toBe(clock))
