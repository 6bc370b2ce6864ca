// Typefaces: a text of any script in runs of those that have its letters, and none read from disk that no text needs.
import { describe, expect, it } from 'vitest'
import { printed } from './pdf.ts'
import { runsOf, typefacesRead } from './typefaces.ts'

describe('typefaces', () => {
  it('are not read from disk for Vietnamese, English, Russian or Greek', async () => {
    const text = 'Ông Nguyễn Văn Ổi – “10.000 ₫”, Öl, Привет, Ελλάδα'
    expect(runsOf(text)).toEqual([{ text, font: 'Roboto' }])
    await printed({ title: text, language: 'vi', content: [text, { table: { body: [[text]] } }] })
    expect(typefacesRead()).toEqual([])
  })

  it.each([
    ['山田さん', 'Japanese'], ['김철수', 'Korean'], ['ภาษาไทย', 'Thai'], ['محمد', 'Arabic'], ['שלום', 'Hebrew'], ['देवनागरी', 'Devanagari'], ['ភាសាខ្មែរ', 'Khmer'],
    ['ພາສາລາວ', 'Lao'], ['ꨌꩌ', 'Every'], ['🐐🎉', 'Every'], ['么', 'Every'],
  ])('print %s in one that has it: %s', (text, font) => expect(runsOf(text).at(-1)).toEqual({ text, font }), 60_000)

  it('change within a line where its script does, and come back', () => {
    expect(runsOf('Bà Kim 김철수 (Hà Nội)')).toEqual([{ text: 'Bà Kim ', font: 'Roboto' }, { text: '김철수 ', font: 'Korean' }, { text: '(Hà Nội)', font: 'Roboto' }])
  })

  it('have words that are read from the right in that order', () => {
    expect(runsOf('محمد علي và').map(({ text }) => text)).toEqual(['علي', ' ', 'محمد', ' ', 'và'])
  })

  it('keep marks with their letter, and drop what nobody sees', () => {
    expect(runsOf('e\u0302\u0301 ❤\ufe0f\u200b')).toEqual([{ text: 'e\u0302\u0301 ', font: 'Roboto' }, { text: '❤', font: 'Every' }])
  })

  it('say by its code a letter that none has', () => expect(runsOf('\u{10fffd}')).toEqual([{ text: '[U+10FFFD]', font: 'Roboto' }]))
})
