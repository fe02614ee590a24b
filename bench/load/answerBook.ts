/** Keeps all answers of a run as they came, in few large blocks, to be read when the run is over. */
export interface AnswerBook {
  write(request: number, body: Buffer): void
  /** Every answer once, in order of arrival. */
  entries(): Iterable<{ request: number; body: string }>
}

const BLOCK_BYTES = 16 * 1024 * 1024

export function answerBook(): AnswerBook {
  const places: { request: number; block: Buffer; from: number; to: number }[] = []
  let block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  let used = 0
  return {
    write(request, body) {
      if (used + body.length > block.length) {
        block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, body.length))
        used = 0
      }
      body.copy(block, used)
      places.push({ request, block, from: used, to: used + body.length })
      used += body.length
    },
    *entries() {
      for (const { request, block: kept, from, to } of places) yield { request, body: kept.toString('utf8', from, to) }
    },
  }
}
