// A review as an Excel sheet, ready to print on A4 landscape: numbers are numbers, percentages are n/N.
import { type Cell, type CellStyle, writeXlsx } from 'hucre/xlsx'
import { spoken } from '../../platform/day.ts'
import type { Review, ReviewRow } from './queries.ts'
import { type Check, agrees, checkPrinted, leftToReach, percentOf, printedPercent } from './rules.ts'

type Language = 'vi' | 'en'

const WORDS = {
  vi: {
    sheet: 'Kiểm điểm', title: 'KIỂM ĐIỂM TIẾN ĐỘ GIẢM HỘ CẬN NGHÈO',
    period: (r: Review) => `${r.areaName}, từ ${spoken(r.from)} đến ${spoken(r.to)}`,
    plan: (r: Review) => `Theo Kế hoạch số ${r.number} ngày ${spoken(r.issuedOn)} của ${r.issuer}. ${r.standardName}.`,
    baseline: (r: Review, of: string) => `Ngày ${spoken(r.baselineOn)}: ${r.hadAtBaseline} hộ cận nghèo${of}`,
    ofAll: (all: string, rate: string) => ` trong tổng số ${all} hộ (${rate})`,
    no: 'TT', unit: 'Xã, phường', had: 'Đầu kỳ (hộ)', left: 'Đã giảm (hộ)', worsened: 'Chuyển nghèo (hộ)', joined: 'Phát sinh (hộ)', remaining: 'Còn lại (hộ)',
    percent: 'Tỷ lệ giảm', printed: 'Báo cáo ghi (hộ)', printedPercent: 'Báo cáo ghi (%)', check: 'Đối chiếu',
    other: 'Xã, phường khác (không nêu tên)', total: 'Toàn địa bàn',
    checks: { AGREES: 'khớp', PERCENT_DIFFERS: 'lệch: n/N là', COUNTS_DIFFER: 'số hộ khác sổ', NOT_PRINTED: 'báo cáo không nêu' } satisfies Record<Check, string>,
    target: (due: string, n: number, N: number, percent: string, reached: number, left: number) =>
      `Mục tiêu đến ${due}: ${n}/${N} hộ = ${percent}. Đã đạt ${reached}, còn ${left} hộ.`,
    cumulative: (r: Review) => ` Tính lũy kế từ ${spoken(r.baselineOn)}.`,
    targetPrinted: (text: string) => ` Kế hoạch ghi ${text}, lệch với n/N.`,
    silent: (names: string) => `Không có trong sổ và không có trong báo cáo (không còn hộ, hoặc chưa báo cáo): ${names}.`,
    note: 'Tỷ lệ tính từ số hộ trong sổ; hai cột cuối so số in trong báo cáo với n/N làm tròn như báo cáo.',
  },
  en: {
    sheet: 'Review', title: 'REVIEW: REDUCTION OF NEAR-POOR HOUSEHOLDS',
    period: (r: Review) => `${r.areaName}, ${r.from} to ${r.to}`,
    plan: (r: Review) => `Plan ${r.number} of ${r.issuedOn}, ${r.issuer}. ${r.standardNameEn}.`,
    baseline: (r: Review, of: string) => `On ${r.baselineOn}: ${r.hadAtBaseline} near-poor households${of}`,
    ofAll: (all: string, rate: string) => ` of ${all} households in all (${rate})`,
    no: 'No.', unit: 'Commune or ward', had: 'At the start', left: 'Left', worsened: 'Became poor', joined: 'Joined', remaining: 'Remaining',
    percent: 'Share that left', printed: 'Printed n/N', printedPercent: 'Printed %', check: 'Check',
    other: 'Other wards (not named)', total: 'Whole area',
    checks: { AGREES: 'agrees', PERCENT_DIFFERS: 'differs: n/N is', COUNTS_DIFFER: 'counts differ from the register', NOT_PRINTED: 'not printed' } satisfies Record<Check, string>,
    target: (due: string, n: number, N: number, percent: string, reached: number, left: number) =>
      `Target by ${due}: ${n}/${N} households = ${percent}. Reached ${reached}, ${left} left.`,
    cumulative: (r: Review) => ` Counted from ${r.baselineOn}.`,
    targetPrinted: (text: string) => ` The plan prints ${text}, which is not its n/N.`,
    silent: (names: string) => `Neither in the register nor in the report (none left, or not reported): ${names}.`,
    note: 'Shares are computed from the register; the last columns compare what the report printed with n/N rounded as printed.',
  },
} as const

const line = { style: 'thin', color: { rgb: 'B8B0A4' } } as const
const border = { top: line, right: line, bottom: line, left: line }
const fill = (rgb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } }) as const
const HEADER: CellStyle = { font: { bold: true }, fill: fill('F3EEE6'), border, alignment: { horizontal: 'center', vertical: 'center', wrapText: true } }
const BODY: CellStyle = { border, alignment: { vertical: 'center' } }
const BOLD: CellStyle = { ...BODY, font: { bold: true } }
const DIFFERS: Record<Check, CellStyle> = { AGREES: {}, NOT_PRINTED: {}, PERCENT_DIFFERS: { fill: fill('FCEFCF') }, COUNTS_DIFFER: { fill: fill('FBE3E4') } }

/** @returns the bytes of an .xlsx file. */
export async function reviewWorkbook(review: Review, language: Language): Promise<Uint8Array> {
  const words = WORDS[language]
  const percent = (n: number, N: number, decimals: number) => percentText(percentOf(n, N, decimals), decimals, language)
  const columns = columnsOf(review, language)
  const cells = new Map<string, Partial<Cell>>()
  const put = (row: number, column: number, value: string | number | null, style: CellStyle) => cells.set(`${row},${column}`, { value, style })

  const of = review.householdsTotal === null ? '' : words.ofAll(numberText(review.householdsTotal, language), percent(review.hadAtBaseline, review.householdsTotal, 2))
  const heading = [words.title, words.period(review), words.plan(review), words.baseline(review, of)]
  heading.forEach((text, row) => put(row, 0, text, { font: { bold: row < 2, size: row === 0 ? 14 : 12 }, alignment: { horizontal: 'center' } }))

  const headerRow = heading.length + 1
  columns.forEach(({ header }, column) => put(headerRow, column, header, HEADER))
  review.rows.forEach((row, i) => {
    columns.forEach(({ value, style }, column) => {
      const base = row.kind === 'UNIT' ? BODY : BOLD
      put(headerRow + 1 + i, column, value(row, i), { ...base, ...style?.(row) })
    })
  })

  const notes = [
    ...review.targets.map((target) =>
      words.target(language === 'vi' ? spoken(target.dueOn) : target.dueOn, target.numerator, target.denominator, percent(target.numerator, target.denominator, 1), target.reached, leftToReach(target.numerator, target.reached)) +
      (target.cumulative ? words.cumulative(review) : '') +
      (target.printed && !agrees(target.printed, target.numerator, target.denominator) ? words.targetPrinted(target.printed) : '')),
    ...(review.silent.length ? [words.silent(review.silent.join(', '))] : []),
    words.note,
  ]
  const firstNote = headerRow + review.rows.length + 2
  notes.forEach((text, i) => put(firstNote + i, 0, text, { alignment: { wrapText: true, vertical: 'top' } }))

  const last = columns.length - 1
  const across = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: last })
  return writeXlsx({
    defaultFont: { name: 'Times New Roman', size: 12 },
    properties: { title: `${words.title} ${words.period(review)}`, creator: 'Chung Tay' },
    sheets: [{
      name: words.sheet,
      columns: columns.map(({ width }) => ({ width })),
      cells,
      merges: [...heading.keys(), ...notes.keys()].map((_, i) => across(i < heading.length ? i : firstNote + i - heading.length)),
      rowDefs: new Map([[headerRow, { height: 36 }], ...notes.map((text, i) => [firstNote + i, { height: text.length > 110 ? 34 : 17 }] as const)]),
      freezePane: { rows: headerRow + 1 },
      pageSetup: {
        paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
        printTitlesRow: `$${headerRow + 1}:$${headerRow + 1}`,
      },
      headerFooter: { oddFooter: '&C&P/&N' },
    }],
  })
}

interface Column {
  header: string
  width: number
  value(row: ReviewRow, index: number): string | number | null
  style?(row: ReviewRow): CellStyle
}

function columnsOf(review: Review, language: Language): Column[] {
  const words = WORDS[language]
  const right: CellStyle = { alignment: { horizontal: 'right', vertical: 'center' } }
  const count = (header: string, of: 'had' | 'escaped' | 'worsened' | 'joined' | 'remaining'): Column =>
    ({ header, width: 12, value: (row) => row[of], style: () => ({ ...right, numFmt: '#,##0' }) })
  const happened = (of: 'worsened' | 'joined') => review.rows.some((row) => row[of] > 0)
  return [
    { header: words.no, width: 6, value: (row, i) => (row.kind === 'UNIT' ? i + 1 : null), style: () => ({ alignment: { horizontal: 'center', vertical: 'center' } }) },
    { header: words.unit, width: 34, value: (row) => row.name ?? (row.kind === 'TOTAL' ? words.total : words.other) },
    count(words.had, 'had'),
    count(words.left, 'escaped'),
    ...(happened('worsened') ? [count(words.worsened, 'worsened')] : []),
    ...(happened('joined') ? [count(words.joined, 'joined')] : []),
    count(words.remaining, 'remaining'),
    { header: words.percent, width: 11, value: (row) => (row.had ? row.escaped / row.had : null), style: () => ({ ...right, numFmt: '0.0%' }) },
    { header: words.printed, width: 13, value: ({ printed }) => printed && `${printed.numerator}/${printed.denominator}`, style: () => right },
    {
      header: words.printedPercent, width: 12,
      value: ({ printed }) => { const figure = printed && printedPercent(printed.percent); return figure ? figure.value / 100 : (printed?.percent ?? null) },
      style: ({ printed }) => ({ ...right, numFmt: `0${decimalsOf(printed?.percent)}%` }),
    },
    { header: words.check, width: 26, value: (row) => checkText(row, language), style: (row) => DIFFERS[checkPrinted(row.printed, row)] },
  ]
}

function checkText(row: ReviewRow, language: Language): string {
  const check = checkPrinted(row.printed, row)
  const text = WORDS[language].checks[check]
  return check === 'PERCENT_DIFFERS' ? `${text} ${percentText(percentOf(row.escaped, row.had, 1), 1, language)}` : text
}

const decimalsOf = (printed: string | undefined) => {
  const decimals = printed ? (printedPercent(printed)?.decimals ?? 0) : 0
  return decimals ? `.${'0'.repeat(decimals)}` : ''
}

const LOCALES = { vi: 'vi-VN', en: 'en-GB' } as const
const numberText = (n: number, language: Language, decimals = 0) => n.toLocaleString(LOCALES[language], { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
const percentText = (percent: number | null, decimals: number, language: Language) => (percent === null ? '–' : `${numberText(percent, language, decimals)}%`)
