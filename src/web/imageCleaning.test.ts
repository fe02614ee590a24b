import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanImage } from './imageCleaning.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')
const segment = (marker: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body])

const jfif = segment(0xe0, hex('4a46494600 0101 00 0048 0048 00 00'))
const frame = (width: number, height: number): Buffer =>
  segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]))
const scan = Buffer.concat([segment(0xda, hex('01 01 00 00 3f 00')), hex('12 34 ff 00 56 ff d0 78')])
/** Exif with orientation 6 and a GPS directory. */
const exif = (order: 'II' | 'MM'): Buffer => {
  const u16 = (n: number) => (order === 'II' ? Buffer.from([n & 255, n >> 8]) : Buffer.from([n >> 8, n & 255]))
  const u32 = (n: number) => (order === 'II' ? Buffer.concat([u16(n), u16(0)]) : Buffer.concat([u16(0), u16(n)]))
  const entry = (tag: number, value: Buffer) => Buffer.concat([u16(tag), u16(3), u32(1), value, u16(0)])
  const directory = Buffer.concat([u16(2), entry(0x0112, u16(6)), entry(0x8825, u16(99)), u32(0)])
  return segment(
    0xe1,
    Buffer.concat([
      Buffer.from(`Exif\0\0${order}`, 'latin1'),
      u16(42),
      u32(8),
      directory,
      Buffer.from('GPS 30.1N 114.6E'),
    ]),
  )
}
const jpeg = (...parts: Buffer[]): Buffer => Buffer.concat([hex('ffd8'), jfif, ...parts, hex('ffd9')])

const chunk = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), body, hex('00000000')])
}
const header = (width: number, height: number): Buffer => {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return chunk('IHDR', Buffer.concat([size, hex('08 02 00 00 00')]))
}
const png = (...parts: Buffer[]): Buffer => Buffer.concat([hex('89504e470d0a1a0a'), ...parts])

describe('a JPEG', () => {
  test('loses place, camera, comment and thumbnails, and keeps its picture', () => {
    const icc = segment(0xe2, Buffer.from('ICC_PROFILE camera of 欧阳'))
    const comment = segment(0xfe, Buffer.from('taken at home'))
    const thumbnail = segment(0xe0, Buffer.from('JFXX thumbnail'))
    const cleaned = cleanImage(jpeg(exif('MM'), thumbnail, icc, comment, frame(40, 30), scan))
    expect(cleaned?.mimeType).toBe('image/jpeg')
    const left = Buffer.from(cleaned?.bytes ?? []).toString('latin1')
    for (const gone of ['GPS', 'ICC', 'taken', 'JFXX']) expect(left).not.toContain(gone)
    expect(left).toContain(Buffer.concat([frame(40, 30), scan]).toString('latin1'))
  })

  test.each(['II', 'MM'] as const)('keeps which way is up (%s)', order => {
    const left = Buffer.from(cleanImage(jpeg(exif(order), frame(40, 30), scan))?.bytes ?? [])
    const at = left.indexOf(Buffer.from('Exif\0\0', 'latin1'))
    expect(left.readUInt8(at + 6 + 19)).toBe(6)
    expect(left).toHaveLength(jpeg(frame(40, 30), scan).length + 36)
    expect(Buffer.from(cleanImage(left)?.bytes ?? []).equals(left)).toBe(true)
  })

  test('with several scans keeps them all, and drops what hides between', () => {
    const table = segment(0xc4, hex('00 01 02'))
    const cleaned = cleanImage(jpeg(frame(40, 30), scan, segment(0xe5, Buffer.from('hidden')), table, scan))
    expect(Buffer.from(cleaned?.bytes ?? []).equals(jpeg(frame(40, 30), scan, table, scan))).toBe(true)
  })

  test('keeps the colour transform of Adobe', () => {
    const adobe = segment(0xee, Buffer.concat([Buffer.from('Adobe'), hex('0064 0000 0000 01')]))
    expect(Buffer.from(cleanImage(jpeg(adobe, frame(4, 4), scan))?.bytes ?? []).includes('Adobe')).toBe(true)
  })

  test('carries nothing behind its end', () => {
    const cleaned = cleanImage(Buffer.concat([jpeg(frame(4, 4), scan), Buffer.from('<?php echo 1 ?>')]))
    expect(Buffer.from(cleaned?.bytes ?? []).includes('php')).toBe(false)
  })
})

describe('a PNG', () => {
  const picture = [header(4, 4), chunk('IDAT', hex('01 02 03')), chunk('IEND', Buffer.alloc(0))] as const

  test('loses its texts, Exif, time and unknown chunks', () => {
    const [first, data, end] = picture
    const extra = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'iCCP', 'prVW'].map(type => chunk(type, Buffer.from('欧阳')))
    const cleaned = cleanImage(Buffer.concat([png(first, ...extra, data, end), Buffer.from('PK zip behind')]))
    expect(cleaned?.mimeType).toBe('image/png')
    expect(Buffer.from(cleaned?.bytes ?? []).equals(png(...picture))).toBe(true)
  })
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a GIF', Buffer.from('GIF89a/*<script>*/')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
  ['a PDF', Buffer.from('%PDF-1.7')],
  ['a JPEG cut off', jpeg(frame(4, 4), scan).subarray(0, 30)],
  ['a JPEG without a picture', jpeg()],
  ['a JPEG bomb', jpeg(frame(64_000, 64_000), scan)],
  ['a PNG bomb', png(header(64_000, 64_000), chunk('IEND', Buffer.alloc(0)))],
  ['a PNG whose chunk runs past its end', png(header(4, 4), hex('7fffffff 49444154'))],
])('%s is refused', (_, bytes) => {
  expect(cleanImage(bytes)).toBeNull()
})

test('no bytes make it throw or grow by more than the orientation', () => {
  const start = fc.constantFrom(
    hex('ffd8'),
    hex('ffd8ffe1'),
    hex('89504e470d0a1a0a'),
    png(header(4, 4)),
    jpeg(exif('II'), frame(4, 4)).subarray(0, -2),
  )
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, tail) => {
      const bytes = Buffer.concat([head, tail])
      expect(cleanImage(bytes)?.bytes.length ?? 0).toBeLessThanOrEqual(bytes.length + 36)
    }),
    { numRuns: 2000 },
  )
})
