// The record of a hand-over (biên bản bàn giao), for both sides and the witness to sign: what was given on which decision, in figures and in
// words, and what the receiving household vows. Form: as local committees of the Fatherland Front use it for gifts of the Fund for the Poor.
import type { Hub } from '../../access/hub.ts'
import { holdsHandover } from '../../access/visibility.ts'
import { run } from '../../graphql/run.ts'
import { spoken } from '../../platform/day.ts'
import { inEn, inVi } from '../../platform/number.ts'
import { type Content, printed } from '../../platform/pdf.ts'
import { spelled } from '../../../../common/spelled.ts'
import { type Terms, termsIn, termsSql } from '../pledges/terms-words.ts'
import type { ReceiptAnswer } from './rules.ts'

type Language = 'vi' | 'en'

interface HandOver {
  decisionNo: string
  /** Handed over by the giver itself, and where. */
  isDirect: boolean
  where: string
  /** The office's commune, or its province. */
  office: string
  place: string
  giver: string | null
  handedOverBy: string
  witness: string
  head: string
  code: string
  kind: { family: string; unit: string; name: string; nameEn: string; unitName: string; unitNameEn: string }
  detail: string
  /** Of a post, or of a purchase: what the giver holds itself to. */
  terms: Terms
  note: string
  quantity: bigint
  /** An estimate, VND a unit. */
  unitCost: bigint
  on: string
  answer: ReceiptAnswer | null
  received: bigint
  isDemonstration: boolean
}

/** For the receiving side and the offices; null for anyone else. */
export async function handOverOf(hub: Hub, deliveryId: string): Promise<HandOver | null> {
  const [row] = await run<Record<string, any>>(hub, hub.viewer, {
    text: `
      select delivery.decision_no, delivery.is_direct, delivery.place as where_at, area.full_name as place, coalesce(office.full_name, area.full_name) as office,
             (select party.name from party where party.id = delivery.party_id and not pledge.anonymous) as giver, handed_over_by(delivery.id) as by, delivery.witness_name,
             household.head_name, household.code, household.is_demo, kind.family::text, kind.unit, kind.name, kind.name_en, kind.unit_name, kind.unit_name_en, kind.typical_cost,
             coalesce(line.detail, '') as detail, json_build_object(${termsSql('line')}) as terms, delivery.note, delivery.quantity, coalesce(delivery.handed_over_on, (delivery.dispatched_at at time zone 'Asia/Ho_Chi_Minh')::date)::text as on,
             delivery.answer::text, delivery.received
      from delivery
      join allocation on allocation.id = delivery.allocation_id
      join household on household.id = delivery.household_id
      join pledge on pledge.id = delivery.pledge_id
      join support_kind kind on kind.code = allocation.kind_code
      join area on area.id = delivery.area_id
      left join area office on office.id = case when nlevel(area.path) > 1 then ltree2text(subpath(area.path, 1, 1)) else area.id end
      left join pledge_line line on line.id = allocation.line_id
      where delivery.id = $1::uuid and ${holdsHandover('delivery')}`,
    values: [deliveryId],
  })
  return row ? {
    decisionNo: row.decision_no, isDirect: row.is_direct, where: row.where_at, office: row.office, place: row.place, giver: row.giver, handedOverBy: row.by, witness: row.witness_name, head: row.head_name, code: row.code,
    kind: { family: row.family, unit: row.unit, name: row.name, nameEn: row.name_en, unitName: row.unit_name, unitNameEn: row.unit_name_en },
    detail: row.detail, terms: row.terms, note: row.note, quantity: BigInt(row.quantity), unitCost: BigInt(row.typical_cost), on: row.on,
    answer: row.answer, received: BigInt(row.received), isDemonstration: row.is_demo,
  } : null
}

const ANSWERS: Record<Language, Record<ReceiptAnswer, string>> = {
  vi: { FULL: 'Đã nhận đủ', SHORT: 'Nhận thiếu', WRONG: 'Nhận không đúng', NOT_RECEIVED: 'Chưa nhận được gì' },
  en: { FULL: 'All of it arrived', SHORT: 'Part of it arrived', WRONG: 'Something else arrived', NOT_RECEIVED: 'Nothing arrived' },
}

const VOWS: Record<Language, (kind: HandOver['kind']) => string[]> = {
  vi: ({ family }) => [
    'Đã nhận đủ và đúng như ghi ở trên; thiếu hoặc khác thì đã ghi rõ vào phần ghi chú.',
    'Sử dụng đúng mục đích; không bán, cầm cố hay chuyển nhượng.',
    ...(family === 'LIVESTOCK' ? ['Nuôi giữ con giống theo quy định của chương trình dưới sự theo dõi của Ban công tác Mặt trận; báo ngay khi con giống ốm, chết hoặc sinh sản.'] : []),
    'Phối hợp làm giấy tờ quyết toán; sử dụng sai mục đích thì hoàn trả.',
  ],
  en: ({ family }) => [
    'Everything above was received in full and as described; what is missing or different is written in the notes.',
    'It is used for its purpose; it is not sold, pawned or transferred.',
    ...(family === 'LIVESTOCK' ? ['The animals are kept by the rules of the programme, watched by the Front of the hamlet; illness, death and birth are told at once.'] : []),
    'The household helps with the settlement papers; what is misused is paid back.',
  ],
}

const WORDS = {
  vi: {
    title: 'BIÊN BẢN BÀN GIAO', country: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập – Tự do – Hạnh phúc'], front: 'ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM',
    demonstration: 'DỮ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ SỬ DỤNG', day: 'Ngày bàn giao', decision: 'Theo quyết định số', none: '…………………………', number: 'Chủ hộ', where: 'Nơi trao', direct: 'Người ủng hộ trao trực tiếp cho hộ, không qua cơ quan.',
    giving: 'Bên giao', receiving: 'Bên nhận', witnessing: 'Bên làm chứng', by: 'Người giao', giver: 'Nguồn ủng hộ', unnamed: 'Người ủng hộ không nêu tên', place: 'Địa chỉ',
    columns: ['Nội dung', 'ĐVT', 'Số lượng', 'Đơn giá ước tính (đồng)', 'Thành tiền ước tính (đồng)'], inWords: 'Bằng chữ', estimated: 'ước tính',
    vows: 'Bên nhận cam kết', note: 'Ghi chú', household: 'Lời của hộ', noAnswer: 'Hộ chưa trả lời trên hệ thống.',
    copies: 'Biên bản lập thành 02 bản, mỗi bên giữ 01 bản.', sign: '(ký, ghi rõ họ tên)',
  },
  en: {
    title: 'RECORD OF HAND-OVER', country: ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence – Freedom – Happiness'], front: 'VIET NAM FATHERLAND FRONT',
    demonstration: 'DEMONSTRATION DATA – OF NO VALUE', day: 'Day of hand-over', decision: 'By decision no.', none: '…………………………', number: 'Head of the household', where: 'Handed over at', direct: 'The giver handed this to the household directly, without an office between.',
    giving: 'Handing over', receiving: 'Receiving', witnessing: 'Witness', by: 'Handed over by', giver: 'Given by', unnamed: 'A giver who stays unnamed', place: 'Place',
    columns: ['What', 'Unit', 'Quantity', 'Estimated unit cost (VND)', 'Estimated value (VND)'], inWords: 'In words', estimated: 'estimated',
    vows: 'The receiving side vows', note: 'Notes', household: "The household's word", noAnswer: 'The household has not answered in the system yet.',
    copies: 'Made in two copies, one for each side.', sign: '(signature, full name)',
  },
}

/** @returns the bytes of a .pdf file */
export function recordOf(it: HandOver, language: Language): Promise<Buffer> {
  const words = WORDS[language]
  const figure = language === 'vi' ? inVi : inEn
  const isMoney = it.kind.unit === 'VND'
  const value = it.quantity * it.unitCost
  const kind = language === 'vi' ? it.kind.name : it.kind.nameEn
  const unit = language === 'vi' ? it.kind.unitName : it.kind.unitNameEn
  const said = it.answer === null ? words.noAnswer : `${ANSWERS[language][it.answer]}: ${figure(it.received)} ${unit}.`
  const line = (label: string, text: string): Content => ({ text: [{ text: `${label}: `, bold: true }, text] })
  const right = (text: string): Content => ({ text, alignment: 'right' })
  const signature = (who: string, name: string): Content => ({ stack: [{ text: who, bold: true }, { text: words.sign, style: 'small' }, { text: name, margin: [0, 60, 0, 0] }], alignment: 'center' })
  return printed({
    title: `${words.title} – ${it.code}`, language,
    content: [
      ...(it.isDemonstration ? [{ text: words.demonstration, alignment: 'center', color: '#a00', margin: [0, 0, 0, 8] }] : []),
      { columns: [
        { text: [{ text: `${words.front}\n`, bold: true }, it.office], alignment: 'center', fontSize: 10 },
        { text: [{ text: `${words.country[0]}\n`, bold: true }, words.country[1]!], alignment: 'center', fontSize: 10 },
      ] },
      { text: words.title, style: 'title', margin: [0, 18, 0, 4] },
      { text: `${words.day}: ${language === 'vi' ? spoken(it.on) : it.on}`, alignment: 'center', margin: [0, 0, 0, 10] },
      it.isDirect ? { text: words.direct, alignment: 'center', margin: [0, 0, 0, 6] } : line(words.decision, it.decisionNo || words.none),
      ...(it.where ? [line(words.where, it.where)] : []),
      { text: words.giving, style: 'heading' },
      line(words.by, it.handedOverBy), line(words.giver, it.giver ?? words.unnamed),
      { text: words.receiving, style: 'heading' },
      line(words.number, `${it.head} (${it.code})`), line(words.place, it.place),
      { text: words.witnessing, style: 'heading' },
      it.witness,
      { margin: [0, 10, 0, 4], table: {
        headerRows: 1, widths: ['*', 'auto', 'auto', 'auto', 'auto'],
        body: [
          words.columns.map((text) => ({ text, bold: true, fontSize: 10, alignment: 'center' })),
          [[it.detail ? `${kind}: ${it.detail}` : kind, ...termsIn(it.terms, language).map((text) => ({ text, style: 'small' }))], unit, right(figure(it.quantity)), right(isMoney ? '' : figure(it.unitCost)), right(figure(value))],
        ],
      } },
      line(words.inWords, isMoney
        ? `${spelled(it.quantity, language)} ${unit}.`
        : `${spelled(it.quantity, language)} ${unit}${value > 0n ? ` (${words.estimated} ${spelled(value, language).toLowerCase()} ${language === 'vi' ? 'đồng' : 'VND'})` : ''}.`),
      ...(it.note ? [line(words.note, it.note)] : []),
      { text: words.vows, style: 'heading' },
      { ol: VOWS[language](it.kind) },
      line(words.household, said),
      { text: words.copies, margin: [0, 8, 0, 12] },
      { columns: [signature(words.giving, it.handedOverBy), signature(words.witnessing, it.witness), signature(words.receiving, it.head)], unbreakable: true },
    ],
  })
}
