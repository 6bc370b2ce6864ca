// What may be said to have become of a gift, and when it is complete: each family of support by its own rule. Pure decisions.
import { BOUNDS } from '../../../../common/bounds.ts'
import type { SupportFamily } from '../../generated/prisma/enums.ts'
import { later, spoken } from '../../platform/day.ts'
import { Failure, conflict, invalid } from '../../platform/failure.ts'
import { inEn, inVi, mustBeWithin } from '../../platform/number.ts'
import { CAPITAL } from './families/capital.ts'
import { CREDIT } from './families/credit.ts'
import { type Completion, type Family, type Ground, type Question, type Recorded, type RecordedKind, type Saying, type Says, complete, waiting } from './families/family.ts'
import { GOODS } from './families/goods.ts'
import { JOB } from './families/job.ts'
import { LABOUR } from './families/labour.ts'
import { LIVESTOCK } from './families/livestock.ts'
import { OFFTAKE } from './families/offtake.ts'
import { REVOLVING } from './families/revolving.ts'
import { TRAINING } from './families/training.ts'
import { WORKS } from './families/works.ts'

export const FAMILIES: Record<SupportFamily, Family> = { CAPITAL, REVOLVING, CREDIT, LIVESTOCK, TRAINING, JOB, OFFTAKE, GOODS, WORKS, LABOUR }

export const kindsOf = (family: SupportFamily) => Object.keys(FAMILIES[family].says) as RecordedKind[]

export interface OutcomeGround extends Ground {
  family: SupportFamily
  /** The day of the first receipt; null when nothing was received. */
  firstReceivedOn: string | null
  /** Its animals are in a herd's book. */
  hasBook?: boolean
}

/** Whether this may be said. @throws InvalidInput, Conflict */
export function checkOutcome(saying: Saying, ground: OutcomeGround, today: string): void {
  const { kind, quantity, observedOn } = saying
  const says = FAMILIES[ground.family].says[kind]
  if (!says) throw invalid('kind', 'OTHER_FAMILY', 'Kết quả này không thuộc loại hỗ trợ đó.', 'This outcome does not belong to that kind of support.')
  if (says.isOfBook && ground.hasBook) {
    throw conflict('IN_THE_BOOK', 'Con giống này đã có sổ đàn: hãy ghi con sinh, con chết, con mất và việc trao tiếp vào sổ đàn; kết quả tự theo sổ.',
      "These animals are in a herd's book: enter births, losses and hand-overs there, and the outcomes follow.")
  }
  if (quantity < 1n) throw invalid('quantity', 'BAD_QUANTITY', 'Số lượng phải từ 1 trở lên.', 'The quantity must be at least 1.')
  if (ground.firstReceivedOn === null || ground.received === 0n) {
    throw conflict('NOTHING_RECEIVED', 'Hộ chưa xác nhận nhận được gì, nên chưa ghi kết quả được.', 'The household has not confirmed that anything came, so there is no outcome to record yet.')
  }
  if (observedOn > today || observedOn < ground.firstReceivedOn) {
    throw invalid('observedOn', 'BAD_DAY', `Ngày ghi nhận phải từ ${spoken(ground.firstReceivedOn)} (ngày hộ nhận) đến hôm nay.`,
      `The day must lie between ${ground.firstReceivedOn}, when the household received it, and today.`)
  }
  for (const asked of says.asks ?? []) if (!saying[asked]?.trim()) throw unsaid[asked]()
  checkPrice(saying, says)
  says.check?.(saying, ground)
  const most = says.most(observedOn, ground)
  if (quantity > most) {
    const left = most < 0n ? 0n : most // below nothing when an answer was lowered after outcomes had been recorded
    throw conflict('MORE_THAN_THERE_IS', `Theo những gì đã ghi, ngày ${spoken(observedOn)} chỉ còn ${inVi(left)}. Hãy kiểm tra lại số lượng và ngày.`,
      `By what is recorded, only ${inEn(left)} were left on ${observedOn}. Check the quantity and the day.`)
  }
}

function checkPrice({ unitPrice }: Saying, { isPriced }: Says): void {
  if (isPriced && unitPrice == null) throw invalid('unitPrice', 'PRICE_NEEDED', 'Hãy ghi giá mua một đơn vị.', 'Say the price of one unit.')
  if (!isPriced && unitPrice != null) throw invalid('unitPrice', 'NOT_PRICED', 'Kết quả này không ghi giá.', 'This outcome has no price.')
  if (unitPrice != null) mustBeWithin(unitPrice, BOUNDS.unitPrice, 'unitPrice', 'BAD_PRICE', { vi: 'Giá một đơn vị (đồng)', en: 'The price of one unit (VND)' })
}

const unsaid = {
  cause: () => invalid('cause', 'CAUSE_NEEDED', 'Hãy ghi nguyên nhân.', 'Say what the cause was.'),
  witnessName: () => invalid('witnessName', 'WITNESS_NEEDED', 'Hãy ghi tên người làm chứng.', 'Name the witness.'),
  toHouseholdId: () => invalid('toHouseholdId', 'RECEIVER_NEEDED', 'Hãy chọn hộ được nhận tiếp.', 'Choose the household that it goes to.'),
}

/** What a household says of what it received is its own word; a check of it is not. @throws Conflict */
export function checkOwnWord(family: SupportFamily, kind: RecordedKind): void {
  if (FAMILIES[family].asks?.some(({ yes, no }) => kind === yes || kind === no)) return
  throw conflict('NOT_FOR_THE_HOUSEHOLD', 'Việc này do cán bộ đến xem rồi ghi, không do chính hộ ghi.', 'An officer looks at this and records it, not the household itself.')
}

export interface OpenQuestion extends Question {
  /** The most that can be said today. */
  most: { yes: bigint; no: bigint }
}

/** What a household can be asked today, in order: all that it could say without being refused. */
export function openQuestions(ground: OutcomeGround, today: string): OpenQuestion[] {
  const mostOf = (kind: RecordedKind | undefined) => (kind && maySay(kind, ground, today) ? max(0n, FAMILIES[ground.family].says[kind]!.most(today, ground)) : 0n)
  return (FAMILIES[ground.family].asks ?? [])
    .map((question) => ({ ...question, most: { yes: mostOf(question.yes), no: mostOf(question.no) } }))
    .filter(({ most }) => most.yes > 0n || most.no > 0n)
}

const max = (one: bigint, other: bigint) => (one > other ? one : other)

/** One of it could be said today. */
function maySay(kind: RecordedKind, ground: OutcomeGround, today: string): boolean {
  try {
    checkOutcome({ kind, quantity: 1n, observedOn: today, cause: '–', witnessName: '–', toHouseholdId: null }, ground, today)
    return true
  } catch (failure) {
    if (failure instanceof Failure) return false
    throw failure
  }
}

/** Days after which a household is asked again how it is. Our own choice: as often as one asks a neighbour, not as an office does. */
export const ASK_AGAIN_AFTER_DAYS = 30

/** Whether it is time to ask: so long after what it received came, and after it was last said how it is. */
export const isTimeToAsk = ({ firstReceivedOn, before }: OutcomeGround, today: string): boolean =>
  firstReceivedOn !== null && [firstReceivedOn, ...before.map(({ observedOn }) => observedOn)].every((day) => later(day, { days: ASK_AGAIN_AFTER_DAYS }) <= today)

/** Who is told that it was said. */
export const audienceOf = (family: SupportFamily, kind: RecordedKind) => (FAMILIES[family].says[kind]?.isPrivate ? 'PARTIES' as const : 'PUBLIC' as const)

export interface CompletionGround {
  family: SupportFamily
  allocated: bigint
  dispatched: bigint
  received: bigint
  settled: bigint
  firstReceivedOn: string | null
  before: Recorded[]
}

/** The rule of completion of a family, applied to what is known. */
export function completionOf({ family, allocated, dispatched, received, settled, firstReceivedOn, before }: CompletionGround): Completion {
  if (allocated === 0n) return complete('Đã bỏ ghép, không còn gì phải theo dõi.', 'Released; nothing is left to follow.')
  if (received === 0n || firstReceivedOn === null) return waiting('Chờ hộ xác nhận đã nhận.', 'Waiting for the household to confirm receipt.')
  if (dispatched < allocated) {
    const left = allocated - dispatched
    return waiting(`Còn ${inVi(left)} chưa giao.`, `${inEn(left)} still to be handed over.`)
  }
  return FAMILIES[family].completion({ dispatched, received, settled, firstReceivedOn, before })
}
