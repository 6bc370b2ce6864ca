// A certificate for a giver, to keep or to frame: what was promised, what the receiving side has confirmed, and what became of it; no household is named.
import type { Hub } from '../../access/hub.ts'
import { withPledges } from '../../access/viewer.ts'
import { holdsPledge, knowsGiver } from '../../access/visibility.ts'
import { run } from '../../graphql/run.ts'
import { dayInVietNam, spoken } from '../../platform/day.ts'
import { inEn, inVi } from '../../platform/number.ts'
import { type Content, printed } from '../../platform/pdf.ts'
import { type Terms, purchasesIn, termsIn, termsSql } from './terms-words.ts'

type Language = 'vi' | 'en'

interface Given {
  /** A certificate is shown around: what stands on it opens nothing. */
  transferCode: string
  giver: string | null
  area: string
  on: string
  isDemonstration: boolean
  lines: (Terms & { name: string; nameEn: string; unitName: string; unitNameEn: string; detail: string; promised: string; dispatched: string; received: string })[]
}

/** Of a verified pledge whose code opens it; null otherwise. */
export async function givenBy(hub: Hub, pledgeId: string): Promise<Given | null> {
  const [row] = await run<Record<string, any>>(hub, withPledges(hub.viewer, [pledgeId]), {
    text: `
      select pledge.transfer_code, pledge.is_demo, area.full_name as area, (pledge.registered_at at time zone 'Asia/Ho_Chi_Minh')::date::text as on,
             (select party.name from party where party.id = pledge.party_id and ${knowsGiver('pledge')} and not pledge.anonymous) as giver,
             (select json_agg(json_build_object('name', kind.name, 'nameEn', kind.name_en, 'unitName', kind.unit_name, 'unitNameEn', kind.unit_name_en, 'detail', line.detail,
                'promised', line.promised::text, 'dispatched', line.dispatched::text, 'received', line.received::text,${termsSql('line')}) order by line.ordinal)
              from pledge_line line join support_kind kind on kind.code = line.kind_code where line.pledge_id = pledge.id) as lines
      from pledge join area on area.id = pledge.area_id
      where pledge.id = $1::uuid and pledge.state = 'VERIFIED' and ${holdsPledge('pledge')}`,
    values: [pledgeId],
  })
  return row ? { transferCode: row.transfer_code, giver: row.giver, area: row.area, on: row.on, isDemonstration: row.is_demo, lines: row.lines } : null
}

const WORDS = {
  vi: {
    title: 'GIẤY GHI NHẬN', movement: 'Cả nước chung tay vì người nghèo – Không để ai bị bỏ lại phía sau', thanks: 'Trân trọng ghi nhận tấm lòng của',
    unnamed: 'Người ủng hộ không nêu tên', for: (area: string, on: string) => `đã cam kết hỗ trợ bà con ${area} ngày ${on}.`,
    columns: ['Nội dung', 'ĐVT', 'Cam kết', 'Đã giao', 'Hộ xác nhận đã nhận'], code: 'Mã chuyển khoản',
    until: (day: string) => `Số liệu đến ngày ${day}. Chỉ tính là đã nhận khi chính hộ nhận, hoặc người thay hộ trước mặt người làm chứng, xác nhận.`,
    demonstration: 'DỮ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ SỬ DỤNG',
  },
  en: {
    title: 'CERTIFICATE', movement: 'The whole country joins hands for the poor – no one is left behind', thanks: 'With thanks to',
    unnamed: 'a giver who stays unnamed', for: (area: string, on: string) => `who promised support to the people of ${area} on ${on}.`,
    columns: ['What', 'Unit', 'Promised', 'Handed over', 'Confirmed by households'], code: 'Transfer code',
    until: (day: string) => `As of ${day}. Something counts as received once the household itself, or a proxy before a witness, has confirmed it.`,
    demonstration: 'DEMONSTRATION DATA – OF NO VALUE',
  },
}

/** @returns the bytes of a .pdf file */
export function certificateOf(given: Given, language: Language): Promise<Buffer> {
  const words = WORDS[language]
  const figure = language === 'vi' ? inVi : inEn
  const day = (iso: string) => (language === 'vi' ? spoken(iso) : iso)
  const right = (text: string): Content => ({ text: figure(BigInt(text)), alignment: 'right' })
  return printed({
    title: `${words.title} – ${given.transferCode}`, language,
    content: [
      ...(given.isDemonstration ? [{ text: words.demonstration, alignment: 'center', color: '#a00' }] : []),
      { text: words.movement, alignment: 'center', italics: true, margin: [0, 30, 0, 30] },
      { text: words.title, style: 'title', fontSize: 24 },
      { text: words.thanks, alignment: 'center', margin: [0, 24, 0, 6] },
      { text: given.giver ?? words.unnamed, alignment: 'center', fontSize: 18, bold: true },
      { text: words.for(given.area, day(given.on)), alignment: 'center', margin: [0, 6, 0, 24] },
      { table: {
        headerRows: 1, widths: ['*', 'auto', 'auto', 'auto', 'auto'],
        body: [
          words.columns.map((text) => ({ text, bold: true, fontSize: 10, alignment: 'center' })),
          ...given.lines.map((line) => {
            const name = language === 'vi' ? line.name : line.nameEn
            const terms = [...termsIn(line, language), ...(line.agreement ? [purchasesIn(line.agreement, line.promised, language)] : [])]
            return [[line.detail ? `${name}: ${line.detail}` : name, ...terms.map((text) => ({ text, style: 'small' }))], language === 'vi' ? line.unitName : line.unitNameEn, right(line.promised), right(line.dispatched), right(line.received)]
          }),
        ],
      } },
      { text: `${words.code}: ${given.transferCode}`, margin: [0, 14, 0, 2] },
      { text: words.until(day(dayInVietNam())), style: 'small' },
    ],
  })
}
