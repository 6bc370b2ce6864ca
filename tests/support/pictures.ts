// Small pictures of each kind, and the same as a telephone would write them: with where they were taken, by what and of whom.
import { crc32, deflateSync } from 'node:zlib'

/** Found nowhere in a picture that is clean. */
export const SECRETS = ['BiMatMayAnh', 'BiMatChuAnh', 'BiMatXmp', 'BiMatMau', 'BiMatThuNho', 'BiMatDuoi']

// ── JPEG ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const segment = (marker: number, body: Buffer | string) => {
  const bytes = Buffer.from(body)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}

const SOI = Buffer.from([0xff, 0xd8])
const EOI = Buffer.from([0xff, 0xd9])
const JFIF = segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'))
const oneCode = (table: number) => segment(0xc4, Buffer.from([table, 1, ...Array<number>(15).fill(0), 0]))
const size = (across: number, down: number) => [down >> 8, down & 255, across >> 8, across & 255]
/** One grey block: a table, a frame of one component, the shortest codes, and a scan of two bits. */
const jpegBody = (across = 8, down = 8) => Buffer.concat([
  segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(16)])),
  segment(0xc0, Buffer.from([8, ...size(across, down), 1, 1, 0x11, 0])),
  oneCode(0x00), oneCode(0x10),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x3f]),
])
export const jpegOf = (across?: number, down?: number) => Buffer.concat([SOI, JFIF, jpegBody(across, down), EOI])
export const jpeg = jpegOf()

/** Maker, orientation, owner and a place on Earth, in either order of bytes, as an APP1 segment. */
export function exifSegment(orientation = 1, isLittle = false): Buffer {
  const two = (n: number) => { const b = Buffer.alloc(2); if (isLittle) b.writeUInt16LE(n); else b.writeUInt16BE(n); return b }
  const four = (n: number) => { const b = Buffer.alloc(4); if (isLittle) b.writeUInt32LE(n); else b.writeUInt32BE(n); return b }
  const entry = (tag: number, type: number, count: number, value: Buffer) => Buffer.concat([two(tag), two(type), four(count), value])
  const [maker, owner] = [Buffer.from('BiMatMayAnh\0'), Buffer.from('BiMatChuAnh\0')]
  const texts = 8 + 2 + 4 * 12 + 4
  const gps = texts + maker.length + owner.length
  return segment(0xe1, Buffer.concat([
    Buffer.from('Exif\0\0'), Buffer.from(isLittle ? 'II' : 'MM'), two(42), four(8), two(4),
    entry(0x010f, 2, maker.length, four(texts)), entry(0x0112, 3, 1, Buffer.concat([two(orientation), two(0)])),
    entry(0x8298, 2, owner.length, four(texts + maker.length)), entry(0x8825, 4, 1, four(gps)), four(0), maker, owner,
    two(1), entry(0x0001, 2, 2, Buffer.from('N\0\0\0')), four(0),
  ]))
}

/** As a telephone writes it; without `orientation` it stands upright. */
export const jpegTold = (orientation = 1, isLittle = false) => Buffer.concat([
  SOI, JFIF, exifSegment(orientation, isLittle),
  segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>BiMatXmp</x:xmpmeta>'), segment(0xe2, 'ICC_PROFILE\0\x01\x01BiMatMau'),
  segment(0xe0, 'JFXX\0\x10BiMatThuNho'), segment(0xed, 'Photoshop 3.0\0BiMatChuAnh'), segment(0xfe, 'BiMatChuAnh'),
  Buffer.from([0xff, 0xff]), jpegBody(), EOI, Buffer.from('BiMatDuoi: a film of the same moment'),
])

// ── PNG ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const chunk = (name: string, body: Buffer | string) => {
  const inside = Buffer.concat([Buffer.from(name), Buffer.from(body)])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(inside.length - 4)
  sum.writeUInt32BE(crc32(inside))
  return Buffer.concat([length, inside, sum])
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const header = (across: number, down: number) => {
  const body = Buffer.alloc(13)
  body.writeUInt32BE(across, 0)
  body.writeUInt32BE(down, 4)
  body.set([8, 0, 0, 0, 0], 8)
  return chunk('IHDR', body)
}
const pngData = chunk('IDAT', deflateSync(Buffer.from([0, 10, 200, 0, 90, 30])))
const pngWith = (...between: Buffer[]) => Buffer.concat([SIGNATURE, header(2, 2), ...between, pngData, chunk('IEND', '')])
export const pngOf = (across: number, down: number) => Buffer.concat([SIGNATURE, header(across, down), pngData, chunk('IEND', '')])
export const png = pngWith(chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])))
export const pngTold = Buffer.concat([pngWith(
  chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])), chunk('tEXt', 'Author\0BiMatChuAnh'), chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0BiMatXmp'), chunk('eXIf', 'MM\0*BiMatMayAnh'),
  chunk('iCCP', 'BiMatMau\0\0'), chunk('tIME', Buffer.from([7, 0xea, 11, 22, 1, 2, 3])), chunk('acTL', Buffer.alloc(8)),
), Buffer.from('BiMatDuoi')])

// ── WebP ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const base64 = (text: string) => Buffer.from(text, 'base64')
export const webpLossy = base64('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA')
export const webpLossless = base64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==')
export const webpAlpha = base64('UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==')
export const webpAnimated = base64('UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA')

export const riffChunk = (name: string, body: Buffer | string) => {
  const bytes = Buffer.from(body)
  const head = Buffer.alloc(8)
  head.write(name)
  head.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)])
}
/** With a canvas that announces all it may: colours, transparency, Exif, XMP. */
export const webpTold = Buffer.concat([riffChunk('RIFF', Buffer.concat([
  Buffer.from('WEBP'), riffChunk('VP8X', Buffer.from([0x3c, 0, 0, 0, 0, 0, 0, 0, 0, 0])), riffChunk('ICCP', 'BiMatMau'), webpAlpha.subarray(30),
  riffChunk('EXIF', 'MM\0*BiMatMayAnh'), riffChunk('XMP ', '<x:xmpmeta>BiMatXmp</x:xmpmeta>'),
])), Buffer.from('BiMatDuoi')])
