// The summary takes focus on every failed attempt and leads to each field.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ErrorSummary, type FormError } from './ErrorSummary.tsx'
import { Field } from './Field.tsx'
import { show } from './testing.tsx'
import { TextInput } from './TextInput.tsx'

function Form({ errors }: { errors: readonly FormError[] }) {
  return (
    <>
      <ErrorSummary errors={errors} />
      <Field name="amount" label="Số tiền">
        <TextInput />
      </Field>
    </>
  )
}

const tooSmall = { field: 'amount', message: 'Số tiền phải từ 10.000 ₫' }

test('takes focus when errors appear, and again on the next failed attempt', () => {
  const { rerender } = show(<Form errors={[]} />)
  expect(screen.queryByRole('alert')).toBeNull()
  rerender(<Form errors={[tooSmall]} />)
  expect(document.activeElement).toBe(screen.getByRole('alert'))
  screen.getByLabelText('Số tiền').focus()
  rerender(<Form errors={[tooSmall]} />)
  expect(document.activeElement).toBe(screen.getByRole('alert'))
})

test('an error leads to its field', async () => {
  show(<Form errors={[tooSmall]} />)
  await userEvent.click(screen.getByRole('link', { name: tooSmall.message }))
  expect(document.activeElement).toBe(screen.getByLabelText('Số tiền'))
})

test('an error of the whole form is told, but is no link', () => {
  show(<Form errors={[tooSmall, { message: 'Thôn này vừa đủ' }]} />)
  expect(screen.getByRole('heading').textContent).toBe('Có 2 chỗ cần sửa')
  expect(screen.getAllByRole('link')).toHaveLength(1)
})
