import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerReader } from './answerReader.ts'

const plain = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\n请登记。')
const chunked = Buffer.from('HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nagain\r\n2\r\n 5\r\n0\r\n\r\n')

describe('an answer arrives', () => {
  test.each([
    ['with its length', plain, 200, '请登记。'],
    ['in chunks', chunked, 503, 'again 5'],
  ])('%s, cut anywhere', (_how, bytes, status, text) => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 4 }), cuts => {
        const reader = answerReader()
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const answers = places.slice(1).map((to, i) => {
          const piece = bytes.subarray(places[i], to)
          const answer = piece.length > 0 ? reader.take(piece) : null
          return answer && { status: answer.status, text: answer.body.toString() }
        })
        expect(answers.filter(answer => answer !== null)).toEqual([{ status, text }])
      }),
    )
  })

  test('and the next one on the same connection is read from its beginning', () => {
    const reader = answerReader()
    reader.take(plain.subarray(0, 30))
    expect(reader.take(plain.subarray(30))?.status).toBe(200)
    expect(reader.take(chunked)?.body.toString()).toBe('again 5')
  })

  test('larger than the first buffer', () => {
    const body = 'x'.repeat(50_000)
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
    const reader = answerReader()
    expect(reader.take(bytes.subarray(0, 20_000))).toBeNull()
    expect(reader.take(bytes.subarray(20_000))?.body.toString()).toBe(body)
  })
})

describe('what is not one answer is an error', () => {
  test.each([
    ['another protocol', 'HTTP/1.0 200 OK\r\n\r\n'],
    ['no length', 'HTTP/1.1 200 OK\r\n\r\nbody'],
    ['more than was asked for', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab'],
    ['a chunk without size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ])('%s', (_what, text) => {
    expect(() => answerReader().take(Buffer.from(text))).toThrow()
  })
})
