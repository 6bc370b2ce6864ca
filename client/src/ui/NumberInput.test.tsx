// A number is grouped while it is typed and handed on as bare digits.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { NumberInput } from './NumberInput.tsx'
import { show } from './testing.tsx'

function Amount({ start = '' }: { start?: string }) {
  const [amount, setAmount] = useState(start)
  return (
    <>
      <NumberInput aria-label="Số tiền" value={amount} onValue={setAmount} unit="₫" />
      <output>{amount}</output>
    </>
  )
}

function parts() {
  return { input: screen.getByLabelText<HTMLInputElement>('Số tiền'), value: screen.getByRole('status') }
}

test('groups digits as they are typed and hands on only the digits', async () => {
  show(<Amount />)
  const { input, value } = parts()
  await userEvent.type(input, '25000000')
  expect(input.value).toBe('25.000.000')
  expect(value.textContent).toBe('25000000')
})

test('reads a pasted amount whatever its separators and currency sign', async () => {
  show(<Amount />)
  const { input, value } = parts()
  await userEvent.click(input)
  await userEvent.paste('1,284,500,000 ₫')
  expect(input.value).toBe('1.284.500.000')
  expect(value.textContent).toBe('1284500000')
})

test('keeps the caret after the digit just typed when the groups move', async () => {
  show(<Amount start="1000" />)
  const { input } = parts()
  await userEvent.click(input)
  input.setSelectionRange(1, 1)
  await userEvent.keyboard('23')
  expect(input.value).toBe('123.000')
  expect(input.selectionStart).toBe(3)
})

test('deleting a separator deletes the digit before it', async () => {
  show(<Amount start="25000" />)
  const { input } = parts()
  await userEvent.click(input)
  input.setSelectionRange(3, 3)
  await userEvent.keyboard('{Backspace}')
  expect(input.value).toBe('2.000')
})

test('drops leading zeros and stops at fifteen digits', async () => {
  show(<Amount />)
  const { input, value } = parts()
  await userEvent.type(input, '007')
  expect(value.textContent).toBe('7')
  await userEvent.clear(input)
  await userEvent.type(input, '1234567890123456789')
  expect(value.textContent).toBe('123456789012345')
})
