import net from 'node:net'
import { answerReader, type HttpAnswer } from './answerReader.ts'

/** One keep-alive connection. At most one request is under way on it. */
export interface Line {
  /** `since`: the moment from which the latency of this request counts. */
  send(request: number, since: number): void
  close(): void
}

export interface LineEvents {
  bytes(request: number): Buffer
  answered(line: Line, request: number, answer: HttpAnswer, since: number): void
  /** The connection broke or what came was no answer; nothing follows on it. */
  lost(why: string): void
}

/** Larger than most answers, so that one read takes them whole. */
const READ_BYTES = 32 * 1024

/** Connects to a port of the loopback address. */
export function openLine(port: number, events: LineEvents): Promise<Line> {
  return new Promise((resolve, reject) => {
    const reader = answerReader()
    // One buffer for each connection: nothing is allocated for what is read.
    const buffer = Buffer.allocUnsafe(READ_BYTES)
    const callback = (length: number): boolean => {
      takeIn(buffer.subarray(0, length))
      return true
    }
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer, callback } })
    let current = 0
    let countsFrom = 0
    let closed = false
    const fail = (why: string): void => {
      if (closed) return
      closed = true
      socket.destroy()
      events.lost(why)
    }
    const takeIn = (bytes: Buffer): void => {
      try {
        const answer = reader.take(bytes)
        if (answer) events.answered(line, current, answer, countsFrom)
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error))
      }
    }
    const line: Line = {
      send(request, since) {
        current = request
        countsFrom = since
        socket.write(events.bytes(request))
      },
      close() {
        closed = true
        socket.destroy()
      },
    }
    socket.once('connect', () => resolve(line))
    socket.once('error', error => {
      reject(error)
      fail(error.message)
    })
    socket.once('close', () => fail('connection closed'))
  })
}
