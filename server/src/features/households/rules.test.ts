// What holds for households: every status against every other, quantities by kind, codes.
import { describe, expect, it } from 'vitest'
import {
  type HouseholdStatus, type Recognition, type Standard, checkCircumstances, checkNeedOf, checkNeedQuantity, checkRecognition, checkVerifying,
  codePrefix, displayCode, householdCode, mayFollow, outcomeOf, withdrawal,
} from './rules.ts'

const codeOf = (run: () => void) => {
  try {
    run()
    return 'allowed'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const ALL: (HouseholdStatus | null)[] = [null, 'POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT', 'RELAPSED']

describe('a recognised status', () => {
  it('follows another only where a decision can say so', () => {
    const table = ALL.map((previous) => [previous ?? '–', ALL.slice(1).filter((next) => mayFollow(previous, next!)).join(' ')].join(': '))
    expect(table).toEqual([
      '–: POOR NEAR_POOR NEWLY_ESCAPED',
      'POOR: POOR NEAR_POOR NEWLY_ESCAPED LEFT',
      'NEAR_POOR: POOR NEAR_POOR NEWLY_ESCAPED LEFT',
      'NEWLY_ESCAPED: NEWLY_ESCAPED LEFT RELAPSED',
      'LEFT: RELAPSED',
      'RELAPSED: POOR NEAR_POOR NEWLY_ESCAPED LEFT RELAPSED',
    ])
  })

  it('tells helpers once when a household crosses the line, and nothing when it stays on its side', () => {
    const table = ALL.flatMap((previous) => ALL.slice(1).map((next) => [previous ?? '–', next, outcomeOf(previous, next!)] as const)).filter(([, , outcome]) => outcome)
    expect(table.map((row) => row.join(' '))).toEqual([
      'POOR NEWLY_ESCAPED LEFT_POVERTY', 'POOR LEFT LEFT_POVERTY', 'NEAR_POOR NEWLY_ESCAPED LEFT_POVERTY', 'NEAR_POOR LEFT LEFT_POVERTY',
      'NEWLY_ESCAPED RELAPSED RELAPSED', 'LEFT RELAPSED RELAPSED', 'RELAPSED NEWLY_ESCAPED LEFT_POVERTY', 'RELAPSED LEFT LEFT_POVERTY',
    ])
  })

  const standard: Standard = { id: 'MDP_2022_2025', name: 'Chuẩn 2022', nameEn: 'Standard 2022', appliesFrom: '2022-01-01', appliesTo: '2026-12-31' }
  const left: Recognition = { status: 'LEFT', decisionNo: '12/QĐ-UBND', decidedOn: '2024-01-15', effectiveOn: '2024-01-20', listYear: 2024 }
  const nearPoor = { status: 'NEAR_POOR' as const, effectiveOn: '2023-12-31', decisionNo: '1/QĐ-UBND' }
  it.each<[string, Partial<Recognition>, typeof nearPoor | null, string]>([
    ['a decision in order', {}, nearPoor, 'allowed'],
    ['a first decision that says “left”', {}, null, 'STATUS_CANNOT_FOLLOW'],
    ['a day before the standard', { effectiveOn: '2021-12-31', listYear: 2021 }, null, 'STANDARD_DOES_NOT_APPLY'],
    ['a day after the standard', { effectiveOn: '2027-01-01', listYear: 2027 }, nearPoor, 'STANDARD_DOES_NOT_APPLY'],
    ['its last day', { effectiveOn: '2026-12-31', listYear: 2026 }, nearPoor, 'allowed'],
    ['a decision of tomorrow', { decidedOn: '2026-11-23' }, nearPoor, 'BAD_DAY'],
    ['a day before the latest status', { effectiveOn: '2023-12-30' }, nearPoor, 'LATER_STATUS_KNOWN'],
    ['the same decision again', { status: 'NEAR_POOR', decisionNo: '1/QĐ-UBND' }, nearPoor, 'ALREADY_RECORDED'],
    ['the same status by the list of another year', { status: 'NEAR_POOR' }, nearPoor, 'allowed'],
    ['a list of another time', { listYear: 2020 }, nearPoor, 'BAD_YEAR'],
    ['no decision number', { decisionNo: ' ' }, nearPoor, 'BAD_DECISION'],
  ])('by %s', (_case, change, latest, code) => {
    expect(codeOf(() => checkRecognition({ ...left, ...change }, standard, latest, '2026-11-22'))).toBe(code)
  })
})

describe('a need', () => {
  const kinds = {
    capital: { unit: 'VND', typicalCost: 1n }, cow: { unit: 'head', typicalCost: 15_000_000n }, poultry: { unit: 'head', typicalCost: 25_000n },
    training: { unit: 'seat', typicalCost: 3_500_000n }, job: { unit: 'post', typicalCost: 0n }, produce: { unit: 'kg', typicalCost: 0n },
    house: { unit: 'house', typicalCost: 60_000_000n }, road: { unit: 'work', typicalCost: 300_000_000n },
  }
  it.each<[keyof typeof kinds, bigint, string]>([
    ['capital', 99_999n, 'BAD_QUANTITY'], ['capital', 100_000n, 'allowed'], ['capital', 100_000_000n, 'allowed'], ['capital', 100_000_001n, 'BAD_QUANTITY'],
    ['cow', 0n, 'BAD_QUANTITY'], ['cow', 1n, 'allowed'], ['cow', 6n, 'allowed'], ['cow', 7n, 'BAD_QUANTITY'],
    ['poultry', 4_000n, 'allowed'], ['poultry', 4_001n, 'BAD_QUANTITY'],
    ['training', 4n, 'allowed'], ['training', 5n, 'BAD_QUANTITY'], ['job', 4n, 'allowed'], ['job', 5n, 'BAD_QUANTITY'],
    ['produce', 10_000n, 'allowed'], ['produce', 10_001n, 'BAD_QUANTITY'], ['house', 1n, 'allowed'], ['house', 2n, 'BAD_QUANTITY'], ['road', 1n, 'NOT_FOR_ONE_HOUSEHOLD'],
  ])('of %s may ask for %i: %s', (kind, quantity, code) => {
    expect(codeOf(() => checkNeedQuantity(quantity, kinds[kind], 4))).toBe(code)
  })

  it('is of a household that may still be helped', () => {
    expect(ALL.map((status) => [status, codeOf(() => checkNeedOf(status, 'raise')), codeOf(() => checkNeedOf(status, 'verify'))].join(' '))).toEqual([
      ' allowed NOT_RECOGNISED', 'POOR allowed allowed', 'NEAR_POOR allowed allowed', 'NEWLY_ESCAPED allowed allowed', 'LEFT NOT_ON_LIST NOT_ON_LIST', 'RELAPSED allowed allowed',
    ])
  })

  const standing = { quantity: 10n, allocated: 0n, isVerified: false, isWithdrawn: false }
  it('is withdrawn whole while nothing is allocated, and down to what is', () => {
    expect(withdrawal(standing)).toEqual({ quantity: 10n, isWithdrawn: true })
    expect(withdrawal({ ...standing, allocated: 4n })).toEqual({ quantity: 4n, isWithdrawn: false })
    expect(codeOf(() => withdrawal({ ...standing, allocated: 10n }))).toBe('ALREADY_ALLOCATED')
    expect(codeOf(() => withdrawal({ ...standing, isWithdrawn: true }))).toBe('WITHDRAWN')
  })
  it('is verified once', () => {
    expect(codeOf(() => checkVerifying(standing))).toBe('allowed')
    expect(codeOf(() => checkVerifying({ ...standing, isVerified: true }))).toBe('ALREADY_VERIFIED')
    expect(codeOf(() => checkVerifying({ ...standing, isWithdrawn: true }))).toBe('WITHDRAWN')
  })
})

describe('the register', () => {
  it('numbers households by the area where they were registered', () => {
    expect(householdCode(codePrefix({ code: '06733-001', validTo: null }), 12)).toBe('06733-001-012')
    expect(householdCode(codePrefix({ code: '194', validTo: '2025-06-30' }), 3)).toBe('194/2025-003')
    expect(displayCode('06733-001-012')).toBe('Hộ 012')
    expect(displayCode('06733-001-1012')).toBe('Hộ 1012')
  })

  const known = new Set(['LACK_LAND', 'ILLNESS'])
  const circumstances = { headName: 'Nguyễn Thị Nụ', members: 4, causes: ['ILLNESS'] }
  it.each([
    ['what is known', {}, 'allowed'], ['no name', { headName: 'A' }, 'BAD_NAME'], ['nobody in it', { members: 0 }, 'BAD_MEMBERS'],
    ['an unknown cause', { causes: ['FATE'] }, 'UNKNOWN_CAUSE'], ['a cause twice', { causes: ['ILLNESS', 'ILLNESS'] }, 'UNKNOWN_CAUSE'],
  ])('takes a household with %s: %s', (_case, change, code) => {
    expect(codeOf(() => checkCircumstances({ ...circumstances, ...change }, known))).toBe(code)
  })
})
