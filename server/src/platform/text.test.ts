import { describe, expect, it } from 'vitest'
import { Failure } from './failure.ts'
import { type TextKind, lengthOf, searchable, textIn } from './text.ts'

const said = (typed: string, kind: TextKind = 'name') => {
  try {
    return textIn('f', typed, kind)
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
    return `${failure.field}: ${failure.code}`
  }
}

describe('a name is kept as it was meant', () => {
  it.each([
    'Nguyễn Thị Thử', 'Đỗ Văn A 🌾', 'Giàng A Páo', 'Y Bkrông', 'Thạch Sô Phia', "O'Brien", '田中太郎', '葛\u{e0100}城', 'កញ្ញា សុខា', 'سمیرا', 'क्षत्रिय',
    'မြွှုံ့', 'Ngân hàng TMCP 1/5', '👨‍👩‍👧‍👦 Gia đình An', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Mac', '❤️ Em', '__proto__',
  ])('%s', (name) => expect(said(name)).toBe(name))

  it.each([
    ['composed', 'Nguyễn Thị Thử'.normalize('NFD'), 'Nguyễn Thị Thử'],
    ['without spaces around it, and with one between words', '  Lê \u00a0 Thị\tThử\u3000', 'Lê Thị Thử'],
    ['on one line', 'Lê Thị\r\nThử', 'Lê Thị Thử'],
    ['without what cannot be seen in it', 'Ngu\u200byễn\u00ad Văn\ufeff \u2060A\u200e', 'Nguyễn Văn A'],
    ['composed where something unseen stood between letter and mark', 'Thư\u200b\u0309', 'Thử'],
  ])('%s', (_rule, typed, kept) => expect(said(typed)).toBe(kept))
})

describe('nothing is said by', () => {
  it.each([['spaces', '   '], ['zero-width spaces', '\u200b'.repeat(3)], ['joiners', '\u200d\u200c'], ['fillers', '\u3164\u115f\uffa0'], ['blank braille', '\u2800'], ['marks without a letter', '\u0301\u0323']])(
    '%s', (_what, typed) => expect([said(typed), said(typed, 'note'), said(typed, 'code')]).toEqual(['', '', '']))
})

describe('what nobody means is refused at its field', () => {
  it.each([
    ['NUL', 'a\0b'], ['a control', 'a\u0007b'], ['a turned direction', 'an\u202etoàn'], ['an isolate', 'an\u2067b'], ['half a character', 'a\ud83cb'],
    ['a broken encoding', 'Nguy\ufffdn'], ['no character', 'a\uffffb'], ['a private character', 'a\ue000b'], ['letters that cannot be seen', 'an\u{e0041}\u{e0042}'],
    ['marks upon marks', `e${'\u0301'.repeat(50)}`],
  ])('%s', (_what, typed) => expect([said(typed), said(typed, 'note'), said(typed, 'reason')]).toEqual(Array(3).fill('f: BAD_TEXT')))

  it.each([['........', 'name'], ['12345', 'name'], ['...', 'reason'], ['– –', 'code'], ['!!!', 'line']] as const)('%s for a %s', (typed, kind) => expect(said(typed, kind)).toBe('f: BAD_TEXT'))
  it('in both languages', () => {
    expect(() => textIn('f', 'a\0', 'note')).toThrow(expect.objectContaining({
      sentence: { vi: expect.stringContaining('gõ lại'), en: expect.stringContaining('type it again') } }))
  })
})

describe('a text is as long as people count it', () => {
  it.each([['Thử', 3], ['Thử'.normalize('NFD'), 3], ['👨‍👩‍👧‍👦', 1], ['🌾🌾', 2], ['a\nb', 3]])('%j: %i', (text, length) => expect(lengthOf(text)).toBe(length))
  it.each([
    [200, 'ế', 'name', true], [201, 'ế', 'name', false], [200, '🌾', 'line', false], [500, 'ế', 'reason', true], [501, 'ế', 'reason', false], [1_000, 'á\n', 'note', false],
    [25_000, 'x', 'note', false], [25_000, 'x', 'code', false], [2_000_000, 'x', 'name', false],
  ] as const)('%i × %j as a %s', (count, unit, kind, fits) => expect(said(unit.repeat(count), kind)).toBe(fits ? unit.repeat(count) : unit === '🌾' ? 'f: BAD_TEXT' : 'f: TOO_LONG'))
  it('is refused for ten thousand marks on one letter', () => expect(said(`e${'\u0301'.repeat(10_000)}`, 'note')).toBe('f: BAD_TEXT'))
})

it('keeps the lines of what is long, and no emptiness between them', () => {
  expect(said(' Cảm ơn.\r\n\r\n\r\n\r\n Hẹn gặp lại. ', 'note')).toBe('Cảm ơn.\n\nHẹn gặp lại.')
})
it('takes off what a list of contacts wraps around a number', () => expect(said('\u202a0912 345 678\u202c', 'address')).toBe('0912 345 678'))
it('looks for nothing that no row can hold', () => expect(searchable('a\0b\ud800')).toBe('a\ufffdb\ufffd'))
