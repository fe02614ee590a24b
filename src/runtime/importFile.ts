import { readFileSync, statSync } from 'node:fs'
import { readCsv } from '../domain/import/csv.ts'
import type { Row } from '../domain/import/table.ts'
import { readXlsx, type WorkbookFault } from './importXlsx.ts'

/** Why a file as a whole cannot be read; `line` where the fault has a place. */
export type FileFault = WorkbookFault | 'missing' | 'oldOrEncrypted' | 'encoding' | 'quote'
export type FileReading = { ok: true; rows: Row[]; sheets: number } | { ok: false; fault: FileFault; line: number }

/** The list of a whole province fits in this many bytes. */
const LARGEST = 16 * 1024 * 1024
const ZIP = [0x50, 0x4b]
/** Container of Excel 97 files and of encrypted new ones alike. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0]

/** Reads a CSV or XLSX file by its content, whatever its name. */
export function readImportFile(file: string): FileReading {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) return refuse('missing')
  if (found.size > LARGEST) return refuse('tooLarge')
  return readImportBytes(readFileSync(file))
}

/** As `readImportFile`, for content in memory. */
export function readImportBytes(bytes: Uint8Array): FileReading {
  if (startsWith(bytes, COMPOUND)) return refuse('oldOrEncrypted')
  if (startsWith(bytes, ZIP)) {
    const workbook = readXlsx(bytes)
    return workbook.ok ? workbook : refuse(workbook.fault)
  }
  const text = decode(bytes)
  if (text === null) return refuse('encoding')
  const csv = readCsv(text)
  return csv.ok ? { ok: true, rows: csv.rows, sheets: 1 } : refuse('quote', csv.line)
}

function refuse(fault: FileFault, line = 0): FileReading {
  return { ok: false, fault, line }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/** Sheets of Chinese offices save CSV in GB 18030; "Unicode text" is UTF-16. Any byte that does not fit refuses the file. */
function decode(bytes: Uint8Array): string | null {
  if (startsWith(bytes, [0xff, 0xfe])) return decodeAs('utf-16le', bytes)
  // A NUL fits UTF-8 and stands in no list: something else than text was named.
  if (bytes.includes(0)) return null
  return decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes)
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null // not this encoding
  }
}
