// A field ties its words to its control, so that nobody has to see the layout to answer it.
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Field } from './Field.tsx'
import { Select } from './Select.tsx'
import { show } from './testing.tsx'
import { TextInput } from './TextInput.tsx'

test('a control is named by its label and described by its hint, then its error', () => {
  show(
    <Field name="donorName" label="Tên người ủng hộ" hint="Tên sẽ ghi trên biên nhận" error="Hãy điền tên">
      <TextInput />
    </Field>,
  )
  const input = screen.getByLabelText('Tên người ủng hộ')
  const described = input.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.textContent)
  expect(described).toEqual(['Tên sẽ ghi trên biên nhận', 'Lỗi: Hãy điền tên'])
  expect(input.getAttribute('aria-invalid')).toBe('true')
})

test('a field without hint or error points at nothing', () => {
  show(
    <Field name="donorName" label="Tên người ủng hộ">
      <TextInput />
    </Field>,
  )
  const input = screen.getByLabelText('Tên người ủng hộ')
  expect(input.hasAttribute('aria-describedby')).toBe(false)
  expect(input.hasAttribute('aria-invalid')).toBe(false)
})

test('a question is required unless it is marked as optional', () => {
  show(
    <>
      <Field name="province" label="Tỉnh">
        <Select options={[{ value: 'p22', label: 'Quảng Ninh' }]} />
      </Field>
      <Field name="note" label="Lời nhắn" optional>
        <TextInput />
      </Field>
    </>,
  )
  expect(screen.getByLabelText('Tỉnh').hasAttribute('required')).toBe(true)
  expect(screen.getByLabelText('Lời nhắn (không bắt buộc)').hasAttribute('required')).toBe(false)
})
