// Thirty kinds to choose from: what is lacking stands first, the others wait under their families, and words find them.
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useState } from 'react'
import { show } from '../../ui/testing.tsx'
import type { PledgeableKind } from './MakePledgePage.tsx'
import { edited, emptyDraft } from './pledge-draft.ts'
import { WhatStep } from './pledge-steps.tsx'

const kind = (code: string, family: PledgeableKind['family'], name: string): PledgeableKind => ({ code, family, name, nameEn: code, unit: 'piece', unitName: 'chiếc', unitNameEn: 'piece', typicalCost: '0' })
const goat = kind('GOAT', 'LIVESTOCK', 'Dê giống')
const cow = kind('COW', 'LIVESTOCK', 'Bò giống')
const house = kind('HOUSE_NEW', 'WORKS', 'Nhà Đại đoàn kết xây mới')
const kinds = [goat, cow, house]
const needs = [{ kind: goat, quantity: '4', allocated: '0', received: '0', open: '4', urgency: 2 }]

function Form({ error }: { error?: string }) {
  const [draft, setDraft] = useState(emptyDraft)
  return <WhatStep draft={draft} edit={(change) => setDraft((before) => edited(before, change))} errorOf={(field) => (field === error ? 'Hãy ghi số lượng' : undefined)} kinds={kinds} needs={needs} />
}
const boxes = () => screen.getAllByRole('checkbox').filter((box) => !box.closest('details:not([open])')).map((box) => within(box.closest('label')!).getByText(/giống|Nhà/).textContent)

test('what is lacking is there at once, and the rest one press away', async () => {
  show(<Form />)
  expect(boxes()).toEqual(['Dê giống'])
  expect([...document.querySelectorAll('summary')].map((summary) => summary.textContent)).toEqual(['Con giốngBò giống', 'Nhà, công trìnhNhà Đại đoàn kết xây mới'])
})

test('words without diacritics find a kind, and what is taken stays whatever is sought next', async () => {
  show(<Form />)
  const search = screen.getByLabelText(/Tìm loại hỗ trợ/)
  await userEvent.type(search, 'nha doan ket')
  expect(boxes()).toEqual(['Nhà Đại đoàn kết xây mới'])
  await userEvent.click(screen.getByRole('checkbox'))
  await userEvent.clear(search)
  await userEvent.type(search, 'bo')
  expect(boxes()).toEqual(['Bò giống', 'Nhà Đại đoàn kết xây mới'])
})

test('what is not there is said', async () => {
  show(<Form />)
  await userEvent.type(screen.getByLabelText(/Tìm loại hỗ trợ/), 'máy bay')
  expect(screen.getByRole('status').textContent).toBe('Không có loại nào như vậy. Hãy thử từ khác.')
})

test('a family with a fault in it is open', () => {
  show(<Form error="quantity-HOUSE_NEW" />)
  expect(boxes()).toEqual(['Dê giống', 'Nhà Đại đoàn kết xây mới'])
})
