// The rules of identity: every role with every scope, and what people type on real keyboards.
import { describe, expect, it } from 'vitest'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import type { Role } from '../../access/viewer.ts'
import {
  isEmail, isPhone, loginIn, mustBeGoodPassword, mustBeGoodPin, mustBeLogin, mustBePhoneOrEmail, mustFitRole, nameIn, pinIn,
  slipCodesIn,
} from './rules.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'fine'
  } catch (failure) {
    return (failure as { code: string }).code
  }
}

describe('a login', () => {
  it.each([
    ['0912 345 678', '0912345678'], ['+84 912-345-678', '0912345678'], ['84912345678', '0912345678'], ['+84 (0)912.345.678', '0912345678'],
    ['0084912345678', '0912345678'], ['+1 (202) 555-0123', '+12025550123'], ['0044 20 7946 0958', '+442079460958'], ['０９１２３４５６７８', '0912345678'],
    ['  Lan.Anh@Example.COM ', 'lan.anh@example.com'], ['MatTran.MongCai1', 'mattran.mongcai1'],
  ])('typed %j is %j', (typed, login) => expect(loginIn(typed)).toBe(login))

  it.each([['0912345678', true], ['+12025550123', true], ['091', false], ['+84', false], ['lan', false]])('%j as a telephone number: %s', (login, is) => expect(isPhone(login)).toBe(is))
  it.each([['a@b.vn', true], ['a@b', false], ['a b@c.vn', false], ['@b.vn', false], ['a@b..vn', false]])('%j as an e-mail address: %s', (login, is) => expect(isEmail(login)).toBe(is))
  it('of a donor is a telephone number or an e-mail address', () => {
    expect(codeOf(() => mustBePhoneOrEmail('0912345678'))).toBe('fine')
    expect(codeOf(() => mustBePhoneOrEmail('saomai'))).toBe('BAD_LOGIN')
  })
  it.each([['mattran.mongcai1', 'fine'], ['0912345678', 'fine'], ['ab', 'BAD_LOGIN'], ['có dấu', 'BAD_LOGIN'], ['a'.repeat(201), 'BAD_LOGIN']])(
    'of an office, %j: %s', (login, code) => expect(codeOf(() => mustBeLogin(login))).toBe(code))
})

describe('a name', () => {
  it('is kept composed, with single spaces', () => expect(nameIn('n', '  Ho\u0300a   Bình ')).toBe('Hòa Bình'))
  it.each([['', 'BAD_NAME'], [' x ', 'BAD_NAME'], ['x'.repeat(201), 'TOO_LONG'], ['\u200b'.repeat(3), 'BAD_NAME'], ['........', 'BAD_TEXT']])('cannot be %j', (typed, code) => expect(codeOf(() => nameIn('n', typed))).toBe(code))
})

describe('a password', () => {
  it.each([
    ['con trâu đi trước', 'fine'], ['correct horse', 'fine'], ['ngắn quá', 'PASSWORD_TOO_SHORT'], ['🐐🐐🐐🐐', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(201), 'PASSWORD_TOO_LONG'], ['0912345678', 'PASSWORD_IS_LOGIN'], ['+84 912 345 678', 'PASSWORD_IS_LOGIN'],
    ['Matkhau123', 'PASSWORD_TOO_COMMON'], ['1234567890', 'PASSWORD_TOO_COMMON'], ['abababababab', 'PASSWORD_TOO_COMMON'],
  ])('%j: %s', (password, code) => expect(codeOf(() => mustBeGoodPassword(password, '0912345678'))).toBe(code))
})

describe('a role', () => {
  const scopes = {
    area: { areaId: 'c06712', partyId: null, householdId: null },
    party: { areaId: null, partyId: 'p', householdId: null },
    household: { areaId: null, partyId: null, householdId: 'h' },
    nothing: { areaId: null, partyId: null, householdId: null },
  }
  const own: Record<Role, keyof typeof scopes> = {
    DONOR: 'party', HOUSEHOLD: 'household', HAMLET_HEAD: 'area', COMMUNE_OFFICER: 'area', PROVINCE_OFFICER: 'area', ADMIN: 'nothing',
  }
  for (const [role, its] of Object.entries(own)) {
    for (const [name, scope] of Object.entries(scopes)) {
      const want = name === its ? 'fine' : name === 'nothing' ? 'SCOPE_MISSING' : expect.stringMatching(/^SCOPE_/)
      it(`${role} ${name === its ? 'is' : 'cannot be'} held for ${name}`, () => expect(codeOf(() => mustFitRole(role as Role, scope))).toEqual(want))
    }
  }
})

describe('a slip code', () => {
  it.each([
    ['ABCD-EFGH-JKMN', 'ABCDEFGHJKMN'], ['abcd efgh jkmn', 'ABCDEFGHJKMN'], ['o1il-0000-zzzz', '01110000ZZZZ'], ['ＡＢＣＤ–ＥＦＧＨ—ＪＫＭＮ', 'ABCDEFGHJKMN'],
    ['https://hub.example/h/ABCDEFGHJKMN?x', 'ABCDEFGHJKMN'], ['Mã phiếu: abcd efgh jkmn.', 'ABCDEFGHJKMN'], ['ABC\u200bD-EFGH-JKMN', 'ABCDEFGHJKMN'],
    ['ABCD-EFGH-JKM', null], ['ABCD-EFGH-JKMNP', null], ['UBCD-EFGH-JKMN', null], ['ĐBCD-EFGH-JKMN', null], ['ж'.repeat(12), null], ['', null],
  ])('typed %j is %j', (typed, code) => expect(slipCodesIn(typed)).toEqual(code === null ? [] : [code]))
  it('garbled by a Vietnamese keyboard is among its readings', () => expect(slipCodesIn('đ7k-ánx-ư123')).toContain('DD7KASNXW123'))
  it('is printed in groups of four', () => expect(codeInGroups('ABCDEFGHJKMN')).toBe('ABCD-EFGH-JKMN'))
})

describe('a PIN', () => {
  it.each([['40 17 36', '401736'], ['４０１７３６', '401736'], ['40-17-36', '401736'], ['401\u200b736', '401736'], ['٤٠١٧٣٦', '401736'], ['៤០១៧៣៦', '401736']])('typed %j is %j', (typed, pin) => expect(pinIn(typed)).toBe(pin))
  it.each(['40173', '4017366', '40173a', ''])('cannot be %j', (typed) => expect(codeOf(() => pinIn(typed))).toBe('BAD_PIN'))
  it.each(['000000', '123456', '654321', '789012', '135791', '121212', '123123', '112211', '987654'])('%s is refused as weak', (pin) => expect(codeOf(() => mustBeGoodPin(pin))).toBe('WEAK_PIN'))
  it.each(['401736', '200819', '112358'])('%s is accepted', (pin) => expect(codeOf(() => mustBeGoodPin(pin))).toBe('fine'))
})
