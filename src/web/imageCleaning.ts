/** A picture without what tells where, when and by whom it was taken. */
export interface CleanImage {
  mimeType: 'image/jpeg' | 'image/png'
  bytes: Uint8Array
}

/** Side of the largest picture taken: 108-megapixel phones stay below; decompression bombs do not. */
const SIDE_LIMIT = 16_000

/** By what the bytes are, never by what they are called. Null when they are neither JPEG nor PNG, or broken. Pixels stay untouched. */
export function cleanImage(bytes: Uint8Array): CleanImage | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const jpeg = cleanJpeg(data)
  if (jpeg) return { mimeType: 'image/jpeg', bytes: jpeg }
  const png = cleanPng(data)
  return png && { mimeType: 'image/png', bytes: png }
}

const fits = (width: number, height: number): boolean =>
  width > 0 && height > 0 && width <= SIDE_LIMIT && height <= SIDE_LIMIT

/** What is needed to show the picture; tEXt, zTXt, iTXt, eXIf, tIME and all unknown chunks are dropped. */
const pngKept = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'IDAT', 'IEND'])
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function cleanPng(data: Buffer): Buffer | null {
  if (!data.subarray(0, 8).equals(PNG_SIGNATURE) || data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR')
    return null
  if (!fits(data.readUInt32BE(16), data.readUInt32BE(20))) return null
  const kept: Buffer[] = [PNG_SIGNATURE]
  for (let at = 8; at + 12 <= data.length;) {
    const end = at + 12 + data.readUInt32BE(at)
    const type = data.toString('latin1', at + 4, at + 8)
    if (end > data.length) return null
    if (pngKept.has(type)) kept.push(data.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(kept) // what follows the end is dropped
    at = end
  }
  return null
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee
const APP15 = 0xef
const COM = 0xfe

/** Frame headers: SOF0 to SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function cleanJpeg(data: Buffer): Buffer | null {
  if (data.length < 4 || data[0] !== 0xff || data[1] !== SOI || data[2] !== 0xff) return null
  const kept: Buffer[] = [data.subarray(0, 2)]
  const walk = { at: 2, frame: false, turned: false }
  while (walk.at + 2 <= data.length) {
    const marker = data[walk.at] === 0xff ? data[walk.at + 1] : undefined
    if (marker === EOI) return walk.frame ? Buffer.concat([...kept, Buffer.from([0xff, EOI])]) : null
    if (marker === 0xff) {
      walk.at++ // fill byte
      continue
    }
    const segment = marker === undefined ? null : segmentAt(data, walk.at)
    if (marker === undefined || !segment) return null
    if (isFrame(marker)) {
      if (segment.length < 9 || !fits(segment.readUInt16BE(7), segment.readUInt16BE(5))) return null
      walk.frame = true
    }
    kept.push(...cleanSegment(marker, segment, walk))
    walk.at += segment.length
    if (marker === SOS) {
      const end = endOfScan(data, walk.at)
      kept.push(data.subarray(walk.at, end))
      walk.at = end
    }
  }
  return null
}

function segmentAt(data: Buffer, at: number): Buffer | null {
  if (at + 4 > data.length) return null
  const length = data.readUInt16BE(at + 2)
  return length >= 2 && at + 2 + length <= data.length ? data.subarray(at, at + 2 + length) : null
}

// The way up is kept, or papers photographed upright would lie on their side; nothing else of Exif is.
function cleanSegment(marker: number, segment: Buffer, walk: { turned: boolean }): Buffer[] {
  if (marker === APP14 && segment.toString('latin1', 4, 9) === 'Adobe' && segment.length === 16) return [segment] // colour transform
  if (marker === APP1 && !walk.turned) {
    const orientation = orientationOf(segment)
    walk.turned = orientation !== null
    return orientation === null ? [] : [orientationSegment(orientation)]
  }
  if ((marker >= APP1 && marker <= APP15) || marker === COM) return []
  if (marker === APP0 && segment.toString('latin1', 4, 8) !== 'JFIF') return [] // JFXX holds thumbnails
  return [segment]
}

// Entropy-coded data: FF00 is a stuffed FF, FFD0 to FFD7 are restarts; any other marker ends the scan.
function endOfScan(data: Buffer, start: number): number {
  for (let at = data.indexOf(0xff, start); at !== -1 && at + 1 < data.length; at = data.indexOf(0xff, at + 1)) {
    const next = data[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return data.length
}

const ORIENTATION_TAG = 0x0112

function orientationOf(segment: Buffer): number | null {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || segment.length < 24) return null
  const tiff = segment.subarray(10)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let n = 0; n < u16(directory); n++) {
    const entry = directory + 2 + n * 12
    if (entry + 12 > tiff.length) return null
    const value = u16(entry + 8)
    if (u16(entry) === ORIENTATION_TAG) return value >= 2 && value <= 8 ? value : null
  }
  return null
}

/** The smallest Exif there is: one big-endian directory with one entry. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ])
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, APP1, 0, body.length + 2])
  return Buffer.concat([head, body])
}
