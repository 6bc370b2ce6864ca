// The outcome form asks what the kind of support and the outcome call for, and nothing else.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Client, Provider, fetchExchange } from 'urql'
import { expect, test, vi } from 'vitest'
import { show } from '../../ui/testing.tsx'
import type { SupportKind } from '../desk/support.tsx'
import { OutcomeForm } from './OutcomeForm.tsx'
import { recordableOf } from './outcome-rules.ts'

const other = (family: SupportKind['family'], unit: string): SupportKind => ({ code: family, family, name: family, nameEn: family, unit, unitName: unit, unitNameEn: unit })
const kinds: Record<SupportKind['family'], SupportKind> = {
  CAPITAL: { code: 'CASH_CAPITAL', family: 'CAPITAL', name: 'Hỗ trợ vốn', nameEn: 'Capital', unit: 'VND', unitName: 'đồng', unitNameEn: 'VND' },
  LIVESTOCK: { code: 'COW', family: 'LIVESTOCK', name: 'Bò giống', nameEn: 'Cow', unit: 'head', unitName: 'con', unitNameEn: 'head' },
  TRAINING: { code: 'VOCATIONAL_TRAINING', family: 'TRAINING', name: 'Đào tạo nghề', nameEn: 'Training', unit: 'seat', unitName: 'suất', unitNameEn: 'seat' },
  REVOLVING: other('REVOLVING', 'VND'), CREDIT: other('CREDIT', 'loan'), JOB: other('JOB', 'post'), OFFTAKE: other('OFFTAKE', 'kg'), GOODS: other('GOODS', 'piece'),
  WORKS: other('WORKS', 'house'), LABOUR: other('LABOUR', 'day'),
}

interface Sent {
  input: Record<string, unknown>
}

/** A server that answers each request in turn; `null` is a line that is down. */
function form(family: SupportKind['family'], answers: (object | null)[] = []) {
  const sent: Sent[] = []
  const onDone = vi.fn<() => void>()
  const client = new Client({
    url: 'http://hub.test/graphql',
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: async (_url, request) => {
      sent.push((JSON.parse(String(request?.body)) as { variables: Sent }).variables)
      const answer = answers.shift()
      if (!answer) throw new TypeError('the line is down')
      return Response.json({ data: { recordOutcome: answer } })
    },
  })
  show(
    <Provider value={client}>
      <OutcomeForm allocation={{ id: 'Allocation:1', kind: kinds[family], quantities: { received: '3' } }} onDone={onDone} onCancel={() => {}} />
    </Provider>,
  )
  return { sent, onDone, send: () => userEvent.click(screen.getByRole('button', { name: 'Ghi kết quả' })) }
}

const done = { outcome: { id: 'Outcome:1', kind: 'CAPITAL_USED', quantity: '3', observedOn: '2026-01-01' }, problem: null }

test.each([
  ['CAPITAL', ['Vốn dùng đúng việc', 'Vốn dùng sai việc']],
  ['LIVESTOCK', ['Con giống còn sống, khỏe', 'Đẻ thêm con', 'Trao con cho hộ sau', 'Con giống bị chết, mất']],
  ['TRAINING', ['Học xong khóa', 'Được cấp chứng nhận']],
  ['REVOLVING', ['Vốn dùng đúng việc', 'Hộ hoàn lại vốn', 'Chuyển vốn cho hộ sau', 'Vốn dùng sai việc', 'Xóa nợ vì không hoàn lại được']],
  ['CREDIT', ['Ngân hàng cho vay', 'Vốn vay dùng đúng việc', 'Ngân hàng không cho vay']],
  ['JOB', ['Đã phỏng vấn', 'Bắt đầu đi làm', 'Không được nhận, không nhận việc', 'Còn giữ việc', 'Mất việc, nghỉ việc']],
  ['OFFTAKE', ['Đã thu mua', 'Đã trả tiền']],
  ['GOODS', ['Đang được dùng']],
  ['WORKS', ['Ký biên bản nghiệm thu', 'Công trình đang được dùng']],
  ['LABOUR', ['Việc đã làm xong']],
] as const)('%s offers its own outcomes alone', (family, labels) => {
  form(family)
  expect(screen.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual(labels)
})

test('of animals in a herd’s book, only that they live is recorded by hand', () => {
  expect(recordableOf('LIVESTOCK', true)).toEqual(['LIVESTOCK_ALIVE'])
  expect(recordableOf('LIVESTOCK', false)).toHaveLength(4)
})

test('a death asks for its cause and a witness', async () => {
  form('LIVESTOCK')
  expect(screen.queryByLabelText('Nguyên nhân')).toBeNull()
  await userEvent.click(screen.getByLabelText('Con giống bị chết, mất'))
  expect(screen.getByLabelText('Nguyên nhân')).toBeDefined()
  expect(screen.getByLabelText('Họ tên người làm chứng')).toBeDefined()
})

test('a loan that is written off asks for its cause', async () => {
  form('REVOLVING')
  await userEvent.click(screen.getByLabelText('Xóa nợ vì không hoàn lại được'))
  expect(screen.getByLabelText('Nguyên nhân')).toBeDefined()
})

test('what is handed on asks for the household it went to', async () => {
  form('LIVESTOCK')
  await userEvent.click(screen.getByLabelText('Trao con cho hộ sau'))
  expect(screen.getByLabelText('Trao tiếp cho hộ nào')).toBeDefined()
})

test('a purchase asks for its price', async () => {
  form('OFFTAKE')
  await userEvent.click(screen.getByLabelText('Đã thu mua'))
  expect(screen.getByLabelText('Giá mua một kg')).toBeDefined()
  await userEvent.click(screen.getByLabelText('Đã trả tiền'))
  expect(screen.queryByLabelText('Giá mua một kg')).toBeNull()
})

test('nothing is sent before an outcome is chosen', async () => {
  const { sent, send } = form('CAPITAL')
  await send()
  expect(sent).toEqual([])
  expect(screen.getByText('Hãy chọn điều đã thấy')).toBeDefined()
})

test('a lost answer keeps what was typed, and sending again carries the same key', async () => {
  const { sent, send, onDone } = form('CAPITAL', [null, done])
  await userEvent.click(screen.getByLabelText('Vốn dùng đúng việc'))
  await send()
  expect(await screen.findByText(/Chưa gửi được/)).toBeDefined()
  await send()
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(sent).toHaveLength(2)
  expect(sent[0]!.input.idempotencyKey).toBe(sent[1]!.input.idempotencyKey)
})

test('a field that the server refuses is named at the top, and marked', async () => {
  const problem = { __typename: 'InvalidInput', code: 'BAD_DAY', message: 'Ngày ghi nhận phải từ 01/06/2026 đến hôm nay.', field: 'observedOn' }
  const { send } = form('CAPITAL', [{ outcome: null, problem }])
  await userEvent.click(screen.getByLabelText('Vốn dùng đúng việc'))
  await send()
  expect(await screen.findByRole('link', { name: problem.message })).toBeDefined()
  expect(screen.getByLabelText('Thấy ngày').getAttribute('aria-invalid')).toBe('true')
})

test('a conflict says who was first, and offers to look again', async () => {
  const problem = { __typename: 'Conflict', code: 'MORE_THAN_THERE_IS', message: 'Theo sổ chỉ còn 2.' }
  const { send } = form('CAPITAL', [{ outcome: null, problem }])
  await userEvent.click(screen.getByLabelText('Vốn dùng đúng việc'))
  await send()
  expect(await screen.findByText(problem.message)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Tải lại' })).toBeDefined()
})
