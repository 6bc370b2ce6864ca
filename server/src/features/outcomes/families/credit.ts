// A word for a household at the policy bank: the bank lends, never the hub. Complete once the bank has answered and each loan's purpose was checked.
import { type Family, complete, following, restOf, sumOf, waiting } from './family.ts'

const most = restOf('CREDIT_GRANTED', 'CREDIT_REFUSED')

export const CREDIT: Family = {
  says: {
    CREDIT_GRANTED: { most },
    CREDIT_REFUSED: { most, asks: ['cause'], isPrivate: true },
    CREDIT_PURPOSE_CHECKED: { most: following('CREDIT_GRANTED', 'CREDIT_PURPOSE_CHECKED') },
  },
  asks: [{ yes: 'CREDIT_GRANTED', no: 'CREDIT_REFUSED' }],
  completion({ received, before }) {
    const granted = sumOf(before, 'CREDIT_GRANTED')
    const refused = sumOf(before, 'CREDIT_REFUSED')
    if (granted + refused < received) return waiting('Đã giới thiệu; chờ ngân hàng trả lời.', 'Referred; waiting for the bank to answer.')
    if (granted === 0n) return complete('Ngân hàng không cho vay; đã ghi lý do.', 'The bank did not lend; the reason is recorded.')
    if (sumOf(before, 'CREDIT_PURPOSE_CHECKED') < granted) return waiting('Đã được vay; chờ kiểm tra việc dùng vốn đúng mục đích.', 'Granted; waiting to see that it was used for its purpose.')
    return refused > 0n
      ? complete('Có khoản được vay và dùng đúng mục đích; có khoản ngân hàng từ chối, đã ghi lý do.', 'Part was granted and used for its purpose; part was refused, and the reason is recorded.')
      : complete('Đã được vay và dùng đúng mục đích.', 'Granted, and used for its purpose.')
  },
}
