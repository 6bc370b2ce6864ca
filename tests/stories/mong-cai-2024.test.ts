// Móng Cái, quarter I/2024: the review that the register gives, beside what the report of 10/4/2024 printed.
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let officer: Actor
let review: any

beforeAll(async () => {
  world = await startWorld()
  officer = await world.signIn('mattran.quangninh')
  const row = 'kind unit { fullName } had left worsened joined remaining percent printed { numerator denominator percent } check'
  ;({ review } = await officer.ask(`{ review(plan: "Plan:mong-cai-57-2024", from: "2024-01-01", to: "2024-03-31") {
    plan { number title baselineOn } householdsTotal atBaseline rate rows { ${row} } total { ${row} }
    silentUnits { fullName } targets { target { dueOn numerator denominator percent printed cumulative } agrees reached leftToReach } } }`))
})
afterAll(() => world?.end())

const ledger = (row: any) => [
  (row.unit?.fullName ?? { OTHER: 'Xã, phường khác', TOTAL: 'Toàn thành phố' }[row.kind as string]).padEnd(18), `${row.left}/${row.had}`.padStart(5), `còn ${row.remaining}`.padStart(6),
  `${row.percent.toFixed(1)} %`.padStart(7), (row.printed ? `in ${row.printed.numerator}/${row.printed.denominator} = ${row.printed.percent}` : '–').padEnd(15), row.check,
].join('  ')

describe('the review of quarter I/2024 in Móng Cái', () => {
  it('has the figures of the report, and marks those that differ from n/N', () => {
    expect(`\n${[...review.rows, review.total].map(ledger).join('\n')}\n`).toBe(`
Phường Bình Ngọc      3/6   còn 3   50.0 %  in 3/6 = 50%     AGREES
Xã Hải Đông           1/5   còn 4   20.0 %  in 1/5 = 20%     AGREES
Xã Vĩnh Thực          1/1   còn 0  100.0 %  in 1/1 = 100%    AGREES
Xã Hải Xuân           1/2   còn 1   50.0 %  in 1/2 = 50%     AGREES
Xã Vạn Ninh           1/6   còn 5   16.7 %  in 1/6 = 16%     PERCENT_DIFFERS
Xã Hải Tiến           2/7   còn 5   28.6 %  in 2/7 = 14%     PERCENT_DIFFERS
Phường Ninh Dương     1/4   còn 3   25.0 %  in 1/4 = 25%     AGREES
Phường Hải Hòa        1/7   còn 6   14.3 %  in 1/7 = 14%     AGREES
Phường Trà Cổ         1/4   còn 3   25.0 %  in 1/4 = 25%     AGREES
Xã, phường khác      0/15  còn 15    0.0 %  –                NOT_PRINTED
Toàn thành phố      12/57  còn 45   21.1 %  in 12/57 = 21%   AGREES
`)
  })

  it('starts from 57 near-poor households of 29,694', () => {
    expect(review).toMatchObject({ atBaseline: 57, householdsTotal: 29_694, rate: 0.19, plan: { number: '57/KH-UBND', baselineOn: '2023-12-31' } })
  })

  it('has 28 left to reach of the 40 that the plan wants by the end of June', () => {
    expect(review.targets).toEqual([
      { target: { dueOn: '2024-06-30', numerator: 40, denominator: 57, percent: 70.2, printed: '70%', cumulative: true }, agrees: true, reached: 12, leftToReach: 28 },
    ])
  })

  it('names the eight of seventeen communes and wards of which nothing is said', () => {
    expect(review.silentUnits.map((unit: any) => unit.fullName)).toEqual([
      'Xã Bắc Sơn', 'Xã Hải Sơn', 'Phường Hải Yên', 'Phường Hòa Lạc', 'Phường Ka Long', 'Xã Quảng Nghĩa', 'Phường Trần Phú', 'Xã Vĩnh Trung',
    ])
    expect(review.silentUnits.length + review.rows.filter((row: any) => row.kind === 'UNIT').length).toBe(17)
  })

  it.each(['vi', 'en'])('is the same in Excel (%s)', async (language) => {
    const response = await fetch(`${world.url}/tai-ve/kiem-diem/mong-cai-57-2024.xlsx?tu=2024-01-01&den=2024-03-31&ngon-ngu=${language}`, { headers: { cookie: officer.cookie! } })
    const { sheets: [sheet] } = await readXlsx(new Uint8Array(await response.arrayBuffer()), { readStyles: true })
    const header = sheet!.rows.findIndex((row) => row[0] === (language === 'vi' ? 'TT' : 'No.'))
    const table = sheet!.rows.slice(header + 1, header + 12)
    expect(table.map((row) => row.slice(2, 8))).toEqual([...review.rows, review.total].map((row: any) => [
      row.had, row.left, row.remaining, row.left / row.had, row.printed && `${row.printed.numerator}/${row.printed.denominator}`, row.printed && Number.parseInt(row.printed.percent, 10) / 100,
    ]))
    const text = sheet!.rows.flat().filter((value) => typeof value === 'string').join('\n')
    const said = language === 'vi'
      ? ['57 hộ cận nghèo trong tổng số 29.694 hộ (0,19%)', '40/57 hộ = 70,2%. Đã đạt 12, còn 28 hộ', 'lệch: n/N là 16,7%', 'lệch: n/N là 28,6%', 'Phường Hòa Lạc']
      : ['57 near-poor households of 29,694 households in all (0.19%)', '40/57 households = 70.2%. Reached 12, 28 left', 'differs: n/N is 16.7%', 'differs: n/N is 28.6%']
    for (const each of said) expect(text).toContain(each)
  })
})
