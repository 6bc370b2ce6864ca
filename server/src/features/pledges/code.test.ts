import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import { codesIn } from '../../platform/typed-code.ts'
import { followCodesIn, newFollowCode } from './code.ts'

/** The code whose eighteen free characters begin with these. */
const codeFrom = (start: string) => {
  const digits = [...start.padEnd(18, '7')].map((character) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character))
  return newFollowCode(() => digits.shift()!)
}
const anyCode = fc.array(fc.nat({ max: 31 }), { minLength: 18, maxLength: 18 }).map((digits) => newFollowCode(() => digits.shift()!))
const fullWidth = (text: string) => text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))

/** What Telex makes of a code that is typed group by group: the commonest keyboards apply a key to the vowel of the same word. */
function telex(code: string, { late = false } = {}): string {
  return codeInGroups(code).toLowerCase().split('-').map((word) => word.split(/(?<=\d)|(?=\d)/).map((run) => {
    let out = run
    if (late) out = out.replace(/^([aey])([b-df-hj-np-tv-x]{1,2})([sfrxj])$/, (_, vowel, rest, tone) => vowel + MARK[tone] + rest)
    out = out.replaceAll(/dd/g, 'đ').replaceAll(/aa/g, 'â').replaceAll(/ee/g, 'ê').replaceAll(/aw/g, 'ă').replaceAll(/w/g, 'ư')
    return out.replaceAll(/([aeyâêăư])([sfrxj])/g, (_, vowel, tone) => vowel + MARK[tone]).normalize('NFC')
  }).join('')).join('-')
}
const MARK: Record<string, string> = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' }

describe('a follow code', () => {
  it('is twenty characters in groups of four, and is read back', () => {
    fc.assert(fc.property(anyCode, (code) => {
      expect(codeInGroups(code)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/)
      expect(followCodesIn(code)).toEqual([code])
      expect(followCodesIn(codeInGroups(code))).toEqual([code])
    }))
  })

  it('notices every wrong character and every swap of neighbours', () => {
    fc.assert(fc.property(anyCode, fc.nat({ max: 18 }), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (code, at, other) => {
      const wrong = code.slice(0, at) + other + code.slice(at + 1)
      expect(followCodesIn(wrong)).toEqual(wrong === code ? [code] : [])
      const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
      expect(followCodesIn(swapped)).toEqual(swapped === code ? [code] : [])
    }))
  })

  const code = codeFrom('DD7NAAS9WEE1YFDR00')
  const groups = codeInGroups(code)
  it.each([
    ['in lower case', groups.toLowerCase()],
    ['with O for 0 and l for 1', groups.replaceAll('0', 'O').replaceAll('1', 'l')],
    ['with spaces', groups.replaceAll('-', ' ')],
    ['with dashes of other kinds', groups.replace('-', '–').replace('-', '—').replace('-', '‑').replace('-', '−')],
    ['with dots', groups.replaceAll('-', '.')],
    ['with zero-width spaces and a soft hyphen', groups.replaceAll('-', '\u200b-\u00ad').replace(/^/, '\ufeff')],
    ['full-width', fullWidth(groups)],
    ['full-width in lower case', fullWidth(groups.toLowerCase())],
    ['over two lines', groups.slice(0, 10) + '\n' + groups.slice(10)],
    ['as an address', `https://hub.example/theo-doi/${code}`],
    ['as an address with a query and a full stop', `https://chungtay.example.org.vn/theo-doi/${code}?x=1&y=2.`],
    ['as an address of the receipt with an anchor', `http://127.0.0.1:4170/bien-nhan/${groups}#top`],
    ['as the address of a certificate', `/tai-ve/ghi-nhan/${code}.pdf?ngon-ngu=vi`],
    ['as an address that a messenger encoded', encodeURIComponent(`https://hub.example/theo-doi/${code}`)],
    ['behind its label', `Mã theo dõi: ${groups}`],
    ['behind its label in capitals, without a colon', `MÃ THEO DÕI ${groups}`],
    ['in a sentence', `Follow code ${groups}, thank you!`],
    ['in quotes', `“${groups}”`],
    ['as Telex leaves it', telex(code)],
    ['as Telex leaves it, in decomposed letters', telex(code).normalize('NFD')],
    ['as Telex leaves it, in capitals', telex(code).toUpperCase()],
    ['as Telex leaves it, behind its label', `Mã theo dõi: ${telex(code)}`],
  ])('is understood %s', (_how, typed) => expect(followCodesIn(typed)).toEqual([code]))

  it('is garbled by Telex indeed', () => expect(telex(code)).toMatch(/^đ7n-ấ9-ưê1-ỳdr-00/))

  it('is among what is understood however Telex left it', () => {
    const often = fc.array(fc.constantFrom(...'AAEEYDDWSFRXJ7N2'), { minLength: 18, maxLength: 18 }).map((characters) => codeFrom(characters.join('')))
    fc.assert(fc.property(often, fc.boolean(), (any, late) => {
      const understood = followCodesIn(telex(any, { late }))
      // With so many marks that it could be anything, nothing is guessed at.
      expect(understood.length === 0 || understood.includes(any)).toBe(true)
    }), { numRuns: 300 })
  })

  it.each([
    ['a tone typed after the consonants', 'ANS', 'án'], ['a circumflex typed late', 'ANA', 'ân'], ['both', 'EESN', 'ến'], ['đ', 'DDAF', 'đà'],
    ['ư of a lone w, with a tone', 'WJ', 'ự'], ['ă', 'AWR', 'ẳ'],
  ])('gets the keys of %s back', (_what, keys, left) => {
    const whole = codeFrom(keys + '7'.repeat(18 - keys.length))
    expect(followCodesIn(left + whole.slice(keys.length))).toEqual([whole])
  })

  it.each([['A1', 'á'], ['D9', 'đ'], ['E65', 'ệ'], ['A8N2', 'ằn']])('gets the keys of VNI back: %s from %s', (keys, left) => {
    const whole = codeFrom(keys)
    expect(followCodesIn(left + whole.slice(keys.length))).toContain(whole)
  })

  it.each([
    ['nothing', ''], ['a word', 'xin chào'], ['a code that is too short', groups.slice(0, -1)], ['one that is too long', `${code}7`], ['only marks', '\u0301\u0300\u0309'],
    ['a letter that no code has', code.replace('7', 'U')], ['a letter of another script', `ж${code.slice(1)}`], ['a long text', 'á'.repeat(10_000)], ['many words of marks', 'ế ộ ự ậ '.repeat(100)], ['half a percent sign', '%E0%A4%A'],
  ])('is not in %s', (_what, typed) => expect(followCodesIn(typed)).toEqual([]))
})

describe('a follow code of before', () => {
  it.each(['VNN7K3M9QAD', 'vnn 7k3m 9qad', 'VNN-7K3M-9QAD', fullWidth('VNN7K3M9QAD'), 'https://hub.example/theo-doi/VNN7K3M9QAD?x', 'Mã theo dõi: VNN 7K3M 9QAD.'])(
    'is still read: %s', (typed) => expect(followCodesIn(typed)).toEqual(['VNN7K3M9QAD']))
  it.each(['VNN7K3M9QAE', 'VNNK73M9QAD', 'VNN7K3M9QA', 'ABC7K3M9QAD'])('is not %s', (typed) => expect(followCodesIn(typed)).toEqual([]))
})

it('is looked for within a budget, however many marks a text has', () => {
  for (const word of ['aắắaaa ', 'ắ'.repeat(20) + ' ', 'đ'.repeat(12), 'aaaaaaaaaaẩaaaaaaaa ', 'a\u0301\u0300\u0309aa ']) {
    const budget = { left: 1_000 }
    expect(codesIn(word.repeat(40), { lengths: [20, 11], isCode: () => true }, 8, budget)).toEqual([])
    expect(budget.left).toBeGreaterThanOrEqual(0)
  }
})
