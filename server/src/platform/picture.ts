// A picture as it came becomes one that shows the same and tells nothing else. What it takes to show it is copied, all the rest is left out:
// where, when and with what it was taken, whose it is, thumbnails, and whatever stands behind its end.
import { crc32 } from 'node:zlib'

export interface Picture {
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  width: number
  height: number
  bytes: Buffer
}

/** Beyond these, showing it costs more memory than a cheap phone has. */
const MOST_ACROSS = 16_384
const MOST_PIXELS = 60_000_000

class Malformed extends Error {}

/** By its bytes alone, whatever it is called. @returns null for anything but a whole JPEG, PNG or WebP that stands still */
export function cleaned(bytes: Buffer): Picture | null {
  try {
    const picture = readerOf(bytes)(bytes)
    const { width, height } = picture
    return width > 0 && height > 0 && width <= MOST_ACROSS && height <= MOST_ACROSS && width * height <= MOST_PIXELS ? picture : null
  } catch (error) {
    // Reading beyond the end of a buffer is a RangeError.
    if (error instanceof Malformed || error instanceof RangeError) return null
    throw error
  }
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function readerOf(bytes: Buffer): (bytes: Buffer) => Picture {
  if (bytes.readUInt16BE(0) === SOI) return jpeg
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return png
  if (fourAt(bytes, 0) === 'RIFF' && fourAt(bytes, 8) === 'WEBP') return webp
  throw new Malformed('another format')
}

const fourAt = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4)

/** @throws Malformed where it does not lie within the bytes */
function part(bytes: Buffer, from: number, to: number): Buffer {
  if (from < 0 || to < from || to > bytes.length) throw new Malformed('cut short')
  return bytes.subarray(from, to)
}

// ── JPEG: segments, each a marker and a length; the picture itself follows each start of a scan ─────────────────────

const SOI = 0xffd8
const EOI = 0xd9
const SOS = 0xda
/** Baseline, extended and progressive. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
/** Huffman and quantisation tables, restart interval. */
const TABLES = new Set([0xc4, 0xdb, 0xdd])
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee

function jpeg(bytes: Buffer): Picture {
  const kept: Buffer[] = []
  let frame: { width: number; height: number } | null = null
  let hasScan = false
  let isJfif = false
  let orientation = 1
  let transform: number | null = null

  let at = 2
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) throw new Malformed('no marker')
    while (bytes.readUInt8(at + 1) === 0xff) at += 1
    const marker = bytes.readUInt8(at + 1)
    if (marker === EOI) break
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const body = part(bytes, at + 4, end)
    const segment = part(bytes, at, end)
    at = end
    if (FRAMES.has(marker)) {
      if (frame) throw new Malformed('two frames')
      frame = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) }
      kept.push(segment)
    } else if (marker === SOS) {
      if (!frame) throw new Malformed('a scan of nothing')
      hasScan = true
      at = endOfScan(bytes, end)
      kept.push(segment, part(bytes, end, at))
    } else if (TABLES.has(marker)) kept.push(segment)
    else if (marker === APP0) isJfif ||= body.toString('latin1', 0, 5) === 'JFIF\0'
    else if (marker === APP1) orientation = orientationIn(body) ?? orientation
    else if (marker === APP14 && body.toString('latin1', 0, 5) === 'Adobe') transform = body.readUInt8(11)
    else if (!isLeftOut(marker)) throw new Malformed('a segment that is not known')
  }
  if (!frame || !hasScan) throw new Malformed('no picture')
  const head = transform !== null ? [adobe(transform)] : isJfif ? [JFIF] : []
  const turned = orientation === 1 ? [] : [exif(orientation)]
  return { type: 'image/jpeg', ...frame, bytes: Buffer.concat([Buffer.from([0xff, 0xd8]), ...head, ...turned, ...kept, Buffer.from([0xff, EOI])]) }
}

/** Applications' own segments, comments, and the height said once more. */
const isLeftOut = (marker: number) => (marker > APP0 && marker <= 0xef) || marker === 0xfe || marker === 0xdc

/** Where the next marker stands: within a scan, ff is followed by 00, or by the number of a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at)) {
    const next = bytes.readUInt8(at + 1)
    if (next === 0xff) at += 1
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2
    else return at
  }
  throw new Malformed('no end')
}

const segmentOf = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

// Segments of our own: which colours are meant, and which side is up. A camera writes turned pictures and says so.
const JFIF = segmentOf(APP0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'))
const adobe = (transform: number) => segmentOf(APP14, Buffer.from([0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform > 2 ? 0 : transform]))
const exif = (orientation: number) =>
  segmentOf(APP1, Buffer.from([...Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01', 'latin1'), 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]))

/** 2 to 8 for a picture that is turned or mirrored; null where the segment does not say. */
function orientationIn(body: Buffer): number | null {
  if (body.toString('latin1', 0, 6) !== 'Exif\0\0') return null
  const tiff = body.subarray(6)
  const isLittle = fourAt(tiff, 0) === 'II*\0'
  if (!isLittle && fourAt(tiff, 0) !== 'MM\0*') return null
  const two = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const four = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  try {
    const first = four(4)
    for (let i = 0, entries = two(first); i < entries; i += 1) {
      const entry = first + 2 + 12 * i
      if (two(entry) !== 0x0112) continue
      const value = two(entry + 8)
      return value >= 1 && value <= 8 ? value : null
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error // of what is left out nobody asks that it be whole
  }
  return null
}

// ── PNG: chunks, each with its length, its name and a checksum ──────────────────────────────────────────────────────

const CRITICAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND'])
/** How to show it: transparency and colours. */
const SHOWN_BY = new Set(['tRNS', 'gAMA', 'cHRM', 'sRGB'])

function png(bytes: Buffer): Picture {
  const kept: Buffer[] = [PNG_SIGNATURE]
  let size: { width: number; height: number } | null = null
  let hasData = false
  for (let at = 8; ;) {
    const length = bytes.readUInt32BE(at)
    const name = fourAt(bytes, at + 4)
    const chunk = part(bytes, at, at + 12 + length)
    if (crc32(chunk.subarray(4, 8 + length)) !== chunk.readUInt32BE(8 + length)) throw new Malformed('damaged')
    at += chunk.length
    if ((name === 'IHDR') === (size !== null)) throw new Malformed('not one head, first')
    if (name === 'IHDR') size = { width: chunk.readUInt32BE(8), height: chunk.readUInt32BE(12) }
    if (name === 'IDAT') hasData = true
    if (CRITICAL.has(name) || SHOWN_BY.has(name)) kept.push(chunk)
    else if (/^[A-Z]/.test(name)) throw new Malformed('a chunk without which it cannot be shown')
    if (name === 'IEND') break
  }
  if (!size || !hasData) throw new Malformed('no picture')
  return { type: 'image/png', ...size, bytes: Buffer.concat(kept) }
}

// ── WebP: chunks within one RIFF chunk ──────────────────────────────────────────────────────────────────────────────

const ALPHA = 0x10
const ANIMATED = 0x02

function webp(bytes: Buffer): Picture {
  const end = 8 + bytes.readUInt32LE(4)
  part(bytes, 0, end)
  let canvas: { width: number; height: number; hasAlpha: boolean } | null = null
  let alpha: Buffer | null = null
  let image: { name: string; body: Buffer } | null = null
  for (let at = 12; at < end;) {
    const name = fourAt(bytes, at)
    const length = bytes.readUInt32LE(at + 4)
    if (at + 8 + length > end) throw new Malformed('cut short')
    const body = part(bytes, at + 8, at + 8 + length)
    at += 8 + length + (length % 2)
    if (name === 'VP8X') {
      if (canvas || image || alpha || body.readUInt8(0) & ANIMATED) throw new Malformed('not one picture')
      canvas = { width: 1 + body.readUIntLE(4, 3), height: 1 + body.readUIntLE(7, 3), hasAlpha: (body.readUInt8(0) & ALPHA) !== 0 }
    } else if (name === 'ALPH') alpha ??= body
    else if (name === 'VP8 ' || name === 'VP8L') {
      if (image) throw new Malformed('not one picture')
      image = { name, body }
    }
  }
  if (!image) throw new Malformed('no picture')
  const frame = sizeOf(image)
  const chunks = [
    ...(canvas ? [chunkOf('VP8X', canvasOf(canvas))] : []),
    ...(canvas && alpha && image.name === 'VP8 ' ? [chunkOf('ALPH', alpha)] : []),
    chunkOf(image.name, image.body),
  ]
  return { type: 'image/webp', width: canvas?.width ?? frame.width, height: canvas?.height ?? frame.height, bytes: chunkOf('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks])) }
}

function sizeOf({ name, body }: { name: string; body: Buffer }): { width: number; height: number } {
  if (name === 'VP8 ') {
    if (body.readUIntBE(3, 3) !== 0x9d012a) throw new Malformed('no key frame')
    return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff }
  }
  if (body.readUInt8(0) !== 0x2f) throw new Malformed('no lossless picture')
  const bits = body.readUInt32LE(1)
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
}

/** Of all that a canvas can announce, transparency alone is left. */
function canvasOf({ width, height, hasAlpha }: { width: number; height: number; hasAlpha: boolean }): Buffer {
  const body = Buffer.alloc(10)
  body.writeUInt8(hasAlpha ? ALPHA : 0, 0)
  body.writeUIntLE(width - 1, 4, 3)
  body.writeUIntLE(height - 1, 7, 3)
  return body
}

function chunkOf(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
