// What is left of a picture: what it shows, and nothing of where, when, by what and of whom it was taken.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  SECRETS, chunk, exifSegment, jpeg, jpegOf, jpegTold, png, pngOf, pngTold, riffChunk, segment, webpAlpha, webpAnimated, webpLossless, webpLossy, webpTold,
} from '../../../tests/support/pictures.ts'
import { cleaned } from './picture.ts'

const secretsIn = (bytes: Buffer) => SECRETS.filter((secret) => bytes.includes(secret))
const told = { jpeg: jpegTold(), 'jpeg lying on its side': jpegTold(6), 'jpeg of another order': jpegTold(3, true), png: pngTold, webp: webpTold }

describe('a picture that tells nothing', () => {
  it.each([
    ['jpeg', jpeg, 'image/jpeg', 8], ['png', png, 'image/png', 2], ['lossy webp', webpLossy, 'image/webp', 1], ['lossless webp', webpLossless, 'image/webp', 1], ['transparent webp', webpAlpha, 'image/webp', 1],
  ] as const)('stays as it is: %s', (_name, bytes, type, across) => {
    expect(cleaned(bytes)).toEqual({ type, width: across, height: across, bytes })
  })
})

describe('a picture as a telephone writes it', () => {
  it.each(Object.entries(told))('holds what is to be left out: %s', (_name, bytes) => {
    expect(secretsIn(bytes).length).toBeGreaterThan(3)
  })

  it('shows the same and tells nothing', () => {
    expect(cleaned(jpegTold())!.bytes).toEqual(jpeg)
    expect(cleaned(pngTold)!.bytes).toEqual(png)
    expect(cleaned(webpTold)!.bytes).toEqual(webpAlpha)
  })

  it.each([[2, false], [6, false], [8, true]] as const)('keeps which side is up (%i) and nothing else of where that was said', (orientation, isLittle) => {
    const { bytes } = cleaned(jpegTold(orientation, isLittle))!
    expect(secretsIn(bytes)).toEqual([])
    expect(bytes.length).toBe(jpeg.length + 36)
    expect(bytes.subarray(20, 56)).toEqual(segment(0xe1, Buffer.from([...Buffer.from('Exif\0\0MM\0*'), 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0])))
    expect(cleaned(bytes)!.bytes).toEqual(bytes)
  })

  it('keeps how its colours are meant, without what else Adobe writes there', () => {
    const adobe = Buffer.concat([jpeg.subarray(0, 2), segment(0xee, Buffer.from('Adobe\0\x64\xc0\0\0\0\x02BiMatMau', 'latin1')), jpeg.subarray(20)])
    const { bytes } = cleaned(adobe)!
    expect(bytes).toEqual(Buffer.concat([jpeg.subarray(0, 2), segment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x02', 'latin1')), jpeg.subarray(20)]))
  })

  it('is read even where what is left out is broken', () => {
    const broken = Buffer.concat([jpeg.subarray(0, 20), segment(0xe1, exifSegment().subarray(4, 30)), jpeg.subarray(20)])
    expect(cleaned(broken)!.bytes).toEqual(jpeg)
  })
})

describe('what is no picture', () => {
  it.each(Object.entries({
    nothing: Buffer.alloc(0), 'one byte': Buffer.from([0xff]), text: Buffer.from('xin chào'), html: Buffer.from('<html><script>alert(1)</script>'), svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    gif: Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64'), pdf: Buffer.from('%PDF-1.7\n'),
    'a moving webp': webpAnimated, 'a start alone': jpeg.subarray(0, 2), 'a jpeg without an end': jpeg.subarray(0, -2), 'a jpeg without a scan': Buffer.concat([jpeg.subarray(0, 20), Buffer.from([0xff, 0xd9])]),
    'a jpeg with two frames': Buffer.concat([jpeg.subarray(0, -2), jpeg.subarray(20)]), 'a jpeg of no height': jpegOf(8, 0),
    'a png with a wrong sum': Buffer.concat([png.subarray(0, 40), Buffer.from([png[40]! ^ 1]), png.subarray(41)]), 'a png with two heads': Buffer.concat([png.subarray(0, 33), png.subarray(8)]),
    'a png that needs what nobody knows': Buffer.concat([png.subarray(0, 33), chunk('ABCD', 'x'), png.subarray(33)]), 'a png without data': Buffer.concat([png.subarray(0, 33), chunk('IEND', '')]),
    'a webp without a picture': riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), riffChunk('EXIF', 'x')])), 'a webp that says it is longer': Buffer.concat([webpLossy.subarray(0, 4), Buffer.from([0xff, 0, 0, 0]), webpLossy.subarray(8)]),
    'more across than a telephone can show': pngOf(20_000, 2), 'more dots than a telephone can show': pngOf(16_000, 16_000),
  }))('is refused: %s', (_name, bytes) => {
    expect(cleaned(bytes)).toBeNull()
  })
})

describe('whatever comes', () => {
  const whole = fc.constantFrom(jpeg, png, webpLossy, webpLossless, webpAlpha, ...Object.values(told))
  /** A clean picture is clean: what is left of it is itself. */
  const staysClean = (bytes: Buffer): boolean => {
    const once = cleaned(bytes)
    return once === null || cleaned(once.bytes)?.bytes.equals(once.bytes) === true
  }

  it('of any bytes, it is a picture or it is not, and a clean one stays as it is', () => {
    const start = fc.constantFrom(...[jpeg.subarray(0, 2), png.subarray(0, 8), webpLossy.subarray(0, 12), Buffer.alloc(0)])
    expect(fc.check(fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => staysClean(Buffer.concat([head, rest]))), { numRuns: 2_000 })).toMatchObject({ failed: false })
  })

  it('of a picture that was damaged on its way, too', () => {
    const damage = fc.array(fc.tuple(fc.nat(1_000), fc.nat(255)), { minLength: 1, maxLength: 6 })
    expect(fc.check(fc.property(whole, damage, (bytes, changes) => {
      const damaged = Buffer.from(bytes)
      for (const [at, value] of changes) damaged[at % damaged.length] = value
      return staysClean(damaged)
    }), { numRuns: 4_000 })).toMatchObject({ failed: false })
  })

  it('of a picture that was cut short, nothing is told', () => {
    expect(fc.check(fc.property(whole, fc.nat(1_000), (bytes, length) => {
      const cut = bytes.subarray(0, length % bytes.length)
      return staysClean(cut) && secretsIn(cleaned(cut)?.bytes ?? Buffer.alloc(0)).length === 0
    }), { numRuns: 2_000 })).toMatchObject({ failed: false })
  })
})
