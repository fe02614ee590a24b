/** One complete HTTP answer. `body` lies in a buffer that the next answer overwrites: copy before keeping. */
export interface HttpAnswer {
  status: number
  body: Buffer
}

/** Reads the answers of one keep-alive connection on which at most one request is under way. */
export interface AnswerReader {
  /** Takes what arrived. Null until the answer is complete. @throws Error when it is not an HTTP/1.1 answer. */
  take(arrived: Buffer): HttpAnswer | null
}

/** Answers of the benched services have one to eight kilobytes; the buffer grows for larger ones. */
const FIRST_SIZE = 16 * 1024

export function answerReader(): AnswerReader {
  let pending = Buffer.allocUnsafe(FIRST_SIZE)
  let length = 0
  return {
    take(arrived) {
      if (length === 0) {
        // The usual case: the whole answer in one piece, nothing is copied.
        const whole = readAnswer(arrived)
        if (whole) return whole
      }
      if (length + arrived.length > pending.length) {
        const larger = Buffer.allocUnsafe((length + arrived.length) * 2)
        pending.copy(larger, 0, 0, length)
        pending = larger
      }
      arrived.copy(pending, length)
      length += arrived.length
      const answer = readAnswer(pending.subarray(0, length))
      if (answer) length = 0
      return answer
    },
  }
}

/** Null when more has to come. */
export function readAnswer(bytes: Buffer): HttpAnswer | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const head = bytes.toString('latin1', 0, headEnd)
  if (!head.startsWith('HTTP/1.1 ')) throw new Error(`not an HTTP/1.1 answer: ${head.slice(0, 40)}`)
  const status = Number(head.slice(9, 12))
  const from = headEnd + 4
  const declared = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (declared) {
    const to = from + Number(declared[1])
    if (bytes.length > to) throw new Error('more arrived than was asked for')
    return bytes.length === to ? { status, body: bytes.subarray(from, to) } : null
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const body = readChunks(bytes, from)
    return body && { status, body }
  }
  throw new Error(`an answer without length: ${head.slice(0, 200)}`)
}

function readChunks(bytes: Buffer, from: number): Buffer | null {
  const chunks: Buffer[] = []
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (!(size >= 0)) throw new Error('a chunk without size')
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return null
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
