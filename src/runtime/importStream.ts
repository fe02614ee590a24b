import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { openCsv } from '../domain/import/csv.ts'
import type { Row } from '../domain/import/table.ts'
import type { FileFault } from './importFile.ts'
import {
  openXml,
  RELATIONS,
  SHARED_STRINGS,
  sheetReader,
  sheetsOf,
  stringsReader,
  UnreadableWorkbook,
  WORKBOOK,
  type XmlReader,
} from './importXlsx.ts'
import { openTexts } from './textStore.ts'
import { unpackEntry, zipEntries, type ByteSource, type UnpackLimit, type ZipEntry } from './zipEntries.ts'

/** A file that is read row by row, as often as asked. What is wrong with it is thrown as `UnreadableFile`. */
export interface RowSource {
  /** SHA-256 of the file, in hex. */
  hash: string
  /** Rows in batches. */
  rows(): AsyncGenerator<Row[]>
  close(): Promise<void>
}

export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly fault: FileFault
  readonly line: number
  constructor(fault: FileFault, line = 0, options?: ErrorOptions) {
    super(`the file is unreadable: ${fault}`, options)
    this.fault = fault
    this.line = line
  }
}

/** A list of ten million rows, or a packed one of one million with room. */
const LARGEST = { csv: 2 * 1024 ** 3, xlsx: 256 * 1024 ** 2 }
const SHEET: UnpackLimit = { bytes: 1024 ** 3, ratio: 200, free: 16 * 1024 ** 2 }
const SMALL_PART: UnpackLimit = { bytes: 1024 ** 2, ratio: 200, free: 1024 ** 2 }
/** Some hundred rows: reading and sealing them holds the event loop for less than anybody notices. */
const PIECE_BYTES = 16 * 1024
const ZIP = Buffer.from('PK')
/** Container of Excel 97 files and of encrypted new ones alike. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const UTF16 = Buffer.from([0xff, 0xfe])

/**
 * Opens a CSV or XLSX file by its content, whatever its name; reads it once for its hash and its encoding.
 * @throws UnreadableFile, or the system's error for a file that is there and may not be read.
 */
export async function openRowSource(path: string): Promise<RowSource> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile()) throw new UnreadableFile('missing')
  return openRows(await open(path), found.size)
}

/** The same for a file in memory. */
export function openRowBytes(bytes: Uint8Array): Promise<RowSource> {
  const read: ByteSource['read'] = async (buffer, offset, length, position) => {
    const piece = bytes.subarray(position, position + length)
    buffer.set(piece, offset)
    return { bytesRead: piece.length }
  }
  return openRows({ read, close: async () => undefined }, bytes.length)
}

async function openRows(file: ByteSource, size: number): Promise<RowSource> {
  try {
    const { hash, head, encoding } = await survey(file, size)
    if (head.subarray(0, 4).equals(COMPOUND)) throw new UnreadableFile('oldOrEncrypted')
    const close = () => file.close()
    if (head.subarray(0, 2).equals(ZIP)) {
      if (size > LARGEST.xlsx) throw new UnreadableFile('tooLarge')
      return { hash, close, rows: () => ofWorkbook(workbookRows(file, size)) }
    }
    if (encoding === null) throw new UnreadableFile('encoding')
    return { hash, close, rows: () => csvRows(file, encoding) }
  } catch (error) {
    await file.close()
    throw error
  }
}

type Encoding = 'utf-8' | 'gb18030' | 'utf-16le'

async function survey(
  file: ByteSource,
  size: number,
): Promise<{ hash: string; head: Buffer; encoding: Encoding | null }> {
  if (size > LARGEST.csv) throw new UnreadableFile('tooLarge')
  const hash = createHash('sha256')
  const head = Buffer.alloc(4)
  // The first that fits to the last byte; only its end tells.
  const fits = { 'utf-8': tester('utf-8'), gb18030: tester('gb18030') }
  let at = 0
  let hasNul = false
  for await (const piece of pieces(file)) {
    if (at === 0) piece.copy(head)
    at += piece.length
    hash.update(piece)
    hasNul ||= piece.includes(0)
    const isText = !head.subarray(0, 2).equals(ZIP) && !head.subarray(0, 2).equals(UTF16)
    if (isText) for (const test of Object.values(fits)) test.push(piece)
  }
  const encodingOf = (): Encoding | null => {
    if (head.subarray(0, 2).equals(UTF16)) return 'utf-16le'
    // A NUL fits UTF-8 and stands in no list: something else than text was named.
    if (hasNul) return null
    if (fits['utf-8'].end()) return 'utf-8'
    return fits.gb18030.end() ? 'gb18030' : null
  }
  return { hash: hash.digest('hex'), head, encoding: encodingOf() }
}

/** Whether bytes fit an encoding, whatever they say. */
function tester(encoding: Encoding): { push(piece: Buffer): void; end(): boolean } {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let fits = true
  const feed = (piece: Buffer | undefined) => {
    if (!fits) return
    try {
      decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      fits = false // not this encoding
    }
  }
  return {
    push: feed,
    end: () => {
      feed(undefined)
      return fits
    },
  }
}

/** Reads from the beginning, always at its own place: a file may be read twice. */
async function* pieces(file: ByteSource): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES)
    const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function* csvRows(file: ByteSource, encoding: Encoding): AsyncGenerator<Row[]> {
  const decode = openDecoder(encoding, cause => new UnreadableFile('encoding', 0, { cause }))
  const csv = openCsv()
  const checked = (rows: Row[]) => {
    const line = csv.fault()
    if (line !== null) throw new UnreadableFile('quote', line)
    return rows
  }
  for await (const piece of pieces(file)) yield checked(csv.push(decode(piece)))
  yield checked([...csv.push(decode()), ...csv.end()])
}

/** Decodes piece by piece, the end without one. What does not fit is thrown as the caller says. */
function openDecoder(encoding: Encoding, failure: (cause: unknown) => Error): (piece?: Buffer) => string {
  const decoder = new TextDecoder(encoding, { fatal: true })
  return piece => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined })
    } catch (cause) {
      throw failure(cause)
    }
  }
}

async function* ofWorkbook(rows: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  try {
    yield* rows
  } catch (cause) {
    throw cause instanceof UnreadableWorkbook ? new UnreadableFile(cause.fault, 0, { cause }) : cause
  }
}

async function* workbookRows(file: ByteSource, size: number): AsyncGenerator<Row[]> {
  const entries = await zipEntries(file, size)
  const small = new Map<string, string>()
  for (const name of [WORKBOOK, RELATIONS]) small.set(name, await whole(file, entries.get(name)))
  const sheets = sheetsOf(small)
  const first = entries.get(sheets.files[0] ?? '')
  if (!first) throw new UnreadableWorkbook('noSheet')
  const strings = openTexts()
  const shared = entries.get(SHARED_STRINGS)
  if (shared) {
    const put = (text: string) => {
      if (!strings.add(text)) throw new UnreadableWorkbook('tooLarge')
    }
    const reading = xmlPieces(unpackEntry(file, shared, SHEET), stringsReader(put))
    while (!(await reading.next()).done);
  }
  let rows: Row[] = []
  const reader = sheetReader({ strings, from1904: sheets.from1904 }, row => rows.push(row))
  for await (const bytes of xmlPieces(unpackEntry(file, first, SHEET), reader)) {
    if (bytes === 0 || rows.length === 0) continue
    yield rows
    rows = []
  }
  yield rows
}

/** Reads XML as it is unpacked; answers how much, piece by piece. */
async function* xmlPieces(unpacked: AsyncIterable<Buffer>, reader: XmlReader): AsyncGenerator<number> {
  const decode = openDecoder('utf-8', damaged)
  const xml = openXml(reader)
  for await (const piece of unpacked) {
    xml.write(decode(piece))
    yield piece.length
  }
  xml.write(decode())
  xml.end()
}

async function whole(file: ByteSource, entry: ZipEntry | undefined): Promise<string> {
  if (!entry) throw new UnreadableWorkbook('damaged')
  const parts: Buffer[] = []
  for await (const piece of unpackEntry(file, entry, SMALL_PART)) parts.push(piece)
  return openDecoder('utf-8', damaged)(Buffer.concat(parts))
}

function damaged(cause: unknown): Error {
  return new UnreadableWorkbook('damaged', { cause })
}
