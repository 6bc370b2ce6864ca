// What may become of a gift, in words, as papers name it beside a figure.
import type { OutcomeKind } from '../../generated/prisma/enums.ts'
import type { Sentence } from '../../platform/failure.ts'

export const OUTCOME_WORDS: Record<OutcomeKind, Sentence> = {
  CAPITAL_USED: { vi: 'vốn dùng đúng việc', en: 'used for its purpose' },
  CAPITAL_MISUSED: { vi: 'vốn dùng chưa đúng việc', en: 'not used for its purpose' },
  CAPITAL_PAID_BACK: { vi: 'vốn đã hoàn lại', en: 'paid back' },
  CAPITAL_LENT_ON: { vi: 'vốn chuyển cho hộ sau', en: 'lent on to another household' },
  CAPITAL_WRITTEN_OFF: { vi: 'vốn không hoàn lại được, đã xóa nợ', en: 'written off, as it could not be paid back' },
  CREDIT_GRANTED: { vi: 'khoản được ngân hàng cho vay', en: 'loans granted' },
  CREDIT_REFUSED: { vi: 'khoản ngân hàng không cho vay', en: 'loans refused' },
  CREDIT_PURPOSE_CHECKED: { vi: 'khoản vay dùng đúng việc', en: 'loans used for their purpose' },
  LIVESTOCK_ALIVE: { vi: 'con còn sống, khỏe', en: 'alive and well' },
  LIVESTOCK_BORN: { vi: 'con con ra đời', en: 'born' },
  LIVESTOCK_DIED: { vi: 'con đã chết hoặc mất', en: 'died or lost' },
  LIVESTOCK_HANDED_ON: { vi: 'con trao tiếp cho hộ sau', en: 'handed on to another household' },
  COURSE_FINISHED: { vi: 'người học xong', en: 'finished the course' },
  CERTIFICATE_ISSUED: { vi: 'chứng chỉ được cấp', en: 'certificates issued' },
  JOB_INTERVIEWED: { vi: 'người được phỏng vấn', en: 'interviewed' },
  JOB_NOT_TAKEN: { vi: 'người không vào làm', en: 'not taken on' },
  JOB_STARTED: { vi: 'người bắt đầu đi làm', en: 'started work' },
  JOB_KEPT: { vi: 'người còn giữ việc', en: 'still at work' },
  JOB_LOST: { vi: 'người mất việc', en: 'lost the job' },
  PRODUCE_BOUGHT: { vi: 'kg nông sản được mua', en: 'kg bought' },
  PRODUCE_PAID: { vi: 'kg nông sản được trả tiền', en: 'kg paid for' },
  GOODS_IN_USE: { vi: 'món đang được dùng', en: 'in use' },
  COMPLETION_SIGNED: { vi: 'công trình nghiệm thu', en: 'completed and accepted' },
  WORKS_IN_USE: { vi: 'công trình đang được dùng', en: 'lived in, or in use' },
  WORK_DONE: { vi: 'việc đã làm xong', en: 'work done' },
  LEFT_POVERTY: { vi: 'hộ đã thoát nghèo', en: 'households that left poverty' },
  RELAPSED: { vi: 'hộ tái nghèo', en: 'households that relapsed' },
}
