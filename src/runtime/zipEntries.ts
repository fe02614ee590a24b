import { pipeline } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { UnreadableWorkbook } from './importXlsx.ts'

/*
 * Parts of a ZIP archive, each read for itself: texts of a workbook stand behind the sheet that needs them, and a sheet of a
 * million rows does not fit in memory. By APPNOTE 4.3.12 and 4.3.16; ZIP64 and encrypted parts are refused.
 */

/** Bytes by their place: an open file, or a piece of memory. */
export interface ByteSource {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
  close(): Promise<void>
}

export interface ZipEntry {
  name: string
  method: number
  packed: number
  /** Place of the local header. */
  at: number
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
/** A workbook has dozens of parts; each takes some hundred bytes of directory. */
const LARGEST_DIRECTORY = 1024 * 1024
const PIECE_BYTES = 64 * 1024
const STORED = 0
const DEFLATED = 8

/**
 * What unpacks to more is no list but a bomb: a sheet of 1,048,576 rows has some 600 MB of XML at ten to fifty times its
 * packed size, and deflate reaches a thousand times only on what repeats itself.
 */
export interface UnpackLimit {
  bytes: number
  ratio: number
  /** Below this no ratio is asked for: a small sheet of equal rows packs well. */
  free: number
}

/** Reads the directory of an archive. @throws UnreadableWorkbook */
export async function zipEntries(file: ByteSource, size: number): Promise<Map<string, ZipEntry>> {
  const tail = await readAt(
    file,
    Math.max(0, size - END_BYTES - LONGEST_COMMENT),
    Math.min(size, END_BYTES + LONGEST_COMMENT),
  )
  const end = lastSignature(tail)
  if (end < 0) throw new UnreadableWorkbook('damaged')
  const bytes = tail.readUInt32LE(end + 12)
  const at = tail.readUInt32LE(end + 16)
  if (bytes > LARGEST_DIRECTORY) throw new UnreadableWorkbook('tooLarge')
  if (at + bytes > size) throw new UnreadableWorkbook('damaged')
  return directory(await readAt(file, at, bytes))
}

function lastSignature(tail: Buffer): number {
  for (let at = tail.length - END_BYTES; at >= 0; at--) if (tail.readUInt32LE(at) === END_OF_DIRECTORY) return at
  return -1
}

function directory(bytes: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; at + 46 <= bytes.length;) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new UnreadableWorkbook('damaged')
    const [nameBytes, extra, comment] = [28, 30, 32].map(offset => bytes.readUInt16LE(at + offset))
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameBytes ?? 0))
    const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    const entry = {
      ...{ name, method: isEncrypted ? -1 : bytes.readUInt16LE(at + 10) },
      ...{ packed: bytes.readUInt32LE(at + 20), at: bytes.readUInt32LE(at + 42) },
    }
    // Two parts of one name: which one a reader takes is a matter of luck.
    if (entries.has(name)) throw new UnreadableWorkbook('damaged')
    entries.set(name, entry)
    at += 46 + (nameBytes ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

/** Unpacks one part piece by piece. What it claims to unpack to is not believed: bytes are counted as they come. */
export async function* unpackEntry(file: ByteSource, entry: ZipEntry, limit: UnpackLimit): AsyncGenerator<Buffer> {
  const header = await readAt(file, entry.at, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_HEADER) throw new UnreadableWorkbook('damaged')
  const start = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = packedPieces(file, start, start + entry.packed)
  if (entry.method === STORED) yield* counted(packed, entry, limit)
  else if (entry.method === DEFLATED) yield* counted(inflated(packed), entry, limit)
  else throw new UnreadableWorkbook('damaged')
}

async function* counted(
  pieces: AsyncIterable<Buffer>,
  { packed }: ZipEntry,
  limit: UnpackLimit,
): AsyncGenerator<Buffer> {
  const most = Math.min(limit.bytes, Math.max(limit.free, packed * limit.ratio))
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > most) throw new UnreadableWorkbook('tooLarge')
    yield piece
  }
}

async function* packedPieces(file: ByteSource, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; at += PIECE_BYTES) {
    const piece = await readAt(file, at, Math.min(PIECE_BYTES, to - at))
    if (piece.length === 0) throw new UnreadableWorkbook('damaged')
    yield piece
  }
}

async function* inflated(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES })
  // Whatever ends it, on either side, ends both and comes out of the loop; the callback has nothing to add.
  pipeline(packed, inflate, () => undefined)
  try {
    for await (const piece of inflate) if (Buffer.isBuffer(piece)) yield piece
  } catch (cause) {
    throw cause instanceof UnreadableWorkbook ? cause : new UnreadableWorkbook('damaged', { cause })
  } finally {
    inflate.destroy()
  }
}

async function readAt(file: ByteSource, at: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes)
  const { bytesRead } = await file.read(buffer, 0, bytes, at)
  return buffer.subarray(0, bytesRead)
}
