import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import { LEVELS, type Picture } from './ink.ts'

type Colour = readonly [red: number, green: number, blue: number]

const PAPER: Colour = [255, 255, 255]
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const squeeze = promisify(deflate)

/** A picture as PNG with a palette (ISO/IEC 15948): `tones` by their number, first at 0. Compressed off the event loop. */
export async function pngFile({ width, height, pixels }: Picture, tones: readonly Colour[]): Promise<Uint8Array> {
  const palette = tones.flatMap(tone => Array.from({ length: LEVELS }, (_, level) => mixed(tone, level / (LEVELS - 1))))
  const rows = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row++) {
    // The first byte of a row names its filter: none.
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', await squeeze(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function mixed(tone: Colour, share: number): Colour {
  const at = (part: 0 | 1 | 2): number => Math.round(PAPER[part] + (tone[part] - PAPER[part]) * share)
  return [at(0), at(1), at(2)]
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
