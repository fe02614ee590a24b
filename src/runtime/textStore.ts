/** Texts by their number, kept as bytes: a million strings of their own would take five times the room. */
export interface TextStore {
  /** False when there is no more room; then nothing was added. */
  add(text: string): boolean
  at(index: number): string | undefined
}

/** Texts of a workbook of a million rows with five different texts in each. */
const MOST_BYTES = 192 * 1024 * 1024
const MOST_TEXTS = 8_000_000

export function openTexts(mostBytes = MOST_BYTES, mostTexts = MOST_TEXTS): TextStore {
  let bytes: Buffer = Buffer.allocUnsafe(64 * 1024)
  let ends = new Uint32Array(4096)
  let count = 0
  let used = 0
  return {
    add: text => {
      const size = Buffer.byteLength(text)
      if (used + size > mostBytes || count >= mostTexts) return false
      if (used + size > bytes.length) bytes = larger(bytes, Math.max(used + size, bytes.length * 2))
      if (count === ends.length) {
        const more = new Uint32Array(count * 2)
        more.set(ends)
        ends = more
      }
      used += bytes.write(text, used)
      ends[count++] = used
      return true
    },
    at: index => {
      if (!Number.isInteger(index) || index < 0 || index >= count) return undefined
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])
    },
  }
}

function larger(bytes: Buffer, size: number): Buffer {
  const more = Buffer.allocUnsafe(size)
  bytes.copy(more)
  return more
}
