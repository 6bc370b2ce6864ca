// Numbers as people write them: understood as a Vietnamese or an English reader means them, or refused with what could be meant.
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { BOUNDS, promisedIn } from './bounds.ts'
import { type Unit, type Why, readNumber } from './number-in.ts'
import { inWords, saidBack, sayBound, sayUnclear, whatIsWrong } from './number-says.ts'

const VND: Unit = { code: 'VND' }
const HEAD: Unit = { code: 'head', name: 'con', nameEn: 'head' }
const KG: Unit = { code: 'kg', name: 'kg', nameEn: 'kg' }
const WORKS: Unit = { code: 'unit', name: 'công trình', nameEn: 'unit' }
const LAND: Unit = { code: 'm2', name: 'm²', nameEn: 'm²' }

describe('money is understood as it is written', () => {
  it.each<[typed: string, đồng: bigint]>([
    ['5000000', 5_000_000n], ['10.000.000', 10_000_000n], ['10,000,000', 10_000_000n], ['10 000 000', 10_000_000n],
    ['10\u00a0000\u202f000', 10_000_000n], ["10'000'000", 10_000_000n], ['10’000’000', 10_000_000n],
    ['10.000.000,00', 10_000_000n], ['10,000,000.00', 10_000_000n], ['10 000 000,00', 10_000_000n], ['500000.00', 500_000n], ['1.00', 1n],
    ['1.000', 1_000n], ['1,000', 1_000n], ['+5000', 5_000n], ['007', 7n], ['0', 0n], ['5000000.', 5_000_000n],
    ['50 triệu', 50_000_000n], ['50 triệu đồng', 50_000_000n], ['50tr', 50_000_000n], ['50tr đ', 50_000_000n], ['50trđ', 50_000_000n], ['50 TRIỆU', 50_000_000n], ['50 trieu', 50_000_000n],
    ['1,5 triệu', 1_500_000n], ['1.5 triệu', 1_500_000n], ['1,5tr', 1_500_000n], ['0,5 tỷ', 500_000_000n], ['0.5 tỉ', 500_000_000n], ['1,25 tỷ', 1_250_000_000n], ['1.234,5 triệu', 1_234_500_000n],
    ['2 tỷ', 2_000_000_000n], ['2 tỷ rưỡi', 2_500_000_000n], ['1 triệu rưỡi', 1_500_000n], ['nửa triệu', 500_000n], ['1 tỷ 200 triệu', 1_200_000_000n], ['1 tỷ 5', 1_500_000_000n],
    ['1tr5', 1_500_000n], ['1 triệu 5', 1_500_000n], ['1tr500', 1_500_000n], ['1tr250', 1_250_000n], ['1 triệu 500.000', 1_500_000n], ['5k5', 5_500n],
    ['500k', 500_000n], ['500K', 500_000n], ['500kđ', 500_000n], ['500 nghìn', 500_000n], ['500 ngàn', 500_000n], ['2 trăm nghìn', 200_000n], ['3 chục triệu', 30_000_000n], ['5 vạn', 50_000n],
    ['.5 triệu', 500_000n], [',5 triệu', 500_000n], ['1½ triệu', 1_500_000n], ['1 ½ tỷ', 1_500_000_000n], ['½ triệu', 500_000n], ['1 tỷ rưỡi', 1_500_000_000n],
    ['1 nghìn tỷ', 1_000_000_000_000n], ['1.000 tỷ', 1_000_000_000_000n], ['1.500 triệu', 1_500_000_000n],
    ['5 million', 5_000_000n], ['1.5 million', 1_500_000n], ['5m', 5_000_000n], ['2bn', 2_000_000_000n], ['20 thousand', 20_000n],
    ['VND 5,000,000', 5_000_000n], ['5,000,000 VND', 5_000_000n], ['VNĐ 50.000', 50_000n], ['50.000 vnđ', 50_000n], ['₫5,000', 5_000n], ['5.000.000 ₫', 5_000_000n], ['5000000đ', 5_000_000n], ['5000 đồng', 5_000n],
    ['５０００', 5_000n], ['５．０００．０００', 5_000_000n], ['٥٠٠٠', 5_000n], ['५०००', 5_000n], ['𝟓𝟎𝟎𝟎', 5_000n], ['\u200e5\u200b.000\u202c', 5_000n], ['  5 000\t', 5_000n],
    ['999999999999999999', 999_999_999_999_999_999n],
  ])('%s', (typed, value) => expect(readNumber(typed, VND)).toEqual({ is: 'number', value }))
})

describe('whole things are understood with their unit', () => {
  it.each<[string, Unit, bigint]>([
    ['7', HEAD, 7n], ['7 con', HEAD, 7n], ['7con', HEAD, 7n], ['7 head', HEAD, 7n], ['2 nghìn con', HEAD, 2_000n], ['1.000', HEAD, 1_000n],
    ['500 kg', KG, 500n], ['500 kí', KG, 500n], ['5 tấn', KG, 5_000n], ['1,5 tấn', KG, 1_500n], ['3 tạ', KG, 300n], ['2 tonnes', KG, 2_000n],
    ['2 công trình', WORKS, 2n], ['2 units', WORKS, 2n], ['100 m²', LAND, 100n], ['100m2', LAND, 100n],
  ])('%s', (typed, unit, value) => expect(readNumber(typed, unit)).toEqual({ is: 'number', value }))
})

describe('what cannot be meant, or could mean two things, is refused with what could be meant', () => {
  it.each<[typed: string, unit: Unit, why: Why, meant: bigint[]]>([
    ['-5000000', VND, 'NEGATIVE', [5_000_000n]], ['−5.000', VND, 'NEGATIVE', [5_000n]], ['(5.000)', VND, 'NEGATIVE', [5_000n]], ['- 5 triệu', VND, 'NEGATIVE', [5_000_000n]], ['-0', VND, 'NEGATIVE', []], ['-7 con', HEAD, 'NEGATIVE', [7n]],
    ['1e6', VND, 'EXPONENT', [1_000_000n]], ['1E6', VND, 'EXPONENT', [1_000_000n]], ['1,5e6', VND, 'EXPONENT', [1_500_000n]],
    ['0,5', HEAD, 'FRACTION', [1n, 5n]], ['0.5', HEAD, 'FRACTION', [1n, 5n]], ['1.5', HEAD, 'FRACTION', [1n, 2n, 15n]], ['0,5', VND, 'FRACTION', [500_000n]], ['1.5', VND, 'FRACTION', [1_500_000n]],
    ['1,000.5', VND, 'FRACTION', [1_000n, 1_001n]], ['1.000.000,50', VND, 'FRACTION', [1_000_000n, 1_000_001n]], ['2 con rưỡi', HEAD, 'TEXT', [2n, 3n]], ['0.500', HEAD, 'FRACTION', [1n, 500n]],
    ['1tr50', VND, 'AMBIGUOUS', [1_500_000n, 1_050_000n]], ['1 triệu 2 trăm', VND, 'AMBIGUOUS', [1_200_000n, 1_000_200n]],
    ['1.000,000', VND, 'AMBIGUOUS', [1_000n, 1_000_000n]], ['10000.000', VND, 'AMBIGUOUS', [10_000n, 10_000_000n]], ['1.234 triệu', VND, 'AMBIGUOUS', [1_234_000n, 1_234_000_000n]],
    ['10.00.000', VND, 'GROUPS', [1_000_000n]], ['10,00,000', VND, 'GROUPS', [1_000_000n]], ['5.0000', VND, 'GROUPS', [50_000n]],
    ['5 10', HEAD, 'TWO_NUMBERS', [5n, 10n]], ['5-10', HEAD, 'TWO_NUMBERS', [5n, 10n]], ['7/10', HEAD, 'TWO_NUMBERS', [7n, 10n]], ['5 triệu - 10 triệu', VND, 'TWO_NUMBERS', []], ['5 nghìn - 10 nghìn', HEAD, 'TWO_NUMBERS', []], ['5 triệu 10 triệu', VND, 'TWO_NUMBERS', []], ['1 000.000', VND, 'TWO_NUMBERS', []],
    ['năm mươi triệu', VND, 'IN_WORDS', []], ['bảy', HEAD, 'IN_WORDS', []], ['fifty', VND, 'IN_WORDS', []], ['NaN', VND, 'IN_WORDS', []], ['Infinity', VND, 'IN_WORDS', []],
    ['1 triệu hai', VND, 'IN_WORDS', []], ['2 triệu tư', VND, 'IN_WORDS', []], ['0.000.001 tỷ', VND, 'GROUPS', []], ['1 tá', HEAD, 'OTHER_UNIT', []], ['2 cặp', HEAD, 'OTHER_UNIT', []], ['10 gam', KG, 'OTHER_UNIT', []], ['50 bao', KG, 'OTHER_UNIT', []],
    ['$500', VND, 'OTHER_UNIT', []], ['500 usd', VND, 'OTHER_UNIT', []], ['7 đ', HEAD, 'OTHER_UNIT', []],
    ['khoảng 50 triệu', VND, 'TEXT', [50_000_000n]], ['50 triệu nhé', VND, 'TEXT', [50_000_000n]], ['10.000.000 đồng chẵn', VND, 'TEXT', [10_000_000n]], ['5m', HEAD, 'TEXT', [5n]], ['2 con bò', HEAD, 'TEXT', [2n]],
    ['50%', VND, 'NOT_A_NUMBER', []], ['½', HEAD, 'NOT_A_NUMBER', []], ['5²', HEAD, 'NOT_A_NUMBER', [5n]], ['0x10', HEAD, 'NOT_A_NUMBER', []], ['tr5', VND, 'NOT_A_NUMBER', []], ['…', HEAD, 'NOT_A_NUMBER', []],
    ['9'.repeat(31), VND, 'NOT_A_NUMBER', []], ['1'.repeat(5000), VND, 'NOT_A_NUMBER', []],
  ])('%s of %o: %s', (typed, unit, why, meant) => expect(readNumber(typed, unit)).toEqual({ is: 'unclear', why, meant }))

  it('says nothing of nothing', () => {
    for (const typed of ['', '  ', '\u00a0', '\u200b']) expect(readNumber(typed, VND)).toEqual({ is: 'nothing' })
  })
})

test('a number that is grouped in either language is read as it is', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.constantFrom('vi-VN', 'en-GB', 'de-CH', 'fr-FR'), fc.constantFrom('', ' đ', ' VND', ' ₫'), (value, locale, sign) => {
    expect(readNumber(new Intl.NumberFormat(locale).format(value) + sign, VND)).toEqual({ is: 'number', value })
  }))
})

test('no digit of what was typed is ever left out: a number has the digits that stand there, but for scales and noughts after the decimal sign', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,- e/'), minLength: 1, maxLength: 12 }), (typed) => {
    const reading = readNumber(typed, HEAD)
    if (reading.is !== 'number') return
    const withoutNoughts = typed.trim().replace(/\s*[.,]$/, '').replace(/[.,]0{1,3}$/, '')
    expect([typed, withoutNoughts].map((text) => BigInt(text.replaceAll(/\D/g, '') || '0'))).toContain(reading.value)
  }), { numRuns: 2_000 })
})

test('whatever is typed, there is an answer in both languages', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
    const reading = readNumber(typed, VND)
    const said = reading.is === 'unclear' ? Object.values(sayUnclear(reading, VND)) : ['a number, or nothing', 'is not spoken of']
    expect(said.map((sentence) => sentence.length > 15)).toEqual([true, true])
  }))
})

describe('said back', () => {
  it('in words, with the unit', () => {
    expect(inWords(50_000_000n, VND, 'vi')).toBe('năm mươi triệu đồng')
    expect(inWords(50_000_000n, VND, 'en')).toBe('fifty million đồng')
    expect(saidBack(readNumber('1tr5', VND), VND, 'vi')).toBe('một triệu năm trăm nghìn đồng')
    expect(saidBack(readNumber('2 nghìn', HEAD), HEAD, 'vi')).toBe('hai nghìn con')
    expect(saidBack(readNumber('7', HEAD), HEAD, 'vi')).toBeNull()
  })

  it('with what could be meant', () => {
    const said = (typed: string, unit: Unit) => sayUnclear(readNumber(typed, unit) as never, unit)
    expect(said('0,5', HEAD)).toEqual({ vi: 'Ở đây chỉ ghi số nguyên. Có phải là 1 hay 5?', en: 'Only a whole number fits here. Is it 1 or 5?' })
    expect(said('1.000,000', VND).vi).toBe('Số này có thể đọc hai cách. Có phải là 1.000 (một nghìn đồng) hay 1.000.000 (một triệu đồng)?')
    expect(said('năm mươi triệu', VND)).toEqual({ vi: 'Hãy ghi bằng chữ số. Ví dụ: 5.000.000 hoặc 5 triệu.', en: 'Write it in figures. For instance 5,000,000 or 5 million.' })
    expect(said('$500', VND).vi).toBe('Đơn vị ở đây là đồng. Ví dụ: 5.000.000 hoặc 5 triệu.')
  })

  it('with the bound that it passes', () => {
    expect(sayBound(promisedIn('head'), HEAD)).toEqual({ vi: 'Từ 1 đến 10.000 con.', en: 'From 1 to 10,000 head.' })
    expect(whatIsWrong(readNumber('999999999999999999', VND), promisedIn('VND'), VND)).toEqual({ vi: 'Từ 1 đến 1.000.000.000.000 (một nghìn tỷ đồng).', en: 'From 1 to 1,000,000,000,000 (one trillion đồng).' })
    expect(whatIsWrong(readNumber('5 triệu', VND), BOUNDS.wage, VND)).toBeNull()
    expect(whatIsWrong(readNumber('', VND), BOUNDS.wage, VND)).toBeNull()
  })
})
