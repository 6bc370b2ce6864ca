// A giver's year as a paper: promised beside arrived, what is missing said openly, amounts in words, values in kind as estimates. No household is in it.
import type { Hub } from '../../access/hub.ts'
import type { OutcomeKind } from '../../generated/prisma/enums.ts'
import { run } from '../../graphql/run.ts'
import { dayInVietNam, spoken } from '../../platform/day.ts'
import { inEn, inVi } from '../../platform/number.ts'
import { type Content, printed } from '../../platform/pdf.ts'
import { spelled } from '../../../../common/spelled.ts'
import { OUTCOME_WORDS } from '../outcomes/words.ts'
import { type Purchases, type Terms, purchasesIn, termsIn, termsSql } from '../pledges/terms-words.ts'
import { kindsSql, linesOnTermsSql, outcomesSql, placesSql, reached, yearSql } from './queries.ts'

type Language = 'vi' | 'en'
type Named = { name: string; nameEn: string; unitName: string; unitNameEn: string }
/** Whole numbers as decimal text. */
type Whole = string

interface GivingYear {
  giver: string
  year: number
  isDemonstration: boolean
  hamlets: number
  households: number
  kinds: (Named & Record<'promised' | 'allocated' | 'dispatched' | 'received' | 'settled' | 'missing' | 'unanswered' | 'promisedValue' | 'receivedValue', Whole> & { isEstimate: boolean })[]
  /** Posts, and purchases with what was bought in the year. */
  linesOnTerms: (Named & Terms & Purchases & { detail: string; promised: Whole })[]
  places: (Named & { area: string; commune: string | null; dispatched: Whole; received: Whole; households: number })[]
  outcomes: { outcome: OutcomeKind; name: string | null; nameEn: string | null; isMoney: boolean | null; quantity: Whole }[]
}

const MOST_PRINTED = 200
/** So many stay on one page with their heading. */
const FEW = 15
const named = (kind: string) => `'name', ${kind}.name, 'nameEn', ${kind}.name_en, 'unitName', ${kind}.unit_name, 'unitNameEn', ${kind}.unit_name_en`
const texts = (row: string, columns: Record<string, string>) => Object.entries(columns).map(([name, column]) => `'${name}', ${row}.${column}::text`).join(', ')

/** Of one of the viewer's own parties; null for another's. */
export async function yearOf(hub: Hub, partyId: string, year: number): Promise<GivingYear | null> {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const [row] = await run<{ value: GivingYear }>(hub, hub.viewer, {
    text: `select json_build_object('giver', y.name, 'year', y.year, 'isDemonstration', y.is_demo, 'hamlets', ${reached('y', 'area_id')}, 'households', ${reached('y', 'household_id')},
        'kinds', (select coalesce(json_agg(json_build_object(${named('kind')}, 'isEstimate', k.is_estimate, ${texts('k', {
          promised: 'promised', allocated: 'allocated', dispatched: 'dispatched', received: 'received', settled: 'settled', missing: 'missing', unanswered: 'unanswered',
          promisedValue: 'promised_value', receivedValue: 'received_value' })}) order by k.ordinal), '[]'::json)
          from ${kindsSql('y')} k join support_kind kind on kind.code = k.kind_code),
        'linesOnTerms', (select coalesce(json_agg(json_build_object(${named('kind')}, 'detail', l.detail, ${texts('l', { promised: 'promised', bought: 'bought', value: 'value', paid: 'paid' })},${termsSql('l')}) order by l.registered_at, l.ordinal), '[]'::json)
          from (select * from ${linesOnTermsSql('y')} line order by line.registered_at, line.ordinal limit ${MOST_PRINTED}) l join support_kind kind on kind.code = l.kind_code),
        'places', (select coalesce(json_agg(json_build_object(${named('kind')}, 'area', area.full_name, 'households', p.households, ${texts('p', { dispatched: 'dispatched', received: 'received' })},
            'commune', (select above.full_name from area above where above.path @> area.path and above.id <> area.id order by nlevel(above.path) desc limit 1)) order by p.households desc, area.full_name, kind.ordinal), '[]'::json)
          from (select * from ${placesSql('y')} place order by place.households desc, place.area_id limit ${MOST_PRINTED}) p join support_kind kind on kind.code = p.kind_code join area on area.id = p.area_id),
        'outcomes', (select coalesce(json_agg(json_build_object('outcome', o.outcome, 'name', kind.name, 'nameEn', kind.name_en, 'isMoney', kind.unit = 'VND', ${texts('o', { quantity: 'quantity' })}) order by kind.ordinal, o.outcome), '[]'::json)
          from ${outcomesSql('y')} o left join support_kind kind on kind.code = o.kind_code)) as value
      from ${yearSql(bind, partyId, year)} y`,
    values,
  })
  return row?.value ?? null
}

const WORDS = {
  vi: {
    title: (year: number) => `TỔNG KẾT NĂM ${year}`, movement: 'Cả nước chung tay vì người nghèo – Không để ai bị bỏ lại phía sau',
    reach: (hamlets: string, households: string) => `Phần giúp trong năm đã đến ${households} hộ ở ${hamlets} thôn, theo lời xác nhận của chính các hộ.`,
    nothing: 'Trong năm chưa có gì được cam kết hay giao.',
    kinds: 'Đã hứa và đã đến', columns: ['Nội dung', 'ĐVT', 'Cam kết', 'Đã ghép', 'Đã giao', 'Hộ nhận', 'Quyết toán'],
    money: 'Tiền đã cam kết', moneyReceived: 'Tiền hộ đã nhận', kind: 'Hiện vật đã cam kết (ước tính)', kindReceived: 'Hiện vật hộ đã nhận (ước tính)', dong: 'đồng',
    estimate: 'Giá trị hiện vật là ước tính theo bảng giá ở ngày cam kết; tiền được tính đúng số.',
    short: 'Còn thiếu', noShort: 'Không có phần nào đã giao mà hộ báo thiếu, sai hay chưa nhận.',
    missing: (name: string, amount: string) => `${name}: đã giao mà hộ báo chưa nhận đủ: ${amount}.`, unanswered: (name: string, amount: string) => `${name}: đã giao, hộ chưa trả lời: ${amount}.`,
    notYet: (name: string, amount: string) => `${name}: đã hứa trong năm mà chưa giao: ${amount}.`,
    onTerms: 'Việc làm và bao tiêu nông sản', boughtThen: 'Số đã mua và đã trả tiền là trong năm.',
    outcomes: 'Kết quả đã thấy', places: 'Từng thôn', placeColumns: ['Thôn', 'Nội dung', 'Đã giao', 'Hộ nhận', 'Số hộ'],
    until: (day: string) => `Số liệu đến ngày ${day}, chỉ tính cam kết đã được Mặt trận xác minh. Chỉ tính là đã nhận khi chính hộ nhận, hoặc người thay hộ trước mặt người làm chứng, xác nhận.`,
    demonstration: 'DỮ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ SỬ DỤNG',
  },
  en: {
    title: (year: number) => `THE YEAR ${year}`, movement: 'The whole country joins hands for the poor – no one is left behind',
    reach: (hamlets: string, households: string) => `What was handed over in the year has come to ${households} households in ${hamlets} hamlets, by the households' own word.`,
    nothing: 'Nothing was promised or handed over in the year.',
    kinds: 'Promised, and arrived', columns: ['What', 'Unit', 'Promised', 'Matched', 'Handed over', 'Received', 'Settled'],
    money: 'Money promised', moneyReceived: 'Money received', kind: 'Promised in kind (estimate)', kindReceived: 'Received in kind (estimate)', dong: 'VND',
    estimate: 'Values in kind are estimates by the price list of the day of the promise; money is counted as it is.',
    short: 'What is missing', noShort: 'Of what was handed over, no household has reported anything missing, wrong or not received.',
    missing: (name: string, amount: string) => `${name}: handed over and, by the households' word, not received in full: ${amount}.`, unanswered: (name: string, amount: string) => `${name}: handed over and not answered yet: ${amount}.`,
    notYet: (name: string, amount: string) => `${name}: promised in the year and not handed over: ${amount}.`,
    onTerms: 'Posts, and produce to be bought', boughtThen: 'What was bought and paid for is of the year.',
    outcomes: 'What became of it', places: 'By hamlet', placeColumns: ['Hamlet', 'What', 'Handed over', 'Received', 'Households'],
    until: (day: string) => `As of ${day}, of pledges that the Front has verified. Something counts as received once the household itself, or a proxy before a witness, has confirmed it.`,
    demonstration: 'DEMONSTRATION DATA – OF NO VALUE',
  },
}

/** @returns the bytes of a .pdf file */
export function paperOf(it: GivingYear, language: Language): Promise<Buffer> {
  const words = WORDS[language]
  const figure = (count: Whole | bigint) => (language === 'vi' ? inVi : inEn)(BigInt(count))
  const day = (iso: string) => (language === 'vi' ? spoken(iso) : iso)
  const nameOf = ({ name, nameEn }: { name: string; nameEn: string }) => (language === 'vi' ? name : nameEn)
  const unitOf = ({ unitName, unitNameEn }: Named) => (language === 'vi' ? unitName : unitNameEn)
  const right = (text: string): Content => ({ text, alignment: 'right' })
  const head = (columns: string[]) => columns.map((text) => ({ text, bold: true, fontSize: 10, alignment: 'center' }))
  const heading = (text: string): Content => ({ text, style: 'heading', fontSize: 13, margin: [0, 14, 0, 4] })
  const amount = (kind: Named, count: Whole | bigint) => `${figure(count)} ${unitOf(kind)}`

  const sum = (isEstimate: boolean, value: 'promisedValue' | 'receivedValue') => it.kinds.reduce((total, kind) => (kind.isEstimate === isEstimate ? total + BigInt(kind[value]) : total), 0n)
  const inWords = (label: string, value: bigint): Content[] =>
    value > 0n ? [{ text: [{ text: `${label}: `, bold: true }, `${figure(value)} ${words.dong} (${spelled(value, language).toLowerCase()} ${words.dong})`] }] : []

  const short = it.kinds.flatMap((kind) => {
    const notYet = BigInt(kind.promised) - BigInt(kind.dispatched)
    return [
      ...(kind.missing === '0' ? [] : [words.missing(nameOf(kind), amount(kind, kind.missing))]),
      ...(kind.unanswered === '0' ? [] : [words.unanswered(nameOf(kind), amount(kind, kind.unanswered))]),
      ...(notYet > 0n ? [words.notYet(nameOf(kind), amount(kind, notYet))] : []),
    ]
  })

  return printed({
    title: `${words.title(it.year)} – ${it.giver}`, language,
    content: [
      ...(it.isDemonstration ? [{ text: words.demonstration, alignment: 'center', color: '#a00', margin: [0, 0, 0, 8] }] : []),
      { text: words.movement, alignment: 'center', italics: true, margin: [0, 6, 0, 14] },
      { text: words.title(it.year), style: 'title', fontSize: 20 },
      { text: it.giver, alignment: 'center', fontSize: 15, bold: true, margin: [0, 4, 0, 12] },
      ...(it.kinds.length === 0 ? [{ text: words.nothing, alignment: 'center' }] : [
        { text: words.reach(figure(BigInt(it.hamlets)), figure(BigInt(it.households))) },
        heading(words.kinds),
        { table: {
          headerRows: 1, widths: ['*', 'auto', 'auto', 'auto', 'auto', 'auto', 'auto'],
          body: [head(words.columns), ...it.kinds.map((kind) => [nameOf(kind), unitOf(kind), ...[kind.promised, kind.allocated, kind.dispatched, kind.received, kind.settled].map((count) => right(figure(count)))])],
        }, fontSize: 10, margin: [0, 0, 0, 6] },
        ...inWords(words.money, sum(false, 'promisedValue')), ...inWords(words.moneyReceived, sum(false, 'receivedValue')),
        ...inWords(words.kind, sum(true, 'promisedValue')), ...inWords(words.kindReceived, sum(true, 'receivedValue')),
        ...(it.kinds.some(({ isEstimate }) => isEstimate) ? [{ text: words.estimate, style: 'small', margin: [0, 4, 0, 0] }] : []),
        heading(words.short), short.length ? { ul: short } : words.noShort,
      ]),
      ...(it.linesOnTerms.length === 0 ? [] : [
        heading(words.onTerms),
        { ul: it.linesOnTerms.map((line) => [
          line.detail ? `${nameOf(line)}: ${line.detail}` : nameOf(line),
          ...[...termsIn(line, language), ...(line.agreement ? [purchasesIn(line, line.promised, language)] : [])].map((text) => ({ text, style: 'small' })),
        ]) },
        ...(it.linesOnTerms.some(({ agreement }) => agreement) ? [{ text: words.boughtThen, style: 'small', margin: [0, 4, 0, 0] }] : []),
      ]),
      ...(it.outcomes.length === 0 ? [] : [
        heading(words.outcomes),
        { ul: it.outcomes.map(({ outcome, name, nameEn, isMoney, quantity }) => `${name ? `${nameOf({ name, nameEn: nameEn! })}: ` : ''}${OUTCOME_WORDS[outcome][language]}: ${figure(quantity)}${isMoney ? ` ${words.dong}` : ''}`) },
      ]),
      ...(it.places.length === 0 ? [] : [{ unbreakable: it.places.length <= FEW, stack: [
        heading(words.places),
        { table: {
          headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths: ['*', '*', 'auto', 'auto', 'auto'],
          body: [head(words.placeColumns), ...it.places.map((place) => [
            [place.area, place.commune].filter(Boolean).join(', '), nameOf(place), right(amount(place, place.dispatched)), right(amount(place, place.received)), right(figure(BigInt(place.households)))])],
        }, fontSize: 10 },
      ] }]),
      { text: words.until(day(dayInVietNam())), style: 'small', margin: [0, 14, 0, 0] },
    ],
  })
}
