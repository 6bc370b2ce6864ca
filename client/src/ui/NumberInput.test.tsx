// A number is typed as people write it: grouped as it grows, said back in words, handed on as bare digits, and never stripped.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { BOUNDS, promisedIn } from '../../../common/bounds.ts'
import { YEAR } from '../../../common/number-says.ts'
import { Field } from './Field.tsx'
import { NumberInput, VND } from './NumberInput.tsx'
import { show } from './testing.tsx'

function Amount({ start = '' }: { start?: string }) {
  const [amount, setAmount] = useState(start)
  return (
    <>
      <Field name="amount" label="Số tiền">
        <NumberInput value={amount} onValue={setAmount} unit="₫" counts={VND} bound={promisedIn('VND')} />
      </Field>
      <output>{amount}</output>
    </>
  )
}

function parts() {
  return { input: screen.getByLabelText<HTMLInputElement>('Số tiền'), value: screen.getByRole('status') }
}

test('groups digits as they are typed, hands on only the digits, and says them in words', async () => {
  show(<Amount />)
  const { input, value } = parts()
  await userEvent.type(input, '25000000')
  expect(input.value).toBe('25.000.000')
  expect(value.textContent).toBe('25000000')
  expect(screen.getByText('hai mươi lăm triệu đồng').id).toBe('amount-said')
  expect(input.getAttribute('aria-describedby')).toBe('amount-said')
})

test.each([
  ['1,284,500,000 ₫', '1284500000', '1.284.500.000'],
  ['10.000.000,00', '10000000', '10.000.000'],
  ['50 triệu', '50000000', '50.000.000'],
  ['1tr5', '1500000', '1.500.000'],
])('understands «%s», typed or pasted, and shows it grouped once the field is left', async (written, digits, grouped) => {
  show(<Amount />)
  const { input, value } = parts()
  await userEvent.type(input, written)
  expect(value.textContent).toBe(digits)
  await userEvent.tab()
  expect(input.value).toBe(grouped)
  await userEvent.clear(input)
  await userEvent.click(input)
  await userEvent.paste(written)
  expect(value.textContent).toBe(digits)
})

test.each([
  ['1e6', 'Hãy ghi đủ các chữ số. Có phải là 1.000.000 (một triệu đồng)?'],
  ['-5000000', 'Số ở đây không thể âm. Có phải là 5.000.000 (năm triệu đồng)?'],
  ['0,5', 'Ở đây chỉ ghi số nguyên. Có phải là 500.000 (năm trăm nghìn đồng)?'],
  ['999999999999999999', 'Từ 1 đến 1.000.000.000.000 (một nghìn tỷ đồng).'],
])('«%s» stays as it was typed, and what could be meant is said at the field', async (written, says) => {
  show(<Amount />)
  const { input, value } = parts()
  await userEvent.type(input, written)
  expect(input.validationMessage).toBe(says)
  await userEvent.tab()
  expect(screen.getByText(says, { exact: false })).toBeTruthy()
  expect(input.getAttribute('aria-invalid')).toBe('true')
  expect(['', '999999999999999999']).toContain(value.textContent)
  expect(input.value.replaceAll('.', '')).toBe(written)
})

test('what is written over a grouped number is a new one', async () => {
  show(<Amount start="1500000" />)
  const { input, value } = parts()
  await userEvent.click(input)
  input.setSelectionRange(0, input.value.length)
  await userEvent.paste('1.5')
  expect(value.textContent).toBe('')
  expect(input.value).toBe('1.5')
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

test('a year has no separator and no words', async () => {
  function Year() {
    const [year, setYear] = useState('2026')
    return <NumberInput aria-label="Năm" counts={YEAR} value={year} onValue={setYear} bound={BOUNDS.year} />
  }
  show(<Year />)
  const input = screen.getByLabelText<HTMLInputElement>('Năm')
  await userEvent.type(input, '{Backspace}5')
  expect(input.value).toBe('2025')
  await userEvent.clear(input)
  await userEvent.type(input, '20256')
  expect(input.validationMessage).toBe('Từ 2000 đến 2100.')
})
