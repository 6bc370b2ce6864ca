// The form about an animal asks what the thing that happened calls for, and nothing else.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Client, Provider, fetchExchange } from 'urql'
import { expect, test, vi } from 'vitest'
import { show } from '../../ui/testing.tsx'
import { today } from '../desk/today.ts'
import { AnimalEventForm } from './AnimalEventForm.tsx'
import { type Recordable, recordable } from './animal-events.ts'

interface Sent {
  input: Record<string, unknown>
}

function form(preset: Recordable, answer: object = { animal: { id: 'Animal:1', status: 'ALIVE', owner: 'PROGRAMME' }, problem: null }) {
  const sent: Sent[] = []
  const onDone = vi.fn<() => void>()
  const client = new Client({
    url: 'http://hub.test/graphql',
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: async (_url, request) => {
      sent.push((JSON.parse(String(request?.body)) as { variables: Sent }).variables)
      return Response.json({ data: { recordAnimalEvent: answer } })
    },
  })
  show(
    <Provider value={client}>
      <AnimalEventForm animalId="Animal:1" kinds={recordable} preset={preset} onDone={onDone} onReload={() => {}} />
    </Provider>,
  )
  return { sent, onDone, send: () => userEvent.click(screen.getByRole('button', { name: 'Ghi vào sổ' })) }
}

test.each([
  ['BORN', ['Số tai con mới', 'Cái', 'Đực', 'Ghi chú']],
  ['BOUGHT', ['Số tai con mới', 'Ngày sinh', 'Giá tiền', 'Ghi chú']],
  ['VACCINATED', ['Tiêm phòng bệnh gì']],
  ['ILL', ['Bệnh gì', 'Ghi chú']],
  ['SOLD', ['Giá tiền', 'Ghi chú']],
  ['OWNED', ['Ghi chú']],
  ['DIED', ['Nguyên nhân', 'Người làm chứng', 'Ghi chú']],
  ['STOLEN', ['Người làm chứng', 'Ghi chú']],
] as const)('%s asks its own questions alone', (kind, labels) => {
  form(kind)
  const asked = [...document.querySelectorAll('label')].map((label) => label.textContent!.replace(/ \(.*\)$/, ''))
  expect(asked).toEqual(['Việc gì?', 'Ngày', ...labels])
})

test('a birth is sent with its calf, and nothing that was not asked', async () => {
  const { sent, onDone, send } = form('BORN')
  await userEvent.type(screen.getByLabelText('Số tai con mới'), 'GL-2')
  await userEvent.click(screen.getByLabelText('Đực'))
  await send()
  expect(sent[0]!.input).toMatchObject({ animalId: 'Animal:1', kind: 'BORN', happenedOn: today(), newcomer: { tag: 'GL-2', sex: 'MALE' }, price: null, cause: null, witnessName: null })
  expect(onDone).toHaveBeenCalledOnce()
})

test('what the server finds wrong stands beside its field', async () => {
  const { onDone, send } = form('DIED', { animal: null, problem: { __typename: 'InvalidInput', code: 'WITNESS_NEEDED', message: 'Hãy ghi tên người làm chứng.', field: 'witnessName' } })
  await userEvent.type(screen.getByLabelText('Nguyên nhân'), 'rét đậm')
  await userEvent.type(screen.getByLabelText('Người làm chứng'), 'x')
  await send()
  expect(screen.getByLabelText('Người làm chứng').getAttribute('aria-invalid')).toBe('true')
  expect(onDone).not.toHaveBeenCalled()
})
